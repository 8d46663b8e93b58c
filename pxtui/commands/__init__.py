"""The commands: each does what a screen does, through the same casework."""
