"""Page of the payment: waiting claims, bounced payments, batches with their payments, recoveries, funds."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import col, select

from db.models import Act, Case, PaymentLine, PaymentOutcome
from pxtui.casework.lifecycle.batch_page import Entry as Entry
from pxtui.casework.lifecycle.batch_page import Next as Next
from pxtui.casework.lifecycle.batch_page import open_and_done, short_code, waiting_entry
from pxtui.casework.lifecycle.batches import MOST_WAITING, WaitingClaim, how_many_at
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import STAGE_NAMES, Stage
from pxtui.casework.office import duties, roles
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import PERMISSIONS
from pxtui.casework.office.roles import Role
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.payment import doubts, funds, recovery, stated_returns
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment.batches import Batch, BatchState, Line
from pxtui.casework.payment.doubts import Contradiction
from pxtui.casework.payment.funds import Source
from pxtui.casework.payment.recovery import Reclaim
from pxtui.casework.payment.stated_returns import StatedReturn
from pxtui.casework.staff import members
from pxtui.policy.subsidy import yuan

_STEPS = {
    BatchState.TO_SIGN: Next.SIGN,
    BatchState.TO_SIGN_AGAIN: Next.SIGN,
    BatchState.TO_HAND_OVER: Next.HAND_OVER,
    BatchState.TO_ANSWER: Next.ANSWER,
}
_MOST_NAMED = 3
"""Of those who may sign a batch."""


@dataclass(frozen=True, slots=True)
class PaymentDesk:
    """The page of the payment."""

    entries: tuple[Entry, ...]
    funds: tuple[Source, ...]
    no_second: str = ""
    """Nobody may sign what the acting clerk prepares, and what to do about it, in Chinese; empty where somebody may."""
    behind: int = 0
    """How many claims wait behind those that have an entry."""


def desk(context: Context, number: str) -> PaymentDesk:
    """The page of the payment; the case with this number has an entry too where it is paid."""
    open_rows, done_rows = open_and_done(context, payment_batches.PAYMENT_BATCHES)
    shown = payment_batches.all_shown(context, [*open_rows, *done_rows])
    under_way, done = shown[: len(open_rows)], shown[len(open_rows) :]
    entries = [_contradiction(found) for found in doubts.contradictions(context)]
    listed = {entry.number for entry in entries}
    claims = payment_orders.waiting(context, MOST_WAITING, number)
    entries += [_waiting(claim) for claim in claims if claim.number not in listed]
    entries += _bounced(context)
    for batch in under_way:
        entries.append(_batch(context, batch))
        entries += [_line(batch, line) for line in batch.lines if not line.outcome]
    entries += [_reclaim(context, reclaim) for reclaim in recovery.open_reclaims(context)]
    entries += _paid(context, find(context, number))
    entries += [_batch(context, batch) for batch in done]
    no_second = "" if payment_orders.signers_beside(context, context.clerk) else _nobody_signs(context, context.clerk)
    behind = how_many_at(context, Stage.CLEARED) - len(claims)
    return PaymentDesk(tuple(entries), funds.funds(context), no_second, behind)


def _contradiction(found: Contradiction) -> Entry:
    return Entry(
        found.case_number,
        found.applicant_name,
        "回单矛盾",
        found.amount_fen,
        Next.RESOLVE,
        (found.sentence, "由另一人按Enter认定。"),
    )


def _waiting(claim: WaitingClaim) -> Entry:
    how = "公示期满，复核无变化。空格选几件，Enter列入一个拨付批次。"
    return waiting_entry(claim, ready=("可以拨付", Next.PREPARE, how), held_up="暂不能拨")


def _bounced(context: Context) -> list[Entry]:
    """The entries of bounced claims, with the bank's reason."""
    is_bounced = (col(Case.stage) == Stage.BOUNCED, *roles.of_seen_offices(context, Case.office_code))
    cases = context.session.exec(select(Case).where(*is_bounced).order_by(col(Case.id))).all()
    lines = select(PaymentLine).where(
        col(PaymentLine.case_id).in_(select(Case.id).where(*is_bounced)),
        col(PaymentLine.outcome) == PaymentOutcome.BOUNCED,
    )
    bounced = {
        line.case_id: (
            f"{line.answered_on}退票：{line.reference}",
            f"{line.bank_name} {payment_batches.masked(line.unseal(context.vault, 'account'))}",
        )
        for line in context.session.exec(lines.order_by(col(PaymentLine.id)))
    }
    return [
        Entry(
            case.number,
            case.applicant_name,
            "退票",
            case.approved_total_fen or 0,
            Next.CORRECT,
            (*bounced.get(case.id, ()), "Enter更正账户，然后可再列入批次。"),
        )
        for case in cases
    ]


def _batch(context: Context, batch: Batch) -> Entry:
    following = _STEPS.get(batch.state, Next.NOTHING)
    told = payment_orders.before_signing(context, batch) if following is Next.SIGN else None
    signers = told.signers if told else ()
    words = {
        Next.SIGN: _who_signs(context, batch, signers) if following is Next.SIGN else "",
        Next.HAND_OVER: "Enter出具交银行的清单，只出一次。",
        Next.ANSWER: "Enter读入银行回单，或在下面逐件登记。",
    }
    acts = (
        (batch.prepared_on, batch.prepared_by, "编制"),
        (batch.signed_on, batch.signed_by, "签发"),
        (batch.second_signed_on, batch.second_signed_by, "再签发"),
        (batch.handed_over_on, batch.handed_over_by, "交银行"),
    )
    outcomes = Counter(line.outcome_name for line in batch.lines if line.outcome)
    changes: tuple[str, ...] = ()
    if told:
        changes = (
            *(f"与原来签发的不一致：{sentence}" for sentence in batch.differences),
            *(f"审批后有变：{sentence}" for sentence in told.changes),
        )
    sentences = (
        *changes,
        "  ".join(f"{day} {name}{act}" for day, name, act in acts if day),
        "  ".join(f"{outcome}{count}件" for outcome, count in outcomes.items()),
        f"清单校验码{short_code(batch.digest)}" if batch.digest else "",
        words.get(following, ""),
    )
    return Entry(
        batch.number,
        f"{batch.kept}件  {batch.fund_name}",
        batch.state,
        batch.total_fen,
        following,
        tuple(filter(None, sentences)),
        batch=batch.number,
        lines=tuple(
            f"{line.case_number} {line.applicant_name} {yuan(line.amount_fen)}元 {line.bank_name} {line.masked_account}"
            for line in batch.lines
            if line.outcome is not PaymentOutcome.STOPPED
        ),
        changes=changes,
        signers=signers,
    )


def _who_signs(context: Context, batch: Batch, signers: tuple[str, ...]) -> str:
    is_second = batch.state is BatchState.TO_SIGN_AGAIN
    if not signers:
        return _nobody_signs(context, batch.prepared_by, batch.signed_by or "" if is_second else "")
    names = "、".join(signers[:_MOST_NAMED]) + ("等" if len(signers) > _MOST_NAMED else "")
    who = f"{names}{'中一人' if len(signers) > 1 else ''}"
    if is_second:
        return f"满设置的金额，要第二人签发：等{who}按Enter再签发，{batch.prepared_by}、{batch.signed_by}不能。"
    two = "满设置的金额，要两人先后签发。" if batch.for_two else ""
    return f"{two}等{who}按Enter签发，编制人{batch.prepared_by}不能签发。"


def _nobody_signs(context: Context, prepared_by: str, signed_by: str = "") -> str:
    who = f"编制人{prepared_by}、签发人{signed_by}" if signed_by else f"编制人{prepared_by}"
    return f"{who}不能签发，没有别人可签发：{_how_to_add(context, Role.HEAD)}。"


def _how_to_add(context: Context, role: Role) -> str:
    """Who adds a second person on which page; `role` is the one that is needed where duties are apart."""
    if not duties.are_apart(context):
        return "请按F10、0、1增加人员"
    administrators = [name for name, own in members.of_own_office(context) if own is Role.ADMINISTRATOR]
    whom = "" if context.clerk in administrators else "、".join(administrators)
    return f"请{whom}按F10、0、1增加{role.value}"


def _line(batch: Batch, line: Line) -> Entry:
    is_at_bank = batch.handed_over_on is not None
    what = "Enter登记银行的回单。" if is_at_bank else "Del撤出批次，撤出后批次须重新签发。"
    return Entry(
        line.case_number,
        line.applicant_name,
        f" {batch.state}",
        line.amount_fen,
        Next.ANSWER_ONE if is_at_bank else Next.NOTHING,
        (f"在{batch.number}里，{line.bank_name} {line.masked_account}。", what),
        batch=batch.number,
        can_be_taken_back=not is_at_bank,
    )


def _reclaim(context: Context, reclaim: Reclaim) -> Entry:
    if reclaim.stated is not None:
        return _stated_return(context, reclaim, reclaim.stated)
    approved = f"{reclaim.approved_on} {reclaim.approved_by}批准" if reclaim.approved_on else ""
    following = Next.SETTLE if reclaim.approved_on else Next.APPROVE
    what = "Enter登记退款到账" if reclaim.approved_on else "由提出人以外的一人按Enter批准"
    dropping = f"{reclaim.drop_asked_by}已提出撤销，由另一人按Del同意。" if reclaim.drop_asked_by else "Del撤销追回。"
    return Entry(
        reclaim.number,
        reclaim.applicant_name,
        f"追回{reclaim.state}",
        reclaim.amount_fen,
        following,
        (
            f"理由：{reclaim.reason}{'（骗取补贴）' if reclaim.is_fraud else ''}",
            f"{reclaim.ordered_on} {reclaim.ordered_by}提出  {approved}",
            f"{what}，{dropping}",
        ),
        can_be_taken_back=True,
    )


def _stated_return(context: Context, reclaim: Reclaim, stated: StatedReturn) -> Entry:
    others = tuple(name for name in members.colleagues(context) if name != stated.stated_by)
    who = f"由{stated.stated_by}以外的一人核对银行的凭证后按Enter确认"
    if not others:
        who = f"须由{stated.stated_by}以外的一人确认，现在没有别人：{_how_to_add(context, Role.CLERK)}"
    bearer = stated_returns.bearer_of(context, stated.reference)
    shared = f"流水号{stated.reference}已用于{bearer[0].number}，请核对是否同一笔。" if bearer is not None else ""
    rest = reclaim.amount_fen - stated.amount_fen
    part = f"（责令退回{yuan(reclaim.amount_fen)}元，其余{yuan(rest)}元未退）" if rest else ""
    sentences = (
        f"{stated.stated_on} {stated.stated_by}登记：{stated.returned_on}到账{yuan(stated.amount_fen)}元{part}，"
        f"流水号{stated.reference}。确认以前资金和人员的次数都不变。",
        shared,
        f"{who}，登记错了的{_who_strikes(context)}按Del删去。",
    )
    return Entry(
        reclaim.number,
        reclaim.applicant_name,
        reclaim.state,
        stated.amount_fen,
        Next.CONFIRM_RETURN,
        tuple(filter(None, sentences)),
        can_be_taken_back=True,
        signers=others,
    )


def _who_strikes(context: Context) -> str:
    return f"由另一名{PERMISSIONS[Act.RECOVERY_STRIKE_RETURN].who}" if duties.are_apart(context) else ""


def _paid(context: Context, case: Case) -> list[Entry]:
    stage = case.stage
    if stage not in (Stage.PAID, Stage.ARCHIVED):
        return []
    left = recovery.paid_fen(context, case) - recovery.returned_fen(context, case)
    filing, following = ("Enter去归档。", Next.ARCHIVE) if stage is Stage.PAID else ("", Next.NOTHING)
    sentences = (f"{STAGE_NAMES[stage]}。{filing}查实不应拨付的，F11责令退回全部或一部分。",)
    name = STAGE_NAMES[stage]
    return [Entry(case.number, case.applicant_name, name, left, following, sentences, can_be_ordered_back=True)]
