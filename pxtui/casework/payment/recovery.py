"""Recovery of paid subsidies (追回, notice 六(三)): ordered, approved by another, settled by two on arrival.

Read here: part of a claim may be ordered back, for one false training among many, and the claim then stays paid.
Only when all of it is back does the class fall out, and with it its people's places of the year; after a fraud they
stay taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select

from db.models import Act, Case, PaymentLine, PaymentOutcome, Recovery
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moving import take
from pxtui.casework.lifecycle.stages import Action, Room, Stage
from pxtui.casework.office import duties, journal, roles
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import by
from pxtui.casework.office.roles import Role
from pxtui.casework.payment import stated_returns
from pxtui.casework.payment.stated_returns import StatedReturn
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical
from pxtui.policy.subsidy import yuan

_NEWEST_FIRST = (
    select(Case, Recovery).join(Recovery, col(Recovery.case_id) == Case.id).order_by(col(Recovery.id).desc())
)
_DROPPING = by("撤销已批准的追回", Role.HEAD)


@dataclass(frozen=True, slots=True)
class Reclaim:
    """A recovery order with its state and its amount in fen."""

    number: str
    applicant_name: str
    amount_fen: int
    reason: str
    state: str
    ordered_on: date
    ordered_by: str
    approved_on: date | None
    approved_by: str | None
    returned_on: date | None
    reference: str
    is_open: bool
    is_fraud: bool = False
    drop_asked_by: str = ""
    """Who wants to drop what was approved; empty: nobody."""
    stated: StatedReturn | None = None
    """What is said to have come back and waits for another person; None: nothing."""


def order(context: Context, number: str, amount_fen: int, reason: str, *, is_fraud: bool = False) -> Reclaim:
    """Order money back; it is not asked for before somebody else has approved it.

    Args:
        is_fraud: it was obtained by fraud: the enterprise stands marked, see `fraud`.

    Raises:
        PxtuiError: the claim is not paid, the amount exceeds what is not returned yet, or the reason is empty.
    """
    case = find(context, number)
    left = paid_fen(context, case) - returned_fen(context, case)
    if case.stage in (Stage.PAID, Stage.ARCHIVED) and not 0 < amount_fen <= left:
        raise Refused(f"{case.number}已拨付未退回的是{yuan(left)}元，不能追回{yuan(amount_fen)}元；请改正金额。")
    take(context, case, Action.RECOVER, reason, Room.RECOVERY)
    row = Recovery(
        case_id=case.id,
        amount_fen=amount_fen,
        reason=reason.strip(),
        is_fraud=is_fraud,
        ordered_on=context.today,
        ordered_by=context.clerk,
    )
    context.session.add(row)
    context.session.flush()
    _record(context, case, row, Act.RECOVERY_ORDER, "责令退回（骗取补贴）" if is_fraud else "责令退回")
    return _shown(context, case, row)


def approve(context: Context, number: str) -> Reclaim:
    """Approve a recovery.

    Raises:
        PxtuiError: there is no open recovery, it is approved already, the same person ordered it, or the person is no
            负责人 where duties are apart.
    """
    case, row = _open(context, number)
    if row.approved_on is not None:
        raise Refused(f"{case.number}的追回已于{row.approved_on}由{row.approved_by}批准。")
    duties.require_another(
        context, Act.RECOVERY_APPROVE, row.ordered_by, f"{case.number}的追回由{row.ordered_by}提出，须由另一人批准。"
    )
    duties.require_role(context, Act.RECOVERY_APPROVE)
    row.approved_on, row.approved_by = context.today, context.clerk
    context.session.add(row)
    _record(context, case, row, Act.RECOVERY_APPROVE, "批准追回")
    return _shown(context, case, row)


def drop(context: Context, number: str, reason: str) -> Reclaim:
    """Give it up; the claim is paid as before. What was approved is given up by two: one asks, another agrees.

    Raises:
        PxtuiError: nothing is ordered back, a return of it waits to be confirmed, no reason is given, or the same
            person asked, or it is not for this person.
    """
    case, row = _open(context, number)
    _require_none_stated(context, case)
    if row.approved_on is None:
        duties.require_own_or_role(context, row.ordered_by, by("这项追回的撤销", Role.HEAD))
    if row.approved_on is not None and row.drop_asked_by is None:
        return _ask_to_drop(context, case, row, reason)
    if row.drop_asked_by is not None:
        asked = f"{case.number}的追回已批准，撤销由{row.drop_asked_by}于{row.drop_asked_on}提出，须由另一人同意。"
        duties.require_another(context, _DROPPING, row.drop_asked_by, asked)
        duties.require_role(context, _DROPPING)
    take(context, case, Action.DROP_RECOVERY, reason, Room.RECOVERY)
    row.dropped_on = context.today
    context.session.add(row)
    _record(context, case, row, Act.RECOVERY_DROP, "撤销追回")
    return _shown(context, case, row)


def _ask_to_drop(context: Context, case: Case, row: Recovery, reason: str) -> Reclaim:
    if not reason.strip():
        raise Refused("撤销追回须写明理由，请填写后再试。")
    row.drop_asked_on, row.drop_asked_by, row.drop_reason = context.today, context.clerk, reason.strip()
    context.session.add(row)
    _record(context, case, row, Act.RECOVERY_ASK_DROP, "提出撤销已批准的追回")
    return _shown(context, case, row)


def settle(context: Context, number: str, returned_on: date, reference: str, amount_fen: int | None = None) -> Reclaim:
    """State that the money of a recovery, or a part of it, came back; it counts when another person has confirmed it.

    Args:
        amount_fen: the arrived part, whose rest stays ordered; None: all.
        reference: the bank's number of the transfer.

    Raises:
        PxtuiError: there is no open recovery, it is not approved, another return of it waits, the reference is empty
            or was confirmed for this case before, the day lies before the order or in the future, or the amount is not
            within the ordered one.
    """
    case, row = _open(context, number)
    if row.approved_on is None:
        raise Refused(f"{case.number}的追回还没有批准，请由{row.ordered_by}以外的一人批准后再登记到账。")
    _require_none_stated(context, case)
    known = canonical(reference)
    if not known:
        raise Refused("请写明退款的流水号或凭证号。")
    if not row.ordered_on <= returned_on <= context.today:
        raise Refused(f"到账日期{returned_on}不在责令退回日{row.ordered_on}至今天之间，请改正。")
    arrived = row.amount_fen if amount_fen is None else amount_fen
    if not 0 < arrived <= row.amount_fen:
        raise Refused(f"{case.number}责令退回的是{yuan(row.amount_fen)}元，不能登记到账{yuan(arrived)}元；请改正金额。")
    _require_new(context, case, known)
    after = {"amount_fen": arrived, "returned_on": f"{returned_on}", "reference": known}
    summary = f"登记退款到账，由另一人确认后生效：{yuan(arrived)}元"
    journal.record(context, case, Act.RECOVERY_STATE_RETURN, summary, after=after)
    context.session.flush()
    return _shown(context, case, row)


def confirm_return(context: Context, number: str, evidence: str) -> Reclaim:
    """Another person has seen the bank's own word on money that is said to have come back: now it is back.

    Args:
        evidence: what was seen, such as the number of the bank's statement.

    Raises:
        PxtuiError: no return waits, nothing was seen, or the same person stated it.
    """
    case, row = _open(context, number)
    stated = _stated(context, case)
    sentence = f"{case.number}的退款到账由{stated.stated_by}登记，须由另一人核对后确认。"
    duties.require_another(context, Act.RECOVERY_SETTLE, stated.stated_by, sentence)
    if not evidence.strip():
        raise Refused("请写明核对了什么，如银行对账单或收款回单的编号。")
    rest = _rest(row, row.amount_fen - stated.amount_fen)
    row.amount_fen, row.returned_on, row.reference = stated.amount_fen, stated.returned_on, stated.reference
    context.session.add(row)
    context.session.flush()
    if rest is not None:
        context.session.add(rest)
        summary = f"确认退款到账，还有{yuan(rest.amount_fen)}元未退，本次"
    else:
        whole = returned_fen(context, case) == paid_fen(context, case)
        take(context, case, Action.SETTLE if whole else Action.SETTLE_PART, row.reference, Room.RECOVERY)
        summary = "确认退款到账"
    _record(context, case, row, Act.RECOVERY_SETTLE, summary, evidence=evidence.strip())
    context.session.flush()
    return _shown(context, case, row)


def strike_return(context: Context, number: str, reason: str) -> Reclaim:
    """What was stated to have come back did not, or was entered wrongly: the recovery goes on as before.

    Raises:
        PxtuiError: no return waits, no reason is given, or, where duties are apart, the same person stated it or the
            role is none of those that confirm it.
    """
    case, row = _open(context, number)
    stated = _stated(context, case)
    if duties.are_apart(context):
        # Elsewhere who works alone could not put a slip right.
        sentence = f"{case.number}的退款到账由{stated.stated_by}登记，须由另一人删去。"
        duties.require_another(context, Act.RECOVERY_STRIKE_RETURN, stated.stated_by, sentence)
    if not reason.strip():
        raise Refused("删去登记的退款到账须写明理由，请填写后再试。")
    summary = f"删去{stated.stated_by}登记的退款到账：{yuan(stated.amount_fen)}元"
    journal.record(context, case, Act.RECOVERY_STRIKE_RETURN, summary, after={"reason": reason.strip()})
    context.session.flush()
    return _shown(context, case, row)


def _stated(context: Context, case: Case) -> StatedReturn:
    stated = stated_returns.of_case(context, case)
    if stated is None:
        raise Refused(f"{case.number}没有待确认的退款到账，请先在拨付一页按Enter或用 pxtui recovery settle 登记。")
    return stated


def _require_none_stated(context: Context, case: Case) -> None:
    stated = stated_returns.of_case(context, case)
    if stated is not None:
        raise Refused(
            f"{case.number}的退款到账{yuan(stated.amount_fen)}元（{stated.reference}）由{stated.stated_by}登记，还没有另一人确认；"
            "请先由另一人在拨付一页按Enter确认，登记错了的先按Del删去"
            "（命令 pxtui recovery confirm-return、strike-return）。"
        )


def _require_new(context: Context, case: Case, reference: str) -> None:
    """One transfer is not settled twice on a case; that it pays back two cases is for whoever confirms to see."""
    row = context.session.exec(
        select(Recovery).where(
            col(Recovery.case_id) == case.id,
            col(Recovery.returned_on).is_not(None),
            col(Recovery.reference) == reference,
        )
    ).first()
    if row is not None:
        raise Refused(
            f"{case.number}的流水号{reference}已登记{row.returned_on}到账{yuan(row.amount_fen)}元，同一笔退款不登记两次；请核对流水号。"
        )


def open_reclaims(context: Context) -> tuple[Reclaim, ...]:
    """The recoveries that go on, the newest first."""
    is_open = col(Recovery.returned_on).is_(None) & col(Recovery.dropped_on).is_(None)
    wanted = _NEWEST_FIRST.where(is_open, *roles.of_seen_offices(context, Case.office_code))
    return _all_shown(context, context.session.exec(wanted).all())


def under_way(context: Context, number: str) -> Reclaim:
    """The open recovery of a claim, for whoever decides on it.

    Raises:
        PxtuiError: there is none.
    """
    return _shown(context, *_open(context, number))


def reclaims(context: Context, most: int, before: str = "") -> tuple[tuple[Reclaim, ...], bool]:
    """The newest recoveries, open and finished, the newest first, and whether there are older ones.

    Args:
        before: number of a case: those that are older than its last one; empty: from the newest on.

    Raises:
        PxtuiError: there is no such case, or nothing of it was ever ordered back.
    """
    wanted = _NEWEST_FIRST.where(*roles.of_seen_offices(context, Case.office_code)).limit(most + 1)
    if before:
        of_case = select(func.max(Recovery.id)).where(col(Recovery.case_id) == find(context, before).id)
        last = context.session.exec(of_case).one()
        if last is None:
            raise Refused(f"{before}没有追回，请写列表里最后一件的编号。")
        wanted = wanted.where(col(Recovery.id) < last)
    found = context.session.exec(wanted).all()
    return _all_shown(context, found[:most]), len(found) > most


def _all_shown(context: Context, found: Sequence[tuple[Case, Recovery]]) -> tuple[Reclaim, ...]:
    stated = {case.id: told for case, told in stated_returns.waiting(context)}
    return tuple(
        _as_shown(case, row, None if row.returned_on or row.dropped_on else stated.get(case.id)) for case, row in found
    )


def paid_fen(context: Context, case: Case) -> int:
    """The paid total of a claim, in fen."""
    of_case = col(PaymentLine.case_id) == case.id
    arrived = col(PaymentLine.outcome) == PaymentOutcome.PAID
    return context.session.exec(
        select(func.coalesce(func.sum(PaymentLine.amount_fen), 0)).where(of_case, arrived)
    ).one()


def returned_fen(context: Context, case: Case) -> int:
    """The returned total of a claim, in fen."""
    back = select(func.coalesce(func.sum(Recovery.amount_fen), 0))
    return context.session.exec(
        back.where(col(Recovery.case_id) == case.id, col(Recovery.returned_on).is_not(None))
    ).one()


def _open(context: Context, number: str) -> tuple[Case, Recovery]:
    case = find(context, number)
    row = context.session.exec(
        select(Recovery).where(
            col(Recovery.case_id) == case.id,
            col(Recovery.dropped_on).is_(None),
            col(Recovery.returned_on).is_(None),
        )
    ).first()
    if row is None:
        raise Refused(f"{case.number}没有正在办理的追回，请先在拨付一页按F11或用 pxtui recovery order 提出。")
    return case, row


def _rest(row: Recovery, amount_fen: int) -> Recovery | None:
    """A recovery of the rest, with the same order and approval; None where nothing is left."""
    if not amount_fen:
        return None
    return Recovery(
        case_id=row.case_id,
        amount_fen=amount_fen,
        reason=row.reason,
        is_fraud=row.is_fraud,
        ordered_on=row.ordered_on,
        ordered_by=row.ordered_by,
        approved_on=row.approved_on,
        approved_by=row.approved_by,
    )


def _record(context: Context, case: Case, row: Recovery, act: Act, summary: str, **seen: str) -> None:
    after = {"amount_fen": row.amount_fen, "reason": row.reason, "reference": row.reference, **seen}
    if row.drop_reason:
        after["drop_reason"] = row.drop_reason
    journal.record(context, case, act, f"{summary}：{yuan(row.amount_fen)}元", after=after)


def state_of(context: Context, case: Case, row: Recovery) -> str:
    """The next step of a recovery, or how it ended, in Chinese."""
    return _state(row, _stated_of(context, case, row))


def _stated_of(context: Context, case: Case, row: Recovery) -> StatedReturn | None:
    """What waits to be confirmed, of a recovery that goes on; None: nothing does."""
    return None if row.returned_on or row.dropped_on else stated_returns.of_case(context, case)


def _state(row: Recovery, stated: StatedReturn | None) -> str:
    if row.returned_on:
        return "已到账"
    if row.dropped_on:
        return "已撤销"
    if stated is not None:
        return "退款待核"
    if row.drop_asked_on:
        return "待同意撤销"
    return "待到账" if row.approved_on else "待批准"


def _shown(context: Context, case: Case, row: Recovery) -> Reclaim:
    return _as_shown(case, row, _stated_of(context, case, row))


def _as_shown(case: Case, row: Recovery, stated: StatedReturn | None) -> Reclaim:
    return Reclaim(
        case.number,
        case.applicant_name,
        row.amount_fen,
        row.reason,
        _state(row, stated),
        row.ordered_on,
        row.ordered_by,
        row.approved_on,
        row.approved_by,
        row.returned_on,
        row.reference,
        is_open=not row.returned_on and not row.dropped_on,
        is_fraud=row.is_fraud,
        drop_asked_by=row.drop_asked_by or "",
        stated=stated,
    )
