"""Money of which one person says that it came back, as long as nobody else has seen the bank's word on it.

A return is stated, then confirmed by another person or struck out. Until it is confirmed the money counts as owed.
The journal keeps what was stated: it can be changed by nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select

from db.models import Act, Case, JournalEntry, Recovery
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import journal, roles
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA

_ACTS = (Act.RECOVERY_STATE_RETURN, Act.RECOVERY_STRIKE_RETURN, Act.RECOVERY_SETTLE)


@dataclass(frozen=True, slots=True)
class StatedReturn:
    """A return that waits for another person. Amount in fen."""

    amount_fen: int
    returned_on: date
    reference: str
    """The bank's number of the transfer."""
    stated_on: date
    stated_by: str


def waiting(context: Context) -> list[tuple[Case, StatedReturn]]:
    """The cases with a return that waits, the newest first."""
    return [(case, _stated(context, entry)) for case, entry in _waiting(context)]


def of_case(context: Context, case: Case) -> StatedReturn | None:
    """The return of a case that waits; None: there is none."""
    found = _waiting(context, case)
    return _stated(context, found[0][1]) if found else None


def bearer_of(context: Context, reference: str) -> tuple[Case, Recovery] | None:
    """The case and the recovery of a confirmed return with this number of the bank; None: the number is new."""
    return context.session.exec(
        select(Case, Recovery)
        .join(Recovery, col(Recovery.case_id) == Case.id)
        .where(col(Recovery.returned_on).is_not(None), col(Recovery.reference) == reference)
        .order_by(col(Recovery.id))
    ).first()


def _waiting(context: Context, case: Case | None = None) -> Sequence[tuple[Case, JournalEntry]]:
    # A return is stated of a claim that is ordered back, and these are few: the whole journal is not searched.
    seen = roles.of_seen_offices(context, Case.office_code)
    ordered_back = select(Case.id).where(col(Case.stage) == Stage.RECOVERING, *seen)
    if case is not None:
        ordered_back = ordered_back.where(col(Case.id) == case.id)
    newest = (
        select(func.max(JournalEntry.id))
        .where(col(JournalEntry.case_id).in_(ordered_back), col(JournalEntry.action).in_(_ACTS))
        .group_by(col(JournalEntry.case_id))
    )
    return context.session.exec(
        select(Case, JournalEntry)
        .join(JournalEntry, col(JournalEntry.case_id) == Case.id)
        .where(col(JournalEntry.id).in_(newest), col(JournalEntry.action) == Act.RECOVERY_STATE_RETURN)
        .order_by(col(Case.id).desc())
    ).all()


def _stated(context: Context, entry: JournalEntry) -> StatedReturn:
    _, after = journal.values(context, entry)
    return StatedReturn(
        journal.load(int, after["amount_fen"]),
        journal.load(date, after["returned_on"]),
        journal.load(str, after["reference"]),
        entry.at.astimezone(CHINA).date(),
        entry.staff_name,
    )
