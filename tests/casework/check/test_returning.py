"""Of a trainee who comes again the clerk sees which training of the year this is, though nothing is wrong with it."""

from datetime import date

import pytest

from pxtui.casework.check.returning import returning, who_returns
from pxtui.casework.office.register import Register
from pxtui.casework.people import past_trainings
from pxtui.policy.facts import Delivery, Level, PastTraining
from tests.support.counter import Counter
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def taken(counter: Counter, day: date, occupation: str) -> None:
    person = made_up_people(1)[0].id_number
    past = PastTraining(person, occupation, Level.FIVE, day, day, Delivery.OFFLINE, True, True)
    with counter.register.writing(counter.acting) as context:
        past_trainings.insert_missing(context, [past], source="省平台")


def told(counter: Counter, number: str) -> dict[int, str]:
    with counter.register.reading(counter.acting) as context:
        return dict(returning(context, number))


def test_a_trainee_who_comes_again_this_year_is_told_with_the_count(counter: Counter) -> None:
    number = counter.file(made_up_people(2))
    assert told(counter, number) == {}
    taken(counter, date(2020, 1, 6), "车工")
    assert told(counter, number) == {1: "2020年第2次补贴性培训，每人每年不超过3次。"}
    taken(counter, date(2020, 2, 10), "钳工")
    assert told(counter, number) == {1: "2020年第3次补贴性培训，每人每年不超过3次。"}


def test_last_year_does_not_count(counter: Counter) -> None:
    number = counter.file(made_up_people(2))
    taken(counter, date(2019, 12, 2), "车工")
    assert told(counter, number) == {}


def test_who_comes_again_is_told_of_the_whole_class() -> None:
    assert who_returns({}) == ""
    assert who_returns({7: "", 1: ""}) == "2人再次参训：第1、7号。"
    assert who_returns(range(1, 14)) == "13人再次参训：第1、2、3、4、5、6、7、8、9、10、11、12等号。"
