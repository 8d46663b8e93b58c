"""Work queues of the desk with their counts, lists of cases, the journal of a case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from db.models import Case, JournalEntry
from pxtui.casework.all_cases import marks
from pxtui.casework.calendar import due as calendar_due
from pxtui.casework.desk import waiting_changes
from pxtui.casework.desk.journal_cells import changed_cells
from pxtui.casework.desk.waiting_changes import Waiting
from pxtui.casework.lifecycle.cases import TO_FORWARD, CaseSummary, ClassTime, find, summary
from pxtui.casework.lifecycle.moves import OPENING, QUEUES, application_of
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import roles
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.clock import CHINA
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.parameters import forwards

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Queue:
    """A work queue: its stages, name and number of cases."""

    stages: frozenset[Stage]
    name: str
    is_claim: bool
    count: int
    is_of_changes: bool = False
    """Of any stage: the cases whose change or correction waits for approval."""
    class_time: ClassTime | None = None
    """Of the approved classes those that are so far."""


@dataclass(frozen=True, slots=True)
class CaseList:
    """Cases for a list, the newest first; `more`: whether some were cut off."""

    cases: tuple[CaseSummary, ...]
    more: bool
    due: Mapping[str, date] = field(default_factory=dict)
    """By case number, the due day; see `due.due_on`."""
    people: Mapping[str, str] = field(default_factory=dict)
    """By case number, the people that a search found: 陈志强…3010."""
    waiting: Mapping[str, Waiting] = field(default_factory=dict)
    """By case number, a change, correction or return that waits for a second person."""
    changed: frozenset[str] = frozenset()
    """The numbers of cases whose verdict a check of all found changed since their last step."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One act of the journal for a list; `at` is YYYY-MM-DD HH:MM, China time."""

    at: str
    staff_name: str
    summary: str
    cells: tuple[str, ...] = ()
    """What it changed in a roster, a sentence a row; empty where that was not asked for."""


def queues(context: Context) -> list[Queue]:
    """The work queues with at least one case, in the order of a case's life."""
    # Only of what waits: the finished cases are nearly all of them.
    waiting = frozenset[Stage]().union(*(stages for _, stages in QUEUES))
    seen = roles.of_seen_offices(context, Case.office_code)
    at_stages = select(Case.stage, func.count()).where(col(Case.stage).in_(waiting), *seen).group_by(Case.stage)
    counts = dict(context.session.exec(at_stages).all())
    found: list[Queue] = []
    for name, stages in QUEUES:
        if Stage.OPENED in stages:
            found += _of_approved_classes(context, stages, counts.get(Stage.OPENED, 0))
        else:
            named = TO_FORWARD if stages == OPENING.under_review and forwards(context.office) else name
            found.append(Queue(stages, named, _is_claim(stages), sum(counts.get(stage, 0) for stage in stages)))
    return [queue for queue in found if queue.count]


CLASS_TIMES = {ClassTime.AHEAD: "未开班", ClassTime.RUNNING: "培训中", ClassTime.OVER: "待申领"}
"""The queues of the approved classes: the calendar tells them apart, no stage does."""


def _of_approved_classes(context: Context, stages: frozenset[Stage], count: int) -> list[Queue]:
    """How far they are, and of which of them a change waits."""
    found, seen = [], roles.of_seen_offices(context, Case.office_code)
    for time, name in CLASS_TIMES.items() if count else ():
        so_far = select(func.count()).where(col(Case.stage) == Stage.OPENED, time.condition_on(context.today), *seen)
        how_many = context.session.exec(so_far).one()
        found.append(Queue(stages, name, is_claim=False, count=how_many, class_time=time))
    changes = len(waiting_changes.cases(context))
    return [*found, Queue(stages, "变更", is_claim=False, count=changes, is_of_changes=True)]


def of_queue(context: Context, queue: Queue, *, most: int = MOST_LISTED) -> CaseList:
    """The cases of a queue, the newest first."""
    if queue.is_of_changes:
        return listed(context, waiting_changes.cases(context), most)
    so_far = None if queue.class_time is None else queue.class_time.condition_on(context.today)
    return _newest(context, queue.stages, so_far, most)


def cases(
    context: Context, stages: frozenset[Stage] | None = None, *, most: int = MOST_LISTED, before: str = ""
) -> CaseList:
    """The newest cases, at these stages or (None) at any; `most` are listed.

    Args:
        before: number of a case: those that were filed before it; empty: from the newest on.

    Raises:
        PxtuiError: there is no case `before`.
    """
    older = col(Case.id) < find(context, before).id if before else None
    return _newest(context, stages, older, most)


def _newest(
    context: Context, stages: frozenset[Stage] | None, besides: ColumnElement[bool] | None, most: int
) -> CaseList:
    seen = roles.of_seen_offices(context, Case.office_code)
    wanted = select(Case).where(*seen).order_by(col(Case.id).desc()).limit(most + 1)
    if stages is not None:
        wanted = wanted.where(col(Case.stage).in_(stages))
    if besides is not None:
        wanted = wanted.where(besides)
    return listed(context, list(context.session.exec(wanted)), most)


def listed(context: Context, found: list[Case], most: int) -> CaseList:
    """The first `most` of these cases as a list with due days."""
    due = {
        case.number: day
        for case in found[:most]
        for wanted in (office_settings.settings_for(context, case.office_code),)
        if (day := calendar_due.due_on(context, case, wanted)) is not None
    }
    due |= publicity_batches.payable_from(context, found[:most])
    waiting = waiting_changes.waiting(context)
    changed = marks.changed(context, found[:most])
    summaries = tuple(summary(context, case) for case in found[:most])
    return CaseList(summaries, len(found) > most, due, waiting=waiting, changed=changed)


def journal_of(context: Context, number: str, *, with_cells: bool = False) -> list[JournalLine]:
    """The journal's acts on a case, the newest first.

    Args:
        with_cells: also what each changed in a roster, cell by cell; takes its time with long rosters.
    """
    case = find(context, number)
    entries = context.session.exec(
        select(JournalEntry).where(col(JournalEntry.case_id) == case.id).order_by(col(JournalEntry.id).desc())
    )
    return [
        JournalLine(
            f"{entry.at.astimezone(CHINA):%Y-%m-%d %H:%M}",
            entry.staff_name,
            entry.summary,
            changed_cells(context, entry) if with_cells else (),
        )
        for entry in entries
    ]


def _is_claim(stages: frozenset[Stage]) -> bool:
    return all(application_of(stage) is ApplicationKind.CLAIM for stage in stages)
