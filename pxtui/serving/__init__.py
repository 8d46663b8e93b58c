"""The resident parent: it has the program in memory and forks a session for every clerk who comes over the line."""
