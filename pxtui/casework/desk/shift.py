"""Shift hand-over (交班): the cases in a clerk's hand, given to a colleague with their paper files."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select

from db.models import Act, Case, JournalEntry
from pxtui.casework.calendar import due as calendar_due
from pxtui.casework.lifecycle import paper_place as lifecycle_paper_place
from pxtui.casework.lifecycle.moves import CLAIM, OPENING, UNDECIDED
from pxtui.casework.lifecycle.stages import STAGE_NAMES, Stage
from pxtui.casework.office import journal, roles
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.staff import members
from pxtui.errors import NotFound, Refused

_ON_THE_DESK = (
    UNDECIDED
    | {OPENING.pre_review, OPENING.awaiting_paper, CLAIM.pre_review, CLAIM.awaiting_paper}
    | {Stage.CLAIM_APPROVED, Stage.OBJECTED, Stage.CLEARED, Stage.BOUNCED, Stage.RECOVERING}
)
"""Stages at which a case waits for the person who had it last; a running class or a batch waits for a day."""


@dataclass(frozen=True, slots=True)
class InHand:
    """A case in the hand of the clerk who acted on it last."""

    number: str
    applicant_name: str
    stage_name: str
    due_on: date | None
    paper_place: str
    """Place of the paper file; empty where nobody noted it."""


def in_hand(context: Context, name: str) -> list[InHand]:
    """The open cases that a clerk acted on last or was given, the earliest due day first."""
    wanted = office_settings.settings(context)
    found = [
        InHand(case.number, case.applicant_name, STAGE_NAMES[case.stage], due, case.paper_place)
        for case in _held(context, name)
        for due in (calendar_due.due_on(context, case, wanted),)
    ]
    return sorted(found, key=lambda case: (case.due_on is None, case.due_on or date.max, case.number))


def hand_over(context: Context, taker: str, remark: str = "", *, only: Collection[str] = ()) -> list[InHand]:
    """Give the cases in the acting clerk's hand to a colleague, with their paper files; returns those given.

    Args:
        only: case numbers to give; empty: all.

    Raises:
        PxtuiError: the colleague does not work here or is the acting clerk, nothing is in hand, or a number of `only`
            is not.
    """
    if taker not in members.colleagues(context):
        raise NotFound(f"台账里没有名为“{taker}”的人员，可交给：{'、'.join(members.colleagues(context))}。")
    if taker == context.clerk:
        raise Refused("不能交给自己，请写明接手人。")
    held = in_hand(context, context.clerk)
    strangers = set(only) - {case.number for case in held}
    if strangers:
        raise Refused(
            f"{'、'.join(sorted(strangers))}不在您手上，没有交接；请在交班一页（F11）或用 pxtui shift show 核对。"
        )
    given = [case for case in held if not only or case.number in only]
    if not given:
        raise Refused("您手上没有未办结的案件，不用交接。")
    cases = {case.number: case for case in _held(context, context.clerk)}
    for case in given:
        lifecycle_paper_place.put(context, case.number, f"{taker}处")
        journal.record(
            context,
            cases[case.number],
            Act.SHIFT_HAND_OVER,
            f"交接：{context.clerk}交{taker}",
            after={"taker": taker, "remark": remark.strip()},
        )
    return given


def _held(context: Context, name: str) -> list[Case]:
    newest = (
        select(func.max(JournalEntry.id))
        .join(Case, col(Case.id) == col(JournalEntry.case_id))
        .where(col(Case.stage).in_(_ON_THE_DESK), *roles.of_own_office(context, Case.office_code))
        .group_by(col(JournalEntry.case_id))
    )
    entries = context.session.exec(select(JournalEntry).where(col(JournalEntry.id).in_(newest))).all()
    mine = [entry.case_id for entry in entries if _holder(context, entry) == name]
    return list(context.session.exec(select(Case).where(col(Case.id).in_(mine)).order_by(col(Case.id))))


def _holder(context: Context, entry: JournalEntry) -> str:
    if entry.action != Act.SHIFT_HAND_OVER:
        return entry.staff_name
    _, after = journal.values(context, entry)
    return str(after["taker"])
