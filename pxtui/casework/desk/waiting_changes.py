"""Changes of classes and corrections of cases that wait for whoever may approve them, for the lists of the desk."""

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import col, select

from db.models import Case, Correction, ProposedChange
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import duties, roles
from pxtui.casework.office.context import Context
from pxtui.casework.office.roles import Role

APPROVER = Role.HEAD
"""Whom they wait for."""


class WhatWaits(StrEnum):
    """What was proposed, in Chinese."""

    CHANGE = "变更"
    CORRECTION = "更正"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change or a correction that waits."""

    what: WhatWaits
    is_for_acting: bool
    """The acting person may decide on it: as somebody who may approve, and not as the one who proposed it."""


def waiting(context: Context) -> dict[str, Waiting]:
    """By case number what waits; of a case with both the change, which is decided on first."""
    may_approve = not duties.are_apart(context) or roles.role_of(context, context.clerk) is APPROVER
    corrections = select(Case, Correction.entered_by).join(Correction, col(Correction.case_id) == Case.id)
    changes = select(Case, ProposedChange.proposed_by).join(ProposedChange, col(ProposedChange.case_id) == Case.id)
    told = [
        (WhatWaits.CORRECTION, corrections.where(col(Correction.decided_on).is_(None))),
        # Only a running class is changed.
        (WhatWaits.CHANGE, changes.where(col(ProposedChange.decided_on).is_(None), col(Case.stage) == Stage.OPENED)),
    ]
    return {
        case.number: Waiting(what, may_approve and proposed_by != context.clerk)
        for what, rows in told
        for case, proposed_by in context.session.exec(rows)
    }


def cases(context: Context) -> list[Case]:
    """The cases of which something waits, the newest first; they are few."""
    changed = select(ProposedChange.case_id).where(col(ProposedChange.decided_on).is_(None))
    corrected = select(Correction.case_id).where(col(Correction.decided_on).is_(None))
    is_changed = col(Case.id).in_(changed) & (col(Case.stage) == Stage.OPENED)
    wanted = select(Case).where(is_changed | col(Case.id).in_(corrected))
    return list(context.session.exec(wanted.order_by(col(Case.id).desc())))
