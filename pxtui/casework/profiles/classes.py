"""The classes of an enterprise, an occupation, a platform or a provider: lines for their pages, and sums of money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import select as selected
from sqlmodel import col, func, select

from db.models import Case, PaymentLine, PaymentOutcome, Recovery, Stage
from pxtui.casework.lifecycle.cases import summary
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.profiles.of_person import sees
from pxtui.policy.subsidy import yuan

MOST_CLASSES = 200


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class. Both days are inclusive."""

    source: str
    """The case as printed."""
    number: str
    """Of the case, to be opened; empty: the acting person does not see it."""
    stage: Stage | None
    what: str
    """Occupation and level: 焊工五级."""
    starts_on: date
    ends_on: date
    firm: str
    """Of a case that is not seen the office."""
    state: str
    heads: int | None
    """Approved; None: not decided, or not seen."""
    asked_fen: int | None
    approved_fen: int | None
    platform: str
    provider: str


@dataclass(frozen=True, slots=True)
class Money:
    """Sums in fen over the classes that the acting person sees."""

    classes: int
    heads: int
    asked_fen: int
    deducted_fen: int
    """What decided claims got less than was asked for."""
    approved_fen: int
    paid_fen: int
    returned_fen: int
    claimed_back_fen: int
    """Ordered back, approved and not returned yet."""

    @property
    def in_words(self) -> str:
        """In yuan, one line."""
        back = f" 待追回{yuan(self.claimed_back_fen)}" if self.claimed_back_fen else ""
        return (
            f"申请{yuan(self.asked_fen)} 核减{yuan(self.deducted_fen)} 批准{yuan(self.approved_fen)} "
            f"已拨付{yuan(self.paid_fen)} 退回{yuan(self.returned_fen)}{back}（元）"
        )


def lines(context: Context, condition: ColumnElement[bool]) -> tuple[ClassLine, ...]:
    """The newest classes of all offices of which a condition on cases holds."""
    # Their numbers first, off the index alone: to sort whole cases takes as long as to read them.
    newest = select(Case.id).where(condition).order_by(col(Case.id).desc()).limit(MOST_CLASSES)
    wanted = select(Case).where(col(Case.id).in_(newest)).order_by(col(Case.id).desc())
    return tuple(_line(context, case) for case in context.session.exec(wanted))


def _line(context: Context, case: Case) -> ClassLine:
    is_seen, told = sees(context, case.office_code), summary(context, case)
    return ClassLine(
        source=case.display_number,
        number=case.number if is_seen else "",
        stage=case.stage if is_seen else None,
        what=told.occupation,
        starts_on=case.starts_on,
        ends_on=case.ends_on,
        firm=case.applicant_name if is_seen else told.office,
        state=told.stage_name_on(context.today) if is_seen else "",
        heads=case.approved_heads if is_seen else None,
        asked_fen=case.claimed_total_fen if is_seen else None,
        approved_fen=case.approved_total_fen if is_seen else None,
        platform=case.platform or "" if is_seen else "",
        provider=case.provider or "" if is_seen else "",
    )


def money(context: Context, condition: ColumnElement[bool]) -> Money:
    """The sums over the classes of which a condition on cases holds, in three statements."""
    seen = (condition, *roles.of_seen_offices(context, Case.office_code))
    is_decided = col(Case.approved_total_fen).is_not(None)
    cut = func.sum(col(Case.claimed_total_fen) - col(Case.approved_total_fen)).filter(is_decided)
    of_cases = selected(
        func.count(),
        func.sum(col(Case.approved_heads)),
        func.sum(col(Case.claimed_total_fen)),
        cut,
        func.sum(col(Case.approved_total_fen)),
    ).where(*seen)
    classes, heads, asked, deducted, approved = map(_whole, context.session.execute(of_cases).one())
    # Sorted out here and not in the condition: SQLite might walk all payments of the register rather than these cases'.
    of_lines = (
        selected(func.sum(col(PaymentLine.amount_fen)).filter(col(PaymentLine.outcome) == PaymentOutcome.PAID))
        .join(Case, col(Case.id) == col(PaymentLine.case_id))
        .where(*seen)
    )
    back = (
        selected(
            func.sum(col(Recovery.amount_fen)).filter(col(Recovery.returned_on).is_not(None)),
            func.sum(col(Recovery.amount_fen)).filter(
                col(Recovery.returned_on).is_(None),
                col(Recovery.approved_on).is_not(None),
                col(Recovery.dropped_on).is_(None),
            ),
        )
        .join(Case, col(Case.id) == col(Recovery.case_id))
        .where(*seen)
    )
    paid = _whole(context.session.execute(of_lines).scalar_one())
    returned, claimed_back = map(_whole, context.session.execute(back).one())
    return Money(classes, heads, asked, deducted, approved, paid, returned, claimed_back)


def _whole(value: object) -> int:
    return int(str(value or 0))


def in_list(values: Sequence[str], most: int = 5) -> str:
    """The first of some texts, and how many there are."""
    return "、".join(values[:most]) + (f"等{len(values)}" if len(values) > most else "")
