"""Which cases the last checks of all found otherwise than before, for the desk and the check page."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from db.models import Case, KeptVerdict
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Context
from pxtui.casework.staff.sight import require_people


def changed(context: Context, cases: Sequence[Case]) -> frozenset[str]:
    """The numbers of those of some hundred cases whose verdict changed since their last step, by one statement."""
    days = select(col(KeptVerdict.case_id), col(KeptVerdict.changed_on)).where(
        col(KeptVerdict.case_id).in_([case.id for case in cases]), col(KeptVerdict.changed_on).is_not(None)
    )
    found = {case_id: day for case_id, day in context.session.execute(days) if day is not None}
    return frozenset(
        case.number
        for case in cases
        if case.id in found and (case.stage_since is None or case.stage_since <= found[case.id])
    )


def sentence(context: Context, number: str) -> str:
    """What a check of all found otherwise since the case's last step; empty: nothing.

    Raises:
        Refused: the acting person sees nothing of people.
    """
    require_people(context)
    case = find(context, number)
    if not changed(context, [case]):
        return ""
    row = context.session.get_one(KeptVerdict, case.id)
    return f"{row.changed_on}全部复查时结论有变：{row.unseal(context.vault, 'changes')}。"
