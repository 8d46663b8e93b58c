"""The page of a platform, a provider or an occupation: classes, share of all money, related names and enterprises."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select as selected
from sqlalchemy.orm import Mapped
from sqlmodel import col, func, or_, select

from db.models import Applicant, Case
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.profiles import classes
from pxtui.casework.profiles.classes import ClassLine
from pxtui.casework.profiles.found import Kind
from pxtui.casework.profiles.used_words import different, is_meant
from pxtui.casework.staff.sight import require_people
from pxtui.errors import NotFound, Refused
from pxtui.identifiers import phone
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.policy.subsidy import yuan

_COLUMNS: Mapping[Kind, Mapped[str] | Mapped[str | None]] = {
    Kind.PLATFORM: col(Case.platform),
    Kind.PROVIDER: col(Case.provider),
    Kind.OCCUPATION: col(Case.occupation),
}
_BESIDE = {Kind.PLATFORM: Kind.PROVIDER, Kind.PROVIDER: Kind.PLATFORM, Kind.OCCUPATION: Kind.PLATFORM}
"""What stands beside it in the classes and is counted."""
_MOST_RELATED = 12
_NEWEST = 50
"""Classes whose domains and credit codes are looked at."""


@dataclass(frozen=True, slots=True)
class RelatedName:
    """A provider of a platform or the other way round, with its classes and money in fen."""

    kind: Kind
    name: str
    classes: int
    approved_fen: int


@dataclass(frozen=True, slots=True)
class RelatedEnterprise:
    """An enterprise on file that is the provider, or has its credit code. Phones are masked."""

    applicant_id: int
    name: str
    sentence: str
    """Legal representative, contact, phones, address."""
    is_own_customer: bool
    """It applied for classes that it was paid for itself."""


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """What the register knows of it, over the classes that the acting person sees."""

    kind: Kind
    name: str
    domains: str
    """Of a platform of the notice; else what the applications say."""
    classes_count: int
    approved_fen: int
    all_approved_fen: int
    """Of all platforms and providers together."""
    classes: tuple[ClassLine, ...]
    related: tuple[RelatedName, ...]
    enterprises: tuple[RelatedEnterprise, ...]

    @property
    def share(self) -> str:
        """Of all the money that was approved, in percent with a decimal; empty where none was."""
        if not self.all_approved_fen:
            return ""
        thousandths = (self.approved_fen * 2_000 + self.all_approved_fen) // (2 * self.all_approved_fen)
        return f"{thousandths // 10}.{thousandths % 10}%"

    @property
    def in_words(self) -> str:
        """Classes, money and share, one line."""
        share = f"，占全部批准金额的{self.share}" if self.share else ""
        return f"{self.classes_count}个班，批准{yuan(self.approved_fen)}元{share}"


def meant(context: Context, text: str) -> tuple[Kind, str]:
    """The one platform, provider or occupation that a text means.

    Raises:
        PxtuiError: none or several are meant.
    """
    found = [
        (kind, name)
        for kind in (Kind.PLATFORM, Kind.PROVIDER)
        for name in different(context, _COLUMNS[kind])
        if is_meant(name, text)
    ]
    exact = [(kind, name) for kind, name in found if canonical(name) == canonical(text)]
    if not found:
        raise NotFound("没有查到这样的平台或培训机构：按名称的一部分或首字母查，只查申请里写过的。")
    if len(found) > 1 and not exact:
        raise Refused(f"查到{len(found)}个：{'、'.join(f'{kind}{name}' for kind, name in found)}；请写全名。")
    return (exact or found)[0]


def subject_page(context: Context, subject: tuple[Kind, str]) -> SubjectPage:
    """The page of a platform, a provider or an occupation by its name as applications write it.

    Raises:
        NotAllowed: the acting person sees nothing of people.
    """
    require_people(context)
    kind, name = subject
    column = _COLUMNS[kind]
    of_it = column == name
    seen = roles.of_seen_offices(context, Case.office_code)
    related = _related(context, kind, name)
    approved = func.sum(col(Case.approved_total_fen))
    # Every case has an occupation, by whose index the sum is read.
    everything = context.session.execute(selected(approved).where(col(Case.occupation) >= "", *seen)).scalar_one()
    return SubjectPage(
        kind=kind,
        name=name,
        domains="" if kind is Kind.OCCUPATION else _domains(context, kind, name),
        classes_count=sum(each.classes for each in related),
        approved_fen=sum(each.approved_fen for each in related),
        all_approved_fen=int(everything or 0),
        classes=classes.lines(context, of_it),
        related=tuple(each for each in related if each.name)[:_MOST_RELATED],
        enterprises=_enterprises(context, name) if kind is Kind.PROVIDER else (),
    )


def _related(context: Context, kind: Kind, name: str) -> list[RelatedName]:
    """What stands beside it, with most money first; all its classes are in one of them, those without a name too."""
    other = _BESIDE[kind]
    beside, approved = _COLUMNS[other], func.sum(col(Case.approved_total_fen))
    wanted = (
        selected(beside, func.count(), approved)
        .where(_COLUMNS[kind] == name, *roles.of_seen_offices(context, Case.office_code))
        .group_by(beside)
    )
    found = [
        RelatedName(other, text or "", int(count), int(fen or 0))
        for text, count, fen in context.session.execute(wanted)
    ]
    return sorted(found, key=lambda each: (-each.approved_fen, -each.classes, each.name))


def _domains(context: Context, kind: Kind, name: str) -> str:
    listed = {platform.name: platform.domains for platform in context.rulebook.latest.platforms}
    if kind is Kind.PLATFORM and name in listed:
        return f"通知所列平台，域名{'、'.join(listed[name])}"
    newest = (
        select(Case.domain)
        .where(_COLUMNS[kind] == name, *roles.of_seen_offices(context, Case.office_code))
        .order_by(col(Case.id).desc())
        .limit(_NEWEST)
    )
    told = classes.in_list(list(dict.fromkeys(filter(None, context.session.exec(newest)))))
    where = "不在通知所列的平台里" if kind is Kind.PLATFORM else ""
    return "，".join(filter(None, (where, f"申请所写域名{told}" if told else "")))


def _enterprises(context: Context, name: str) -> tuple[RelatedEnterprise, ...]:
    """Enterprises on file by the provider's name, or by the credit codes that applications give for it."""
    codes = selected(col(Case.provider_credit_code)).where(
        col(Case.provider) == name, col(Case.provider_credit_code) != ""
    )
    given = {
        canonical_code(code)
        for code in context.session.execute(codes.order_by(col(Case.id).desc()).limit(_NEWEST)).scalars()
    }
    wanted = (
        select(Applicant)
        .where(or_(col(Applicant.name) == name, col(Applicant.credit_code_key).in_(sorted(given))))
        .limit(_MOST_RELATED)
    )
    found = list(context.session.exec(wanted))
    own = selected(col(Case.applicant_id)).where(
        col(Case.provider) == name, col(Case.applicant_id).in_([row.id for row in found])
    )
    customers = set(context.session.execute(own.distinct()).scalars())
    return tuple(RelatedEnterprise(row.id, row.name, _sentence(context, row), row.id in customers) for row in found)


def _sentence(context: Context, row: Applicant) -> str:
    contact, legal = (row.unseal(context.vault, column) for column in ("contact_phone", "legal_phone"))
    people = (
        f"法定代表人{row.legal_representative} {phone.masked(legal)}，经办人{row.contact_name} {phone.masked(contact)}"
    )
    return f"{people}，地址{row.address or '未填'}"
