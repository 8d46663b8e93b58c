"""What waits on a case for a second person, for the lists of the desk: changes, corrections, money that came back."""

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import col, select

from db.models import Act, Case, Correction, ProposedChange
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import duties
from pxtui.casework.office.context import Context
from pxtui.casework.office.roles import Role
from pxtui.casework.payment import stated_returns

APPROVER = Role.HEAD
"""Whom changes and corrections wait for."""


class WhatWaits(StrEnum):
    """What was proposed or stated, in Chinese."""

    CHANGE = "变更"
    CORRECTION = "更正"
    RETURN = "退款"

    @property
    def state(self) -> str:
        """What the case waits for, in Chinese."""
        return f"{self.value}{'待核' if self is WhatWaits.RETURN else '待批'}"

    @property
    def awaited(self) -> str:
        """Who has to act, in Chinese."""
        return "另一人" if self is WhatWaits.RETURN else APPROVER.value


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change, a correction or a return that waits."""

    what: WhatWaits
    is_for_acting: bool
    """The acting person may decide on it: as somebody who may, and not as the one who proposed or stated it."""


def waiting(context: Context) -> dict[str, Waiting]:
    """By case number what waits; of a case with both the change, which is decided on first."""
    may_approve = duties.may(context, Act.CASE_CHANGE, context.clerk)
    people = duties.person_of(context)
    own = people.get(context.clerk)
    corrections = select(Case, Correction.entered_by).join(Correction, col(Correction.case_id) == Case.id)
    changes = select(Case, ProposedChange.proposed_by).join(ProposedChange, col(ProposedChange.case_id) == Case.id)
    told = [
        (WhatWaits.CORRECTION, corrections.where(col(Correction.decided_on).is_(None))),
        # Only a running class is changed.
        (WhatWaits.CHANGE, changes.where(col(ProposedChange.decided_on).is_(None), col(Case.stage) == Stage.OPENED)),
    ]
    returns = {
        case.number: Waiting(WhatWaits.RETURN, people.get(stated.stated_by) != own)
        for case, stated in stated_returns.waiting(context)
    }
    return returns | {
        case.number: Waiting(what, may_approve and people.get(proposed_by) != own)
        for what, rows in told
        for case, proposed_by in context.session.exec(rows)
    }


def cases(context: Context) -> list[Case]:
    """The cases of which a change or a correction waits, the newest first; they are few."""
    changed = select(ProposedChange.case_id).where(col(ProposedChange.decided_on).is_(None))
    corrected = select(Correction.case_id).where(col(Correction.decided_on).is_(None))
    is_changed = col(Case.id).in_(changed) & (col(Case.stage) == Stage.OPENED)
    wanted = select(Case).where(is_changed | col(Case.id).in_(corrected))
    return list(context.session.exec(wanted.order_by(col(Case.id).desc())))


def cases_with_returns(context: Context) -> list[Case]:
    """The cases of `cases`, and behind them those with money of which another person has to confirm that it is back."""
    found = cases(context)
    return found + [case for case, _ in stated_returns.waiting(context) if case not in found]
