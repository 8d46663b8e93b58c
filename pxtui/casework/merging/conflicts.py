"""What several registers say otherwise of the same thing, and what two of them paid: a person decides before they are
one register.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from typing import TypeVar

from pxtui.casework.merging.told import OnFile, Paid, Told, key_of, old_registers, read
from pxtui.home import Home
from pxtui.identifiers.id_number import masked
from pxtui.identifiers.person_name import same_name
from pxtui.identifiers.voucher_number import may_be_one_invoice, tail_of
from pxtui.policy.subsidy import yuan

_MARK_DIGITS = 16
_TWO = 2
_ANEW = "请核对 --from 是否写重；确是两个案件的不能合并，报主管部门决定由哪一件另编号。"

Key = TypeVar("Key")
Said = TypeVar("Said")


class Kind(StrEnum):
    """What registers cannot all bring along."""

    FIRST = "先要办完"
    """Nothing to be decided: it is done in the old register."""
    PAID_TWICE = "重复发放"
    """Two offices paid the same person for the same occupation or on the same invoice."""
    VOUCHER = "凭证用了两次"
    CASE_NUMBER = "案件编号相同"
    PERSON = "同一证号两个姓名"
    APPLICANT = "同一单位两处不同"
    """Its name, or the account that is paid into."""
    STAFF = "人员同名"
    LOGIN = "登录凭据相同"
    """A key or account by which the server knows somebody, in two offices."""
    FUND = "资金额度"
    """Of each office its own, or entered in each of them."""
    OF_THE_CITY = "各处不一致"
    """A fund, a year's holidays, the day of the lifting or a tariff, of which a city has one."""
    ELSEWHERE = "互报与台账不符"
    """An office was told to have a case that its register does not have."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One of them."""

    kind: Kind
    sentence: str
    """In Chinese; numbers of people are masked."""
    choices: tuple[str, ...] = ()
    """What may be decided, in Chinese; none: nothing can be, see the sentence."""
    subject: tuple[str, ...] = ()
    """What it is about, in clear and for nobody's eyes."""
    sources: tuple[int, ...] = ()
    """The registers that it is about, in the order in which they were given."""
    cases: tuple[str, ...] = ()
    """Numbers of the cases that it is about, as they are shown."""

    def mark(self, key: bytes) -> str:
        """Digits of this conflict and no other: of what it says and what it is about.

        Args:
            key: of the registers, so that nobody reads a number of a person out of them.
        """
        said = "\0".join((self.kind.value, self.sentence, *self.choices, *self.subject))
        return hmac.digest(key, said.encode(), "sha256").hex()[:_MARK_DIGITS]


def conflicts(
    homes: Sequence[Home], at: datetime, tell: Callable[[str], None] = lambda _: None
) -> tuple[list[Conflict], bytes]:
    """What has to be decided before these registers can be one, and the key of the marks; they are only read.

    Args:
        homes: of one office each.
        at: the moment.

    Raises:
        PxtuiError: see `told.old_registers`.
    """
    with old_registers(homes, at, tell) as registers:
        return between([read(register) for register in registers]), key_of(registers)


def between(tellers: Sequence[Told]) -> list[Conflict]:
    """What registers say otherwise, by what they say."""
    found = [*_to_be_done_first(tellers)]
    for (at, one), (other_at, other) in combinations(enumerate(tellers), 2):
        found += (_about(conflict, at, other_at) for conflict in _between_two(one, other))
    several = (_people, _applicants, _staff, _logins, _funds, _of_the_city, _elsewhere)
    return found + [conflict for look in several for conflict in look(tellers)]


def _to_be_done_first(tellers: Sequence[Told]) -> Iterator[Conflict]:
    for told in tellers:
        yield from (Conflict(Kind.FIRST, f"{told.office}：{sentence}") for sentence in told.first)
    for one, other in combinations(tellers, 2):
        if one.code and one.code == other.code:
            yield Conflict(Kind.FIRST, f"有两份{one.office}的台账，一个部门只能有一份，请核对 --from。")


def _about(conflict: Conflict, *sources: int) -> Conflict:
    return replace(conflict, sources=sources)


def _between_two(one: Told, other: Told) -> Iterator[Conflict]:
    for paid, again in _of_the_same_people(one.paid, other.paid):
        yield from paid_twice(one, paid, other, again)
    for key, same in same_vouchers(one.vouchers, other.vouchers):
        cases = one.vouchers[key], other.vouchers[same]
        used = f"{one.office}{cases[0]}、{other.office}{cases[1]}"
        choices = ("是同一张凭证，合并后由人处理", "不是同一张凭证")
        yield Conflict(Kind.VOUCHER, f"凭证{key}在两处用过：{used}。", choices, (key, same), cases=cases)
    for number in sorted(one.numbers & other.numbers):
        yield Conflict(Kind.CASE_NUMBER, f"{one.office}、{other.office}都有案件{number}：{_ANEW}")


def _of_the_same_people(one: Sequence[Paid], other: Sequence[Paid]) -> Iterator[tuple[Paid, Paid]]:
    """Pairs of cases that have somebody in common, each once."""
    by_person: dict[str, list[int]] = {}
    for at, paid in enumerate(other):
        for number in paid.people:
            by_person.setdefault(number, []).append(at)
    for paid in one:
        for at in sorted({at for number in paid.people for at in by_person.get(number, ())}):
            yield paid, other[at]


def same_vouchers(one: Mapping[str, str], other: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Keys of vouchers that are one, or may be, once with its code and once without."""
    by_tail: dict[str, list[str]] = {}
    for key in other:
        by_tail.setdefault(tail_of(key), []).append(key)
    for key in sorted(one):
        if key in other:
            yield key, key
        yield from ((key, same) for same in by_tail.get(tail_of(key), ()) if may_be_one_invoice(key, same))


def paid_twice(one: Told, paid: Paid, other: Told, again: Paid) -> Iterator[Conflict]:
    """What two offices paid to the same people, for one occupation or on one invoice."""
    people, vouchers = paid.people & again.people, paid.vouchers & again.vouchers
    if not people or not (vouchers or paid.occupation == again.occupation):
        return
    on = f"，同一凭证{'、'.join(sorted(vouchers))}" if vouchers else ""
    who = "、".join(f"{_name(one, number)}{masked(number)}" for number in sorted(people))
    yield Conflict(
        Kind.PAID_TWICE,
        f"{one.office}{paid.number}（{paid.occupation}）、{other.office}{again.number}（{again.occupation}）"
        f"都已发放（{yuan(paid.fen)}元、{yuan(again.fen)}元）{on}，同有{len(people)}人：{who}。",
        ("是重复发放，合并后追回一处", "不是重复发放"),
        tuple(sorted(people)),
        cases=(paid.number, again.number),
    )


def _name(told: Told, number: str) -> str:
    return told.people[number].name if number in told.people else ""


def _people(tellers: Sequence[Told]) -> Iterator[Conflict]:
    for number, on_file in _in_several(told.people for told in tellers):
        if _all_one(row.name for row in on_file.values()):
            continue
        names = [f"{tellers[at].office}是{row.name}" for at, row in on_file.items()]
        choices = tuple(f"{row.name}（{tellers[at].office}）" for at, row in on_file.items())
        sentence = f"证号{masked(number)}：{'，'.join(names)}。"
        yield Conflict(Kind.PERSON, sentence, choices, (number,), tuple(on_file))


def _all_one(names: Iterable[str]) -> bool:
    first, *others = names
    return all(same_name(first, name) for name in others)


def _applicants(tellers: Sequence[Told]) -> Iterator[Conflict]:
    for key, on_file in _in_several(told.applicants for told in tellers):
        accounts = {row.account for row in on_file.values()} - {""}
        if len({row.name for row in on_file.values()}) == 1 and len(accounts) <= 1:
            continue
        said = [f"{tellers[at].office}是{_applicant(row)}" for at, row in on_file.items()]
        choices = tuple(f"{_applicant(row)}（{tellers[at].office}）" for at, row in on_file.items())
        subject = (key, *(row.account for row in on_file.values()))
        yield Conflict(Kind.APPLICANT, f"单位{key}：{'，'.join(said)}。", choices, subject, tuple(on_file))


def _applicant(row: OnFile) -> str:
    tail = row.account[-4:]
    return f"{row.name}，账号尾号{tail}" if tail else f"{row.name}，没有账号"


def _staff(tellers: Sequence[Told]) -> Iterator[Conflict]:
    for name, members in _in_several(told.staff for told in tellers):
        offices = [tellers[at].office for at in members]
        choices = (*(f"是一人，归{office}" for office in offices), "不是一人，后面各部门的改称，姓名后加部门")
        how_many = "两人" if len(offices) == _TWO else "几人"
        sentence = f"{'、'.join(offices)}都有{name}：是一人还是{how_many}。"
        yield Conflict(Kind.STAFF, sentence, choices, (name,), tuple(members))


def _logins(tellers: Sequence[Told]) -> Iterator[Conflict]:
    owners = [{login: name for name, member in told.staff.items() for login in member.logins} for told in tellers]
    for login, names in _in_several(owners):
        if len(set(names.values())) == 1:
            # Whether they are one person is asked for the name.
            continue
        who = [f"{tellers[at].office}的{name}" for at, name in names.items()]
        sentence = f"{'、'.join(who)}用同一把登录密钥或同一个账号。"
        yield Conflict(Kind.LOGIN, sentence, tuple(f"归{owner}" for owner in who), login[::-1], tuple(names))


def _funds(tellers: Sequence[Told]) -> Iterator[Conflict]:
    for code, granted in _in_several(told.granted for told in tellers):
        said = [f"{tellers[at].office}{yuan(fen)}元" for at, fen in granted.items()]
        once = (f"是同一笔额度，{yuan(fen)}元" for fen in sorted(set(granted.values())))
        choices = (f"各处分开的额度，合计{yuan(sum(granted.values()))}元", *once)
        yield Conflict(Kind.FUND, f"资金{code}的额度：{'，'.join(said)}。", choices, (code,), tuple(granted))


def _of_the_city(tellers: Sequence[Told]) -> Iterator[Conflict]:
    for what, said in _in_several(told.of_the_city for told in tellers):
        if len(set(said.values())) == 1:
            continue
        offices = [tellers[at].office for at in said]
        choices = tuple(f"按{office}的" for office in offices)
        sentence = f"{'、'.join(offices)}：{what}不一致。"
        yield Conflict(Kind.OF_THE_CITY, sentence, choices, (what, *said.values()), tuple(said))


def _elsewhere(tellers: Sequence[Told]) -> Iterator[Conflict]:
    by_code = {told.code: told for told in tellers if told.code}
    for at, told in enumerate(tellers):
        for code, number in sorted(told.elsewhere):
            if (other := by_code.get(code)) is not None and number not in other.numbers:
                sentence = f"{told.office}记有{other.office}报来的{number}，{other.office}的台账里没有这个案件。"
                choices = (f"以{other.office}的台账为准",)
                yield Conflict(Kind.ELSEWHERE, sentence, choices, (code, number), (at,))


def _in_several(tables: Iterable[Mapping[Key, Said]]) -> Iterator[tuple[Key, dict[int, Said]]]:
    """What stands in two tables or more, in the order of its first appearance: by number of the table what it says."""
    found: dict[Key, dict[int, Said]] = {}
    for at, table in enumerate(tables):
        for key, said in table.items():
            found.setdefault(key, {})[at] = said
    yield from ((key, said) for key, said in found.items() if len(said) > 1)
