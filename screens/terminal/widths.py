"""The width of characters that terminals disagree on: “ ” · — ① and others, one cell or two.

Unicode Standard Annex 11 calls them ambiguous (class A): two cells in the fonts of East Asia, one elsewhere. A terminal
draws them as its user has set it, so it is asked. All measuring of texts, Textual's too, goes through `rich.cells`;
its table is private, so the exact pin in pyproject.toml and the tests guard this.
"""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import rich.cells
from rich.cells import CellTable

QUESTION = "\x1b[2;1H“\x1b[6n"
"""One such character at the beginning of the second line, and where the cursor stands behind it.

Not in the first line: there the answer would be the same as Shift+F3.
"""
ANSWERED_IN_LINE = 1
"""The line of the answer, counted from 0."""
_LAST_AMBIGUOUS = 0x1F1FF
"""Behind it only the private area and selectors are ambiguous, which are never shown."""
_measuring: Any = rich.cells
_narrow_table, _narrow_singles = _measuring.load_cell_table, _measuring._is_single_cell_widths
_ALWAYS_SINGLE = frozenset(map(chr, range(0x20, 0x7F)))


def measure_ambiguous(cells: int) -> bool:
    """Take ambiguous characters for so many cells, 1 or 2; whether it was otherwise before."""
    is_narrow = _measuring.load_cell_table is _narrow_table
    if is_narrow == (cells == 1):
        return False
    if cells == 1:
        _measuring.load_cell_table, _measuring._is_single_cell_widths = _narrow_table, _narrow_singles
    else:
        table = _wide_table()
        _measuring.load_cell_table = lambda unicode_version="auto": table
        _measuring._is_single_cell_widths = _ALWAYS_SINGLE.issuperset
    _measuring.get_character_cell_size.cache_clear()
    _measuring.cached_cell_len.cache_clear()
    return True


def _wide_table() -> CellTable:
    """The table in force with ambiguous characters of two cells; marks without a width keep none."""
    table: CellTable = _narrow_table("auto")
    known = {code for start, end, _ in table.widths for code in range(start, min(end, _LAST_AMBIGUOUS) + 1)}
    return table._replace(widths=sorted([*table.widths, *((start, end, 2) for start, end in _ambiguous_but(known))]))


def _ambiguous_but(known: set[int]) -> Iterator[tuple[int, int]]:
    """The first and last code points of runs of ambiguous characters that the table has no width for."""
    codes = (
        code
        for code in range(0xA0, _LAST_AMBIGUOUS + 1)
        if unicodedata.east_asian_width(chr(code)) == "A" and code not in known
    )
    for _, run in groupby(enumerate(codes), key=lambda place: place[1] - place[0]):
        places = [code for _, code in run]
        yield places[0], places[-1]
