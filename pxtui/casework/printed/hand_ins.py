"""When a case was handed in, came back and was taken up anew, from the journal: what a paper belongs to."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from sqlmodel import col, select

from db.models import Act, Case, JournalEntry
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA

_FILED = frozenset({Act.CASE_FILE, Act.CASE_IMPORT})
_TURNS = frozenset({Act.CASE_SUBMIT, Act.CASE_RETURN, Act.CASE_CLAIM, Act.CASE_UPHOLD, Act.CASE_REOPEN})
"""Acts with which it is open anew what is wrong with an application."""

_BEFORE_A_HAND_IN = frozenset({Act.CASE_RETURN, Act.CASE_AWAIT_PAPER})
"""Acts after which the applicant comes to the counter before the application is submitted."""


class Per(Enum):
    """What one paper of a form is for: a later one for the same takes its place."""

    APPLICATION = auto()
    """The opening, or the claim."""
    HAND_IN = auto()
    """What was handed in at the counter at one time."""
    TURN = auto()
    """From a hand-in or a return to the next."""
    OBJECTION = auto()
    ISSUE = auto()
    """Nothing: each one stands beside the others."""


_PER = {
    "pre-review": Per.TURN,
    "material-receipt": Per.HAND_IN,
    "correction-notice": Per.TURN,
    "acceptance-notice": Per.TURN,
    "non-acceptance": Per.TURN,
    "check-record": Per.ISSUE,
    "objection-record": Per.OBJECTION,
    "objection-finding": Per.OBJECTION,
    "delivery-receipt": Per.ISSUE,
    "bounce-notice": Per.ISSUE,
    "return-order": Per.ISSUE,
    "hand-over-list": Per.ISSUE,
}


def per_what(form: str) -> Per:
    """What one paper of a form is for: where nothing else is said, the application."""
    return _PER.get(form, Per.APPLICATION)


@dataclass(frozen=True, slots=True)
class HandIn:
    """A hand-in at the counter: when, and who received it."""

    at: datetime
    received_by: str
    is_correction: bool = False
    """What was returned came back corrected."""
    is_paper: bool = False
    """The paper came after an online pre-review, for which the application had been filed."""

    @property
    def has_own_day(self) -> bool:
        """Whether the register's day of receipt is that of something handed in before."""
        return self.is_correction or self.is_paper

    @property
    def day(self) -> date:
        """Its day in China."""
        return self.at.astimezone(CHINA).date()


@dataclass(frozen=True, slots=True)
class CourseOfCase:
    """The turns that a case took, each kind in order."""

    hand_ins: tuple[HandIn, ...]
    claims: tuple[datetime, ...]
    turns: tuple[datetime, ...]
    objections: tuple[datetime, ...]

    def place(self, per: Per, moment: datetime) -> int:
        """The application, hand-in, turn or objection, by its place, to which something at a moment belongs."""
        moments = {
            Per.APPLICATION: self.claims,
            Per.HAND_IN: tuple(hand_in.at for hand_in in self.hand_ins),
            Per.TURN: self.turns,
            Per.OBJECTION: self.objections,
        }
        return bisect_right(moments[per], moment)


def course_of(context: Context, case: Case) -> CourseOfCase:
    """The course of a case up to now."""
    acts = {*_FILED, *_TURNS, Act.CASE_OBJECT, Act.CASE_AWAIT_PAPER}
    entries = context.session.exec(
        select(JournalEntry.action, JournalEntry.at, JournalEntry.staff_name)
        .where(col(JournalEntry.case_id) == case.id, col(JournalEntry.action).in_(acts))
        .order_by(col(JournalEntry.id))
    ).all()
    hand_ins: list[HandIn] = []
    before = ""
    for action, at, staff_name in entries:
        if (action in _FILED and not hand_ins) or action == Act.CASE_CLAIM:
            hand_ins.append(HandIn(at, staff_name))
        elif action == Act.CASE_SUBMIT and before in _BEFORE_A_HAND_IN:
            is_correction = before == Act.CASE_RETURN
            hand_ins.append(HandIn(at, staff_name, is_correction, not is_correction))
        if action in _TURNS or action == Act.CASE_AWAIT_PAPER:
            before = action
    claims, objections = (
        tuple(at for action, at, _ in entries if action == wanted) for wanted in (Act.CASE_CLAIM, Act.CASE_OBJECT)
    )
    turns = tuple(at for action, at, _ in entries if action in _TURNS)
    return CourseOfCase(tuple(hand_ins), claims, turns, objections)
