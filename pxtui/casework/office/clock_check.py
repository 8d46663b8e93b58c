"""The clock of the machine held against the journal: a register whose newest entry lies after it takes no act.

Whoever sets a clock back would date acts before others that they follow. A practice register is not asked: there the
days are made up.
"""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from db.held import held
from db.models import Act, JournalEntry
from db.models import Register as RegisterRow
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA
from pxtui.errors import Refused

ALLOWANCE = timedelta(minutes=1)
"""An act waits seconds for the one that is being written, and bears the moment at which it was begun."""


def newest_after(session: Session, row: RegisterRow, at: datetime) -> datetime | None:
    """The moment of the newest journal entry where it lies after `at`; None: the clock is in order."""
    held = select(JournalEntry.at).where(col(JournalEntry.id) >= row.clock_from_entry)
    newest = session.exec(held.order_by(col(JournalEntry.at).desc()).limit(1)).first()
    return newest if newest is not None and newest > at + ALLOWANCE else None


def fault(context: Context) -> str:
    """What is wrong with the clock and what to do, in a sentence; empty where it is in order."""
    row = held(context.session, RegisterRow, 1)
    if row is None or row.is_practice:
        return ""
    newest = newest_after(context.session, row, context.at)
    if newest is None:
        return ""
    return (
        f"本机时钟{context.at:%Y-%m-%d %H:%M}早于台账最新记录{newest.astimezone(CHINA):%Y-%m-%d %H:%M}，只能查看；"
        "请校准时钟，确认无误的由管理员运行 pxtui clock accept 说明原因。"
    )


def require_in_order(context: Context) -> None:
    """Refuse an act while the clock is behind the journal.

    Raises:
        Refused: it is.
    """
    if sentence := fault(context):
        raise Refused(sentence)


def accept(context: Context, reason: str) -> None:
    """Go on by the clock as it is, although the journal has later entries; the reason is kept in the journal.

    Raises:
        Refused: nothing is wrong with the clock, no reason is given, or it is not for this person.
    """
    duties.require_role(context, Act.CLOCK_ACCEPT)
    sentence = fault(context)
    if not sentence:
        raise Refused("本机时钟不早于台账的最新记录，不用确认。")
    if not reason.strip():
        raise Refused("请写明为什么台账里有晚于现在的记录，如“11月25日时钟误拨到2027年，已校准”。")
    before = context.session.get_one(RegisterRow, 1)
    newest = newest_after(context.session, before, context.at)
    journal.record(
        context,
        None,
        Act.CLOCK_ACCEPT,
        f"确认时钟：{context.at:%Y-%m-%d %H:%M}无误，此前最新记录{newest and newest.astimezone(CHINA):%Y-%m-%d %H:%M}；"
        f"{reason.strip()}",
    )
    context.session.flush()
    last = select(JournalEntry.id).order_by(col(JournalEntry.id).desc()).limit(1)
    before.clock_from_entry = context.session.exec(last).one()
    context.session.add(before)
