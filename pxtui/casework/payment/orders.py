"""Payment orders (notice 四(二)): batches from one fund, prepared, signed by a second person, sent to the bank once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, select

from db.about import about_batch, beside
from db.models import Act, Applicant, Case, Fund, PaymentBatch, PaymentLine, PaymentOutcome
from pxtui.casework.check import gates
from pxtui.casework.claim.accounts import account_of, own_account_fault
from pxtui.casework.lifecycle.batch_page import short_code
from pxtui.casework.lifecycle.batches import Obstacle, Remedy, WaitingClaim, waiting_at
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moving import take
from pxtui.casework.lifecycle.stages import Action, Room, Stage
from pxtui.casework.office import duties, journal, outgoing
from pxtui.casework.office.context import Context
from pxtui.casework.payment import bank_answers, doubts, funds, signing
from pxtui.casework.payment.batches import (
    PAYMENT_BATCHES,
    Batch,
    BatchState,
    differences,
    lacks_second_signature,
    shown,
    to_pay,
)
from pxtui.casework.publicity.batches import kept_item
from pxtui.casework.signs import gates as signs_gates
from pxtui.casework.staff import members
from pxtui.casework.verifying import notices
from pxtui.casework.verifying.payments import require_unaltered
from pxtui.casework.verifying.rows import require_case
from pxtui.errors import Damaged, Refused
from pxtui.papers.bank_list import BankLine, bank_list
from pxtui.papers.writing.file_names import file_name
from pxtui.policy.subsidy import yuan

_FOLDER = "拨付"


@dataclass(frozen=True, slots=True)
class BeforeSigning:
    """What has to be known before a batch is signed."""

    changes: tuple[str, ...]
    """What became otherwise with its claims and accounts since they were approved, in Chinese."""
    signers: tuple[str, ...]
    """The names of the working staff who may sign it."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A batch with what its signer has answered in one opinion."""

    batch: Batch
    changes: tuple[str, ...]
    """In Chinese: in what it differed from an earlier signature, and what changed since the approval."""


def waiting(context: Context, most: int | None = None, also: str = "") -> tuple[WaitingClaim, ...]:
    """The claims that are cleared and not ordered for payment, the longest waiting first; see `waiting_at`."""
    return waiting_at(context, Stage.CLEARED, _obstacle_now, most, also)


@beside(funds.about_payment)
def prepare(context: Context, fund_code: str, numbers: Sequence[str]) -> Batch:
    """Put claims into a new batch, all or none, each with the published amount and the enterprise's own account.

    Raises:
        PxtuiError: a claim has an obstacle to its payment, the claims are of several offices, or the fund's balance is
            too low.
    """
    fund = funds.source(context, fund_code)
    cases = PAYMENT_BATCHES.chosen_cases(context, numbers)
    office = PAYMENT_BATCHES.common_office(cases)
    payments = [_payment_of(context, case) for case in cases]
    total = sum(line.amount_fen for line in payments)
    if total > fund.balance_fen:
        raise Refused(
            f"“{fund.name}”余额{yuan(fund.balance_fen)}元，不够拨付{yuan(total)}元；请少列几件，或先登记追加的额度。"
        )
    batch = _new_batch(context, office, fund.code)
    number = PAYMENT_BATCHES.number(context, batch)
    journal.record(
        context,
        None,
        Act.PAYMENT_PREPARE,
        f"编制拨付批次{number}：{len(cases)}件，{yuan(total)}元，{fund.name}",
        after={"cases": [case.number for case in cases], "total_fen": total, "fund": fund.code},
    )
    for case, payment in zip(cases, payments, strict=True):
        line = PaymentLine(
            batch_id=batch.id,
            case_id=case.id,
            amount_fen=payment.amount_fen,
            account_name=payment.account_name,
            bank_name=payment.bank_name,
        )
        line.seal(context.vault, account=payment.account)
        context.session.add(line)
        gates.recheck_and_move(context, case, Action.ORDER_PAYMENT, f"列入{number}", Room.PAYMENT)
    context.session.flush()
    return shown(context, batch)


@about_batch
def sign(context: Context, number: str, opinion: str = "") -> Signed:
    """Release a batch for the bank: what is in it now, and nothing else; see `signing`.

    Args:
        opinion: what the signer says to the changes since the approval, all in one; kept with the signature.

    Raises:
        PxtuiError: it is signed as it is, nothing is left in it, a claim of it would come out otherwise now or is in
            doubt, the same person prepared it or, where duties are apart, entered an account after the approval, it
            is not for this person, or something changed since the approval and the opinion is empty.
    """
    batch = PAYMENT_BATCHES.find(context, number)
    named = PAYMENT_BATCHES.number(context, batch)
    differing = differences(context, batch)
    is_second = batch.signed_on is not None and not differing
    if is_second:
        _require_second_wanted(context, batch, named)
    prepared = f"拨付批次{named}由{batch.prepared_by}编制，须由另一人签发。"
    duties.require_another(context, Act.PAYMENT_SIGN, batch.prepared_by, prepared)
    duties.require_role(context, Act.PAYMENT_SIGN)
    listed = _require_lines(context, batch)
    for _, case in listed:
        doubts.require_none(context, case)
        require_case(context, case)
        gates.require_unchanged(context, case)
    changed = signing.changes_since_approval(context, listed)
    _require_no_account_of_his_own(context, changed)
    changes = (*differing, *(change.sentence() for change in changed))
    if changes and not opinion.strip():
        raise Refused(
            f"没有签发：{'；'.join(changes)}。请核对，无误的在拨付一页按Enter写明签发意见，或用 --opinion 写明。"
        )
    if is_second:
        batch.second_signed_on, batch.second_signed_by = context.today, context.clerk
    else:
        batch.signed_on, batch.signed_by = context.today, context.clerk
        batch.second_signed_on = batch.second_signed_by = None
    context.session.add(batch)
    digest = signing.keep(context, batch, named, listed)
    signed = shown(context, batch)
    anew = "重新签发" if differing else "第二人签发" if is_second else "签发"
    said = f"；对{len(changes)}处变化的意见：{opinion.strip()}" if changes else ""
    summary = f"{anew}拨付批次{named}：{yuan(signed.total_fen)}元{said}"
    after = {"total_fen": signed.total_fen, "digest": digest, "differences": differing, "changes": changes}
    act = Act.PAYMENT_SECOND_SIGN if is_second else Act.PAYMENT_SIGN
    journal.record(context, None, act, summary, after=after, cases=[case for _, case in listed])
    return Signed(signed, (*differing, *(change.sentence(context.today) for change in changed)))


def _require_second_wanted(context: Context, batch: PaymentBatch, named: str) -> None:
    """Refuse a signature under what is signed, but for the second one of a large batch, by another person."""
    if not lacks_second_signature(context, batch):
        raise Refused(f"拨付批次{named}已于{batch.signed_on}由{batch.signed_by}签发。")
    first = batch.signed_by or ""
    sentence = f"拨付批次{named}已由{first}签发，第二人签发须由另一人办理。"
    duties.require_another(context, Act.PAYMENT_SECOND_SIGN, first, sentence)


def _require_no_account_of_his_own(context: Context, changed: Sequence[signing.Change]) -> None:
    """Refuse whoever said after the approval where the money goes or whose account it is, where duties are apart."""
    if duties.are_apart(context):
        for name in signing.account_authors(changed):
            duties.require_another(context, Act.PAYMENT_SIGN, name, f"收款账户由{name}在审批后登记，须由另一人签发。")


def before_signing(context: Context, batch: Batch) -> BeforeSigning:
    """What changed, and who may sign; see `sign`."""
    changed = signing.changes_since_approval(context, to_pay(context, PAYMENT_BATCHES.find(context, batch.number)))
    authors = signing.account_authors(changed) if duties.are_apart(context) else frozenset()
    return BeforeSigning(
        tuple(change.sentence(context.today) for change in changed),
        tuple(name for name in signers_beside(context, *_acted(batch)) if name not in authors),
    )


def _acted(batch: Batch) -> tuple[str, ...]:
    """Who prepared a batch and, where another has still to sign it, who signed it."""
    first = batch.signed_by if batch.state is BatchState.TO_SIGN_AGAIN else None
    return (batch.prepared_by, first) if first else (batch.prepared_by,)


def signers_beside(context: Context, *names: str) -> tuple[str, ...]:
    """The names of the working staff who may sign what these people prepared or signed first; see `sign`."""
    people = duties.person_of(context)
    acted = {people.get(name) for name in names}
    return tuple(
        name
        for name in members.colleagues(context)
        if people[name] not in acted and duties.may(context, Act.PAYMENT_SIGN, name)
    )


@about_batch
def hand_over(context: Context, number: str, folder: Path | None = None) -> Path:
    """The bank's list, account numbers in full, for its owner's eyes only: once, so nothing is paid twice.

    It is written when the transaction stands: no list is outside that the register does not know of.

    Args:
        folder: of the list; None: the folder of payments in the data folder.

    Raises:
        PxtuiError: the batch is not signed, is not what was signed, or was handed over, something that it rests on was
            altered past the program, or the disk refuses.
    """
    batch = PAYMENT_BATCHES.find(context, number)
    named = PAYMENT_BATCHES.number(context, batch)
    if batch.handed_over_on is not None:
        raise Refused(
            f"拨付批次{named}已于{batch.handed_over_on}由{batch.handed_over_by}交银行，不能再出清单；"
            f"请用原来的文件，其校验码是{short_code(batch.digest)}。"
        )
    if batch.signed_on is None:
        raise Refused(f"拨付批次{named}还没有签发，请由{batch.prepared_by}以外的一人签发后再交银行。")
    require_unaltered(context, f"把拨付批次{named}交银行")
    _require_as_signed(context, batch)
    if lacks_second_signature(context, batch):
        raise Refused(
            f"拨付批次{named}满本部门设置的金额，要由{batch.signed_by}、{batch.prepared_by}以外的一人再签发一次才能交银行。"
        )
    for _, case in to_pay(context, batch):
        doubts.require_none(context, case)
    vault = context.vault
    listed = [
        BankLine(case.number, line.account_name, line.unseal(vault, "account"), line.bank_name, line.amount_fen)
        for line, case in _require_lines(context, batch)
    ]
    fund = context.session.get_one(Fund, batch.fund_code)
    total = f"共{len(listed)}笔，{yuan(sum(line.amount_fen for line in listed))}元"
    content = bank_list(named, fund.name, total, listed, notices.head(context))
    batch.handed_over_on, batch.handed_over_by = context.today, context.clerk
    batch.digest = hashlib.sha256(content).hexdigest()
    context.session.add(batch)
    summary = f"拨付批次{named}交银行：{total}"
    journal.record(context, None, Act.PAYMENT_HAND_OVER, summary, after={"digest": batch.digest})
    context.session.flush()
    path = _standing(context, folder) / file_name(named, "拨付清单", fund.name)
    outgoing.put(context, path, content, f"{named}拨付清单", is_kept=True)
    return path


def stop(context: Context, number: str, reason: str) -> Batch:
    """Take a claim out of its batch before the hand-over; a signature of the batch is void.

    Raises:
        PxtuiError: the claim is in no open batch, the batch was handed over, or the reason is empty.
    """
    case = find(context, number)
    found = context.session.exec(
        select(PaymentLine, PaymentBatch)
        .join(PaymentBatch, col(PaymentBatch.id) == PaymentLine.batch_id)
        .where(col(PaymentLine.case_id) == case.id, col(PaymentLine.outcome).is_(None))
    ).first()
    if found is None:
        raise Refused(f"{case.number}不在待拨付的批次里，不用撤出。")
    line, batch = found
    if batch.handed_over_on is not None:
        named = PAYMENT_BATCHES.number(context, batch)
        raise Refused(f"{named}已于{batch.handed_over_on}交银行，不能撤出{case.number}；请等银行回单后再办。")
    take(context, case, Action.STOP_PAYMENT, reason, Room.PAYMENT)
    line.outcome, line.answered_on, line.reference = PaymentOutcome.STOPPED, context.today, reason.strip()
    batch.signed_on = batch.signed_by = batch.second_signed_on = batch.second_signed_by = None
    context.session.add_all([line, batch])
    context.session.flush()
    return shown(context, batch)


def _obstacle_now(context: Context, case: Case) -> Obstacle | None:
    """The first obstacle to the payment of a claim: changed review, amount or account; None: it can be paid."""
    if review := gates.obstacle_to(context, case):
        return review
    try:
        return _obstacle_to_payment(context, case)
    except Damaged as fault:
        # An account that cannot be unsealed is its own claim's obstacle: the other claims must still be payable.
        return Obstacle(fault.sentence, Remedy.CORRECT_ACCOUNT)


def _obstacle_to_payment(context: Context, case: Case) -> Obstacle | None:
    """The obstacle to the payment in amount or account, without judging the claim again; None: there is none."""
    if sentence := _paid_or_ordered(context, case) or _differs_from_published(context, case):
        return Obstacle(sentence, Remedy.NONE_HERE)
    if sentence := signs_gates.not_spot_checked(context, case):
        return Obstacle(sentence, Remedy.NONE_HERE)
    if doubt := doubts.obstacle_to(context, case):
        return doubt
    applicant = context.session.get_one(Applicant, case.applicant_id)
    account = account_of(context, case)
    holder = _holder(context, case, applicant, account.number)
    if sentence := own_account_fault(case, holder, account.bank_name, account.number):
        return Obstacle(sentence, Remedy.CORRECT_ACCOUNT)
    return None


def _payment_of(context: Context, case: Case) -> BankLine:
    """The payment of a claim with its account.

    Raises:
        PxtuiError: there is an obstacle to the payment.
    """
    if obstacle := _obstacle_to_payment(context, case):
        raise Refused(obstacle.sentence)
    account = account_of(context, case)
    return BankLine(case.number, case.applicant_name, account.number, account.bank_name, case.approved_total_fen or 0)


def _holder(context: Context, case: Case, applicant: Applicant, account: str) -> str:
    """The account's holder: the name entered with the last correction of this account, else the applicant's name."""
    after = bank_answers.corrected_last(context, case)
    if after.get("account") == account:
        return str(after["account_name"])
    return applicant.name


def _paid_or_ordered(context: Context, case: Case) -> str:
    """The obstacle that a claim is paid or in a batch, in Chinese; empty where it is not."""
    held = context.session.exec(
        select(PaymentLine.outcome, PaymentBatch)
        .join(PaymentBatch, col(PaymentBatch.id) == PaymentLine.batch_id)
        .where(
            col(PaymentLine.case_id) == case.id,
            col(PaymentLine.outcome).is_(None) | (col(PaymentLine.outcome) == PaymentOutcome.PAID),
        )
    ).first()
    if held is None:
        return ""
    outcome, batch = held
    state = "已拨付" if outcome else "待拨付"
    return f"{case.number}已在拨付批次{PAYMENT_BATCHES.number(context, batch)}里（{state}），不能再列。"


def _differs_from_published(context: Context, case: Case) -> str:
    """The obstacle that a grant is unpublished, differs from the published total or is 0, in Chinese; empty: none."""
    item = kept_item(context, case)
    approved = case.approved_total_fen or 0
    if item is None:
        return f"{case.number}没有公示记录，不能拨付；请退回复审后重新公示。"
    if item.total_fen != approved:
        published = yuan(item.total_fen)
        return f"{case.number}金额与公示不一致：核定{yuan(approved)}元，公示{published}元；请重新公示后再拨付。"
    if approved <= 0:
        return f"{case.number}核定金额是{yuan(approved)}元，没有可以拨付的金额。"
    return ""


def _new_batch(context: Context, office: str, fund_code: str) -> PaymentBatch:
    year = context.today.year
    batch = PaymentBatch(
        office_code=office,
        year=year,
        serial=PAYMENT_BATCHES.next_serial(context, office, year),
        fund_code=fund_code,
        prepared_on=context.today,
        prepared_by=context.clerk,
    )
    context.session.add(batch)
    context.session.flush()
    return batch


def _require_lines(context: Context, batch: PaymentBatch) -> list[tuple[PaymentLine, Case]]:
    listed = to_pay(context, batch)
    if not listed:
        raise Refused(f"拨付批次{PAYMENT_BATCHES.number(context, batch)}里的案件都已撤出，没有要拨付的。")
    return listed


def _require_as_signed(context: Context, batch: PaymentBatch) -> None:
    """Refuse what somebody has not signed as it is now."""
    if differing := differences(context, batch):
        named = PAYMENT_BATCHES.number(context, batch)
        raise Refused(
            f"拨付批次{named}与{batch.signed_on}{batch.signed_by}签发的不一致，不能交银行：{'；'.join(differing)}；"
            "请查明是谁改动的，撤出有出入的案件，或核对无误后由编制人以外的一人重新签发。"
        )


def _standing(context: Context, chosen: Path | None) -> Path:
    """The folder for a bank's list. Only the default is made: a misspelt folder must not receive account numbers."""
    if chosen is not None and not chosen.is_dir():
        raise Refused(f"清单没有出具：没有这个文件夹，请核对，或先建立：{chosen}")
    if chosen is None:
        outgoing.make_office_folder(context.home)
    folder = chosen or context.home.papers / _FOLDER
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise Refused(f"不能建立文件夹“{folder}”，请检查路径和权限。") from fault
    return folder
