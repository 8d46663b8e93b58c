"""The counter program: see README.md."""

__version__ = "0.1.0"
"""The one place of it: the wheel, `pxtui --version` and every register read it here. tools/release.py watches it."""
