"""The one way in for rosters: Attachments 2 and 4 in whatever shape an enterprise sends them."""

from collections.abc import Sequence
from pathlib import Path

from pxtui.errors import Refused
from pxtui.papers.reading.grid import Grid, pasted_table, read_table
from pxtui.papers.reading.roster_columns import find_header
from pxtui.papers.reading.roster_reading import Form, Refusal, Repair, RosterReading, RosterRow
from pxtui.papers.reading.roster_rows import read_rows
from pxtui.progress import Watch

__all__ = ["Form", "Refusal", "Repair", "RosterReading", "RosterRow", "read_pasted", "read_roster", "read_rosters"]

_NOT_FOUND = "未找到花名册：请确认表头有“姓名”“身份证号”两列；没有表头的，至少要有姓名和身份证号两列"


def read_rosters(path: Path, watch: Watch | None = None) -> tuple[RosterReading, ...]:
    """The rosters in a workbook or a text file, one a sheet, at least one; those of hidden sheets where no other is.

    Rows that cannot be taken over are all in `refused`; they are no error.

    Raises:
        PxtuiError: the file cannot be read (see `grid.read_table`), or there is no roster in it.
        Cancelled: `watch` says so.
    """
    return _rosters(read_table(path, watch))


def read_roster(path: Path) -> RosterReading:
    """The only roster in a workbook or a text file, on whichever sheet it stands; see `read_rosters`.

    Raises:
        PxtuiError: as there, and where there are several.
    """
    readings = read_rosters(path)
    if len(readings) > 1:
        names = "、".join(f"“{reading.sheet}”" for reading in readings)
        raise Refused(f"{names}这几张工作表里都有名单：请只留要导入的一张，或把名单接成一张，再导入")
    return readings[0]


def read_pasted(text: str) -> RosterReading:
    """The roster among rows copied from a spreadsheet, with or without its header.

    Raises:
        PxtuiError: there is none.
    """
    return _rosters((pasted_table(text),))[0]


def _rosters(grids: Sequence[Grid]) -> tuple[RosterReading, ...]:
    faults = [grid.fault for grid in grids if grid.fault]
    found: list[tuple[Grid, RosterReading]] = []
    for grid in grids:
        try:
            header = find_header(grid.rows)
        except Refused as error:
            faults.append(f"“{grid.sheet}”{error.sentence}")
            continue
        if header:
            reading = read_rows(grid, header)
            if reading.rows or reading.refused:
                found.append((grid, reading))
            else:
                faults.append(f"“{grid.sheet}”只有表头，没有人员，请填好名单再导入")
    readings = [reading for grid, reading in found if grid.visible] or [reading for _, reading in found]
    if not readings:
        raise Refused(faults[0] if faults else _NOT_FOUND)
    return tuple(readings)
