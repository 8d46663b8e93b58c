"""What one person proposes and another one decides: the steps that changes of staff and of what others told share."""

from collections.abc import Callable
from typing import TypeVar

from sqlmodel import col, select

from db.chain.session import BoundSession
from db.models import Act, SourceChange, StaffChange
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import Permission
from pxtui.errors import Damaged, NotFound, Refused
from pxtui.policy import codec

Proposed = TypeVar("Proposed", StaffChange, SourceChange)
About = TypeVar("About")


def waiting(context: Context, table: type[Proposed]) -> list[Proposed]:
    """The rows that wait, the oldest first; they are few."""
    waits = select(table).where(col(table.decided_on).is_(None))
    return list(context.session.exec(waits.order_by(col(table.id))))


def one_waiting(context: Context, table: type[Proposed], change_id: int, missing: str) -> Proposed:
    """A row that waits, as it was proposed.

    Args:
        missing: the sentence where it does not wait.

    Raises:
        PxtuiError: it does not wait, or somebody altered it past the program.
    """
    row = next((row for row in waiting(context, table) if row.id == change_id), None)
    if row is None:
        decided = context.session.get(table, change_id)
        if decided is None:
            raise NotFound(missing)
        how = "确认" if decided.in_force else "撤销"
        raise Refused(f"第{change_id}项已由{decided.decided_by}于{decided.decided_on}{how}，不用再办。")
    if isinstance(context.session, BoundSession):
        # The seal binds what is proposed to a number in the same row, which can be exchanged with it.
        context.session.require_unaltered([(str(table.__tablename__), (row.id,))])
    return row


def about(context: Context, row: StaffChange | SourceChange, kind: type[About]) -> About:
    """What is proposed.

    Raises:
        Damaged: it is something else.
    """
    try:
        return codec.load_text(kind, row.unseal(context.vault, "about"))
    except ValueError as fault:
        raise Damaged("这项改动的底稿已损坏，请联系管理员核对备份。") from fault


def require_possible(context: Context, act: Callable[[], object]) -> None:
    """Refuse now what would be refused to whoever decides on it; nothing of it stays.

    Raises:
        PxtuiError: as the act does.
    """
    with context.session.begin_nested() as tried:
        act()
        tried.rollback()


def put_in_force(context: Context, row: StaffChange | SourceChange) -> None:
    """Note who decided that it comes into force."""
    row.decided_on, row.decided_by, row.in_force = context.today, context.clerk, True
    context.session.add(row)


def turn_down(
    context: Context, row: StaffChange | SourceChange, decider: Permission, act: Act, what: str, reason: str
) -> None:
    """Take back what waits, or refuse it.

    Args:
        decider: the turning down, and the roles that decide.
        what: was proposed, in Chinese.

    Raises:
        PxtuiError: no reason is given, or it is not for this person.
    """
    duties.require_own_or_role(context, row.proposed_by, decider)
    if not reason.strip():
        raise Refused("撤销须写明理由，请填写后再试。")
    row.decided_on, row.decided_by = context.today, context.clerk
    context.session.add(row)
    journal.record(context, None, act, f"撤销{row.proposed_by}提出的{what}（{reason.strip()}）")
