"""Doubts about what the bank said: bounces that one person alone has told, and answers that contradict each other.

As long as one is open, the claim is not paid again: a second payment on a false bounce is a payment too many. Nothing
in a file shows that it is the bank's, and whoever reads it in may have written it: where duties are apart, a bounce in
a file waits for another person like one that was entered by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.models import Act, Case, PaymentBatch, PaymentContradiction, PaymentLine, PaymentOutcome
from pxtui.casework.lifecycle.batches import Obstacle, Remedy
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moving import take
from pxtui.casework.lifecycle.stages import STAGE_NAMES, Action, Room, Stage
from pxtui.casework.office import duties, journal, roles
from pxtui.casework.office.context import Context
from pxtui.casework.payment.batches import OUTCOME_NAMES, PAYMENT_BATCHES
from pxtui.errors import Refused
from pxtui.policy.subsidy import yuan

_NAMES: Mapping[bool, str] = {True: "已拨付", False: "退票"}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two answers of the bank about one payment, of which at most one is true. Money in fen."""

    case_number: str
    applicant_name: str
    batch_number: str
    amount_fen: int
    sentence: str
    """Both answers, who entered them, and what is to be done."""


def contradictions(context: Context) -> tuple[Contradiction, ...]:
    """Those about which nobody has decided, the oldest first."""
    return tuple(_shown(context, *found) for found in _open(context))


def obstacle_to(context: Context, case: Case) -> Obstacle | None:
    """What keeps a claim from being paid again; None: nothing does."""
    if open_ones := _open(context, case):
        return Obstacle(_shown(context, *open_ones[0]).sentence, Remedy.RESOLVE)
    unconfirmed = _unconfirmed(context, case)
    if unconfirmed is None:
        return None
    line, batch = unconfirmed
    where = f"{case.number}在{PAYMENT_BATCHES.number(context, batch)}里的退票由{line.answered_by or '一人'}"
    how = "人工登记，银行回单文件里没有" if line.is_by_hand else "读回单文件登记"
    return Obstacle(
        f"{where}{how}，须由另一人核对银行的退票凭证，"
        "在拨付一页按Enter或用 pxtui payment confirm-bounce 确认后才能再拨付。",
        Remedy.CONFIRM_BOUNCE,
    )


def require_none(context: Context, case: Case) -> None:
    """Refuse to pay a claim about which a doubt is open.

    Raises:
        PxtuiError: one is.
    """
    if obstacle := obstacle_to(context, case):
        raise Refused(obstacle.sentence)


def confirm_bounce(context: Context, number: str, evidence: str) -> None:
    """Another person has seen the bank's own word on a bounce.

    Args:
        evidence: what was seen, such as the number of the bank's slip.

    Raises:
        PxtuiError: there is no such bounce, nothing was seen, or the same person entered it.
    """
    case = find(context, number)
    unconfirmed = _unconfirmed(context, case)
    if unconfirmed is None:
        raise Refused(f"{case.number}没有待确认的退票，不用确认。")
    line, batch = unconfirmed
    sentence = f"{case.number}的退票由{line.answered_by}登记，须由另一人核对后确认。"
    duties.require_another(context, Act.PAYMENT_CONFIRM_BOUNCE, line.answered_by or "", sentence)
    if not evidence.strip():
        raise Refused("请写明核对了什么，如银行退票通知书的编号。")
    line.bounce_confirmed_on, line.bounce_confirmed_by = context.today, context.clerk
    context.session.add(line)
    summary = f"确认{PAYMENT_BATCHES.number(context, batch)}的退票"
    journal.record(context, case, Act.PAYMENT_CONFIRM_BOUNCE, summary, after={"evidence": evidence.strip()})
    context.session.flush()


def record(
    context: Context, case: Case, line: PaymentLine, *, is_paid: bool, reference: str, day: date, by_hand: bool
) -> bool:
    """Keep an answer that says otherwise than the one that was entered; whether it is new."""
    known = select(PaymentContradiction).where(
        col(PaymentContradiction.line_id) == line.id,
        col(PaymentContradiction.is_paid) == is_paid,
        col(PaymentContradiction.reference) == reference,
    )
    if context.session.exec(known).first() is not None:
        return False
    context.session.add(
        PaymentContradiction(
            line_id=line.id,
            is_paid=is_paid,
            reference=reference,
            said_on=day,
            is_by_hand=by_hand,
            recorded_on=context.today,
            recorded_by=context.clerk,
        )
    )
    assert line.outcome is not None
    summary = f"银行回单与已登记的不一致：已登记{OUTCOME_NAMES[line.outcome]}，回单{_NAMES[is_paid]}"
    journal.record(context, case, Act.PAYMENT_CONTRADICT, summary, after={"reference": reference, "by_hand": by_hand})
    context.session.flush()
    return True


def resolve(context: Context, number: str, *, is_paid: bool, reason: str) -> Stage:
    """Decide which of the answers about a payment is true; where the case stands then.

    Raises:
        PxtuiError: there are none that contradict each other, no reason is given, the same person entered the answer
            that is doubted or, by hand or where duties are apart, the one that is found true, neither of them says so,
            or the case stands where its payment cannot be put right.
    """
    case = find(context, number)
    found = _open(context, case)
    if not found:
        raise Refused(f"{case.number}没有互相矛盾的银行回单。")
    if not reason.strip():
        raise Refused("请写明认定的依据，如向银行核实的结果和凭证号。")
    contradiction, line, batch, _ = found[0]
    said = contradiction.is_paid is is_paid
    was_paid_before = line.outcome is PaymentOutcome.PAID
    is_changed = was_paid_before is not is_paid
    _require_another(context, case, line, contradiction if said else None)
    if is_changed and not said:
        raise Refused(f"{case.number}没有一份回单说{_NAMES[is_paid]}，请先登记银行这样说的回单，再认定。")
    if is_changed:
        _require_free(context, case, line, is_paid=is_paid)
    if said:
        line.outcome = PaymentOutcome.PAID if is_paid else PaymentOutcome.BOUNCED
        line.reference, line.answered_on = contradiction.reference, contradiction.said_on
    if not is_paid:
        line.bounce_confirmed_on, line.bounce_confirmed_by = context.today, context.clerk
    contradiction.resolved_on, contradiction.resolved_by = context.today, context.clerk
    contradiction.found_paid, contradiction.reason = is_paid, reason.strip()
    context.session.add_all([line, contradiction])
    summary = f"认定{PAYMENT_BATCHES.number(context, batch)}的这一笔{_NAMES[is_paid]}"
    after = {"reason": reason.strip(), "line": line.id, "is_paid": is_paid}
    before = {"is_paid": was_paid_before}
    journal.record(context, case, Act.PAYMENT_RESOLVE, summary, before=before, after=after)
    context.session.flush()
    if is_changed and is_paid and case.stage in (Stage.BOUNCED, Stage.CLEARED):
        return take(context, case, Action.FIND_PAID, reason, Room.PAYMENT)
    if is_changed and not is_paid and not was_paid(context, case):
        return take(context, case, Action.FIND_BOUNCED, reason, Room.PAYMENT)
    return case.stage


def _require_another(context: Context, case: Case, line: PaymentLine, found_true: PaymentContradiction | None) -> None:
    """Two people stand behind a decision: whoever decides entered neither the first answer nor the true one.

    Where duties are not apart a file is taken for the bank's.
    """
    entered_by = line.answered_by or ""
    duties.require_another(
        context, Act.PAYMENT_RESOLVE, entered_by, f"{case.number}原来的结果由{entered_by}登记，须由另一人认定。"
    )
    if found_true is not None and (found_true.is_by_hand or duties.are_apart(context)):
        author, how = found_true.recorded_by, "人工" if found_true.is_by_hand else "读文件"
        duties.require_another(
            context, Act.PAYMENT_RESOLVE, author, f"{case.number}后来的结果由{author}{how}登记，须由另一人认定。"
        )


def _require_free(context: Context, case: Case, line: PaymentLine, *, is_paid: bool) -> None:
    """Refuse to put a payment right while its case is somewhere from where that leads nowhere."""
    if case.stage in (Stage.BOUNCED, Stage.CLEARED, Stage.PAID, Stage.ARCHIVED):
        return
    if is_paid and case.stage is Stage.TO_PAY:
        if _is_at_the_bank(context, case):
            return
        raise Refused(f"{case.number}又列入了拨付批次，请先在拨付一页按Del或用 pxtui payment stop 撤出，再认定。")
    # Paid by another line, and ordered back already: what was paid twice is ordered back behind that.
    if is_paid and case.stage is Stage.RECOVERING:
        return
    raise Refused(f"{case.number}处于“{STAGE_NAMES[case.stage]}”，请先把这一步办完，再认定。")


def _is_at_the_bank(context: Context, case: Case) -> bool:
    found = context.session.exec(
        select(PaymentBatch)
        .join(PaymentLine, col(PaymentLine.batch_id) == PaymentBatch.id)
        .where(col(PaymentLine.case_id) == case.id, col(PaymentLine.outcome).is_(None))
    ).first()
    return found is not None and found.handed_over_on is not None


def was_paid(context: Context, case: Case) -> bool:
    """Whether a payment of a claim arrived, whatever became of others."""
    of_case = (col(PaymentLine.case_id) == case.id) & (col(PaymentLine.outcome) == PaymentOutcome.PAID)
    return context.session.exec(select(PaymentLine.id).where(of_case)).first() is not None


def _open(
    context: Context, case: Case | None = None
) -> Sequence[tuple[PaymentContradiction, PaymentLine, PaymentBatch, Case]]:
    wanted = (
        select(PaymentContradiction, PaymentLine, PaymentBatch, Case)
        .join(PaymentLine, col(PaymentLine.id) == PaymentContradiction.line_id)
        .join(PaymentBatch, col(PaymentBatch.id) == PaymentLine.batch_id)
        .join(Case, col(Case.id) == PaymentLine.case_id)
        .where(col(PaymentContradiction.resolved_on).is_(None), *roles.of_seen_offices(context, Case.office_code))
        .order_by(col(PaymentContradiction.id))
    )
    if case is not None:
        wanted = wanted.where(col(PaymentLine.case_id) == case.id)
    return context.session.exec(wanted).all()


def is_seen_by_one(context: Context, line: PaymentLine) -> bool:
    """Whether a payment is told to have bounced by one person alone, whose word is not enough."""
    is_open = line.outcome is PaymentOutcome.BOUNCED and line.bounce_confirmed_on is None
    return is_open and (line.is_by_hand or duties.are_apart(context))


def _unconfirmed(context: Context, case: Case) -> tuple[PaymentLine, PaymentBatch] | None:
    bounces = context.session.exec(
        select(PaymentLine, PaymentBatch)
        .join(PaymentBatch, col(PaymentBatch.id) == PaymentLine.batch_id)
        .where(
            col(PaymentLine.case_id) == case.id,
            col(PaymentLine.outcome) == PaymentOutcome.BOUNCED,
            col(PaymentLine.bounce_confirmed_on).is_(None),
        )
        .order_by(col(PaymentLine.id))
    ).all()
    return next(((line, batch) for line, batch in bounces if is_seen_by_one(context, line)), None)


def _shown(
    context: Context, contradiction: PaymentContradiction, line: PaymentLine, batch: PaymentBatch, case: Case
) -> Contradiction:
    assert line.outcome is not None
    named = PAYMENT_BATCHES.number(context, batch)
    entered = f"{line.answered_on}{line.answered_by or ''}{'人工' if line.is_by_hand else ''}登记"
    later = (
        f"{contradiction.recorded_on}{contradiction.recorded_by}{'人工' if contradiction.is_by_hand else '读文件'}登记"
    )
    sentence = (
        f"{case.number}在{named}里的银行回单与已登记的结果不一致：{entered}{OUTCOME_NAMES[line.outcome]}"
        f"（{line.reference}），{later}{_NAMES[contradiction.is_paid]}（{contradiction.reference}）；"
        "向银行核实，由另一人在拨付一页按Enter或用 pxtui payment resolve 认定以前，不能再拨付。"
    )
    return Contradiction(case.number, case.applicant_name, named, line.amount_fen, sentence)


def paid_twice_fen(context: Context, case: Case) -> int:
    """What was paid of a claim beyond what was granted, in fen."""
    lines = context.session.exec(
        select(PaymentLine.amount_fen).where(
            col(PaymentLine.case_id) == case.id, col(PaymentLine.outcome) == PaymentOutcome.PAID
        )
    ).all()
    return max(0, sum(lines) - (case.approved_total_fen or 0))


def told_twice(context: Context, number: str) -> str:
    """That a claim was paid twice and what to do about it, in Chinese; empty where it was not."""
    case = find(context, number)
    if not (fen := paid_twice_fen(context, case)):
        return ""
    return f"{case.number}多付了{yuan(fen)}元，请在拨付一页按F11或用 pxtui recovery order 责令退回。"
