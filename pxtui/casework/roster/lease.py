"""Leases of rosters: one running program keys a roster, until it releases it or has not renewed for 90 seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db.about import about_one_case
from db.held import held
from db.models import Act, Case, RosterLease
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA
from pxtui.errors import Refused

RUNS_OUT_AFTER = timedelta(seconds=90)
"""Life of a lease since its last renewal: a killed program releases nothing, a live one renews well before.

With the half minute in which a server gives a lost line up, another clerk waits two minutes at most.
"""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lease, and the moment at which it ends unless it is renewed."""

    name: str
    until: datetime

    @property
    def sentence(self) -> str:
        """What another clerk may do, in Chinese."""
        end = f"{self.until.astimezone(CHINA):%H:%M:%S}"
        return f"{self.name}正在录入这份花名册，只能查看；他离开后按F2接手（程序断了的，{end}起）。"


@about_one_case
def take(context: Context, number: str) -> Holder | None:
    """Take or renew the lease of a case's roster; returns another holder, None where it is taken.

    The same clerk in another program takes the lease over; the earlier program is refused at its next write.
    """
    case = find(context, number)
    holder = _holder(context, case)
    # Whoever only looks keeps nobody from keying.
    only_looks = duties.are_apart(context) and not duties.may(context, Act.ROSTER_PUT, context.clerk)
    if holder is None and only_looks:
        return None
    if holder is not None and holder.staff_name != context.clerk:
        return Holder(holder.staff_name, holder.renewed_at + RUNS_OUT_AFTER)
    lease = context.session.get(RosterLease, case.id)
    if lease is None:
        lease = RosterLease(
            case_id=case.id, staff_name=context.clerk, token=context.acting.token, renewed_at=context.at
        )
    lease.staff_name, lease.token, lease.renewed_at = context.clerk, context.acting.token, context.at
    context.session.add(lease)
    return None


@about_one_case
def take_over(context: Context, number: str, reason: str) -> None:
    """Take the lease of a case's roster from whoever holds it, whose program is refused at its next write.

    Raises:
        PxtuiError: the reason is missing.
    """
    if not reason.strip():
        raise Refused("立即接手花名册须写明理由。")
    case = find(context, number)
    holder = _holder(context, case)
    if holder is not None and holder.staff_name != context.clerk:
        summary = f"接手{holder.staff_name}占着的花名册：{reason.strip()}"
        journal.record(context, case, Act.ROSTER_TAKE_OVER, summary)
        context.session.delete(holder)
        context.session.flush()
    take(context, number)


@about_one_case
def renew(context: Context, number: str) -> str:
    """Keep the lease of a case's roster; returns who has held it in another program since, empty: nobody has."""
    case = find(context, number)
    lease = context.session.get(RosterLease, case.id)
    if lease is not None and lease.token == context.acting.token:
        lease.renewed_at = context.at
        context.session.add(lease)
    return _held_since(context, case)


@about_one_case
def give_back(context: Context, number: str) -> None:
    """Release the lease of a case's roster, where this program holds it; that it did is still known."""
    lease = context.session.get(RosterLease, find(context, number).id)
    if lease is not None and lease.token == context.acting.token:
        lease.renewed_at = context.at - RUNS_OUT_AFTER
        context.session.add(lease)


def require(context: Context, case: Case) -> None:
    """Refuse a write into a roster whose lease another program holds.

    Raises:
        PxtuiError: somebody else holds it.
    """
    holder = _holder(context, case)
    if holder is not None:
        raise Refused(f"{holder.staff_name}正在录入这份花名册，请等他离开后再改。")


def require_unbroken(context: Context, case: Case) -> None:
    """Refuse a row of a sheet that was read before another program held the roster, live or not by now.

    Raises:
        PxtuiError: somebody has held it since: the row would go over what he keyed.
    """
    require(context, case)
    if name := _held_since(context, case):
        raise Refused(
            f"您离线的时候{name}录过这份花名册，这一行没有保存；请按F2重新读出，看过他录的再补录，您录的还在。"
        )


def require_seen(context: Context, case: Case) -> None:
    """Refuse to replace a roster as a whole from a sheet that was read before another program held it.

    A command has no sheet: what it replaces it reads in the same transaction.

    Raises:
        PxtuiError: somebody has held it since, and what he keyed nobody here has seen.
    """
    if context.acting.token and (name := _held_since(context, case)):
        raise Refused(f"您离线的时候{name}录过这份花名册，没有办理，花名册没有改动；请按F2重新读出，看过他录的再办。")


def _held_since(context: Context, case: Case) -> str:
    """Who took the roster in another program after this one held it, in Chinese; empty: nobody did."""
    lease = held(context.session, RosterLease, case.id)
    if lease is None or lease.token == context.acting.token:
        return ""
    return "另一处以您的姓名" if lease.staff_name == context.clerk else lease.staff_name


def _holder(context: Context, case: Case) -> RosterLease | None:
    """The live lease of another program; None where there is none."""
    lease = held(context.session, RosterLease, case.id)
    if lease is None or lease.token == context.acting.token:
        return None
    # The absolute difference, because a clock that was set back must not lock a roster for ever.
    return lease if abs(context.at - lease.renewed_at) < RUNS_OUT_AFTER else None
