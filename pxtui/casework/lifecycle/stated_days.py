"""Days that are stated and not taken from the clock: on which something was received or published.

A day that has not come is refused. A day before that of the entry needs a reason, stays marked wherever it is shown,
and is confirmed by a second person where duties are apart before anything that rests on it goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.models import Act, Case, DayOf, PublicityBatch, StatedDay
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.errors import Refused
from pxtui.identifiers.day import require_possible_year

MARK = "补登"
"""Stands beside a day that was stated afterwards."""

DAY_NAMES = {
    DayOf.OPENING_RECEIVED: "收件日期",
    DayOf.CLAIM_RECEIVED: "补贴收件日期",
    DayOf.PUBLISHED: "公示日",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A day that was stated afterwards."""

    what: DayOf
    day: date
    reason: str
    entered_on: date
    entered_by: str
    confirmed_on: date | None
    confirmed_by: str | None
    """None: nobody confirmed it."""
    waits: bool
    """What rests on it does not go on before a second person confirms it."""

    @property
    def sentence(self) -> str:
        """In a sentence."""
        end = ""
        if self.confirmed_by is not None:
            end = f"，{self.confirmed_by}于{self.confirmed_on}确认"
        elif self.waits:
            end = "，待另一人确认"
        entry = f"{DAY_NAMES[self.what]}{self.day}由{self.entered_by}于{self.entered_on}{MARK}"
        return f"{entry}，理由：{self.reason.rstrip('。')}{end}。"


def state(
    context: Context, owner: Case | PublicityBatch, what: DayOf, day: date, reason: str, *, before: date | None = None
) -> None:
    """Take a day that somebody tells of a case or a batch that is in the register already.

    Args:
        before: the day as it was; a day that stays needs no second reason.

    Raises:
        PxtuiError: the day has not come, or it is before today and no reason is given.
    """
    if day == before:
        return
    require_reason(context, DAY_NAMES[what], day, reason)
    forget(context, owner, what)
    if day == context.today:
        return
    is_case = isinstance(owner, Case)
    row = StatedDay(
        what=what,
        case_id=owner.id if is_case else None,
        batch_id=None if is_case else owner.id,
        day=day,
        reason=reason.strip(),
        entered_on=context.today,
        entered_by=context.clerk,
    )
    context.session.add(row)
    context.session.flush()
    journal.record(
        context,
        owner if isinstance(owner, Case) else None,
        Act.CASE_DAY if is_case else Act.PUBLICITY_DAY,
        f"{MARK}{DAY_NAMES[what]}：{day}",
        before=None if before is None else {"day": before},
        after={"what": what.value, "day": day, "reason": row.reason},
    )


def require_reason(context: Context, name: str, day: date, reason: str) -> None:
    """Refuse a day that has not come or whose year cannot be meant, and one before today without a reason.

    Args:
        name: of the day, as the sentence names it: 收件日期.

    Raises:
        PxtuiError: it is one of these.
    """
    if day > context.today:
        raise Refused(f"{name}{day}还没有到，请核对日期；最晚填今天{context.today}。")
    require_possible_year(name, day, context.today)
    if day < context.today and not reason.strip():
        raise Refused(f"{name}{day}早于今天{context.today}，须写明补登理由；今天办的请填今天。")


def forget(context: Context, owner: Case | PublicityBatch, what: DayOf) -> None:
    """The day is taken back, or the clock's stands in its place; what was stated of it stays in the journal."""
    for row in _rows(context, owner):
        if row.what is what:
            context.session.delete(row)
    context.session.flush()


def stated(context: Context, owner: Case | PublicityBatch) -> tuple[Stated, ...]:
    """The days of a case or a batch that were stated afterwards."""
    rows = _rows(context, owner)
    apart = bool(rows) and duties.are_apart(context)
    return tuple(_stated(row, apart=apart) for row in rows)


def stated_of_batches(context: Context, batches: Sequence[PublicityBatch]) -> dict[int, Stated]:
    """By the id of a batch, how its day was stated, where that was afterwards; in one statement."""
    of_batches = select(StatedDay).where(col(StatedDay.batch_id).in_([batch.id for batch in batches]))
    rows = context.session.exec(of_batches.order_by(col(StatedDay.id).desc())).all()
    apart = bool(rows) and duties.are_apart(context)
    return {row.batch_id: _stated(row, apart=apart) for row in rows if row.batch_id is not None}


def _stated(row: StatedDay, *, apart: bool) -> Stated:
    waits = apart and row.confirmed_by is None
    what = (row.what, row.day, row.reason)
    return Stated(*what, row.entered_on, row.entered_by, row.confirmed_on, row.confirmed_by, waits)


def require_confirmed(context: Context, owner: Case | PublicityBatch) -> None:
    """Refuse what rests on a day that a second person has still to confirm.

    Raises:
        PxtuiError: there is one.
    """
    for found in stated(context, owner):
        if found.waits:
            raise Refused(f"请另一人核对确认后再办理：{found.sentence}")


def confirm(context: Context, owner: Case | PublicityBatch) -> tuple[Stated, ...]:
    """Confirm the days that were stated afterwards; how they stand then.

    Raises:
        PxtuiError: none waits, or one was entered by the same person.
    """
    waiting = [row for row in _rows(context, owner) if row.confirmed_by is None]
    if not waiting:
        raise Refused("没有等待确认的补登日期。")
    for row in waiting:
        name = DAY_NAMES[row.what]
        duties.require_another(
            context, Act.CASE_CONFIRM_DAY, row.entered_by, f"{name}{row.day}由{row.entered_by}{MARK}，须由另一人确认。"
        )
        row.confirmed_on, row.confirmed_by = context.today, context.clerk
        context.session.add(row)
        journal.record(
            context,
            owner if isinstance(owner, Case) else None,
            Act.CASE_CONFIRM_DAY if isinstance(owner, Case) else Act.PUBLICITY_CONFIRM_DAY,
            f"确认{MARK}的{name}：{row.day}",
            after={"what": row.what.value, "day": row.day, "reason": row.reason},
        )
    context.session.flush()
    return stated(context, owner)


def _rows(context: Context, owner: Case | PublicityBatch) -> list[StatedDay]:
    of_owner = col(StatedDay.case_id if isinstance(owner, Case) else StatedDay.batch_id) == owner.id
    return list(context.session.exec(select(StatedDay).where(of_owner).order_by(col(StatedDay.id))))
