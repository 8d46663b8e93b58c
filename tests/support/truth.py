"""What is true, whatever the program was told: kept beside it by the machines of a dishonest clerk."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook

_CASE = re.compile("[0-9]{4}-[A-Z]+-[0-9]{4}")
CAP_FEN, MOST_A_YEAR = 60_000, 3
A_YEAR = timedelta(days=366)
HOLIDAYS = {date(2020, 4, 6), *(date(2020, 5, day) for day in (1, 4, 5)), date(2020, 6, 25), date(2020, 6, 26)}
WORKING_WEEKENDS = {date(2020, 4, 26), date(2020, 5, 9), date(2020, 6, 28)}
"""By the notices of the State Council of 2019 and 2020."""


class Payment(NamedTuple):
    """A line of a bank list, or of a batch as its signer sees it."""

    case: str
    account: str
    fen: int


BankList = frozenset[Payment]


@dataclass(frozen=True)
class TrueClass:
    """A class as it was held."""

    starts_on: date
    ends_on: date
    occupation: str
    invoice: str
    """As it is on paper."""
    fee_fen: int
    """Of one person."""
    learned: frozenset[str]
    """By ID number, whoever was taught to the end and passed."""


@dataclass
class Truth:
    """What happened."""

    classes: dict[str, TrueClass]
    """All of one year."""
    earlier: dict[str, int] = field(default_factory=dict)
    """How many trainings of that year somebody had before, by ID number."""
    handed_in: dict[str, date] = field(default_factory=dict)
    """The first day on which the application for the opening lay on the counter."""
    opened: dict[str, date] = field(default_factory=dict)
    claimed: dict[str, date] = field(default_factory=dict)
    """The first day on which the claim lay on the counter."""
    published: dict[str, date] = field(default_factory=dict)
    """The last day on which the claim was put on the public notice."""
    lifted: list[tuple[date, date]] = field(default_factory=list)
    """The day of the lifting, and the day on which the office learned of it; the last one is right."""
    signed: dict[str, BankList] = field(default_factory=dict)
    """What the head saw when he signed a batch; not there: he has not, or has taken it back."""
    lists: dict[str, BankList] = field(default_factory=dict)
    """The bank lists outside, by their SHA-256."""
    ordered: dict[str, date] = field(default_factory=dict)
    """The day on which the first list with the case went out."""
    noticed: dict[str, date] = field(default_factory=dict)
    """The last day before that list on which the claim was put on the public notice."""
    answered: dict[str, bool] = field(default_factory=dict)
    """What the bank did with a list, by its SHA-256: paid, or sent all of it back."""
    objected: set[str] = field(default_factory=set)
    """Against whom a true objection lies that nobody but the clerk has looked at."""
    absent: dict[str, set[int]] = field(default_factory=dict)
    """Who was found not to have learned, by 序号."""
    checked: dict[str, frozenset[bytes]] = field(default_factory=dict)
    """Who was off by hand when the reviewer checked a claim that waits for the head."""
    told: TrueClass | None = None
    """A class of another office of which it has told us."""
    told_claimed_on: date | None = None
    """When it was claimed there; None: it is paid, and no day counts any more."""
    against: set[str] = field(default_factory=set)
    """What the head signed although it pays what the other office has paid, or has to decide on first."""

    def paid_fen(self, number: str) -> int:
        """What the bank paid: what nobody has seen coming back is with the enterprise."""
        return sum(
            line.fen
            for digest, lines in self.lists.items()
            for line in lines
            if line.case == number and self.answered.get(digest, True)
        )

    @property
    def paid(self) -> list[str]:
        """The cases with money."""
        return [number for number in self.classes if self.paid_fen(number)]

    def require_nothing_beyond_what_is_owed(self, approved: Mapping[str, frozenset[str]]) -> None:
        """Notice 三, four sentences of it: the cap, one invoice once, one class at a time, three classes a year.

        Args:
            approved: for whom the program says that it paid, by case.
        """
        paid = {number: self.classes[number] for number in self.paid}
        invoices = Counter(held.invoice for held in paid.values())
        assert max(invoices.values(), default=0) <= 1, f"paid twice on one invoice: {sorted(paid)}"
        for number, held in paid.items():
            assert approved[number] <= held.learned, f"{number} paid for somebody who did not learn"
            assert self.paid_fen(number) <= min(CAP_FEN, held.fee_fen) * len(approved[number]), number
        for first, second in combinations(paid, 2):
            if approved[first] & approved[second]:
                assert _are_apart(paid[first], paid[second]), f"paid twice for one person: {first}, {second}"
        taken = Counter(self.earlier) + Counter(person for group in approved.values() for person in group)
        assert max(taken.values(), default=0) <= MOST_A_YEAR

    def require_true_days(self) -> None:
        """Notice 四(二): two working days of notice, the claim in its year, nothing before the class is over."""
        for number in self.paid:
            assert number not in self.objected, f"{number}: paid over an objection"
            assert number not in self.against, f"{number}: paid by another office already"
            ordered, held = self.ordered[number], self.classes[number]
            assert _working_days_between(self.noticed[number], ordered) >= 2, f"{number}: notice too short"
            assert self.claimed[number] <= held.ends_on + A_YEAR, f"{number}: claimed too late"
            assert ordered > held.ends_on, f"{number}: paid before its end"
            for day, known_on in self.lifted[-1:]:
                if known_on <= self.opened.get(number, date.min):
                    assert self.handed_in[number] <= day, f"{number}: handed in after the lifting"
                if known_on < self.noticed[number]:
                    assert held.starts_on <= day, f"{number}: began after the lifting"

    def head_signed(self, batch: str, seen: BankList, approved: Mapping[str, frozenset[str]]) -> None:
        """The head signed what he saw.

        Args:
            approved: for whom each claim of it is approved.
        """
        self.signed[batch] = seen
        if self.told is None:
            return
        for line in seen:
            held, people = self.classes[line.case], approved[line.case]
            if self.told_claimed_on is not None and self.claimed[line.case] < self.told_claimed_on:
                continue
            is_one_training = self.told_claimed_on is None and not _are_apart(held, self.told)
            if held.invoice == self.told.invoice or (people & self.told.learned and is_one_training):
                self.against.add(line.case)

    def found_absent(self, number: str, seq: int, id_number: str) -> None:
        """Somebody of a class did not learn after all."""
        held = self.classes[number]
        self.classes[number] = replace(held, learned=held.learned - {id_number})
        self.absent.setdefault(number, set()).add(seq)


def payments_in(path: Path) -> BankList:
    """The lines of a bank list as the bank reads them."""
    rows = load_workbook(BytesIO(path.read_bytes()), read_only=True).worksheets[0].iter_rows(values_only=True)
    return frozenset(
        Payment(str(row[1]), str(row[3]), round(float(str(row[5])) * 100))
        for row in rows
        if _CASE.fullmatch(str(row[1]))
    )


def _are_apart(first: TrueClass, second: TrueClass) -> bool:
    """Whether one person may be paid for both."""
    one_after_the_other = first.ends_on < second.starts_on or second.ends_on < first.starts_on
    return one_after_the_other and first.occupation != second.occupation


def _working_days_between(first: date, last: date) -> int:
    between = (first + timedelta(days=count) for count in range(1, (last - first).days))
    return sum(day in WORKING_WEEKENDS or (day.weekday() < 5 and day not in HOLIDAYS) for day in between)
