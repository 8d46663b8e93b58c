"""花名册改动确认单: the changes that rosters brought which came in, as they were told and as the journal keeps them."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.check.roster_changes import ToldLine
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.office import journal
from pxtui.casework.printed.asking import Asking, Content, common, letter
from pxtui.casework.printed.defects import Line
from pxtui.casework.roster import edits as roster_edits
from pxtui.clock import CHINA


def roster_changes(asking: Asking) -> Content:
    """A line for each cell that an import of the present application changed or that could not be read."""
    lines = _lines(asking)
    numbered = [line | {"seq": seq} for seq, line in enumerate(lines, start=1)]
    values = common(asking) | {"changes_count": len(lines), "applicant_side": None, "office_side": None}
    return letter("roster-changes", values, changes=numbered)


def nothing_came_back(asking: Asking) -> str:
    """Why there is nothing to confirm, in Chinese; empty where there is."""
    return "" if _lines(asking) else "没有导入过与登记不同的名单"


def has_come_back(asking: Asking) -> bool:
    """Whether a roster came in that changed anything."""
    return bool(_lines(asking))


def _lines(asking: Asking) -> list[Line]:
    return [
        {"day": entry.at.astimezone(CHINA).date(), **asdict(line)}
        for entry, told in reversed(list(_standing_imports(asking)))
        for line in journal.load(tuple[ToldLine, ...], told["lines"])
    ]


def _standing_imports(asking: Asking) -> Iterator[tuple[JournalEntry, dict[str, Any]]]:
    """The imports of the present application that were not undone, the newest first, and what was told of each."""
    of_case = select(JournalEntry).where(
        col(JournalEntry.case_id) == asking.case.id,
        col(JournalEntry.action).in_((Act.ROSTER_REPLACE, Act.ROSTER_UNDO)),
    )
    application = application_of(asking.case.stage).value
    undone = 0
    for entry in asking.context.session.exec(of_case.order_by(col(JournalEntry.id).desc())):
        before, after = journal.values(asking.context, entry)
        if before.get("application") != application or "rows" not in before:
            continue
        if entry.action == Act.ROSTER_UNDO:
            undone += 1
        elif undone:
            undone -= 1
        elif told := after.get(roster_edits.TOLD):
            yield entry, told
