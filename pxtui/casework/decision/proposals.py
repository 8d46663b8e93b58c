"""Rows that wait for a second person, changes and corrections alike: at most one of a kind on a case."""

from typing import TypeVar

from sqlmodel import col, select

from db.models import Case, Correction, ProposedChange
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import duties
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import by
from pxtui.casework.office.roles import Role
from pxtui.errors import Refused

Proposed = TypeVar("Proposed", ProposedChange, Correction)

_NAMES: dict[type[ProposedChange] | type[Correction], str] = {ProposedChange: "变更", Correction: "更正"}


def waiting(context: Context, kind: type[Proposed], case: Case) -> Proposed | None:
    """What waits on a case; None: nothing does."""
    of_case = col(kind.case_id) == case.id
    return context.session.exec(select(kind).where(of_case, col(kind.decided_on).is_(None))).first()


def require_waiting(context: Context, kind: type[Proposed], case: Case) -> Proposed:
    """What waits on a case.

    Raises:
        PxtuiError: nothing does.
    """
    row = waiting(context, kind, case)
    if row is None:
        raise Refused(f"{case.number}没有等待批准的{_NAMES[kind]}{_decided_last(context, kind, case)}。")
    return row


def _decided_last(context: Context, kind: type[Proposed], case: Case) -> str:
    """Who decided on the last one, for whoever wanted to: ready to be appended."""
    asked = select(kind).where(col(kind.case_id) == case.id).order_by(col(kind.id).desc())
    row = context.session.exec(asked.limit(1)).first()
    if row is None:
        return "，请核对编号"
    return f"：{row.decided_by}已于{row.decided_on}{'批准' if row.in_force else '撤销'}"


def close(context: Context, row: Proposed, *, in_force: bool) -> None:
    """The acting person has decided on it today."""
    row.decided_on, row.decided_by, row.in_force = context.today, context.clerk, in_force
    context.session.add(row)


def take_back(context: Context, kind: type[Proposed], number: str, reason: str) -> tuple[Case, Proposed]:
    """Take what waits on a case back, or turn it down; its row, to be entered in the journal.

    Raises:
        PxtuiError: nothing waits, no reason is given, or it is not for this person.
    """
    case = find(context, number)
    row = require_waiting(context, kind, case)
    duties.require_own_or_role(context, _author(row), by(f"这项{_NAMES[kind]}的撤销", Role.HEAD))
    if not reason.strip():
        raise Refused(f"撤销{_NAMES[kind]}须写明理由，请填写后再试。")
    close(context, row, in_force=False)
    return case, row


def _author(row: ProposedChange | Correction) -> str:
    return row.entered_by if isinstance(row, Correction) else row.proposed_by
