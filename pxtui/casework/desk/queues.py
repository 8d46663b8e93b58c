"""The desk: work queues with their counts, and lists of cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, func, select

from db.models import Case, JournalEntry
from pxtui.casework.lifecycle import due as lifecycle_due
from pxtui.casework.lifecycle.cases import CaseSummary, find, summary
from pxtui.casework.lifecycle.moves import QUEUES, application_of
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.clock import CHINA
from pxtui.policy.facts import ApplicationKind

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Queue:
    """The cases that wait for one kind of work."""

    stages: frozenset[Stage]
    name: str
    is_claim: bool
    count: int


@dataclass(frozen=True, slots=True)
class CaseList:
    """Cases, the newest first, and whether there are more than are shown."""

    cases: tuple[CaseSummary, ...]
    more: bool
    due: Mapping[str, date] = field(default_factory=dict)
    """By its number, the last day for what a case waits for."""
    people: Mapping[str, str] = field(default_factory=dict)
    """By its number, whom a search found in a case."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One act as a list shows it."""

    at: str
    staff_name: str
    summary: str


def queues(context: Context) -> list[Queue]:
    """All that somebody has to do something about, in the order of a case's life; what is empty is left out."""
    counts = dict(context.session.exec(select(Case.stage, func.count()).group_by(Case.stage)).all())
    found = [
        Queue(stages, name, _is_claim(stages), sum(counts.get(stage, 0) for stage in stages)) for name, stages in QUEUES
    ]
    return [queue for queue in found if queue.count]


def cases(context: Context, stages: frozenset[Stage] | None = None, *, most: int = MOST_LISTED) -> CaseList:
    """The newest cases, at some stages or at all."""
    wanted = select(Case).order_by(col(Case.id).desc()).limit(most + 1)
    if stages is not None:
        wanted = wanted.where(col(Case.stage).in_(stages))
    return listed(context, list(context.session.exec(wanted)), most)


def listed(context: Context, found: list[Case], most: int) -> CaseList:
    """The first of the cases as a list shows them."""
    wanted = office_settings.settings(context)
    due = {
        case.number: day for case in found[:most] if (day := lifecycle_due.due_on(context, case, wanted)) is not None
    }
    due |= publicity_batches.payable_from(context, found[:most])
    return CaseList(tuple(summary(context, case) for case in found[:most]), len(found) > most, due)


def journal_of(context: Context, number: str) -> list[JournalLine]:
    """What was done to a case, the newest first."""
    case = find(context, number)
    entries = context.session.exec(
        select(JournalEntry).where(col(JournalEntry.case_id) == case.id).order_by(col(JournalEntry.id).desc())
    )
    return [
        JournalLine(f"{entry.at.astimezone(CHINA):%Y-%m-%d %H:%M}", entry.staff_name, entry.summary)
        for entry in entries
    ]


def _is_claim(stages: frozenset[Stage]) -> bool:
    return all(application_of(stage) is ApplicationKind.CLAIM for stage in stages)
