"""The page of an enterprise: classes, people, money, size as stated and by its figures, vouchers, marks, phones."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy import select as selected
from sqlmodel import col, func, select

from db.models import Act, Applicant, Case, Enrolment, Voucher
from pxtui.casework.lifecycle import fraud
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.people import reveals
from pxtui.casework.profiles import classes, phone_sharing
from pxtui.casework.profiles.classes import ClassLine, Money
from pxtui.casework.profiles.found_enterprises import enterprises
from pxtui.casework.profiles.phone_sharing import SharedPhone
from pxtui.casework.staff.sight import masked_account, require_people
from pxtui.errors import NotFound, Refused
from pxtui.identifiers import phone
from pxtui.identifiers.text import canonical_code
from pxtui.policy import words
from pxtui.policy.facts import Size
from pxtui.policy.subsidy import yuan

_MOST_VOUCHERS = 50
_MOST_NAMED = 9


@dataclass(frozen=True, slots=True)
class UsedInvoice:
    """A voucher of one of the claims."""

    number: str
    """As typed."""
    sentence: str
    """Day, amount, seller and case."""
    case_number: str


@dataclass(frozen=True, slots=True)
class EnterprisePage:
    """What the register knows of an enterprise. Phones and accounts are masked."""

    applicant_id: int
    name: str
    credit_code: str
    other_names: tuple[str, ...]
    """Under which it filed, or that others with its credit code have."""
    facts: tuple[str, ...]
    """Address, people, phones, account; a line each."""
    size: str
    """As stated, by its figures, and the figures, in Chinese."""
    classes: tuple[ClassLine, ...]
    money: Money
    people: int
    """Different ID numbers in its rosters."""
    elsewhere: int
    """Classes that the acting person does not see."""
    vouchers: tuple[UsedInvoice, ...]
    marks: tuple[str, ...]
    """Of frauds, in Chinese."""
    shared_phones: tuple[SharedPhone, ...]


def meant(context: Context, text: str) -> int:
    """The id of the one enterprise that a text means.

    Raises:
        PxtuiError: none or several are meant.
    """
    found = enterprises(context, text, most=_MOST_NAMED)
    if not found:
        raise NotFound("没有查到这样的单位：按名称的一部分、首字母、统一社会信用代码查。")
    exact = [row for row in found if row.name == text.strip() or row.credit_code_key == canonical_code(text)]
    if len(found) > 1 and len(exact) != 1:
        names = "、".join(f"{row.name} {row.credit_code}".strip() for row in found)
        raise Refused(f"查到{len(found)}个单位：{names}；请写全名或代码。")
    return (exact or found)[0].id


def of_case(context: Context, number: str) -> int:
    """The id of the applicant of a case.

    Raises:
        PxtuiError: there is no such case.
    """
    return find(context, number).applicant_id


def enterprise_page(context: Context, applicant_id: int) -> EnterprisePage:
    """The page of an applicant with all rows that have its credit code.

    Raises:
        NotFound: there is no such applicant.
        NotAllowed: the acting person sees nothing of people.
    """
    require_people(context)
    own, ids, names = _rows(context, applicant_id)
    of_it = col(Case.applicant_id).in_(ids)
    filed = classes.lines(context, of_it)
    seen = [line for line in filed if line.number]
    newest = context.session.exec(
        select(Case)
        .where(of_it, *roles.of_seen_offices(context, Case.office_code))
        .order_by(col(Case.id).desc())
        .limit(1)
    ).first()
    keys = {own.phone_key} if own.phone_key else set()
    return EnterprisePage(
        applicant_id=own.id,
        name=own.name,
        credit_code=own.credit_code,
        other_names=tuple(name for name in dict.fromkeys((*names, *(line.firm for line in seen))) if name != own.name),
        facts=_facts(context, own),
        size=_size(own, newest),
        classes=filed,
        money=classes.money(context, of_it),
        people=_people(context, of_it),
        elsewhere=len(filed) - len(seen),
        vouchers=_vouchers(context, of_it),
        marks=() if newest is None else fraud.marks(context, newest),
        shared_phones=phone_sharing.of_phones(context, keys, applicants=ids),
    )


def open_in_full(context: Context, applicant_id: int, reason: str) -> str:
    """Phones and account of an enterprise in full, in a sentence; the journal has who looked and why.

    Raises:
        PxtuiError: as in `reveals.of_row`, there is no such applicant, or no reason is given.
    """
    own = context.session.get(Applicant, applicant_id)
    if own is None:
        raise NotFound("没有这个单位。")
    counted = reveals.with_reason(context, Act.READ_ACCOUNT, "看全号：单位页的电话、账号", "", reason)
    contact, legal, account = (
        own.unseal(context.vault, column) for column in ("contact_phone", "legal_phone", "bank_account")
    )
    return (
        f"经办人{own.contact_name}{contact or '没有'} 法定代表人{own.legal_representative}{legal or '没有'} "
        f"账号{account or '没有'} {counted}"
    )


def _rows(context: Context, applicant_id: int) -> tuple[Applicant, list[int], list[str]]:
    """The applicant, and the ids and names of all rows with its credit code."""
    own = context.session.get(Applicant, applicant_id)
    if own is None:
        raise NotFound("没有这个单位，请返回后重新查找。")
    if not own.credit_code_key:
        return own, [own.id], []
    same = selected(col(Applicant.id), col(Applicant.name)).where(col(Applicant.credit_code_key) == own.credit_code_key)
    found = context.session.execute(same).all()
    return own, [found_id for found_id, _ in found], [name for _, name in found]


def _facts(context: Context, own: Applicant) -> tuple[str, ...]:
    contact, legal, account = (
        own.unseal(context.vault, column) for column in ("contact_phone", "legal_phone", "bank_account")
    )
    people = f"法定代表人{own.legal_representative or '未填'} {phone.masked(legal)}".strip()
    return (
        f"{people}  经办人{own.contact_name or '未填'} {phone.masked(contact)}".strip(),
        f"地址{own.address or '未填'}  开户{own.bank_name or '未填'} {masked_account(account)}".strip(),
    )


def _size(own: Applicant, newest: Case | None) -> str:
    stated = _named(newest.stated_size if newest is not None else own.size)
    computed = _named(newest.size if newest is not None else None)
    figures = [
        f"{name}{value}{unit}"
        for name, value, unit in (
            ("从业", own.staff_count, "人"),
            ("营业收入", own.revenue_wan, "万元"),
            ("资产", own.assets_wan, "万元"),
        )
        if value is not None
    ]
    differs = "，两者不同" if stated and computed and stated != computed else ""
    shown = f"规模：自报{stated or '未填'}，审查按{computed or '未定'}{differs}"
    return f"{shown}；{'、'.join(figures)}" if figures else shown


def _named(size: str | None) -> str:
    return words.SIZES[Size(size)] if size else ""


def _people(context: Context, of_it: ColumnElement[bool]) -> int:
    wanted = (
        select(func.count(func.distinct(col(Enrolment.id_key))))
        .join(Case, col(Case.id) == col(Enrolment.case_id))
        .where(of_it, *roles.of_seen_offices(context, Case.office_code))
    )
    return context.session.exec(wanted).one()


def _vouchers(context: Context, of_it: ColumnElement[bool]) -> tuple[UsedInvoice, ...]:
    wanted = (
        selected(Voucher, Case)
        .join(Case, col(Case.id) == col(Voucher.case_id))
        .where(of_it, *roles.of_seen_offices(context, Case.office_code))
        .order_by(col(Voucher.id).desc())
        .limit(_MOST_VOUCHERS)
    )
    return tuple(
        UsedInvoice(
            row.number, f"{row.issued_on} {yuan(row.amount_fen)}元 {row.payee}，{case.display_number}", case.number
        )
        for row, case in context.session.execute(wanted)
    )
