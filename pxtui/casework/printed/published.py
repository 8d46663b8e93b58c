"""Publication, objections and payment of a granted claim, for papers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.models import (
    Case,
    ItemOutcome,
    Objection,
    PaperIssued,
    PaymentBatch,
    PaymentLine,
    PaymentOutcome,
    PublicityBatch,
    PublicityItem,
)
from pxtui.casework.lifecycle.stated_days import Stated, stated
from pxtui.casework.office.context import Context
from pxtui.casework.payment.batches import PAYMENT_BATCHES
from pxtui.casework.payment.movements import moments
from pxtui.casework.publicity.batches import PUBLICITY_BATCHES, kept_item
from pxtui.casework.publicity.objections import OUTCOME_NAMES
from pxtui.policy.deadlines import PublicityDays

_HANDLING: tuple[tuple[str | None, str], ...] = (*OUTCOME_NAMES.items(), (None, "正在核查"))


@dataclass(frozen=True, slots=True)
class Publication:
    """The publication of a claim: day, days, web address and objections."""

    on: date
    days: PublicityDays
    page_address: str
    result: str
    """Code of Attachment 3: `raised` with an objection, `none` where the days are over without one, else empty."""
    handling: str
    """The outcomes of the objections in Chinese, without names and statements."""
    number: str
    """Of its batch, such as GS2020-DQ-001."""
    stated: Stated | None = None
    """How its day was stated, where that was afterwards."""


def publication(context: Context, case: Case) -> Publication | None:
    """The valid publication of a claim; None: there is none, or the claim was taken out of its batch."""
    item = kept_item(context, case)
    return None if item is None else _publication(context, item)


def objected(context: Context, case: Case) -> Publication | None:
    """The publication to which the newest objection was made, also where it took the claim out; None: there is none."""
    found = select(PublicityItem).join(Objection, col(Objection.item_id) == PublicityItem.id)
    of_case = found.where(col(PublicityItem.case_id) == case.id)
    item = context.session.exec(of_case.order_by(col(Objection.id).desc())).first()
    return None if item is None else _publication(context, item)


def batch_number(context: Context, case: Case) -> str | None:
    """The number of the batch in which a claim is published; None: it is in none, or was taken out."""
    item = kept_item(context, case)
    if item is None:
        return None
    return PUBLICITY_BATCHES.number(context, context.session.get_one(PublicityBatch, item.batch_id))


def notice_of(context: Context, batch: str) -> PaperIssued | None:
    """The newest public notice of a batch; None: it is not printed yet."""
    return next(iter(papers_of_batch(context, "public-notice", batch)), None)


def papers_of_batch(context: Context, form: str, batch: str) -> list[PaperIssued]:
    """The issued papers of this form about a batch, the newest first: their files' names begin with its number."""
    about_it = select(PaperIssued).where(
        col(PaperIssued.case_id).is_(None),
        col(PaperIssued.form) == form,
        col(PaperIssued.file_name).startswith(f"{batch} ", autoescape=True),
    )
    return list(context.session.exec(about_it.order_by(col(PaperIssued.id).desc())))


def _publication(context: Context, item: PublicityItem) -> Publication:
    batch = context.session.get_one(PublicityBatch, item.batch_id)
    objected_to = Counter(context.session.exec(select(Objection.outcome).where(col(Objection.item_id) == item.id)))
    result = "raised" if objected_to else ("none" if item.outcome == ItemOutcome.CLEARED else "")
    handling = "、".join(f"{objected_to[outcome]}件异议{state}" for outcome, state in _HANDLING if objected_to[outcome])
    return Publication(
        batch.published_on,
        PublicityDays(batch.ends_on, batch.payable_from),
        batch.page_address,
        result,
        handling,
        PUBLICITY_BATCHES.number(context, batch),
        next(iter(stated(context, batch)), None),
    )


def payment(context: Context, case: Case) -> PaymentLine | None:
    """The arrived payment of a claim; None: there is none."""
    of_case = col(PaymentLine.case_id) == case.id
    paid = select(PaymentLine).where(of_case, col(PaymentLine.outcome) == PaymentOutcome.PAID)
    return context.session.exec(paid.order_by(col(PaymentLine.id).desc())).first()


def payment_lines(context: Context, case: Case) -> list[PaymentLine]:
    """The payments of a claim that were not taken out of their batches, in order."""
    of_case = select(PaymentLine).where(col(PaymentLine.case_id) == case.id)
    lines = context.session.exec(of_case.order_by(col(PaymentLine.id)))
    return [line for line in lines if line.outcome is not PaymentOutcome.STOPPED]


def payment_batch_number(context: Context, line: PaymentLine) -> str:
    """The number of a payment's batch, such as BF2020-DQ-001."""
    return PAYMENT_BATCHES.number(context, context.session.get_one(PaymentBatch, line.batch_id))


def answered_on(lines: Iterable[PaymentLine]) -> date | None:
    """The last day on which the bank answered one of these payments; None: it has answered none."""
    return max((line.answered_on for line in lines if line.answered_on is not None), default=None)


def numbers_since(context: Context, case: Case, form: str, day: date) -> list[str]:
    """The numbers of a case's issued papers of this form from a day on, in order."""
    begins, _ = moments(day, day)
    of_case = select(PaperIssued.number).where(
        col(PaperIssued.case_id) == case.id, col(PaperIssued.form) == form, col(PaperIssued.issued_at) >= begins
    )
    return list(context.session.exec(of_case.order_by(col(PaperIssued.id))))
