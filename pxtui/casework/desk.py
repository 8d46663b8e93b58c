"""The desk: work queues with their counts, lists of cases, and the search."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from db.models import Case, Enrolment, JournalEntry, Person
from pxtui.casework import clocks, office_settings
from pxtui.casework.cases import CaseSummary, find, summary
from pxtui.casework.moves import QUEUES, application_of
from pxtui.casework.roster_rows import ID_NUMBER, ID_TAIL
from pxtui.casework.stages import Stage
from pxtui.clock import CHINA
from pxtui.errors import PxtuiError
from pxtui.identifiers import id_number
from pxtui.identifiers.text import canonical
from pxtui.policy.facts import Stage as ApplicationStage

_MOST = 200
_END_OF_NUMBER = re.compile("(?:([A-Z]{2})-?)?([0-9]{1,5})")


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


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One act as a list shows it."""

    at: str
    staff_name: str
    summary: str


def queues(session: Session) -> list[Queue]:
    """All that somebody has to do something about, in the order of a case's life; what is empty is left out."""
    counts = dict(session.exec(select(Case.stage, func.count()).group_by(Case.stage)).all())
    found = [
        Queue(stages, name, _is_claim(stages), sum(counts.get(stage.value, 0) for stage in stages))
        for name, stages in QUEUES
    ]
    return [queue for queue in found if queue.count]


def cases(session: Session, stages: frozenset[Stage] | None = None, *, most: int = _MOST) -> CaseList:
    """The newest cases, at some stages or at all."""
    wanted = select(Case).order_by(col(Case.id).desc()).limit(most + 1)
    if stages is not None:
        wanted = wanted.where(col(Case.stage).in_([stage.value for stage in stages]))
    return _listed(session, list(session.exec(wanted)), most)


def search(session: Session, text: str, *, most: int = _MOST) -> CaseList:
    """Cases by number or its end, by a trainee's ID number or its last four characters, or by name.

    A trainee's name is given whole, an applicant's in part.
    """
    wanted = canonical(text)
    if not wanted:
        return cases(session, most=most)
    try:
        return _listed(session, [find(session, wanted)], most)
    except PxtuiError:
        pass
    ordered = select(Case).order_by(col(Case.id).desc()).limit(most + 1)
    number = id_number.with_century(wanted)
    if len(number) == 18 and number[:17].isdigit():
        key = session.info["vault"].look_up_key(ID_NUMBER, number)
        enrolled = select(Enrolment.case_id).where(col(Enrolment.id_key) == key)
        return _listed(session, list(session.exec(ordered.where(col(Case.id).in_(enrolled)))), most)
    if short := _meant_by_few(session, number):
        # Who keys the end of a case's number means the case; its trainees' namesakes in digits come behind it.
        meant = select(Case).where(or_(*short)).order_by(short[0].desc(), col(Case.id).desc()).limit(most + 1)
        return _listed(session, list(session.exec(meant)), most)
    named = select(Enrolment.case_id).where(col(Enrolment.name) == wanted)
    by_name = col(Case.applicant_name).contains(wanted, autoescape=True) | col(Case.id).in_(named)
    return _listed(session, list(session.exec(ordered.where(by_name))), most)


def _meant_by_few(session: Session, text: str) -> list[ColumnElement[bool]]:
    """What few characters may mean: the end of a case's number, the end of a trainee's ID number, or both."""
    found: list[ColumnElement[bool]] = []
    if match := _END_OF_NUMBER.fullmatch(text):
        letter, serial = match.groups()
        of_serial = col(Case.serial) == int(serial)
        found.append(of_serial & (col(Case.letter) == letter) if letter else of_serial)
    if id_number.is_tail(text):
        key = session.info["vault"].look_up_key(ID_TAIL, text)
        known = select(Person.id).where(col(Person.tail_key) == key)
        found.append(col(Case.id).in_(select(Enrolment.case_id).where(col(Enrolment.person_id).in_(known))))
    return found


def journal_of(session: Session, number: str) -> list[JournalLine]:
    """What was done to a case, the newest first."""
    case = find(session, number)
    entries = session.exec(
        select(JournalEntry).where(col(JournalEntry.case_id) == case.id).order_by(col(JournalEntry.id).desc())
    )
    return [
        JournalLine(f"{entry.at.astimezone(CHINA):%Y-%m-%d %H:%M}", entry.staff_name, entry.summary)
        for entry in entries
    ]


def _is_claim(stages: frozenset[Stage]) -> bool:
    return all(application_of(stage) is ApplicationStage.CLAIM for stage in stages)


def _listed(session: Session, found: list[Case], most: int) -> CaseList:
    wanted = office_settings.settings(session)
    due = {case.number: day for case in found[:most] if (day := clocks.due_on(case, wanted)) is not None}
    return CaseList(tuple(summary(case) for case in found[:most]), len(found) > most, due)
