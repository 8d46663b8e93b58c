"""Enterprises that had to pay back what they obtained by fraud (notice 六(三)): marked for a term of years.

The mark is a finding of the register and not of the rules: it judges nothing, whoever decides has to know it.
"""

from datetime import date

from sqlmodel import col, select

from db.models import Applicant, Case, Recovery
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.identifiers.text import canonical_code
from pxtui.policy.subsidy import yuan


def marks(context: Context, case: Case) -> tuple[str, ...]:
    """What is known of an enterprise's frauds within the term, in Chinese, the newest first; empty: nothing.

    The term runs from the day on which the recovery was approved. One that was dropped marks nobody.
    """
    years = office_settings.settings(context).fraud_years
    found = context.session.exec(
        select(Case, Recovery)
        .join(Recovery, col(Recovery.case_id) == Case.id)
        .where(
            col(Recovery.is_fraud).is_(True),
            col(Recovery.approved_on) > _years_before(context.today, years),
            col(Recovery.dropped_on).is_(None),
        )
        .order_by(col(Recovery.id).desc())
    )
    same, code = _same_enterprise(context, case), canonical_code(case.credit_code)
    sentences = []
    for recovered, row in found:
        # By the code of the filing too: a code that is corrected on file takes no mark from whoever bears it.
        if recovered.applicant_id not in same and (not code or canonical_code(recovered.credit_code) != code):
            continue
        assert row.approved_on is not None
        until = _after_years(row.approved_on, years)
        if context.today < until:
            sentences.append(
                f"{case.applicant_name}曾骗取补贴：{recovered.number}的{yuan(row.amount_fen)}元"
                f"{row.approved_on}批准追回（{row.reason}），标注到{until}；请从严审查（通知六(三)）。"
            )
    return tuple(sentences)


def _same_enterprise(context: Context, case: Case) -> list[int]:
    """The applicant of a case, and whoever else bears its credit code."""
    own = context.session.get_one(Applicant, case.applicant_id)
    if not own.credit_code_key:
        return [own.id]
    same = select(Applicant.id).where(col(Applicant.credit_code_key) == own.credit_code_key)
    return list(context.session.exec(same))


def _years_before(day: date, years: int) -> date:
    """A day that is at least so many years and one day ago."""
    return date(max(day.year - years - 1, 1), 12, 31)


def _after_years(day: date, years: int) -> date:
    """The same day some years later; of a 29 February the day after."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
