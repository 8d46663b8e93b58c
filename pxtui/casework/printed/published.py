"""What became of a claim after its approval, as papers tell it: its publication, the objections, its payment."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from db.models import Case, Objection, PaymentLine, PublicityBatch, PublicityItem
from pxtui.casework.printed.asking import Asking
from pxtui.policy.deadlines import PublicityDays, publicity_days
from pxtui.policy.parameters import shipped_rulebook

_OUTCOMES = {"upheld": "成立", "dismissed": "不成立", None: "正在核查"}


@dataclass(frozen=True, slots=True)
class Publication:
    """Where and when a claim was published, and what was objected."""

    on: date
    days: PublicityDays
    page_address: str
    result: str
    """Code of Attachment 3: `raised` with an objection, `none` where the days are over without one, else empty."""
    handling: str
    """What became of the objections; without a word on who objected to what."""


def publication(session: Session, case: Case) -> Publication | None:
    """The publication that holds; None: there is none, or the claim was taken out of it."""
    found = session.exec(
        select(PublicityItem, PublicityBatch)
        .join(PublicityBatch, col(PublicityBatch.id) == PublicityItem.batch_id)
        .where(col(PublicityItem.case_id) == case.id, col(PublicityItem.outcome) != "withdrawn")
        .order_by(col(PublicityItem.id).desc())
    ).first()
    if found is None:
        return None
    item, batch = found
    objected = Counter(session.exec(select(Objection.outcome).where(col(Objection.item_id) == item.id)))
    result = "raised" if objected else ("none" if item.outcome == "cleared" else "")
    handling = "、".join(f"{objected[outcome]}件异议{said}" for outcome, said in _OUTCOMES.items() if objected[outcome])
    days = PublicityDays(batch.ends_on, batch.payable_from)
    return Publication(batch.published_on, days, batch.page_address, result, handling)


def days_of(asking: Asking) -> tuple[date, PublicityDays]:
    """The day of publication and what follows from it; of a claim that is not published, were it published today."""
    found = publication(asking.session, asking.case)
    if found is not None:
        return found.on, found.days
    today = asking.acting.today
    return today, publicity_days(today, shipped_rulebook().for_class_starting(asking.case.starts_on))


def payment(session: Session, case: Case) -> PaymentLine | None:
    """The payment that arrived; None: none did."""
    paid = select(PaymentLine).where(col(PaymentLine.case_id) == case.id, col(PaymentLine.outcome) == "paid")
    return session.exec(paid.order_by(col(PaymentLine.id).desc())).first()
