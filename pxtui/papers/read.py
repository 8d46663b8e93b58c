"""The one way in for rosters: Attachments 2 and 4 in whatever shape an enterprise sends them."""

from collections.abc import Sequence
from pathlib import Path

from pxtui.errors import PxtuiError
from pxtui.papers.grid import Grid, pasted_table, read_table
from pxtui.papers.roster_columns import find_header
from pxtui.papers.roster_reading import Form, Refusal, Repair, RosterReading, RosterRow
from pxtui.papers.roster_rows import read_rows

__all__ = ["Form", "Refusal", "Repair", "RosterReading", "RosterRow", "read_pasted", "read_roster"]

_NOT_FOUND = "未找到花名册：请确认表头有“姓名”“身份证号”两列，没有表头的，各列须依附件2或附件4的次序"


def read_roster(path: Path) -> RosterReading:
    """The roster in a workbook or a text file, on whichever sheet it stands.

    Rows that cannot be taken over are all in `refused`; they are no error.

    Raises:
        PxtuiError: the file cannot be read (see `grid.read_table`), there is no roster in it, or several.
    """
    return _one_roster(read_table(path))


def read_pasted(text: str) -> RosterReading:
    """The roster among rows copied from a spreadsheet, with or without its header.

    Raises:
        PxtuiError: there is none.
    """
    return _one_roster((pasted_table(text),))


def _one_roster(grids: Sequence[Grid]) -> RosterReading:
    faults = [grid.fault for grid in grids if grid.fault]
    found: list[tuple[Grid, RosterReading]] = []
    for grid in grids:
        try:
            header = find_header(grid.rows)
        except PxtuiError as error:
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
        raise PxtuiError(faults[0] if faults else _NOT_FOUND)
    if len(readings) > 1:
        names = "、".join(f"“{reading.sheet}”" for reading in readings)
        raise PxtuiError(f"{names}这几张工作表里都有名单：请只留要导入的一张，或把名单接成一张，再导入")
    return readings[0]
