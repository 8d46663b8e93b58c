"""The one door through which text from outside reaches a terminal: as plain text that steers nothing."""

import re
import unicodedata

from rich.cells import cell_len, set_cell_size

CUT = ">"
"""Stands at the end of a text that had no room."""

_STAND_IN = "?"
_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
# They change the width of the character before them, and terminals disagree by how much.
_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]")
# What stays together: a word or a number, and what closes a sentence with what it closes.
_UNIT = re.compile("[（《〔“]*(?:[A-Za-z0-9*.-]+|.)[，。；：、？！）》〕”]*")
# Terminals and programs disagree on the width of these marks of names and lists: one spelling for all.
_NARROW = str.maketrans({"•": "·", "‧": "·", "・": "·", "．": ".", "…": "..."})


def inert(text: str) -> str:
    """`text` with every character that could steer a terminal or hide replaced by a question mark, line ends too."""
    if text.isascii() and text.isprintable():
        return text
    shown = _VARIATION_SELECTORS.sub(_STAND_IN, text)
    if shown.isprintable():
        return shown
    return "".join(_STAND_IN if unicodedata.category(mark) in _STEERING else mark for mark in shown)


def plain(text: str) -> str:
    """`text` as the screens show it: inert, and in the spelling on whose width terminals agree most.

    No markup is read on the way to the screen: the widgets draw what comes from here cell by cell.
    """
    return inert(text if text.isascii() else text.translate(_NARROW))


def fitted(text: str, width: int) -> str:
    """Plain text in exactly `width` cells, filled up with blanks; where it is cut, a mark says so."""
    shown = plain(text)
    if cell_len(shown) <= width or cell_len(shown.rstrip()) <= width:
        return set_cell_size(shown, width)
    # A number that lost its last digits would pass for another one.
    return set_cell_size(shown, width - 1) + CUT if width > 0 else ""


def right_fitted(text: str, width: int) -> str:
    """Plain text at the right edge of `width` cells."""
    shown = plain(text)
    return fitted(" " * max(0, width - cell_len(shown)) + shown, width)


def wrapped(text: str, width: int) -> list[str]:
    """Plain text in lines of at most `width` cells, broken as Chinese is: anywhere but in words and before a comma."""
    lines = []
    for paragraph in text.split("\n"):
        shown = plain(paragraph)
        if cell_len(shown) <= width:
            lines.append(shown)
            continue
        line = ""
        for unit in _UNIT.findall(shown):
            for piece in (unit,) if cell_len(unit) <= width else unit:
                if cell_len(line) + cell_len(piece) > width:
                    lines.append(line)
                    line = ""
                line += piece
        lines.append(line)
    return lines
