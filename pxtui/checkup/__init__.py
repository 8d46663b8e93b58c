"""What `pxtui doctor` looks at: the machine, the terminal, the data folder, the register, the server's files."""
