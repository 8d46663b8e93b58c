"""How fast somebody keyed a sheet: a clerk's own figures, the newest first."""

from datetime import date, timedelta

import pytest

from pxtui.casework.office.register import Register
from pxtui.casework.roster import keying_pace
from pxtui.casework.roster.keying_pace import KeyingLine, Tally
from tests.support.counter import Counter


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def keyed(counter: Counter, number: str, tally: Tally) -> None:
    with counter.register.writing(counter.acting) as context:
        keying_pace.record(context, number, "花名册", tally)


def figures(counter: Counter, clerk: str = "张三") -> list[KeyingLine]:
    with counter.register.reading(counter.acting) as context:
        return keying_pace.statistics(context, clerk)


def test_a_clerk_sees_the_pace_a_row(counter: Counter) -> None:
    keyed(counter, counter.file(), Tally(seconds=90.4, keystrokes=300, corrections=2, rows=10))
    assert figures(counter) == [KeyingLine("2020-03-16", "花名册", 10, 30.0, 9.0, 2)]


def test_nobody_sees_a_colleague_s(counter: Counter) -> None:
    keyed(counter, counter.file(), Tally(9.0, 9, 0, 1))
    assert figures(counter, "李四") == []


def test_the_newest_twenty_are_shown_the_newest_first(counter: Counter) -> None:
    number = counter.file()
    for day in range(21):
        counter.day = date(2020, 3, 1) + timedelta(days=day)
        keyed(counter, number, Tally(1.0, 1, 0, 1))
    days = [line.ended_at for line in figures(counter)]
    assert (len(days), days[0], days[-1]) == (20, "2020-03-21", "2020-03-02")
