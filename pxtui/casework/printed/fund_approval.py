"""资金审批表: what a payment batch takes from its fund, for those who approve it (notice 三, 四(二))."""

from db.models import Fund, PaymentOutcome
from pxtui.casework.office.context import Context
from pxtui.casework.payment.batches import PAYMENT_BATCHES
from pxtui.casework.payment.movements import free_before
from pxtui.casework.printed import published
from pxtui.casework.printed.asking import Asking, Content, common, letter, office_of
from pxtui.papers.writing.capital_numerals import in_capitals
from pxtui.papers.writing.wording import Filling, Money
from pxtui.papers.writing.wording import day as in_words


def batch_approval(context: Context, number: str) -> Content:
    """资金审批表 of a batch, without the payments that were taken out of it.

    Raises:
        PxtuiError: there is no such batch.
    """
    batch = PAYMENT_BATCHES.find(context, number)
    fund = context.session.get_one(Fund, batch.fund_code)
    kept = [
        (line, case)
        for line, case in PAYMENT_BATCHES.items(context, batch)
        if line.outcome is not PaymentOutcome.STOPPED
    ]
    total = sum(line.amount_fen for line, _ in kept)
    before = free_before(context, batch)
    notices = [context.rulebook.for_class_starting(case.starts_on) for _, case in kept]
    newest = max(notices, key=lambda notice: notice.effective_from, default=context.rulebook.latest)
    values: dict[str, Filling] = office_of(context, batch.office_code) | {
        "officer": batch.prepared_by,
        "prepared_day": batch.prepared_on,
        "batch_number": PAYMENT_BATCHES.number(context, batch),
        "answered_day": published.answered_on(line for line, _ in kept),
        "fund": fund.name,
        "fund_code": fund.code,
        "claims_count": len(kept),
        "heads": sum(case.approved_heads or 0 for _, case in kept),
        "amount": Money(total),
        "capitals": in_capitals(total),
        "free_before": Money(before),
        "free_after": Money(before - total),
        "notice_number": newest.number,
    }
    lines: list[dict[str, Filling]] = []
    for seq, (line, case) in enumerate(kept, start=1):
        asking = Asking(context, case)
        aired = published.publication(context, case)
        lines.append(
            common(asking)
            | {
                "seq": seq,
                "heads": case.approved_heads,
                "publicity": aired.number if aired else None,
                "publicity_end": in_words(aired.days.ends_on) if aired else None,
                "amount": Money(line.amount_fen),
            }
        )
    return letter("fund-approval", values, claims=lines)


def only_of_batch(asking: Asking) -> str:
    """Where the approval of a claim's payment is printed, in Chinese: with its batch, never by itself."""
    lines = published.payment_lines(asking.context, asking.case)
    if not lines:
        return "资金审批表只按拨付批次出具，本案还没有列入拨付批次"
    number = published.payment_batch_number(asking.context, lines[-1])
    return f"资金审批表只按拨付批次出具：本案在{number}，请到“拨付”里出具"
