"""What waits on a case for a second person, for the lists of the desk: changes, corrections, money that came back.

Batches that wait to be signed or handed over are in `waiting_payments`.
"""

from sqlalchemy import union_all
from sqlmodel import col, select

from db.models import Act, Case, Correction, ProposedChange
from pxtui.casework.desk import waiting_payments
from pxtui.casework.desk.waiting_kinds import Waiting as Waiting
from pxtui.casework.desk.waiting_kinds import WhatWaits as WhatWaits
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import duties, roles
from pxtui.casework.office.context import Context
from pxtui.casework.payment import stated_returns


def waiting(context: Context) -> dict[str, Waiting]:
    """By case number what waits; of a case with both the change, which is decided on first."""
    may_approve = duties.may(context, Act.CASE_CHANGE, context.clerk)
    people = duties.person_of(context)
    own = people.get(context.clerk)
    seen = roles.of_seen_offices(context, Case.office_code)
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
    return (
        waiting_payments.waiting(context)
        | returns
        | {
            case.number: Waiting(what, may_approve and people.get(proposed_by) != own)
            for what, rows in told
            for case, proposed_by in context.session.exec(rows.where(*seen))
        }
    )


def cases(context: Context) -> list[Case]:
    """The cases of which a change or a correction waits, the newest first; they are few."""
    changed = select(ProposedChange.case_id).join(Case, col(Case.id) == ProposedChange.case_id)
    changed = changed.where(col(ProposedChange.decided_on).is_(None), col(Case.stage) == Stage.OPENED)
    corrected = select(Correction.case_id).where(col(Correction.decided_on).is_(None))
    seen = roles.of_seen_offices(context, Case.office_code)
    # One set, for PostgreSQL walks all cases where one of two must hold.
    wanted = select(Case).where(col(Case.id).in_(union_all(changed, corrected)), *seen)
    return list(context.session.exec(wanted.order_by(col(Case.id).desc())))


def cases_with_returns(context: Context) -> list[Case]:
    """The cases of `cases`, and behind them those with money of which another person has to confirm that it is back."""
    found = cases(context)
    return found + [case for case, _ in stated_returns.waiting(context) if case not in found]
