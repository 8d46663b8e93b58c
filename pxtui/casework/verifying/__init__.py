"""Whether the register is as the program left it: the chain, every table, and what an administrator reads of it."""
