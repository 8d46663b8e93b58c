"""Lists of earlier trainings that come twice: one training is one, and what has no occupation is counted."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.office.register import Register
from pxtui.casework.people import past_trainings
from pxtui.errors import PxtuiError
from pxtui.papers.reading.earlier_trainings import TrainingRow
from pxtui.policy.facts import Delivery, Level, PastTraining
from tests.support.counter import Counter
from tests.support.rosters import made_up_people

FIRST, SECOND = made_up_people(2)
JANUARY = date(2020, 1, 6)
TURNER = PastTraining(FIRST.id_number, "车工", Level.FIVE, JANUARY, JANUARY, Delivery.OFFLINE, True, True, "")
OF_NO_TRADE = replace(TURNER, occupation="")
"""Nobody knows whether two tellings of it are one training."""


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def insert(counter: Counter, *trainings: PastTraining, source: str = "省平台") -> int:
    with counter.register.writing(counter.acting) as context:
        return past_trainings.insert_missing(context, trainings, source=source)


def held(counter: Counter, *numbers: str) -> list[PastTraining]:
    with counter.register.reading(counter.acting) as context:
        return past_trainings.of_people(context, numbers or [FIRST.id_number], except_case=None)


def test_one_training_is_entered_once_however_often_it_is_told(counter: Counter) -> None:
    assert insert(counter, TURNER, TURNER) == 1
    assert insert(counter, TURNER, replace(TURNER, occupation=" 车 工"), source="市就业局") == 0
    assert len(held(counter)) == 1


def test_what_has_no_occupation_counts_as_often_as_the_fullest_list_says(counter: Counter) -> None:
    assert insert(counter, OF_NO_TRADE, OF_NO_TRADE) == 2
    assert insert(counter, OF_NO_TRADE, OF_NO_TRADE) == 0
    assert insert(counter, OF_NO_TRADE) == 0
    assert insert(counter, OF_NO_TRADE, OF_NO_TRADE, OF_NO_TRADE, source="市就业局") == 1
    assert len(held(counter)) == 3


def test_a_shorter_list_first_is_filled_up(counter: Counter) -> None:
    assert insert(counter, OF_NO_TRADE) == 1
    assert insert(counter, OF_NO_TRADE, OF_NO_TRADE) == 1
    assert len(held(counter)) == 2


@pytest.mark.parametrize("said_less", [replace(TURNER, paid=False), replace(TURNER, delivery=Delivery.ONLINE)])
def test_a_telling_that_adds_nothing_is_left_out(counter: Counter, said_less: PastTraining) -> None:
    assert insert(counter, TURNER) == 1
    assert insert(counter, said_less, source="市就业局") == 0
    assert [training.source for training in held(counter)] == ["省平台"]


@pytest.mark.parametrize(
    "other",
    [
        replace(TURNER, id_number=SECOND.id_number),
        replace(TURNER, occupation="钳工"),
        replace(TURNER, level=Level.FOUR),
        replace(TURNER, level=None),
        replace(TURNER, starts_on=date(2020, 1, 5)),
        replace(TURNER, ends_on=date(2020, 1, 7)),
        replace(TURNER, subsidised=False),
    ],
)
def test_what_differs_or_says_more_is_kept_beside_it(counter: Counter, other: PastTraining) -> None:
    assert insert(counter, TURNER) == 1
    assert insert(counter, TURNER, other) == 1
    found = held(counter, FIRST.id_number, SECOND.id_number)
    assert sorted(found, key=str) == sorted(
        (replace(training, source="省平台") for training in (TURNER, other)), key=str
    )


def test_a_number_of_fifteen_digits_is_the_same_person_and_none_is_nobody(counter: Counter) -> None:
    old = FIRST.id_number[:6] + FIRST.id_number[8:17]
    assert insert(counter, TURNER, replace(TURNER, id_number="")) == 1
    assert insert(counter, replace(TURNER, id_number=old)) == 0
    assert [training.occupation for training in held(counter, FIRST.id_number)] == ["车工"]


def test_a_list_that_says_nothing_is_taken_for_a_subsidised_training_offline(counter: Counter) -> None:
    silent = TrainingRow(FIRST.id_number, "", "车工", None, JANUARY, None, None, None, None)
    said = TrainingRow(SECOND.id_number, "", "车工", "5", JANUARY, None, is_online=True, subsidised=False, paid=False)
    with counter.register.writing(counter.acting) as context:
        assert past_trainings.import_list(context, [silent, said], source="省平台") == 2
    assert held(counter) == [
        PastTraining(FIRST.id_number, "车工", None, JANUARY, None, Delivery.OFFLINE, True, True, "省平台")
    ]
    (other,) = held(counter, SECOND.id_number)
    assert (other.delivery, other.subsidised, other.paid) == (Delivery.ONLINE, False, False)


def test_what_came_in_by_mistake_is_struck_by_person_and_day(counter: Counter) -> None:
    later = replace(TURNER, starts_on=date(2020, 1, 8), ends_on=date(2020, 1, 8))
    insert(counter, OF_NO_TRADE, OF_NO_TRADE, later, replace(TURNER, id_number=SECOND.id_number))
    with counter.register.writing(counter.acting) as context:
        assert past_trainings.strike(context, FIRST.id_number, JANUARY, "重复上报") == 2
    assert [training.starts_on for training in held(counter)] == [date(2020, 1, 8)]
    assert len(held(counter, SECOND.id_number)) == 1


def test_what_is_struck_needs_a_reason_and_must_be_there(counter: Counter) -> None:
    insert(counter, TURNER)
    for day, reason, sentence in ((JANUARY, " ", "须写明理由"), (date(2020, 1, 7), "误报", "没有此人2020-01-07开始")):
        with pytest.raises(PxtuiError, match=sentence), counter.register.writing(counter.acting) as context:
            past_trainings.strike(context, FIRST.id_number, day, reason)
    assert len(held(counter)) == 1
