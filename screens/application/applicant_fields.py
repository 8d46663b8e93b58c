"""What is on file of an applicant, as the intake form keys it: its figures, its size by them, and who speaks for it."""

from decimal import Decimal

from pxtui.casework.opening.filing import ApplicantDetails, KnownApplicant
from pxtui.policy import words
from pxtui.policy.enterprise_size import SizeClass, size_class
from pxtui.policy.facts import Kind, Size
from screens.entry.effects import Row
from screens.entry.fields import Values

YES, NO = "yes", "no"
NONE = "none"
"""The code of a choice for “none of them”."""


def from_applicant(known: KnownApplicant) -> Row:
    """An applicant on file as the form shows it."""
    applicant, details = known.applicant, known.details
    figures = {
        "kind": applicant.kind.value,
        "industry": details.industry,
        "staff_count": text_of(details.staff_count),
        "revenue_wan": text_of(details.revenue_wan),
        "assets_wan": text_of(details.assets_wan),
        "figures_year": text_of(details.figures_year),
    }
    # A size that the figures do not give is the one that the applicant stated.
    stated = applicant.size if computed_size(figures).size is None else None
    return {
        "name": applicant.name,
        "credit_code": applicant.credit_code,
        **figures,
        "stated_size": stated.value if stated else "",
        "county": applicant.county,
        "zone": YES if applicant.vanadium_titanium_zone else NO,
        "group": applicant.group.value if applicant.group else NONE,
        "business_scope": details.business_scope,
        "address": details.address,
        "legal_representative": details.legal_representative,
        "legal_phone": details.legal_phone,
        "contact_name": details.contact_name,
        "contact_phone": details.contact_phone,
        "bank_name": details.bank_name,
        "bank_account": details.bank_account,
    }


def computed_size(values: Values) -> SizeClass:
    """The size class by the figures; where they do not decide, the one that the applicant states."""
    if values.get("kind") == Kind.TRAINING_INSTITUTION.value:
        return SizeClass(None, "培训机构不划型")
    if not values.get("industry"):
        by_figures = SizeClass(None, "先选行业再填人数、收入、资产")
    else:
        by_figures = size_class(
            values["industry"],
            staff=whole(values.get("staff_count", "")),
            revenue=_decimal(values.get("revenue_wan", "")),
            assets=_decimal(values.get("assets_wan", "")),
        )
    stated = values.get("stated_size", "")
    if by_figures.size is None and stated:
        size = Size(stated)
        return SizeClass(size, f"按申报；{by_figures.reason}")
    return by_figures


def to_details(values: Values) -> ApplicantDetails:
    """What was keyed of an applicant beside the facts that rules judge."""
    return ApplicantDetails(
        industry=values.get("industry", ""),
        staff_count=whole(values.get("staff_count", "")),
        revenue_wan=_decimal(values.get("revenue_wan", "")),
        assets_wan=_decimal(values.get("assets_wan", "")),
        figures_year=whole(values.get("figures_year", "")),
        business_scope=values.get("business_scope", ""),
        address=values.get("address", ""),
        legal_representative=values.get("legal_representative", ""),
        legal_phone=values.get("legal_phone", ""),
        contact_name=values.get("contact_name", ""),
        contact_phone=values.get("contact_phone", ""),
        bank_name=values.get("bank_name", ""),
        bank_account=values.get("bank_account", ""),
    )


def size_sentence(values: Values) -> str:
    """The size class with its reason, for the form."""
    computed, stated = computed_size(values), values.get("stated_size", "")
    if computed.size is None:
        return f"未定：{computed.reason}"
    other = f"，申报{words.SIZES[Size(stated)]}" if stated and Size(stated) is not computed.size else ""
    return f"{words.SIZES[computed.size]}{other}（{computed.reason}）"


def whole(text: str) -> int | None:
    """The number that was keyed; None where none was."""
    return int(text) if text else None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def text_of(number: object) -> str:
    """A number as the form shows it; empty for None."""
    return "" if number is None else str(number)
