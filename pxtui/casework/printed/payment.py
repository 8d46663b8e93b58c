"""Papers of the payment: summary table of a batch, extract and slip of a claim (notice 四(二))."""

from collections.abc import Sequence

from db.models import Fund, PaymentBatch, PaymentOutcome
from pxtui.casework.decision.corrected_fields import JUDGED
from pxtui.casework.office.context import Context
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.payment.batches import OUTCOME_NAMES, PAYMENT_BATCHES, masked
from pxtui.casework.printed import publicity, published
from pxtui.casework.printed.asking import Asking, Content, common, letter, marked, office_of, shares_in_words
from pxtui.casework.printed.published import Publication
from pxtui.identifiers.text import in_fours
from pxtui.papers.writing.capital_numerals import in_capitals
from pxtui.papers.writing.wording import Filling, Money

EXTRACT = "拨付汇总表摘录"


def payment_extract(asking: Asking) -> Content:
    """拨付汇总表摘录 of one claim: in which batch it is, and that nobody pays on this paper."""
    line = published.payment_lines(asking.context, asking.case)[-1]
    batch = asking.context.session.get_one(PaymentBatch, line.batch_id)
    values = (
        common(asking)
        | publicity.granted(asking)
        | {
            "batch_number": published.payment_batch_number(asking.context, line),
            "amount": Money(line.amount_fen),
            "capitals": in_capitals(line.amount_fen),
            "fund": asking.context.session.get_one(Fund, batch.fund_code).name,
            "account_name": line.account_name,
            "bank_name": line.bank_name,
            "masked_account": masked(line.unseal(asking.context.vault, "account")),
            "payment_state": OUTCOME_NAMES[line.outcome] if line.outcome else "待银行回单",
            "payment_day": line.answered_on,
            "shares": shares_in_words(asking.case.approved_total_fen or 0, asking.case.approved_heads or 0) or None,
        }
    )
    return letter("payment-extract", values)


def only_of_batch(asking: Asking) -> str:
    """Where the payment table of a claim is printed, in Chinese: with its batch, never by itself."""
    if lacking := in_no_batch(asking):
        return f"汇总表只按拨付批次出具，本案{lacking}"
    line = published.payment_lines(asking.context, asking.case)[-1]
    number = published.payment_batch_number(asking.context, line)
    return f"汇总表只按拨付批次出具：本案在{number}，请到“拨付”里出具；本案可出“{EXTRACT}”"


def in_no_batch(asking: Asking) -> str:
    """Why a granted claim is in no payment batch, in Chinese; empty where it is in one."""
    return "" if published.payment_lines(asking.context, asking.case) else "还没有列入拨付批次"


def batch_table(context: Context, number: str) -> Content:
    """资金拨付汇总表 of a batch, with its payments as sent to the bank, without those taken out.

    Raises:
        PxtuiError: there is no such batch.
    """
    batch = PAYMENT_BATCHES.find(context, number)
    fund = context.session.get_one(Fund, batch.fund_code).name
    vault = context.vault
    units: list[dict[str, Filling]] = []
    publications: list[Publication] = []
    heads = total = 0
    kept = [
        (line, case)
        for line, case in PAYMENT_BATCHES.items(context, batch)
        if line.outcome is not PaymentOutcome.STOPPED
    ]
    for seq, (line, case) in enumerate(kept, start=1):
        asking = Asking(context, case)
        if aired := published.publication(context, case):
            publications.append(aired)
        heads += case.approved_heads or 0
        total += line.amount_fen
        payment: dict[str, Filling] = {
            "seq": seq,
            "amount": Money(line.amount_fen),
            "account_name": line.account_name,
            "bank_name": line.bank_name,
            "account": in_fours(line.unseal(vault, "account")),
            "fund": fund,
            "remark": "；".join(
                filter(None, (OUTCOME_NAMES[line.outcome] if line.outcome else "", asking.corrected_names(*JUDGED)))
            ),
        }
        units.append(common(asking) | publicity.granted(asking) | payment)
    values = office_of(context, batch.office_code) | {
        "officer": batch.prepared_by,
        "batch_number": PAYMENT_BATCHES.number(context, batch),
        "answered_day": published.answered_on(line for line, _ in kept),
        "starts_day": _earliest(publications),
        "publicity_ends_day": max((aired.days.ends_on for aired in publications), default=None),
        "payable_day": max((aired.days.payable_from for aired in publications), default=None),
        "heads": heads,
        "amount": Money(total),
        "capitals": in_capitals(total),
    }
    return letter("payment-table", values, units=units)


def _earliest(publications: Sequence[Publication]) -> Filling:
    first = min(publications, key=lambda aired: aired.on, default=None)
    return None if first is None else marked(first.on, first.stated)


def not_paid(asking: Asking) -> str:
    """Why a claim has no arrived payment, in Chinese; empty where it has."""
    return "" if published.payment(asking.context, asking.case) else "还没有拨付到账"


def payment_slip(asking: Asking) -> Content:
    """拨付告知单, with the account masked."""
    paid = published.payment(asking.context, asking.case)
    case = asking.case
    values = (
        common(asking)
        | _money(asking)
        | {
            "payment_day": paid.answered_on if paid else None,
            "shares": shares_in_words(case.approved_total_fen or 0, case.approved_heads or 0) or None,
        }
    )
    return letter("payment-slip", values)


def _money(asking: Asking) -> dict[str, Filling]:
    context, case = asking.context, asking.case
    details, paid = opening_filing.filing_of(context, case).details, published.payment(context, case)
    bank_name, account = details.bank_name, details.bank_account
    fund = context.rulebook.for_class_starting(case.starts_on).fund
    if paid is not None:
        # The account may have changed since, and the name been put right.
        bank_name, account = paid.bank_name, paid.unseal(context.vault, "account")
        fund = context.session.get_one(Fund, context.session.get_one(PaymentBatch, paid.batch_id).fund_code).name
    return publicity.granted(asking) | {
        "account_name": (case.applicant_name if paid is None else paid.account_name) if account else None,
        "bank_name": bank_name,
        "account": in_fours(account),
        "masked_account": masked(account),
        "fund": fund,
    }
