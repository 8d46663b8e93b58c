"""What several registers say otherwise of the same thing, and what two of them paid: a person decides before they are
one register.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from sqlalchemy import or_
from sqlmodel import Session, col, select

from db.engine import open_archive
from db.models import (
    CalendarVersion,
    Case,
    Enrolment,
    Fund,
    Lifting,
    Office,
    PaymentLine,
    PaymentOutcome,
    Person,
    Staff,
    Voucher,
    display_number,
)
from db.seal import Vault
from pxtui.casework.keeping.moving import opened, verified_head
from pxtui.errors import Refused
from pxtui.home import Home
from pxtui.identifiers.id_number import masked
from pxtui.identifiers.text import canonical_code
from pxtui.identifiers.voucher_number import may_be_one_invoice, tail_of
from pxtui.policy.subsidy import yuan

_FEWEST = 2


class Kind(StrEnum):
    """What two registers cannot both bring along."""

    PAID_TWICE = "重复发放"
    """Two offices paid the same person for the same occupation or on the same invoice."""
    VOUCHER = "凭证用了两次"
    CASE_NUMBER = "案件编号相同"
    PERSON = "同一证号两个姓名"
    STAFF = "人员同名"
    OF_THE_CITY = "各处不一致"
    """A fund, a year's holidays or the day of the lifting, of which a city has one."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One of them."""

    kind: Kind
    sentence: str
    """In Chinese; numbers of people are masked."""


@dataclass(slots=True)
class _Paid:
    """A case for which money was paid or is on its way."""

    number: str
    occupation: str
    fen: int
    people: set[str] = field(default_factory=set)
    """Canonical ID numbers."""
    vouchers: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Told:
    """What one register says."""

    office: str
    numbers: set[str] = field(default_factory=set)
    people: dict[str, str] = field(default_factory=dict)
    """Names by canonical ID number."""
    staff: set[str] = field(default_factory=set)
    vouchers: dict[str, str] = field(default_factory=dict)
    """By number as it is compared, the number of a case."""
    of_the_city: dict[str, str] = field(default_factory=dict)
    paid: list[_Paid] = field(default_factory=list)


def conflicts(sources: Sequence[Home], tell: Callable[[str], None] = lambda _: None) -> list[Conflict]:
    """What has to be decided before these registers can be one; they are verified first, and only read.

    Raises:
        PxtuiError: there are fewer than two, or one of them cannot be read or was altered past the program.
    """
    if len(sources) < _FEWEST:
        raise Refused("请用 --from 写明两个以上的数据文件夹。")
    told = []
    for source in sources:
        vault, row = opened(source)
        verified_head(source, vault, tell)
        # Not by way of `open_register`, which writes what is still to be written.
        with closing(open_archive(source.database, vault)) as archive, archive.reading() as session:
            told.append(_read(session, archive.vault, row.home_office))
    return [conflict for one, other in combinations(told, 2) for conflict in _between(one, other)]


def _read(session: Session, vault: Vault, office: str) -> _Told:
    told = _Told(session.get_one(Office, office).name)
    every = select(Case.id, Case.letter, Case.year, Case.serial)
    numbers = {at: display_number(letter, year, serial) for at, letter, year, serial in session.exec(every)}
    told.numbers = set(numbers.values())
    for person in session.exec(select(Person)):
        told.people[canonical_code(person.unseal(vault, "id_number"))] = person.name
    told.staff = set(session.exec(select(Staff.name)))
    for key, case_id in session.exec(select(Voucher.number_key, Voucher.case_id).where(Voucher.number_key != "")):
        told.vouchers[key] = numbers[case_id]
    told.of_the_city = dict(_of_the_city(session))
    told.paid = list(_paid(session, vault))
    return told


def _of_the_city(session: Session) -> Iterator[tuple[str, str]]:
    for fund in session.exec(select(Fund)):
        yield f"资金{fund.code}的名称", fund.name
    for version in session.exec(select(CalendarVersion).where(col(CalendarVersion.signed_on).is_not(None))):
        yield f"{version.year}年的节假日（{version.document}）", version.days
    for lifting in session.exec(select(Lifting)):
        yield "疫情结束公告的日期", f"{lifting.lifted_on}"


def _paid(session: Session, vault: Vault) -> Iterator[_Paid]:
    lasting = or_(col(PaymentLine.outcome).is_(None), col(PaymentLine.outcome) == PaymentOutcome.PAID)
    lines = select(PaymentLine, Case).join(Case, col(Case.id) == col(PaymentLine.case_id)).where(lasting)
    for line, case in session.exec(lines.order_by(col(PaymentLine.id))).all():
        rows = select(Enrolment).where(Enrolment.case_id == case.id, Enrolment.application == "claim")
        granted = session.exec(rows.where(col(Enrolment.approved).is_not(False)))
        people = {canonical_code(row.unseal(vault, "id_number")) for row in granted} - {""}
        vouchers = set(session.exec(select(Voucher.number_key).where(Voucher.case_id == case.id))) - {""}
        yield _Paid(case.display_number, case.occupation, line.amount_fen, people, vouchers)


def _between(one: _Told, other: _Told) -> Iterator[Conflict]:
    both = f"{one.office}、{other.office}"
    for paid, again in _of_the_same_people(one.paid, other.paid):
        yield from _paid_twice(one, paid, other, again)
    for key, same in _same_vouchers(one.vouchers, other.vouchers):
        used = f"{one.office}{one.vouchers[key]}、{other.office}{other.vouchers[same]}"
        yield Conflict(Kind.VOUCHER, f"凭证{key}在两处用过：{used}。")
    for number in sorted(one.numbers & other.numbers):
        yield Conflict(Kind.CASE_NUMBER, f"{both}都有案件{number}。")
    for number in sorted(one.people.keys() & other.people.keys()):
        if one.people[number] != other.people[number]:
            names = f"{one.office}是{one.people[number]}，{other.office}是{other.people[number]}"
            yield Conflict(Kind.PERSON, f"证号{masked(number)}：{names}。")
    for name in sorted(one.staff & other.staff):
        yield Conflict(Kind.STAFF, f"{both}都有{name}：是一人还是两人。")
    for what in sorted(one.of_the_city.keys() & other.of_the_city.keys()):
        if one.of_the_city[what] != other.of_the_city[what]:
            yield Conflict(Kind.OF_THE_CITY, f"{both}：{what}不一致。")


def _of_the_same_people(one: Sequence[_Paid], other: Sequence[_Paid]) -> Iterator[tuple[_Paid, _Paid]]:
    """Pairs of cases that have somebody in common, each once."""
    by_person: dict[str, list[int]] = {}
    for at, paid in enumerate(other):
        for number in paid.people:
            by_person.setdefault(number, []).append(at)
    for paid in one:
        for at in sorted({at for number in paid.people for at in by_person.get(number, ())}):
            yield paid, other[at]


def _same_vouchers(one: Mapping[str, str], other: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Keys of vouchers that are one, or may be, once with its code and once without."""
    by_tail: dict[str, list[str]] = {}
    for key in other:
        by_tail.setdefault(tail_of(key), []).append(key)
    for key in sorted(one):
        if key in other:
            yield key, key
        yield from ((key, same) for same in by_tail.get(tail_of(key), ()) if may_be_one_invoice(key, same))


def _paid_twice(one: _Told, paid: _Paid, other: _Told, again: _Paid) -> Iterator[Conflict]:
    people, vouchers = paid.people & again.people, paid.vouchers & again.vouchers
    if not people or not (vouchers or paid.occupation == again.occupation):
        return
    on = f"，同一凭证{'、'.join(sorted(vouchers))}" if vouchers else ""
    who = "、".join(f"{one.people.get(number, '')}{masked(number)}" for number in sorted(people))
    yield Conflict(
        Kind.PAID_TWICE,
        f"{one.office}{paid.number}（{paid.occupation}）、{other.office}{again.number}（{again.occupation}）"
        f"都已发放（{yuan(paid.fen)}元、{yuan(again.fen)}元）{on}，同有{len(people)}人：{who}。",
    )
