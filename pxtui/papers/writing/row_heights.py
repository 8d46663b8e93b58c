"""How high rows are, and which of them stand on one page: known before any of them is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from math import floor
from typing import NamedTuple

from pxtui.papers.writing.cell_text import (
    SMALLEST_SIZE,
    fitted,
    height_of,
    height_of_lines,
    on_one_line,
    printable,
    room,
)
from pxtui.papers.writing.font_widths import most_ems_of
from pxtui.papers.writing.line_breaks import broken
from pxtui.papers.writing.sheet import Look, SheetRow, Value

INDENT = 2.8
"""Millimetres between a rule and the text beside it: three blanks of the default font."""
_BREATH = 1.5
"""Millimetres above and below a text whose row grew with it: fonts that stand in for ours have taller lines."""


class Fitted(NamedTuple):
    """A value as it is set in a cell: its look, the height in mm that it takes, and its lines."""

    look: Look
    height: float
    value: Value


def fit(value: Value, look: Look, width: float, height: float, smallest: float = SMALLEST_SIZE) -> Fitted:
    """A value set in a box in mm.

    Args:
        smallest: the size in points below which the row grows instead.
    """
    if look.stacked or value is None or not (look.whole or isinstance(value, str)):
        return Fitted(look, height, value)
    width -= look.indent * INDENT
    if look.whole:
        text = _shown(value, look)
        size = on_one_line(text, look.font, look.size, width)
        if size is not None:
            return Fitted(_sized(look, size), height, value)
        if not isinstance(value, str):
            return Fitted(look, height, value)
        look = replace(look, whole=False)
    # Measured as it is printed: what replaces a control character is wider than nothing.
    text = printable(str(value))
    look = _narrowed(text, look, width)
    if look.flows:
        return _flowing(text, look, width, height)
    if not look.shrinks:
        return Fitted(look, max(height, height_of(text, look.size, width, look.font) + _BREATH), value)
    size, needed = fitted(text, look.font, look.size, width, height, smallest)
    return Fitted(_sized(look, size), needed, value)


def _narrowed(text: str, look: Look, width: float) -> Look:
    """The look in which no line of a text is broken, where a little smaller type does it."""
    if not look.narrows:
        return look
    most = max(most_ems_of(line, look.font) for line in text.split("\n"))
    if most <= room(width, look.size):
        return look
    size = floor(2 * look.size * room(width, look.size) / most) / 2
    return _sized(look, size) if size >= look.size - look.narrows else look


def _flowing(text: str, look: Look, width: float, height: float) -> Fitted:
    """A sentence, its lines broken by the rules of the trade."""
    size = look.size
    while True:
        lines = broken(text, look.font, room(width, size))
        needed = height_of_lines(lines, size)
        if needed <= height or not look.shrinks or size <= SMALLEST_SIZE:
            break
        size -= 0.5
    return Fitted(_sized(look, size), max(height, needed if needed <= height else needed + _BREATH), lines)


@lru_cache(maxsize=256)
def _sized(look: Look, size: float) -> Look:
    return look if size == look.size else replace(look, size=size)


def _shown(value: Value, look: Look) -> str:
    """A value as a spreadsheet program shows it."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Decimal) and look.number_format.endswith("0.00"):
        return look.number_format.replace('"', "").replace("0.00", f"{value:.2f}")
    return str(value)


def heights_of(rows: Iterable[SheetRow], edges: Sequence[float]) -> list[float]:
    """The heights in mm that rows below one another take; `edges`: of the columns, in mm from the left."""
    heights: list[float] = []
    covered: dict[int, int] = {}
    for row in rows:
        height, left = row.height, 0
        waiting = iter(row.cells)
        while left < len(edges) - 1:
            if covered.get(left, 0):
                covered[left] -= 1
                left += 1
                continue
            cell = next(waiting)
            right = left + cell.columns
            if cell.rows == 1:
                height = max(height, fit(cell.value, cell.look, edges[right] - edges[left], row.height).height)
            else:
                covered.update(dict.fromkeys(range(left, right), cell.rows - 1))
            left = right
        heights.append(height)
    return heights


def together(rows: Iterable[SheetRow]) -> Iterator[tuple[SheetRow, ...]]:
    """The rows in groups: a row that keeps the next one, and that one."""
    group: list[SheetRow] = []
    for row in rows:
        group.append(row)
        if not row.keeps_next:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)
