"""Styles of the 16 ANSI colours. None carries a meaning that the words beside it do not."""

from rich.style import Style

TEXT = Style()
BAR = Style(color="white", bgcolor="blue", bold=True)
LABEL = Style(color="cyan")
HEAD = Style(color="cyan", bold=True)
STRONG = Style(bold=True)
HERE = Style(reverse=True)
ROW = Style(color="black", bgcolor="cyan")
FAULT = Style(color="red", bold=True)
CAUTION = Style(color="yellow")
GOOD = Style(color="green")
GUIDE = Style(color="black", bgcolor="yellow")
KEYS = Style(color="black", bgcolor="white")

BY_VERDICT = {"不符": FAULT, "注意": CAUTION, "两名": CAUTION}
"""How the verdicts of a check are drawn that ask for something; the word itself says it."""
