"""An earlier training that stands in no list is keyed: what is wrong is told, what is known adds nothing."""

from datetime import date
from typing import Any

import pytest

from pxtui.casework.office.register import Register
from pxtui.casework.people import keyed_training, past_trainings
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Delivery, Level, PastTraining
from tests.support.counter import Counter
from tests.support.rosters import made_up_people

NUMBER = made_up_people(1)[0].id_number
BEGAN, ENDED = date(2019, 5, 6), date(2019, 5, 20)


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def keyed(counter: Counter, **otherwise: Any) -> bool:
    training: dict[str, Any] = {
        "id_number": NUMBER,
        "occupation": "焊工",
        "level": "5",
        "starts_on": BEGAN,
        "ends_on": ENDED,
        **otherwise,
    }
    with counter.register.writing(counter.acting) as context:
        return keyed_training.add(context, **training)


def known(counter: Counter, number: str = NUMBER) -> list[PastTraining]:
    with counter.register.reading(counter.acting) as context:
        return past_trainings.of_people(context, [number], except_case=None)


def test_what_nobody_knows_counts_as_offline_subsidised_and_paid(counter: Counter) -> None:
    assert keyed(counter, source=" ")
    assert known(counter) == [
        PastTraining(NUMBER, "焊工", Level.FIVE, BEGAN, ENDED, Delivery.OFFLINE, True, True, "柜台录入")
    ]


def test_what_is_known_is_kept_as_it_was_keyed(counter: Counter) -> None:
    assert keyed(
        counter, level=None, ends_on=None, is_online=True, subsidised=True, paid=False, source=" 东区2019年台账 "
    )
    assert known(counter) == [
        PastTraining(NUMBER, "焊工", None, BEGAN, None, Delivery.ONLINE, True, False, "东区2019年台账")
    ]


def test_a_training_that_is_known_adds_nothing(counter: Counter) -> None:
    assert keyed(counter)
    assert not keyed(counter, source="别处")
    assert len(known(counter)) == 1


def test_an_old_number_of_15_digits_is_the_same_person(counter: Counter) -> None:
    number = "510402198001010018"
    assert keyed(counter, id_number=number[:6] + number[8:17])
    assert len(known(counter, number)) == 1


@pytest.mark.parametrize(
    ("otherwise", "sentence"),
    [
        ({"id_number": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")}, "末位校验不对，请照证件逐位核对"),
        ({"id_number": "51040219800101"}, "身份证号不是15位或18位"),
        ({"id_number": ""}, "身份证号不是15位或18位"),
        ({"occupation": "　"}, "请填写职业"),
        ({"ends_on": date(2019, 5, 5)}, "结束日期2019-05-05早于开始日期2019-05-06，请改正其中一个"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_entered(
    counter: Counter, otherwise: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(PxtuiError, match=sentence):
        keyed(counter, **otherwise)
    assert known(counter) == []


def test_a_training_of_a_day_is_one_that_ends_as_it_begins(counter: Counter) -> None:
    assert keyed(counter, ends_on=BEGAN)
