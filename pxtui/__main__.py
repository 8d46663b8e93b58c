"""`python -m pxtui` is the command `pxtui`."""

from pxtui.cli import main

if __name__ == "__main__":
    main()
