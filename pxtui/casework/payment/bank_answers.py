"""Bank answers (回单) to payments, paid or bounced, and corrections of accounts (notice 四(二))."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from db.models import Act, Case, PaymentBatch, PaymentLine, PaymentOutcome
from pxtui.casework.claim.accounts import Account, account_of, keep, require_own_account
from pxtui.casework.lifecycle.cases import find, require_stage
from pxtui.casework.lifecycle.moving import take
from pxtui.casework.lifecycle.stages import Action, Room, Stage
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.payment.batches import PAYMENT_BATCHES, Batch, shown
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.papers.bank_list import BankAnswer as BankAnswer
from pxtui.papers.bank_list import read_bank_answers
from pxtui.policy.subsidy import yuan

_NOTHING_DONE = "没有登记任何回单"


def read(path: Path) -> tuple[BankAnswer, ...]:
    """The bank's answers in a file, all or none.

    Raises:
        PxtuiError: the file or one of its rows cannot be read, or it has no rows.
    """
    listed = read_bank_answers(path)
    if listed.refused:
        first = listed.refused[0]
        more = f"（共{len(listed.refused)}处）" if len(listed.refused) > 1 else ""
        raise Refused(f"{first.cell}：{first.reason.rstrip('。')}{more}；{_NOTHING_DONE}。")
    if not listed.rows:
        raise Refused(f"表里没有一行回单，{_NOTHING_DONE}；请核对文件。")
    return listed.rows


def answer(context: Context, number: str, answers: Sequence[BankAnswer]) -> Batch:
    """Enter the bank's answers to all unanswered payments of a batch, or to none.

    An answer that repeats an entered one is skipped.

    Raises:
        PxtuiError: the batch is not handed over, or an answer is missing, doubled, contradictory or of another batch.
    """
    batch = _handed_over(context, number)
    found = _matched(context, batch, answers)
    left = [
        case.number
        for line, case in PAYMENT_BATCHES.items(context, batch)
        if line.outcome is None and case.number not in found
    ]
    if left:
        raise Refused(f"回单里缺{'、'.join(left)}，{_NOTHING_DONE}；请补齐，或逐笔登记。")
    return _enter(context, batch, found)


def answer_one(context: Context, number: str, bank_answer: BankAnswer) -> Batch:
    """Enter the bank's answer to one payment of a batch.

    Raises:
        PxtuiError: the batch is not handed over, or the answer is contradictory or of another batch.
    """
    batch = _handed_over(context, number)
    return _enter(context, batch, _matched(context, batch, [bank_answer]))


def correct(context: Context, number: str, *, bank_name: str, account: str, account_name: str) -> Stage:
    """Correct an enterprise's account after a bounced payment or before a payment; returns the claim's stage.

    Raises:
        PxtuiError: the claim is at another stage, or the account is not the enterprise's.
    """
    case = find(context, number)
    require_stage(case, frozenset({Stage.CLEARED, Stage.BOUNCED}), "更正账户")
    corrected, on_file = Account(canonical(bank_name), canonical(account)), account_of(context, case)
    require_own_account(case, account_name, corrected.bank_name, corrected.number)
    keep(context, case, corrected)
    before = {"bank_name": on_file.bank_name, "account": on_file.number}
    after = {"bank_name": corrected.bank_name, "account": corrected.number, "account_name": canonical(account_name)}
    journal.record(context, case, Act.PAYMENT_CORRECT, "更正开户银行和账号", before=before, after=after)
    if case.stage is Stage.BOUNCED:
        return take(context, case, Action.CORRECT, room=Room.PAYMENT)
    return case.stage


def _handed_over(context: Context, number: str) -> PaymentBatch:
    batch = PAYMENT_BATCHES.find(context, number)
    if batch.handed_over_on is None:
        raise Refused(f"拨付批次{PAYMENT_BATCHES.number(context, batch)}还没有交银行，不能登记回单。")
    return batch


def _matched(
    context: Context, batch: PaymentBatch, answers: Sequence[BankAnswer]
) -> dict[str, tuple[PaymentLine, Case, BankAnswer]]:
    """By case number, the payment, the case and the answer.

    Raises:
        PxtuiError: an answer is of another batch, doubled, or contradicts the payment.
    """
    known = {
        canonical_code(name): (line, case)
        for line, case in PAYMENT_BATCHES.items(context, batch)
        for name in (case.number, case.display_number)
    }
    found: dict[str, tuple[PaymentLine, Case, BankAnswer]] = {}
    for bank_answer in answers:
        pair = known.get(canonical_code(bank_answer.case_number))
        if pair is None:
            named = PAYMENT_BATCHES.number(context, batch)
            raise Refused(
                f"拨付批次{named}里没有“{bank_answer.case_number}”，{_NOTHING_DONE}；请核对是不是这一批的回单。"
            )
        line, case = pair
        if case.number in found:
            raise Refused(f"回单里{case.number}有两行，{_NOTHING_DONE}；请只留一行。")
        _require_agreed(context, case, line, bank_answer)
        found[case.number] = (line, case, bank_answer)
    return found


def _require_agreed(context: Context, case: Case, line: PaymentLine, bank_answer: BankAnswer) -> None:
    if bank_answer.amount_fen != line.amount_fen:
        raise Refused(
            f"{case.number}应拨{yuan(line.amount_fen)}元，回单是{yuan(bank_answer.amount_fen)}元，{_NOTHING_DONE}；请与银行核对。"
        )
    if bank_answer.account and bank_answer.account != line.unseal(context.vault, "account"):
        raise Refused(f"{case.number}回单上的账号与拨付的账号不一致，{_NOTHING_DONE}；请与银行核对。")
    if not bank_answer.reference.strip():
        what = "流水号" if bank_answer.is_paid else "退票原因"
        raise Refused(f"{case.number}没有{what}，{_NOTHING_DONE}；请补填。")
    if line.outcome is not None and not _is_known(line, bank_answer):
        raise Refused(f"{case.number}已于{line.answered_on}登记为另一结果，{_NOTHING_DONE}；请与银行核对。")


def _is_known(line: PaymentLine, bank_answer: BankAnswer) -> bool:
    return line.outcome == _outcome(bank_answer) and line.reference == canonical(bank_answer.reference)


def _outcome(bank_answer: BankAnswer) -> PaymentOutcome:
    return PaymentOutcome.PAID if bank_answer.is_paid else PaymentOutcome.BOUNCED


def _enter(
    context: Context,
    batch: PaymentBatch,
    found: Mapping[str, tuple[PaymentLine, Case, BankAnswer]],
) -> Batch:
    new = [(line, case, bank_answer) for line, case, bank_answer in found.values() if line.outcome is None]
    if not new:
        raise Refused("这些回单已经登记过，没有新的。")
    for line, case, bank_answer in new:
        day = bank_answer.day or context.today
        if batch.handed_over_on is not None and not batch.handed_over_on <= day <= context.today:
            raise Refused(
                f"{case.number}的日期{day}不在交银行日{batch.handed_over_on}至今天之间，{_NOTHING_DONE}；请改正。"
            )
        line.outcome = _outcome(bank_answer)
        line.answered_on, line.reference = day, canonical(bank_answer.reference)
        context.session.add(line)
        if bank_answer.is_paid:
            take(context, case, Action.PAY, line.reference, Room.PAYMENT)
        else:
            take(context, case, Action.BOUNCE, line.reference, Room.PAYMENT)
    context.session.flush()
    return shown(context, batch)
