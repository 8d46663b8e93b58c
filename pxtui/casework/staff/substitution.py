"""Substitution (代理): who acts for an absent colleague, in that colleague's role, on which days.

The journal names both. Neither does the other's second step: `duties` counts what the substitute did for somebody as
done by both.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from db.models import Act, Staff, Substitution
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.roles import Role
from pxtui.errors import NotAllowed, NotFound, Refused
from pxtui.identifiers.text import canonical

_MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Stand:
    """A substitution that is in force or will be."""

    id: int
    absent: str
    substitute: str
    from_on: date
    to_on: date

    @property
    def sentence(self) -> str:
        """Who acts for whom, and how long."""
        return f"{self.from_on}至{self.to_on}由{self.substitute}代理{self.absent}"


def listed(context: Context) -> tuple[Stand, ...]:
    """The substitutions that are not over, the first to begin first."""
    rows = context.session.exec(
        select(Substitution)
        .where(col(Substitution.to_on) >= context.today)
        .order_by(col(Substitution.from_on), col(Substitution.id))
    )
    return tuple(Stand(row.id, row.absent, row.substitute, row.from_on, row.to_on) for row in rows)


def put(context: Context, absent: str, substitute: str, from_on: date, to_on: date, *, agreed: bool = False) -> Stand:
    """Let somebody act for an absent colleague.

    Args:
        to_on: the last day.
        agreed: a second person has confirmed it; `changes` says so and nobody else.

    Raises:
        PxtuiError: one of the two does not work here, both are one person, the roles do not allow it, the days cannot
            be, or a second person has to confirm it, where duties are apart.
    """
    if duties.are_apart(context) and not agreed:
        duties.require_role(context, Act.STAFF_PROPOSE)
        raise NotAllowed("代理由管理员提出，另一名管理员或负责人确认；请在人员一页（F10、0、1）提出。")
    away, there = (_working(context, name) for name in (absent, substitute))
    people = duties.person_of(context)
    if people[away.name] == people[there.name]:
        raise Refused(f"{away.name}和{there.name}是同一人，不能代理自己。")
    if away.office_code != there.office_code:
        raise Refused(f"{away.name}和{there.name}不在同一部门，不能代理；请由本部门的人代理。")
    if away.role is Role.AUDITOR or there.role in (Role.AUDITOR, Role.ADMINISTRATOR):
        raise Refused("审计员不用代理；审计员、管理员不办案件，也不代理别人。")
    if not context.today <= from_on <= to_on or (to_on - from_on).days >= _MOST_DAYS:
        raise Refused(f"代理的日期{from_on}至{to_on}不对：从今天或以后起，最长一年。")
    row = Substitution(absent=away.name, substitute=there.name, from_on=from_on, to_on=to_on)
    context.session.add(row)
    context.session.flush()
    stand = Stand(row.id, row.absent, row.substitute, from_on, to_on)
    journal.record(context, None, Act.STAFF_SUBSTITUTE, stand.sentence)
    return stand


def end(context: Context, substitution_id: int) -> str:
    """End a substitution before its last day; today is no day of it any more. What was ended, in Chinese.

    Raises:
        PxtuiError: there is none, or it is not for this person.
    """
    row = context.session.get(Substitution, substitution_id)
    if row is None or row.to_on < context.today:
        raise NotFound(f"没有第{substitution_id}项代理，请在人员一页（或用 pxtui staff list）查看。")
    stand = Stand(row.id, row.absent, row.substitute, row.from_on, row.to_on)
    journal.record(context, None, Act.STAFF_END_SUBSTITUTION, f"提前结束代理：{stand.sentence}")
    if row.from_on >= context.today:
        context.session.delete(row)
    else:
        row.to_on = context.today - timedelta(days=1)
        context.session.add(row)
    return stand.sentence


def _working(context: Context, name: str) -> Staff:
    found = context.session.exec(
        select(Staff).where(col(Staff.name) == canonical(name), col(Staff.active).is_(True))
    ).first()
    if found is None:
        raise NotFound(f"台账里没有名为“{name}”的在岗人员，请核对姓名。")
    return found
