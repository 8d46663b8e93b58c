"""Cases: look-up by number, next number, summaries for lists and screen heads, the guard on stages."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import col, select

from db.about import hold_as
from db.models import Case, PassedCase
from pxtui.casework.lifecycle import fraud, serials, stated_days
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.lifecycle.stages import STAGE_NAMES, Stage
from pxtui.casework.lifecycle.stated_days import Stated
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.errors import NotFound, Refused
from pxtui.identifiers.text import canonical_code
from pxtui.policy import facts, words
from pxtui.policy.parameters import forwards

_NUMBER = re.compile(r"(?:线培)?[(\[〔【]?([0-9]{4})[)\]〕】]?-?([A-Z]{2})-?([0-9]{1,6})")
_MOST_STAGES_NAMED = 2
TO_FORWARD = "待上报"
"""What a handed-in application waits for with the zone's committee."""
# Put together once: it is asked for every act.
_BY_NUMBER = select(Case).where(
    col(Case.year) == bindparam("year"),
    col(Case.letter) == bindparam("letter"),
    col(Case.serial) == bindparam("serial"),
)


_BY_OLD_NUMBER = select(PassedCase).where(
    col(PassedCase.year) == bindparam("year"),
    col(PassedCase.letter) == bindparam("letter"),
    col(PassedCase.serial) == bindparam("serial"),
)


_FOUND = "cases found by their numbers"


class ClassTime(StrEnum):
    """How far an approved class is by the calendar: the name of its state, in Chinese."""

    AHEAD = "已批未开班"
    RUNNING = "培训中"
    OVER = "已结束待申领"

    @property
    def condition_on(self) -> Callable[[date], ColumnElement[bool]]:
        """The condition on cases on a day."""
        return {
            ClassTime.AHEAD: lambda today: col(Case.starts_on) > today,
            ClassTime.RUNNING: lambda today: (col(Case.starts_on) <= today) & (col(Case.ends_on) >= today),
            ClassTime.OVER: lambda today: (col(Case.starts_on) <= today) & (col(Case.ends_on) < today),
        }[self]


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """Summary of a case for lists and for the head of every screen; texts in Chinese."""

    number: str
    display_number: str
    stage: Stage
    applicant_name: str
    size: str
    occupation: str
    """Occupation and level: 焊工五级."""
    course_hours: str
    starts_on: date
    ends_on: date
    received_on: date | None
    office: str
    paper_place: str
    """Where its paper is; empty: nobody noted it."""
    is_marked: bool = False
    """The enterprise had to pay back for fraud, within the office's term; known where a single case is looked up."""
    stated_days: tuple[Stated, ...] = ()
    """The days that were stated afterwards; in a list, which shows none, always empty."""
    is_collected: bool = False
    """It is with the zone's committee, which forwards it."""

    @property
    def is_claim(self) -> bool:
        """Whether the case is at the claim of the subsidy, not at the opening."""
        return application_of(self.stage) is facts.ApplicationKind.CLAIM

    @property
    def stage_name(self) -> str:
        """The stage in Chinese."""
        return TO_FORWARD if self.is_collected and self.stage is Stage.RECEIVED else STAGE_NAMES[self.stage]

    def stage_name_on(self, today: date) -> str:
        """The stage's name on a day, in Chinese; an approved class is not begun, running or ended by the calendar."""
        if self.stage is not Stage.OPENED:
            return self.stage_name
        if today < self.starts_on:
            return ClassTime.AHEAD
        return ClassTime.OVER if today > self.ends_on else ClassTime.RUNNING


def find(context: Context, number: str) -> Case:
    """The case with a number as it is keyed (2020-DQ-0017) or printed (线培〔2020〕DQ-0017).

    Raises:
        PxtuiError: there is no such case, or it is another office's of this register.
    """
    match = _NUMBER.fullmatch(canonical_code(number))
    if match is not None:
        year, letter, serial = match.groups()
        wanted = {"year": int(year), "letter": letter, "serial": int(serial)}
        case = _found(context, wanted)
        if case is not None:
            roles.require_seen(context, case.office_code, case.number)
            return case
        if (passed := context.session.exec(_BY_OLD_NUMBER, params=wanted).first()) is not None:
            return _passed_on(context, passed)
    raise NotFound(f"没有编号为“{number}”的案件，请在柜台按F3或用 pxtui case list 查编号，如2020-DQ-0017。")


def _found(context: Context, wanted: dict[str, Any]) -> Case | None:
    """Looked for once in a transaction: nearly all that an act calls asks for its case again."""
    known = context.session.info.setdefault(_FOUND, {})
    case: Case | None = known.get(number := tuple(wanted.values()))
    if case is None or case not in context.session or (case.year, case.letter, case.serial) != number:
        case = known[number] = context.session.exec(_BY_NUMBER, params=wanted).first()
    return case


def next_serial(context: Context, office_code: str, year: int) -> int:
    """The next serial number of an office and year, from 1; what it passed on keeps its number there."""
    return max(
        serials.next_serial(context, table.serial, col(table.office_code) == office_code, col(table.year) == year)
        for table in (Case, PassedCase)
    )


def _passed_on(context: Context, passed: PassedCase) -> Case:
    """The case that bore a number before it was passed on, for whoever sees it.

    Raises:
        NotFound: it is with another office now; the sentence says where.
    """
    case = context.session.get_one(Case, passed.case_id)
    # Whoever holds it by the number that it has now is waited for.
    hold_as(context.session, case)
    if roles.is_of_another_office(context, case.office_code) and not roles.sees_all_offices(context):
        where = context.rulebook.latest.office(case.office_code).name
        raise NotFound(f"{passed.number}已于{passed.passed_on}由{passed.passed_by}转{where}办理，现编号{case.number}。")
    return case


def summary(context: Context, case: Case) -> CaseSummary:
    """The summary of a case."""
    level = facts.Level(case.level) if case.level else None
    return CaseSummary(
        number=case.number,
        display_number=case.display_number,
        stage=case.stage,
        applicant_name=case.applicant_name,
        size=words.SIZES[facts.Size(case.size)] if case.size else "",
        occupation=words.occupation_and_level(case.occupation, level),
        course_hours=words.hours(case.course_hours),
        starts_on=case.starts_on,
        ends_on=case.ends_on,
        received_on=case.claim_received_on or case.opening_received_on,
        office=context.rulebook.latest.office(case.office_code).short_name,
        paper_place=case.paper_place,
        is_collected=forwards(case.office_code),
    )


def require_stage(case: Case, allowed: frozenset[Stage], what: str) -> None:
    """Refuse an act, called `what` in the refusal, at any stage that is not allowed.

    Raises:
        PxtuiError: the case is at another stage.
    """
    stage = case.stage
    if stage not in allowed:
        raise Refused(f"案件处于“{STAGE_NAMES[stage]}”，不能{what}；限“{_nearest(stage, allowed)}”时。")


def _nearest(stage: Stage, allowed: frozenset[Stage]) -> str:
    """The names of the allowed stages nearest to `stage`, at most `_MOST_STAGES_NAMED`."""
    order = list(Stage)
    near = sorted(allowed, key=lambda other: (abs(order.index(other) - order.index(stage)), order.index(other)))
    return "、".join(STAGE_NAMES[allowed_stage] for allowed_stage in sorted(near[:_MOST_STAGES_NAMED], key=order.index))


def look_up(context: Context, number: str) -> CaseSummary:
    """The summary of the case with this number, with the days of it that were stated afterwards.

    Raises:
        PxtuiError: there is no such case.
    """
    case = find(context, number)
    return replace(
        summary(context, case),
        is_marked=bool(fraud.marks(context, case)),
        stated_days=stated_days.stated(context, case),
    )


def confirm_days(context: Context, number: str) -> tuple[Stated, ...]:
    """Confirm the days of a case that were stated afterwards, as a second person; returns them as they stand then.

    Raises:
        PxtuiError: there is no such case, no day waits, or one was entered by the same person.
    """
    return stated_days.confirm(context, find(context, number))
