"""Text on paper: what may stand in a cell, and how small it must be set to fit there."""

import re
from math import floor

from pxtui.errors import Refused
from pxtui.papers.writing.font_widths import ems_of, most_ems_of
from pxtui.papers.writing.line_breaks import broken

POINT = 25.4 / 72
"""A point in millimetres."""

_CELL_PADDING = 2.0
_LINE_SPACING = 1.4
SMALLEST_SIZE = 7.5
"""Points: a form's text is not set smaller, its row grows."""
SMALLEST_IN_LIST = 5.5
"""Points, 七号 of the Chinese trade: the same for the rows of a list, of which a page holds a fixed number."""
_LEAST_EMS = 0.001
_WIDEST = 1.06
"""No character of any font takes more squares."""
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


def on_one_line(text: str, font: str, size: float, width: float) -> float | None:
    """The size in points, `size` or smaller, at which `text` is one line in a cell of that width in mm.

    None: at no legible size. Fonts that stand in for ours are for the printing program to fit.
    """
    if "\n" in text:
        return None
    at_most = (width - _CELL_PADDING) / POINT / max(ems_of(text, font), _LEAST_EMS)
    if at_most >= size:
        return size
    # Down to half a point, as sizes are named.
    halves = floor(at_most * 2) / 2
    return halves if halves >= SMALLEST_IN_LIST else None


def fitted(
    text: str, font: str, size: float, width: float, height: float, smallest: float = SMALLEST_SIZE
) -> tuple[float, float]:
    """The size in points, `size` or smaller, and the height in mm that `text` takes in a cell of that box in mm.

    The height exceeds the cell's when the text does not fit at the smallest legible size.

    Raises:
        PxtuiError: the text does not fit into the tallest row a workbook can have.
    """
    in_line = room(width, size)
    # Most texts of a roster of thousands fit, and need no more than this.
    if "\n" not in text and (len(text) * _WIDEST <= in_line or most_ems_of(text, font) <= in_line):
        return size, height
    while True:
        needed = _lines(text, font, size, width) * size * POINT * _LINE_SPACING
        if needed <= height:
            return size, height
        if size <= smallest:
            break
        size = max(size - 0.5, smallest)
    return size, _possible(needed, text)


def height_of(text: str, size: float, width: float, font: str = "") -> float:
    """The height in mm that `text` takes in a cell of that width in mm, set in `size` points.

    Raises:
        PxtuiError: the text does not fit into the tallest row a workbook can have.
    """
    return _possible(_lines(text, font, size, width) * size * POINT * _LINE_SPACING, text)


def height_of_lines(text: str, size: float) -> float:
    """The height in mm that lines take that are broken already.

    Raises:
        PxtuiError: they do not fit into the tallest row a workbook can have.
    """
    return _possible((text.count("\n") + 1) * size * POINT * _LINE_SPACING, text)


def _possible(needed: float, text: str) -> float:
    if needed > _TALLEST_ROW or len(text) > _LONGEST_TEXT:
        whole = text.replace("\n", "")
        raise Refused(f"“{whole[:20]}…”共{len(whole)}字，一格印不下，请缩短后再打印")
    return needed


def _lines(text: str, font: str, size: float, width: float) -> int:
    return broken(text, font, room(width, size)).count("\n") + 1


def room(width: float, size: float) -> float:
    """How many squares of a size in points a line in a cell of that width in mm holds."""
    return (width - _CELL_PADDING) / (size * POINT)
