"""The one way in for rosters: Attachments 2 and 4 in whatever shape an enterprise sends them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pxtui.errors import PxtuiError, Refused
from pxtui.papers.reading.grid import Grid, cell_text, pasted_table, read_table
from pxtui.papers.reading.roster_cells import has_letters, holds_id_number
from pxtui.papers.reading.roster_columns import UndecidedColumns, find_header
from pxtui.papers.reading.roster_reading import Form, Refusal, Repair, RosterReading, RosterRow
from pxtui.papers.reading.roster_rows import read_rows
from pxtui.papers.reading.roster_words import has_both_heads
from pxtui.progress import Watch

__all__ = [
    "Form",
    "Refusal",
    "Repair",
    "RosterReading",
    "RosterRow",
    "UndecidedColumns",
    "read_pasted",
    "read_roster",
    "read_rosters",
]

_NOT_FOUND = "未找到花名册：请确认表头有“姓名”“身份证号”两列；没有表头的，至少要有姓名和身份证号两列"


_NOT_DIVIDED = "整行都在一格里，各列没有分开：请用逗号或制表符隔开后再导入"
_MOST_SHEETS_NAMED = 5


def read_rosters(
    path: Path, watch: Watch | None = None, chosen: Mapping[str, str] | None = None
) -> tuple[RosterReading, ...]:
    """The rosters in a workbook or a text file, one a sheet, at least one; those of hidden sheets where no other is.

    Rows that cannot be taken over are all in `refused`; they are no error.

    Args:
        chosen: field to the letter of its column, where somebody decided among several.

    Raises:
        UndecidedColumns: two columns could be one field of the trainee.
        PxtuiError: the file cannot be read (see `grid.read_table`), or there is no roster in it.
        Cancelled: `watch` says so.
    """
    return _rosters(read_table(path, watch), chosen)


def read_roster(path: Path) -> RosterReading:
    """The only roster in a workbook or a text file, on whichever sheet it stands; see `read_rosters`.

    Raises:
        PxtuiError: as there, and where there are several.
    """
    readings = read_rosters(path)
    if len(readings) > 1:
        sheets = named_sheets([reading.sheet for reading in readings])
        raise Refused(f"{sheets}工作表里都有名单：请只留要导入的一张，或把名单接成一张，再导入")
    return readings[0]


def read_pasted(text: str, chosen: Mapping[str, str] | None = None) -> RosterReading:
    """The roster among rows copied from a spreadsheet, with or without its header.

    Raises:
        UndecidedColumns: two columns could be one field of the trainee.
        PxtuiError: there is none.
    """
    return _rosters((pasted_table(text),), chosen)[0]


def named_sheets(sheets: Sequence[str]) -> str:
    """“一班”、“二班”这2张; of very many the first few."""
    first = "、".join(f"“{sheet}”" for sheet in sheets[:_MOST_SHEETS_NAMED])
    return f"{first}{'等' * (len(sheets) > _MOST_SHEETS_NAMED)}{len(sheets)}张"


def _rosters(grids: Sequence[Grid], chosen: Mapping[str, str] | None) -> tuple[RosterReading, ...]:
    faults: list[tuple[Grid, PxtuiError]] = []
    found: list[tuple[Grid, RosterReading]] = []
    for grid in grids:
        try:
            reading = _reading(grid, chosen)
        except PxtuiError as fault:
            faults.append((grid, fault))
        else:
            found += [(grid, reading)] if reading else []
    shown = [(grid, reading) for grid, reading in found if grid.visible] or found
    if not shown:
        raise faults[0][1] if faults else Refused(_NOT_DIVIDED if any(map(_is_undivided, grids)) else _NOT_FOUND)
    unread = tuple(
        Refusal(grid.sheet, 1, "A1", 0, fault.sentence)
        for grid, fault in faults
        # What may well be a roster and can be seen by anybody is not passed over silently where others are read.
        if grid.visible and (grid.fault or isinstance(fault, UndecidedColumns))
    )
    hidden = [grid.sheet for grid, _ in found if not grid.visible] if len(shown) < len(found) else []
    notes = (f"另有隐藏的工作表没有读：{named_sheets(hidden)}",) if hidden else ()
    first, *others = (replace(reading, notes=(*notes, *reading.notes)) for _, reading in shown)
    return (replace(first, refused=(*first.refused, *unread)), *others)


def _is_undivided(grid: Grid) -> bool:
    """Whether heads or a name and its number stand in one cell together."""
    for row in grid.rows:
        filled = [text for cell in row if (text := cell_text(cell).strip())]
        if len(filled) == 1 and (has_both_heads(filled[0]) or (has_letters(filled[0]) and holds_id_number(filled[0]))):
            return True
    return False


def _reading(grid: Grid, chosen: Mapping[str, str] | None) -> RosterReading | None:
    """The roster of a sheet, if it is one."""
    if grid.fault:
        raise Refused(grid.fault)
    header = find_header(grid, chosen)
    if header is None:
        return None
    reading = read_rows(grid, header, chosen)
    if not reading.rows and not reading.refused:
        raise Refused(f"“{grid.sheet}”只有表头，没有人员，请填好名单再导入")
    hidden = [
        f"{column.letter}列（{column.meaning}）" for column in reading.columns if column.is_hidden and column.meaning
    ]
    notes = (f"隐藏的列也读了：{'、'.join(hidden)}",) if hidden else ()
    if grid.is_hiding_unknown:
        notes = (*notes, "看不出这份.xls里哪些行、列隐藏了，请打开核对，或另存为.xlsx再导入")
    return replace(reading, notes=notes)
