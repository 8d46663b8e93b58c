"""Personal data go when their term is over: passwords, people of cases that are over, drafts, files with full numbers.

Figures, decisions, days and digests stay. Whose data went is a mark; the chain has the erasure as it has every act.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import ColumnElement, Select, text
from sqlalchemy import select as selected
from sqlmodel import col, func, select

from db.models import (
    Act,
    Case,
    Enrolment,
    JournalEntry,
    LearningResult,
    OutsideList,
    PaperIssued,
    PassedCase,
    Stage,
    case_number,
)
from pxtui.casework.keeping.erasure import erase
from pxtui.casework.keeping.extract import FOLDER as EXTRACTS
from pxtui.casework.office import journal
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.program_version import NOBODY
from pxtui.casework.office.register import Register
from pxtui.casework.outside_lists import importing
from pxtui.casework.outside_lists.kinds import label
from pxtui.casework.printed.entering import WITH_NUMBERS
from pxtui.casework.staff.terms import Terms, terms
from pxtui.clock import CHINA
from pxtui.home import Home
from pxtui.whole_file import write_whole

_LAST_RUN = "retention.day"
"""File that names the day of the last run by the program itself."""
CLAIM_DECIDED = frozenset(
    {Stage.CLAIM_APPROVED, Stage.CLAIM_REFUSED, Stage.PUBLISHED, Stage.OBJECTED, Stage.CLEARED, Stage.TO_PAY}
    | {Stage.BOUNCED, Stage.PAID, Stage.ARCHIVED, Stage.RECOVERING, Stage.RECOVERED}
)
NOT_GRANTED = frozenset({Stage.REFUSED, Stage.TERMINATED, Stage.WITHDRAWN, Stage.VOIDED, Stage.CLAIM_REFUSED})
CLOSED = frozenset({Stage.ARCHIVED, Stage.RECOVERED, Stage.TRANSFERRED})
_OVER_SINCE: ColumnElement[date] = func.coalesce(
    Case.stage_since, Case.claim_decided_on, Case.opening_decided_on, Case.ends_on
)
_CLAIM_DECIDED_ON: ColumnElement[date] = func.coalesce(
    Case.claim_decided_on, Case.stage_since, Case.opening_decided_on, Case.ends_on
)


class Kind(StrEnum):
    """What goes."""

    PASSWORDS = "平台密码"
    PEOPLE = "案件人员"
    PAPERS = "文书夹里的文件"
    DRAFTS = "草稿"
    LISTS = "外部名单"


@dataclass(frozen=True, slots=True)
class Due:
    """Something whose term is over."""

    kind: Kind
    what: str
    """The number of the case, or the name of the file or list."""
    since: date
    """The day on which it was to go."""
    case_id: int | None = None
    path: Path | None = None
    list_id: int | None = None


def due(context: Context) -> tuple[Due, ...]:
    """What has to go by today, the register's first."""
    kept = terms(context)
    ways = (_passwords, _people, _lists, _papers, _extracts, _drafts)
    found = (item for way in ways for item in way(context, kept))
    return tuple(item for item in found if item.since <= context.today)


def run(register: Register, acting: Acting) -> tuple[Due, ...]:
    """Let go what is due, a transaction a case, then the files; what went.

    Raises:
        PxtuiError: the register refuses.
    """
    with register.reading(acting) as context:
        wanted = due(context)
    for item in wanted:
        if item.case_id is not None:
            with register.writing(acting) as context:
                case = context.session.get_one(Case, item.case_id)
                (_forget_passwords if item.kind is Kind.PASSWORDS else erase)(context, case)
        elif item.list_id is not None:
            with register.writing(acting) as context:
                _forget_list(context, item.list_id)
        elif item.path is not None:
            item.path.unlink(missing_ok=True)
    return wanted


def run_daily(register: Register, at: datetime) -> tuple[Due, ...]:
    """`run` by the program itself, once a day whoever starts it; what went.

    Raises:
        PxtuiError: as `run`.
    """
    noted = register.home.root / _LAST_RUN
    today = f"{at.astimezone(CHINA).date()}\n"
    if noted.is_file() and noted.read_text("utf-8") == today:
        return ()
    gone = run(register, Acting(NOBODY, register.office, at))
    write_whole(noted, today.encode(), replaces=True)
    return gone


def _passwords(context: Context, kept: Terms) -> Iterator[Due]:
    # As the condition of an index, of which a value in its place would not do.
    with_password = select(Enrolment.case_id).join(LearningResult).where(text("length(learning_result.password) > 0"))
    term = timedelta(days=kept.password_days)
    for stages, day in ((CLAIM_DECIDED, _CLAIM_DECIDED_ON), (NOT_GRANTED - CLAIM_DECIDED, _OVER_SINCE)):
        over = _over(stages, day, context.today - term).where(col(Case.id).in_(with_password))
        for case_id, number, since in _numbered(context, over):
            yield Due(Kind.PASSWORDS, number, since + term, case_id)


def _people(context: Context, kept: Terms) -> Iterator[Due]:
    """Of cases that are over only those that are due: the others are nearly all that there are."""
    erased = select(JournalEntry.id).where(
        col(JournalEntry.case_id) == col(Case.id), col(JournalEntry.action) == Act.RETENTION_ERASE
    )
    refused = timedelta(days=kept.refused_days)
    last_closed = date(context.today.year - kept.closed_years - 1, 12, 31)
    for stages, last in ((NOT_GRANTED, context.today - refused), (CLOSED, last_closed)):
        over = _over(stages, _OVER_SINCE, last).where(~erased.exists())
        for case_id, number, day in _numbered(context, over):
            since = date(day.year + kept.closed_years + 1, 1, 1) if stages is CLOSED else day + refused
            yield Due(Kind.PEOPLE, number, since, case_id)


def _over(stages: frozenset[Stage], day: ColumnElement[date], last: date) -> Select[int, str, int, int, date]:
    """The cases at these stages whose day was no later, without all that is not needed of so many."""
    found = selected(col(Case.id), col(Case.letter), col(Case.year), col(Case.serial), day)
    return found.where(col(Case.stage).in_(stages), day <= last).order_by(col(Case.id))


def _numbered(context: Context, over: Select[int, str, int, int, date]) -> Iterator[tuple[int, str, date]]:
    for case_id, letter, year, serial, day in context.session.execute(over):
        yield case_id, case_number(letter, year, serial), day


def _lists(context: Context, kept: Terms) -> Iterator[Due]:
    """The lines of lists, on the day after their own term."""
    past = col(OutsideList.valid_until) < context.today
    for found in context.session.exec(select(OutsideList).where(past, col(OutsideList.erased_on).is_(None))):
        yield Due(Kind.LISTS, label(found), found.valid_until + timedelta(days=1), list_id=found.id)


def _papers(context: Context, kept: Terms) -> Iterator[Due]:
    """Without their contents, which are most of a register."""
    homes = tuple(_homes(context))
    folders = {folder for home in homes if home.papers.is_dir() for folder in home.papers.iterdir()}
    passed: defaultdict[int, list[str]] = defaultdict(list)
    for row in context.session.exec(select(PassedCase)):
        passed[row.case_id].append(row.number)
    last = datetime.combine(context.today - timedelta(days=kept.paper_days - 1), time(), CHINA)
    columns = (col(PaperIssued.file_name), col(PaperIssued.issued_at), col(Case.id))
    issued = selected(*columns, col(Case.letter), col(Case.year), col(Case.serial)).join(Case)
    due_by_now = issued.where(col(PaperIssued.form).in_(WITH_NUMBERS), col(PaperIssued.issued_at) < last)
    for file_name, issued_at, case_id, letter, year, serial in context.session.execute(due_by_now):
        numbers = (case_number(letter, year, serial), *passed.get(case_id, ()))
        for folder in (home.papers / number for home in homes for number in numbers):
            if folder in folders and (path := folder / file_name).is_file():
                yield Due(Kind.PAPERS, file_name, _day(issued_at) + timedelta(days=kept.paper_days), path=path)


def _extracts(context: Context, kept: Terms) -> Iterator[Due]:
    for home in _homes(context):
        yield from _files_of(Kind.PAPERS, home.papers / EXTRACTS, kept.paper_days)


def _homes(context: Context) -> Iterator[Home]:
    """The data folder as each office uses it."""
    yield context.home.of_office("")
    offices = context.home.offices
    for folder in sorted(offices.iterdir()) if offices.is_dir() else ():
        yield context.home.of_office(folder.name)


def _drafts(context: Context, kept: Terms) -> Iterator[Due]:
    yield from _files_of(Kind.DRAFTS, context.home.drafts, kept.draft_days)


def _files_of(kind: Kind, folder: Path, days: int) -> Iterator[Due]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file():
            changed_at = datetime.fromtimestamp(path.stat().st_mtime, CHINA)
            yield Due(kind, path.name, changed_at.date() + timedelta(days=days), path=path)


def _forget_passwords(context: Context, case: Case) -> None:
    results: Sequence[LearningResult] = context.session.exec(
        select(LearningResult)
        .join(Enrolment)
        .where(col(Enrolment.case_id) == case.id, col(LearningResult.password) != b"")
    ).all()
    for result in results:
        result.password = b""
        context.session.add(result)
    journal.record(context, case, Act.RETENTION_PASSWORDS, f"平台密码到期删去：{len(results)}人")


def _forget_list(context: Context, list_id: int) -> None:
    """Lines and key go; which list of which day it was, and who was compared with it, stays."""
    found = importing.require(context, list_id)
    importing.erase_lines(context, found)
    journal.record(context, None, Act.RETENTION_LISTS, f"{label(found)}到期删去：{found.lines}行，比对结果保留")


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()
