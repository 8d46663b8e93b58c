"""Text on paper: what may stand in a cell, and how small it must be set to fit there."""

import re
from math import ceil
from unicodedata import east_asian_width

from pxtui.errors import Refused

POINT = 25.4 / 72
"""A point in millimetres."""

_CELL_PADDING = 2.0
_LINE_SPACING = 1.4
# Latin letters differ in width: what is assumed must hold for capitals, or a long account is cut on paper.
_NARROW_LETTER = 0.6
# A full-width mark that may not begin a line takes its neighbour along to the next.
_RAGGED_EDGE = 0.5
_SMALLEST_SIZE = 7.5
_TALLEST_ROW = 409 * POINT
_LONGEST_TEXT = 32767

_WHITE_SPACE = re.compile("\r\n|[\t\v\f\r\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SUSPICIOUS = re.compile(f"{_WHITE_SPACE.pattern}|{_UNPRINTABLE.pattern}|{_LOOKS_ESCAPED.pattern}")


def printable(text: str) -> str:
    """`text` without what a workbook, a terminal or a reader would take for a command.

    White space other than blank and line feed becomes a blank; controls, direction marks and broken characters
    become U+FFFD; `_x0041_` is escaped (ECMA-376 part 1, 22.9.2.19), or it would be read as `A`.
    """
    if not _SUSPICIOUS.search(text):
        return text
    return _LOOKS_ESCAPED.sub("_x005F_", _UNPRINTABLE.sub("\ufffd", _WHITE_SPACE.sub(" ", text)))


def fitted(text: str, size: float, width: float, height: float) -> tuple[float, float]:
    """The size in points, `size` or smaller, and the height in mm that `text` takes in a cell of that box in mm.

    The height exceeds the cell's when the text does not fit at the smallest legible size.

    Raises:
        PxtuiError: the text does not fit into the tallest row a workbook can have.
    """
    room = _room(width, size)
    # Most texts of a roster of thousands fit, and need no more than this.
    if (len(text) <= room or _ems(text) <= room) and "\n" not in text:
        return size, height
    while True:
        needed = _lines(text, size, width) * size * POINT * _LINE_SPACING
        if needed <= height:
            return size, height
        if size <= _SMALLEST_SIZE:
            break
        size = max(size - 0.5, _SMALLEST_SIZE)
    return size, _possible(needed, text)


def height_of(text: str, size: float, width: float) -> float:
    """The height in mm that `text` takes in a cell of that width in mm, set in `size` points.

    Raises:
        PxtuiError: the text does not fit into the tallest row a workbook can have.
    """
    return _possible(_lines(text, size, width) * size * POINT * _LINE_SPACING, text)


def _possible(needed: float, text: str) -> float:
    if needed > _TALLEST_ROW or len(text) > _LONGEST_TEXT:
        raise Refused(f"“{text[:20]}…”共{len(text)}字，一格印不下，请缩短后再打印")
    return needed


def _lines(text: str, size: float, width: float) -> int:
    room = _room(width, size)
    return sum(1 if ems <= room else ceil(ems / max(room - _RAGGED_EDGE, 1)) for ems in map(_ems, text.split("\n")))


def _room(width: float, size: float) -> float:
    return (width - _CELL_PADDING) / (size * POINT)


def _ems(text: str) -> float:
    if text.isascii():
        return len(text) * _NARROW_LETTER
    return sum(1 if east_asian_width(character) in "WFA" else _NARROW_LETTER for character in text)
