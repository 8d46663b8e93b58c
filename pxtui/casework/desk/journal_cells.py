"""Cells that an act of the journal changed in a roster, old and new: what its one line only counts."""

from collections.abc import Iterator, Mapping
from typing import Any

from db.models import Act, JournalEntry
from pxtui.casework.check.roster_changes import ToldLine
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.roster import passwords
from pxtui.casework.roster.cell_changes import BLANK, CELLS, CellChange, masked_cell
from pxtui.casework.roster.differences import compare
from pxtui.casework.roster.edits import CHANGES, TOLD
from pxtui.casework.staff.sight import Sight, sight
from pxtui.policy.facts import Trainee

_Rows = tuple[Trainee, ...]
_PASSWORD = "密码"  # noqa: S105 - the heading of the column


def changed_cells(context: Context, entry: JournalEntry) -> tuple[str, ...]:
    """A Chinese sentence for each row that an act changed, with masked numbers; of a password, that it was changed.

    Raises:
        Damaged: a row in the journal cannot be read.
    """
    if entry.action not in (*CHANGES, Act.CASE_PEOPLE) or sight(context) is Sight.NOTHING:
        return ()
    before, after = journal.values(context, entry)
    if not (before or after):
        # What it held was erased when its term was over.
        return ()
    if entry.action == Act.CASE_PEOPLE:
        return tuple(_put_right(after))
    if TOLD in after:
        return tuple(_told(journal.load(tuple[ToldLine, ...], after[TOLD]["lines"])))
    return tuple(_compared(before, after))


def _told(lines: tuple[ToldLine, ...]) -> Iterator[str]:
    """What an import said of its changes."""
    for line in lines:
        where = "，".join(filter(None, (line.person, line.item)))
        cell = masked_cell(CellChange(line.item, line.before or BLANK, line.after))
        yield f"{line.kind}：{where}由{cell.before}改为{cell.after}"


def _compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    was, now = _rows(before), _rows(after)
    yield from (difference.masked.sentence for difference in compare(was, now))
    yield from (f"{who}：原{_PASSWORD}不再用（内容不显示）" for who in passwords.taken_from(was, before))


def _rows(values: Mapping[str, Any]) -> _Rows:
    """The rows of a whole roster, or the one row of a change; none where there was or is none."""
    if "rows" in values:
        return journal.load(_Rows, values["rows"])
    return () if values["row"] is None else (journal.load(Trainee, values["row"]),)


def _put_right(after: Mapping[str, Any]) -> Iterator[str]:
    for row in after.get("people", ()):
        cells = journal.load(tuple[CellChange, ...], row.get(CELLS, []))
        if cells:
            yield f"第{row['seq']}号{row['name']}：{'；'.join(masked_cell(cell).sentence for cell in cells)}"
