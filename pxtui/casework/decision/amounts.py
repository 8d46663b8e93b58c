"""Amounts of a claim, in fen: claimed, checked, approved, published, paid; and its deductions for the decision."""

from dataclasses import dataclass

from sqlmodel import col, func, select

from db.models import Case, PaymentLine, PaymentOutcome, PublicityItem
from pxtui.casework.check import checklist, eligibility
from pxtui.casework.check.checklist import MaterialItem
from pxtui.casework.check.claim_figures import figures_of
from pxtui.casework.check.eligibility import Overview
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import CLAIM_DECIDED, CLAIM_TURNED_DOWN, application_of
from pxtui.casework.office.context import Context
from pxtui.casework.payment import recovery
from pxtui.policy.deductions import Deduction
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.subsidy import yuan
from pxtui.policy.working_days import CalendarMissing


@dataclass(frozen=True, slots=True)
class Amounts:
    """The amounts of a claim at its steps; None: unknown, or the step is not reached."""

    claimed_fen: int | None = None
    checked_fen: int | None = None
    approved_fen: int | None = None
    published_fen: int | None = None
    paid_fen: int | None = None
    """Less what was returned."""

    @property
    def in_words(self) -> str:
        """The amounts in yuan, one Chinese line: 申请1500.00  初审1000.00  审批未定; no step that was passed over."""
        named = (
            ("申请", self.claimed_fen),
            ("初审", self.checked_fen),
            ("审批", self.approved_fen),
            ("公示", self.published_fen),
            ("拨付", self.paid_fen),
        )
        last_known = max((place for place, (_, fen) in enumerate(named) if fen is not None), default=-1)
        return "  ".join(
            f"{name}{'未定' if fen is None else yuan(fen)}"
            for place, (name, fen) in enumerate(named)
            if fen is not None or place > last_known
        )


def amounts(context: Context, number: str) -> Amounts:
    """The amounts of the case with this number.

    Raises:
        PxtuiError: there is no such case.
    """
    case = find(context, number)
    return Amounts(
        claimed_fen=case.claimed_total_fen,
        checked_fen=case.checked_total_fen,
        approved_fen=_approved(case),
        published_fen=_published(context, case),
        paid_fen=_paid(context, case),
    )


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """The facts shown beside the check to the person who decides."""

    amounts: Amounts
    deductions: tuple[Deduction, ...]
    """The claim's deductions by reason code; empty where no subsidy is paid for the class."""
    too_few: tuple[MaterialItem, ...]
    """The materials with fewer copies than people."""


def decision_sheet(context: Context, number: str, checked: Overview) -> DecisionSheet:
    """The amounts, deductions and short materials of a case, beside its check.

    Raises:
        PxtuiError: there is no such case.
    """
    case = find(context, number)
    items = checklist.of_application(context, case, checked.application)
    too_few = tuple(item for item in items if item.short)
    return DecisionSheet(amounts(context, number), _deductions(context, case, checked), too_few)


def taken_off(context: Context, number: str) -> tuple[Deduction, ...]:
    """The deductions of a case by reason code; empty where a year without a holiday calendar decides.

    Raises:
        PxtuiError: there is no such case.
    """
    case = find(context, number)
    try:
        return _deductions(context, case, eligibility.overview(context, number))
    except CalendarMissing:
        return ()


def in_words(deduction: Deduction) -> str:
    """A deduction in Chinese, in yuan: 05 非本企业职工 2人 1000.00元."""
    heads = f" {deduction.heads}人" if deduction.heads else ""
    return f"{deduction.reason.code} {deduction.reason.text}{heads} {yuan(deduction.amount_fen)}元"


def _deductions(context: Context, case: Case, checked: Overview) -> tuple[Deduction, ...]:
    if application_of(case.stage) is not ApplicationKind.CLAIM:
        return ()
    found = figures_of(context, case, checked)
    return () if found is None else found.deductions


def _approved(case: Case) -> int | None:
    stage = case.stage
    if stage in CLAIM_TURNED_DOWN:
        return 0
    return case.approved_total_fen if stage in CLAIM_DECIDED else None


def _published(context: Context, case: Case) -> int | None:
    """The total of the claim in the batch of its last publication; None: never published."""
    items = select(PublicityItem.total_fen).where(col(PublicityItem.case_id) == case.id)
    return context.session.exec(items.order_by(col(PublicityItem.id).desc()).limit(1)).first()


def _paid(context: Context, case: Case) -> int | None:
    arrived = col(PaymentLine.outcome) == PaymentOutcome.PAID
    if not context.session.exec(select(func.count()).where(col(PaymentLine.case_id) == case.id, arrived)).one():
        return None
    return recovery.paid_fen(context, case) - recovery.returned_fen(context, case)
