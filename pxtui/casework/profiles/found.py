"""Search by kind: cases, enterprises, people, occupations, platforms and providers, vouchers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select as selected
from sqlmodel import col, or_, select

from db.models import Case, ExchangedVoucher, Stage, UsedVoucher, Voucher
from pxtui.casework.desk.search import search
from pxtui.casework.exchange.known import office_name
from pxtui.casework.lifecycle.cases import CaseSummary, find, summary
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.profiles.found_enterprises import enterprises
from pxtui.casework.profiles.found_people import people
from pxtui.casework.profiles.used_words import different, is_meant
from pxtui.casework.staff.sight import Sight, sight
from pxtui.errors import NotFound
from pxtui.identifiers.text import canonical
from pxtui.identifiers.voucher_number import tail_of, voucher_key
from pxtui.policy.subsidy import yuan

MOST_OF_A_KIND = 9
_FEWEST_OF_VOUCHER = 4


class Kind(StrEnum):
    """What may be found, in the order of the list."""

    CASE = "案件"
    ENTERPRISE = "单位"
    PERSON = "人员"
    OCCUPATION = "职业"
    PLATFORM = "平台"
    PROVIDER = "培训机构"
    VOUCHER = "凭证"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found."""

    kind: Kind
    what: str
    beside: str
    """What tells it apart from others; numbers of people are masked."""
    key: str | int | bytes | None = None
    """The case number; the applicant's id; the person's look-up key; the name. None: it has no page here."""
    stage: Stage | None = None
    """Of a case."""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind; `more`: there is more than is listed."""

    hits: tuple[Hit, ...]
    more: bool = False


def found(context: Context, kind: Kind, text: str, *, most: int = MOST_OF_A_KIND) -> Group:
    """So many of a kind at most that a text means.

    Raises:
        PxtuiError: the register cannot be read.
    """
    if not canonical(text):
        return Group(())
    hits = _FINDERS[kind](context, text.strip(), most + 1)
    return Group(tuple(hits[:most]), len(hits) > most)


def _cases(context: Context, text: str, most: int) -> list[Hit]:
    if sight(context) is Sight.NOTHING:
        try:
            return [_case(context, summary(context, find(context, canonical(text))), "")]
        except NotFound:
            return []
    # Inside of the letters of a firm's name the firm itself is found.
    answer = search(context, text, most=most, inside=False)
    return [_case(context, case, answer.people.get(case.number, "")) for case in answer.cases]


def _case(context: Context, case: CaseSummary, whom: str) -> Hit:
    beside = (case.stage_name_on(context.today), whom, case.applicant_name, case.occupation, f"{case.starts_on}")
    return Hit(Kind.CASE, case.number, " ".join(filter(None, beside)), case.number, case.stage)


def _enterprises(context: Context, text: str, most: int) -> list[Hit]:
    return [
        Hit(Kind.ENTERPRISE, row.name, f"{row.credit_code} {row.legal_representative}".strip(), row.id)
        for row in enterprises(context, text, most=most)
    ]


def _people(context: Context, text: str, most: int) -> list[Hit]:
    if sight(context) is Sight.NOTHING:
        return []
    return [
        Hit(Kind.PERSON, row.name or "（只列号码）", f"{row.masked_number} {row.masked_phone}".strip(), row.key)
        for row in people(context, text, most=most)
    ]


def _occupations(context: Context, text: str, most: int) -> list[Hit]:
    used = different(context, col(Case.occupation))
    return [Hit(Kind.OCCUPATION, value, "", value) for value in used if is_meant(value, text)][:most]


def _platforms(context: Context, text: str, most: int) -> list[Hit]:
    domains = {platform.name: "、".join(platform.domains) for platform in context.rulebook.latest.platforms}
    names = dict.fromkeys((*different(context, col(Case.platform)), *domains))
    return [
        Hit(Kind.PLATFORM, name, domains.get(name, "不在通知所列的平台里"), name)
        for name in names
        if is_meant(f"{name}{domains.get(name, '')}", text) or is_meant(name, text)
    ][:most]


def _providers(context: Context, text: str, most: int) -> list[Hit]:
    used = different(context, col(Case.provider))
    return [Hit(Kind.PROVIDER, name, "", name) for name in used if is_meant(name, text)][:most]


def _vouchers(context: Context, text: str, most: int) -> list[Hit]:
    key = voucher_key(text)
    if len(key) < _FEWEST_OF_VOUCHER or not any(map(str.isdigit, key)):
        return []
    tail = tail_of(key)
    here = selected(Voucher, Case).join(Case, col(Case.id) == col(Voucher.case_id))
    same = [col(Voucher.number_key) == key, *([col(Voucher.number_tail) == tail] if tail else [])]
    here = here.where(or_(*same), *roles.of_seen_offices(context, Case.office_code))
    hits = [
        Hit(
            Kind.VOUCHER,
            row.number,
            f"{case.number} {yuan(row.amount_fen)}元 {row.issued_on} {row.payee}",
            case.number,
            case.stage,
        )
        for row, case in context.session.execute(here.order_by(col(Voucher.id).desc()).limit(most))
    ]
    used = select(UsedVoucher).where(
        or_(col(UsedVoucher.number_key) == key, *([col(UsedVoucher.number_tail) == tail] if tail else []))
    )
    hits += [Hit(Kind.VOUCHER, row.number, f"已用：{row.source}") for row in context.session.exec(used.limit(most))]
    theirs = select(ExchangedVoucher).where(
        or_(col(ExchangedVoucher.number_key) == key, *([col(ExchangedVoucher.number_tail) == tail] if tail else [])),
        col(ExchangedVoucher.struck) == "",
    )
    hits += [
        Hit(Kind.VOUCHER, told.number, f"{office_name(context, told.office_code)} {told.case_number}")
        for told in context.session.exec(theirs.limit(most))
    ]
    return hits


_FINDERS: Mapping[Kind, Callable[[Context, str, int], list[Hit]]] = {
    Kind.CASE: _cases,
    Kind.ENTERPRISE: _enterprises,
    Kind.PERSON: _people,
    Kind.OCCUPATION: _occupations,
    Kind.PLATFORM: _platforms,
    Kind.PROVIDER: _providers,
    Kind.VOUCHER: _vouchers,
}
