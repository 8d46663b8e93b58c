"""Bank answers (回单) to payments, paid or bounced, and corrections of accounts (notice 四(二))."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from db.about import About, beside
from db.models import Act, Case, JournalEntry, PaymentBatch, PaymentLine, PaymentOutcome
from pxtui.casework.claim.accounts import Account, account_of, keep, require_own_account
from pxtui.casework.lifecycle.cases import find, require_stage
from pxtui.casework.lifecycle.moving import take
from pxtui.casework.lifecycle.stages import Action, Room, Stage
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.payment import doubts
from pxtui.casework.payment.batches import PAYMENT_BATCHES, Batch, shown
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.papers.bank_list import BankAnswer as BankAnswer
from pxtui.papers.bank_list import read_bank_answers
from pxtui.papers.reading.listing import require_nothing_hidden
from pxtui.policy.subsidy import yuan

_NOTHING_DONE = "没有登记任何回单"


def read(path: Path) -> tuple[BankAnswer, ...]:
    """The bank's answers in a file, all or none.

    Raises:
        PxtuiError: the file or one of its rows cannot be read, or it has no rows.
    """
    listed = read_bank_answers(path)
    require_nothing_hidden(listed)
    if listed.refused:
        first = listed.refused[0]
        more = f"（共{len(listed.refused)}处）" if len(listed.refused) > 1 else ""
        raise Refused(f"{first.cell}：{first.reason.rstrip('。')}{more}；{_NOTHING_DONE}。")
    if not listed.rows:
        raise Refused(f"表里没有一行回单，{_NOTHING_DONE}；请核对文件。")
    return listed.rows


def _about(number: str, *_: object, **__: object) -> About:
    # One number of the bank may be told of two payments at once, in two batches.
    return About(batch=number, names=("numbers of the bank",))


@beside(_about)
def answer(
    context: Context, number: str, answers: Sequence[BankAnswer], *, same_reference_is_right: bool = False
) -> Batch:
    """Enter what a file of the bank says of a whole batch: of every payment that it has not answered yet, or of none.

    A line that was entered before and says the same again is passed over; one that says otherwise is kept beside what
    was entered, see `doubts`.

    Args:
        same_reference_is_right: somebody has looked at it that the bank gave several payments one number.

    Raises:
        PxtuiError: the bank does not have the batch, or an answer is missing, doubled, or about something else, or two
            payments bear one number and nobody has looked at that.
    """
    batch = _handed_over(context, number)
    found = _matched(context, batch, answers)
    if not same_reference_is_right:
        _require_own_references(context, found)
    left = [
        case.number
        for line, case in PAYMENT_BATCHES.items(context, batch)
        if line.outcome is None and case.number not in found
    ]
    if left:
        raise Refused(f"回单里缺{'、'.join(left)}，{_NOTHING_DONE}；请补齐，或逐笔登记。")
    return _enter(context, batch, found, by_hand=False)


@beside(_about)
def answer_one(
    context: Context, number: str, bank_answer: BankAnswer, *, same_reference_is_right: bool = False
) -> Batch:
    """Enter by hand what the bank says of one payment of a batch; a bounce needs a second person, see `doubts`.

    Raises:
        PxtuiError: the bank does not have the batch, or the answer is about something else, or its number is that of
            another payment and nobody has looked at that.
    """
    batch = _handed_over(context, number)
    found = _matched(context, batch, [bank_answer])
    if not same_reference_is_right:
        _require_own_references(context, found)
    return _enter(context, batch, found, by_hand=True)


def shared_references(context: Context, number: str, answers: Sequence[BankAnswer]) -> str:
    """Which payments would bear one number of the bank, in Chinese; empty: none would.

    Raises:
        PxtuiError: as `answer` says.
    """
    return _shared_references(context, _matched(context, _handed_over(context, number), answers))


def correct(context: Context, number: str, *, bank_name: str, account: str, account_name: str) -> Stage:
    """Correct an enterprise's account after a bounced payment or before a payment; returns the claim's stage.

    Raises:
        PxtuiError: the claim is at another stage, the account is not the enterprise's, or it was corrected to this by
            somebody else in the meantime.
    """
    case = find(context, number)
    require_stage(case, frozenset({Stage.CLEARED, Stage.BOUNCED}), "更正账户")
    corrected, on_file = Account(canonical(bank_name), canonical(account)), account_of(context, case)
    require_own_account(case, account_name, corrected.bank_name, corrected.number)
    after = {"bank_name": corrected.bank_name, "account": corrected.number, "account_name": canonical(account_name)}
    if case.stage is not Stage.BOUNCED and on_file == corrected and corrected_last(context, case) == after:
        raise Refused(f"{case.number}的账户已经更正为这个账号，没有要更正的。")
    keep(context, case, corrected)
    before = {"bank_name": on_file.bank_name, "account": on_file.number}
    journal.record(context, case, Act.PAYMENT_CORRECT, "更正开户银行和账号", before=before, after=after)
    if case.stage is Stage.BOUNCED:
        return take(context, case, Action.CORRECT, room=Room.PAYMENT)
    return case.stage


def account_on_file(context: Context, number: str) -> Account:
    """The account to which a claim would be paid now.

    Raises:
        PxtuiError: there is no such case.
    """
    return account_of(context, find(context, number))


def corrected_last(context: Context, case: Case) -> dict[str, Any]:
    """The account to which a claim's was corrected last, as the journal keeps it; empty: it was never corrected."""
    corrections = col(JournalEntry.action) == Act.PAYMENT_CORRECT
    looked_at = select(JournalEntry).where(col(JournalEntry.case_id) == case.id, corrections)
    entry = context.session.exec(looked_at.order_by(col(JournalEntry.id).desc())).first()
    return {} if entry is None else journal.values(context, entry)[1]


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
    if line.outcome is PaymentOutcome.STOPPED:
        raise Refused(f"{case.number}已于{line.answered_on}撤出，没有交银行，{_NOTHING_DONE}；请与银行核对。")


def _require_own_references(context: Context, found: Mapping[str, tuple[PaymentLine, Case, BankAnswer]]) -> None:
    if shared := _shared_references(context, found):
        raise Refused(f"{shared}{_NOTHING_DONE}；请与银行核对，确是银行给的同一个号的，加 --same-reference-is-right。")


def _shared_references(context: Context, found: Mapping[str, tuple[PaymentLine, Case, BankAnswer]]) -> str:
    """Which numbers of payments are another payment's too, in Chinese."""
    new = {
        number: canonical(bank_answer.reference)
        for number, (line, _, bank_answer) in found.items()
        if bank_answer.is_paid and line.outcome is None
    }
    used = context.session.exec(
        select(PaymentLine.reference, Case)
        .join(Case, col(Case.id) == PaymentLine.case_id)
        .where(col(PaymentLine.outcome) == PaymentOutcome.PAID, col(PaymentLine.reference).in_(set(new.values())))
        .order_by(col(PaymentLine.id))
    )
    bearers: dict[str, list[str]] = {reference: [] for reference in new.values()}
    for reference, case in used:
        bearers[reference].append(case.number)
    for number, reference in new.items():
        if before := bearers[reference]:
            return f"{number}的流水号{reference}已用于{before[0]}，一笔款有一个流水号，"
        before.append(number)
    return ""


def _is_known(line: PaymentLine, bank_answer: BankAnswer) -> bool:
    """Whether an answer says what was entered; a bank words the reason of one bounce in several ways."""
    if line.outcome != _outcome(bank_answer):
        return False
    return not bank_answer.is_paid or line.reference == canonical(bank_answer.reference)


def _outcome(bank_answer: BankAnswer) -> PaymentOutcome:
    return PaymentOutcome.PAID if bank_answer.is_paid else PaymentOutcome.BOUNCED


def _enter(
    context: Context,
    batch: PaymentBatch,
    found: Mapping[str, tuple[PaymentLine, Case, BankAnswer]],
    *,
    by_hand: bool,
) -> Batch:
    entered = [_enter_one(context, batch, *answered, by_hand=by_hand) for answered in found.values()]
    if not any(entered):
        raise Refused("这些回单已经登记过，没有新的。")
    context.session.flush()
    return shown(context, batch)


def _enter_one(
    context: Context, batch: PaymentBatch, line: PaymentLine, case: Case, bank_answer: BankAnswer, *, by_hand: bool
) -> bool:
    """Enter one answer; whether it was new."""
    day = bank_answer.day or context.today
    if line.outcome is not None and _is_known(line, bank_answer):
        return not by_hand and _confirmed_by_the_bank(context, case, line)
    if batch.handed_over_on is not None and not batch.handed_over_on <= day <= context.today:
        raise Refused(
            f"{case.number}的日期{day}不在交银行日{batch.handed_over_on}至今天之间，{_NOTHING_DONE}；请改正。"
        )
    reference = canonical(bank_answer.reference)
    if line.outcome is not None:
        is_paid = bank_answer.is_paid
        return doubts.record(context, case, line, is_paid=is_paid, reference=reference, day=day, by_hand=by_hand)
    line.outcome, line.answered_on, line.reference = _outcome(bank_answer), day, reference
    line.answered_by, line.is_by_hand = context.clerk, by_hand
    context.session.add(line)
    context.session.flush()
    # It may have been found meanwhile that an earlier payment of the claim had arrived.
    action = Action.PAY if doubts.was_paid(context, case) else Action.BOUNCE
    take(context, case, action, reference, Room.PAYMENT)
    return True


def _confirmed_by_the_bank(context: Context, case: Case, line: PaymentLine) -> bool:
    """A file of the bank says what was entered before; whether that is more than was known.

    Whoever reads it in may have written it, so it is the word of a second person only where somebody else does.
    """
    was_by_hand = line.is_by_hand
    is_his = duties.is_of_the_acting_person(context, line.answered_by)
    is_second = doubts.is_seen_by_one(context, line) and not is_his
    line.is_by_hand = False
    if is_second:
        line.bounce_confirmed_on, line.bounce_confirmed_by = context.today, context.clerk
    if not was_by_hand and not is_second:
        return False
    context.session.add(line)
    summary = f"银行回单文件与{'人工' if was_by_hand else line.answered_by or ''}登记的一致"
    journal.record(context, case, Act.PAYMENT_CONFIRM_BOUNCE, summary)
    return True
