"""Publication, objections and payment of a granted claim, for papers."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.models import Case, ItemOutcome, Objection, PaymentLine, PaymentOutcome, PublicityBatch
from pxtui.casework.lifecycle.stated_days import Stated, stated
from pxtui.casework.office.context import Context
from pxtui.casework.printed.asking import Asking, marked
from pxtui.casework.publicity.batches import kept_item
from pxtui.casework.publicity.objections import OUTCOME_NAMES
from pxtui.policy.deadlines import PublicityDays, publicity_days

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
    stated: Stated | None = None
    """How its day was stated, where that was afterwards."""


def publication(context: Context, case: Case) -> Publication | None:
    """The valid publication of a claim; None: there is none, or the claim was taken out of its batch."""
    item = kept_item(context, case)
    if item is None:
        return None
    batch = context.session.get_one(PublicityBatch, item.batch_id)
    objected = Counter(context.session.exec(select(Objection.outcome).where(col(Objection.item_id) == item.id)))
    result = "raised" if objected else ("none" if item.outcome == ItemOutcome.CLEARED else "")
    handling = "、".join(f"{objected[outcome]}件异议{state}" for outcome, state in _HANDLING if objected[outcome])
    days = PublicityDays(batch.ends_on, batch.payable_from)
    day = next(iter(stated(context, batch)), None)
    return Publication(batch.published_on, days, batch.page_address, result, handling, day)


def days_of(asking: Asking) -> tuple[date, PublicityDays]:
    """The day of publication and its days; for an unpublished claim, as if published today."""
    found = publication(asking.context, asking.case)
    if found is not None:
        return found.on, found.days
    today = asking.context.today
    notice = asking.context.rulebook.for_class_starting(asking.case.starts_on)
    return today, publicity_days(today, notice, asking.context.working_days)


def shown_day(asking: Asking) -> date | str | None:
    """The day of `days_of` as a paper shows it: with a mark where it was stated afterwards."""
    found = publication(asking.context, asking.case)
    return days_of(asking)[0] if found is None else marked(found.on, found.stated)


def payment(context: Context, case: Case) -> PaymentLine | None:
    """The arrived payment of a claim; None: there is none."""
    of_case = col(PaymentLine.case_id) == case.id
    paid = select(PaymentLine).where(of_case, col(PaymentLine.outcome) == PaymentOutcome.PAID)
    return context.session.exec(paid.order_by(col(PaymentLine.id).desc())).first()
