"""Papers of the payment: summary table and slip (notice 四(二))."""

from collections.abc import Sequence

from db.models import Fund, PaymentBatch, PaymentOutcome
from pxtui.casework.decision.corrected_fields import JUDGED
from pxtui.casework.lifecycle.moves import PAYABLE
from pxtui.casework.office.context import Context
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.payment.batches import OUTCOME_NAMES, PAYMENT_BATCHES, masked
from pxtui.casework.printed import publicity, published
from pxtui.casework.printed.asking import Asking, Content, common, letter, office_of
from pxtui.papers.writing.capital_numerals import in_capitals
from pxtui.papers.writing.wording import Filling
from pxtui.policy.deadlines import PublicityDays
from pxtui.policy.subsidy import yuan


def payment_table(asking: Asking) -> Content:
    """资金拨付汇总表 of one claim; an unpublished claim is shown as published on the day of issue."""
    _, days = published.days_of(asking)
    values = (
        common(asking)
        | _money(asking)
        | {
            "batch_number": None,
            "starts_day": published.shown_day(asking),
            "publicity_ends_day": days.ends_on,
            "payable_day": days.payable_from,
        }
    )
    return letter("payment-table", values, units=[values | {"seq": 1, "remark": ""}])


def batch_table(context: Context, number: str) -> Content:
    """资金拨付汇总表 of a batch, with its payments as sent to the bank, without those taken out.

    Raises:
        PxtuiError: there is no such batch.
    """
    batch = PAYMENT_BATCHES.find(context, number)
    fund = context.session.get_one(Fund, batch.fund_code).name
    vault = context.vault
    units: list[dict[str, Filling]] = []
    days: list[PublicityDays] = []
    askings: list[Asking] = []
    heads = total = 0
    kept = [
        (line, case)
        for line, case in PAYMENT_BATCHES.items(context, batch)
        if line.outcome is not PaymentOutcome.STOPPED
    ]
    for seq, (line, case) in enumerate(kept, start=1):
        asking = Asking(context, case)
        askings.append(asking)
        days.append(published.days_of(asking)[1])
        heads += case.approved_heads or 0
        total += line.amount_fen
        payment: dict[str, Filling] = {
            "seq": seq,
            "amount": yuan(line.amount_fen),
            "account_name": line.account_name,
            "bank_name": line.bank_name,
            "account": line.unseal(vault, "account"),
            "fund": fund,
            "remark": "；".join(
                filter(None, (OUTCOME_NAMES[line.outcome] if line.outcome else "", asking.corrected_names(*JUDGED)))
            ),
        }
        units.append(common(asking) | publicity.granted(asking) | payment)
    values = office_of(context, batch.office_code) | {
        "officer": batch.prepared_by,
        "batch_number": PAYMENT_BATCHES.number(context, batch),
        "starts_day": _earliest(askings),
        "publicity_ends_day": max((publicity_days.ends_on for publicity_days in days), default=None),
        "payable_day": max((publicity_days.payable_from for publicity_days in days), default=None),
        "heads": heads,
        "amount": yuan(total),
        "capitals": in_capitals(total),
    }
    return letter("payment-table", values, units=units)


def _earliest(askings: Sequence[Asking]) -> Filling:
    first = min(askings, key=lambda asking: published.days_of(asking)[0], default=None)
    return None if first is None else published.shown_day(first)


def not_payable(asking: Asking) -> str:
    """Why a claim cannot be paid yet, in Chinese; empty where it can."""
    return "" if asking.case.stage in PAYABLE else publicity.not_granted(asking) or "公示还没有期满"


def not_paid(asking: Asking) -> str:
    """Why a claim has no arrived payment, in Chinese; empty where it has."""
    return "" if published.payment(asking.context, asking.case) else publicity.not_granted(asking) or "还没有拨付到账"


def payment_slip(asking: Asking) -> Content:
    """拨付告知单, with the account masked."""
    paid = published.payment(asking.context, asking.case)
    values = common(asking) | _money(asking) | {"payment_day": paid.answered_on if paid else None}
    return letter("payment-slip", values)


def _money(asking: Asking) -> dict[str, Filling]:
    context, case = asking.context, asking.case
    details, paid = opening_filing.filing_of(context, case).details, published.payment(context, case)
    bank_name, account = details.bank_name, details.bank_account
    fund = context.rulebook.for_class_starting(case.starts_on).fund
    if paid is not None:
        # The account may have changed since.
        bank_name, account = paid.bank_name, paid.unseal(context.vault, "account")
        fund = context.session.get_one(Fund, context.session.get_one(PaymentBatch, paid.batch_id).fund_code).name
    return publicity.granted(asking) | {
        "account_name": case.applicant_name if account else None,
        "bank_name": bank_name,
        "account": account,
        "masked_account": masked(account),
        "fund": fund,
    }
