"""A class that a list told before it was filed here is recognised, and struck from the list in one step."""

from datetime import date

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.office.register import Register
from pxtui.casework.people import own_class, past_trainings
from pxtui.errors import PxtuiError
from pxtui.papers.reading.earlier_trainings import TrainingRow
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> PayDesk:
    return PayDesk(register)


def told(occupation: str = "焊 工", starts_on: date = date(2020, 3, 20), level: str = "5") -> list[TrainingRow]:
    """The class as the provincial platform lists it, two of its three people."""
    return [
        TrainingRow(person.id_number, "", occupation, level, starts_on, date(2020, 4, 1), True, True, False)
        for person in made_up_people(2)
    ]


def list_it(counter: PayDesk, rows: list[TrainingRow]) -> None:
    with counter.register.writing(counter.acting) as context:
        past_trainings.import_list(context, rows, source="省平台.csv")


def test_the_check_says_that_it_may_be_this_class_and_one_step_strikes_it(counter: PayDesk) -> None:
    list_it(counter, told())
    number = counter.file()
    with counter.register.reading(counter.acting) as context:
        (sentence,) = own_class.told_before(context, number)
        repeats = [
            finding for finding in eligibility.check(context, number).findings if finding.code == "person.repeat"
        ]
    assert sentence.startswith("以往培训（省平台.csv）里有2人次与本班同职业、同等级、同日开班")
    assert [finding.seq for finding in repeats] == [1, 2]
    assert all(
        "省平台.csv" in finding.message and "如果就是本班，请从以往培训中删去" in finding.message for finding in repeats
    )
    with counter.register.writing(counter.acting) as context:
        assert own_class.strike(context, number, "省平台报的就是本班") == 2
    with counter.register.reading(counter.acting) as context:
        assert own_class.told_before(context, number) == ()
        assert [finding for finding in eligibility.check(context, number).findings if finding.blocks] == []


@pytest.mark.parametrize(
    "rows", [told("电工"), told(starts_on=date(2020, 3, 19)), told(level="4")], ids=["occupation", "day", "level"]
)
def test_another_class_is_not_taken_for_this_one(counter: PayDesk, rows: list[TrainingRow]) -> None:
    list_it(counter, rows)
    number = counter.file()
    with counter.register.writing(counter.acting) as context:
        assert own_class.told_before(context, number) == ()
        with pytest.raises(PxtuiError, match="没有与案件2020-DQ-0001同一班的"):
            own_class.strike(context, number, "误报")


def test_it_needs_a_reason(counter: PayDesk) -> None:
    list_it(counter, told())
    number = counter.file()
    with counter.register.writing(counter.acting) as context, pytest.raises(PxtuiError, match="须写明理由"):
        own_class.strike(context, number, " ")
