"""The kinds of lists: what they are called, whom they concern, and what is done about somebody whom one has.

The notice names no list. That a subsidy goes to working people of the city's enterprises and nobody is counted twice
(一, 三), and that the counter verifies before it pays (四(二)), is what they are asked for; domain practice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.models import Case, ListKind, OutsideList
from pxtui.policy.facts import Trainees

CLAUSE = "四(二)"


@dataclass(frozen=True, slots=True)
class KindOfList:
    """What a kind of list is to a case."""

    name: str
    """In Chinese."""
    since: str
    """What its day says of a person."""
    code: str
    """The deduction of a row that the list is right about, see `policy.deductions`; empty: it is about no row."""
    remedy: str
    """What is done where the list is right."""
    keeps_words: bool = False
    """Whether the employer, school or state beside a number is kept: it is what the clerk asks about."""


KINDS: Mapping[ListKind, KindOfList] = {
    ListKind.PENSIONERS: KindOfList("养老待遇领取", "起领取", "12", "属实的核减（代码12）"),
    ListKind.DEATHS: KindOfList("死亡注销", "死亡或注销", "14", "属实的核减（代码14）"),
    ListKind.PAYROLL: KindOfList("财政供养", "起在编", "13", "属实的核减（代码13）", keeps_words=True),
    ListKind.INSURANCE: KindOfList("单位社保参保", "起参保", "05", "不是本单位职工的核减（代码05）", keeps_words=True),
    ListKind.SCHOOLS: KindOfList("在校学籍", "起入学", "15", "属实的核减（代码15）", keeps_words=True),
    ListKind.STRUCK_OFF: KindOfList("企业吊销注销", "吊销或注销", "", "属实的不予同意或退回", keeps_words=True),
}


KIND_CHOICES = tuple((kind.value, about.name) for kind, about in KINDS.items())
"""Codes and names, for a form."""


def kind_of(code: str) -> ListKind:
    """A kind by its code."""
    return ListKind(code)


def needs_month(kind: ListKind) -> bool:
    """Whether a list of the kind tells of one month alone."""
    return kind is ListKind.INSURANCE


def concerns(kind: ListKind, case: Case) -> bool:
    """Whether the people of a case, or its enterprise, are looked for in lists of a kind.

    Employers insure their employees, and nobody else; that a student is at school is no finding in a class of students.
    """
    if kind is ListKind.INSURANCE:
        return case.trainees == Trainees.EMPLOYEES
    if kind is ListKind.SCHOOLS:
        return case.trainees != Trainees.COLLEGE_STUDENTS
    return True


def covers(found: OutsideList, case: Case) -> bool:
    """Whether a list tells of the time of a class: of an insured month one in which it was held."""
    if not concerns(found.kind, case):
        return False
    return found.month is None or first_of(case.starts_on) <= found.month <= case.ends_on


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def label(found: OutsideList) -> str:
    """A list as sentences name it: 养老待遇领取（市社保局2020-03-01）."""
    month = f"，{found.month:%Y-%m}" if found.month else ""
    return f"{KINDS[found.kind].name}（{found.source}{found.as_of}{month}）"
