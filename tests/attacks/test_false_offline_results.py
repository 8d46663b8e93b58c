"""A clerk says that the ordinary procedure paid nothing, so that somebody has a place of the year free again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.offline import results as offline_results
from pxtui.casework.offline.results import CarriedClass
from pxtui.errors import PxtuiError
from pxtui.papers.reading.offline_lists import OfflineRow
from pxtui.papers.reading.rosters import read_roster
from tests.casework.offline.test_results import PEOPLE, attachment_4
from tests.support.counter import Counter
from tests.support.people import make_one_person

DAY = date(2020, 4, 2)
FIRST = PEOPLE[0]
PAID = OfflineRow(FIRST.id_number, FIRST.name, Decimal(60), True, 150_000, DAY)
NOTHING = replace(PAID, hours=Decimal(0), passed=False, amount_fen=0, paid_on=None)
NOT_SAID = replace(NOTHING, amount_fen=None)
NOTHING_ON_A_DAY = replace(NOTHING, paid_on=DAY)


@pytest.fixture
def counter(register: Register) -> Counter:
    made = Counter(register)
    made.hire_colleagues()
    return made


@pytest.fixture
def number(counter: Counter, tmp_path: Path) -> str:
    """A class that went on offline; duties are apart."""
    number = counter.opened_for_own_trainers(PEOPLE)
    reading = read_roster(attachment_4(tmp_path, ["40", "40", "40"]))
    with counter.register.writing(counter.acting) as context:
        offline_results.put_hours(context, number, reading, source="附件4.csv")
    counter.do(number, Action.TRANSFER)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    return number


def take(counter: Counter, number: str, *rows: OfflineRow) -> CarriedClass:
    with counter.register.writing(counter.acting) as context:
        return offline_results.take_results(context, number, rows, source="线下结果.csv")


def confirm(counter: Counter, number: str, by: str, evidence: str = "市技能中心回函3号") -> CarriedClass:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        return offline_results.confirm_unpaid(context, number, evidence)


def counts_as_paid(counter: Counter) -> bool | None:
    """Whether the training of the first person is paid for another class of his; None: it does not count."""
    again = Counter(counter.register, counter.day).file(PEOPLE, date(2020, 6, 8), "电工")
    known = {training.id_number: training.paid for training in counter.trainings_elsewhere(again)}
    return known.get(FIRST.id_number)


@pytest.mark.parametrize(
    "told",
    [
        [NOTHING],
        [PAID, NOTHING],
        [PAID, NOT_SAID],
        [PAID, NOTHING, NOTHING],
        [NOTHING_ON_A_DAY],
        [PAID, NOTHING_ON_A_DAY],
    ],
    ids=["0", "0 after", "-", "twice", "0 on a day", "0 on a day after"],
)
def test_nothing_was_paid_says_one_alone(counter: Counter, number: str, told: Sequence[OfflineRow]) -> None:
    for row in told:
        carried = take(counter, number, row)
    assert "1人登记为没有拨付，登记人张三，须由另一人核对后确认" in carried.notes[0]
    assert counts_as_paid(counter) is True
    with pytest.raises(PxtuiError, match="由张三登记，须由另一人核对后确认"):
        confirm(counter, number, "张三")
    with pytest.raises(PxtuiError, match="请写明核对了什么"):
        confirm(counter, number, "李四", " ")
    assert counts_as_paid(counter) is True


def test_nothing_was_paid_says_one_person_under_two_names(counter: Counter, number: str) -> None:
    take(counter, number, NOTHING)
    with counter.register.writing(counter.acting) as context:
        make_one_person(context, "张三", "李四")
    with pytest.raises(PxtuiError, match="须由另一人核对后确认"):
        confirm(counter, number, "李四")
    assert counts_as_paid(counter) is True


def test_nothing_was_paid_says_another_too(counter: Counter, number: str) -> None:
    take(counter, number, NOTHING)
    assert not any("另一人" in note for note in confirm(counter, number, "李四").notes)
    assert counts_as_paid(counter) is None
    with pytest.raises(PxtuiError, match="没有等待确认的"):
        confirm(counter, number, "李四")


def test_false_result_put_behind_one_that_was_confirmed(counter: Counter, number: str) -> None:
    take(counter, number, NOTHING)
    confirm(counter, number, "李四")
    take(counter, number, PAID)
    take(counter, number, NOTHING)
    assert counts_as_paid(counter) is True


def test_list_of_a_colleague_that_does_not_say_it_is_no_second_word(counter: Counter, number: str) -> None:
    take(counter, number, NOTHING)
    counter.clerk = "李四"
    take(counter, number, NOT_SAID)
    with pytest.raises(PxtuiError, match="由张三登记，须由另一人核对后确认"):
        confirm(counter, number, "张三")
    assert counts_as_paid(counter) is True
    confirm(counter, number, "李四")
    assert counts_as_paid(counter) is False


def test_two_who_entered_some_each_confirm_what_the_other_entered(counter: Counter, number: str) -> None:
    take(counter, number, NOTHING)
    counter.clerk = "李四"
    take(counter, number, replace(NOTHING, id_number=PEOPLE[1].id_number, name=PEOPLE[1].name))
    assert "登记人李四，须由另一人" in confirm(counter, number, "李四").notes[0]
    assert counts_as_paid(counter) is None
    assert not any("另一人" in note for note in confirm(counter, number, "张三").notes)
