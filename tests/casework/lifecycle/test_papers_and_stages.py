"""Where the paper lies, and what the calendar makes of a stage."""

from datetime import date

import pytest

from pxtui.casework.calendar import lifting
from pxtui.casework.lifecycle import cases, paper_place
from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.errors import PxtuiError
from tests.support.counter import AFTER_THE_CLASS, Counter
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> Counter:
    made = Counter(register)
    made.hire_colleagues()
    return made


def summary(counter: Counter, number: str) -> CaseSummary:
    with counter.register.reading(counter.acting) as context:
        return cases.look_up(context, number)


@pytest.mark.parametrize("shelf", ["", " ", "架" * 41])
def test_a_place_that_is_none_is_refused(counter: Counter, shelf: str) -> None:
    number = counter.file()
    with (
        pytest.raises(PxtuiError, match="请用1至40个字写明纸质材料在哪里"),
        counter.register.writing(counter.acting) as context,
    ):
        paper_place.put(context, number, shelf)
    assert summary(counter, number).paper_place == ""


def test_a_place_of_forty_characters_is_one(counter: Counter) -> None:
    number = counter.file()
    with counter.register.writing(counter.acting) as context:
        assert paper_place.put(context, number, "架" * 40) == "架" * 40
    assert summary(counter, number).paper_place == "架" * 40


@pytest.mark.parametrize(
    ("today", "stage_name"),
    [
        (date(2020, 3, 19), "已批未开班"),
        (date(2020, 3, 20), "培训中"),
        (date(2020, 4, 2), "培训中"),
        (date(2020, 4, 3), "已结束待申领"),
    ],
)
def test_a_class_is_called_what_the_calendar_makes_of_it(counter: Counter, today: date, stage_name: str) -> None:
    number = counter.file()
    assert summary(counter, number).stage_name_on(today) == "录入中"
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    assert summary(counter, number).stage_name_on(today) == stage_name


def test_a_claim_is_told_from_an_opening(counter: Counter) -> None:
    number = counter.file()
    assert not summary(counter, number).is_claim
    counter.claimed(number)
    assert summary(counter, number).is_claim


@pytest.mark.parametrize("number", ["2020-DQ-0009", "2021-DQ-0001", "2020-XQ-0001", "一号"])
def test_a_number_that_no_case_has_is_told(counter: Counter, number: str) -> None:
    counter.file()
    with pytest.raises(PxtuiError, match=f"没有编号为“{number}”的案件"):
        summary(counter, number)


@pytest.mark.parametrize("number", ["2020-DQ-0001", "2020dq1", "线培〔2020〕DQ-0001", "２０２０-DQ-1"])
def test_a_case_is_found_as_it_is_keyed_or_printed(counter: Counter, number: str) -> None:
    counter.file()
    assert summary(counter, number).number == "2020-DQ-0001"


def announce(counter: Counter, day: date) -> None:
    with counter.register.writing(counter.acting) as context:
        lifting.announce(context, day, "川疫指〔2020〕1号")


def test_a_lifting_is_signed_once_and_not_before_it_is_announced_or_its_day_has_come(counter: Counter) -> None:
    def sign(by: str) -> None:
        counter.clerk = by
        with counter.register.writing(counter.acting) as context:
            lifting.sign(context)

    with pytest.raises(PxtuiError, match="还没有登记疫情解除日"):
        sign("李四")
    counter.clerk = "张三"
    announce(counter, date(2020, 3, 17))
    with pytest.raises(PxtuiError, match="疫情解除日2020-03-17还没有到"):
        sign("李四")
    counter.day = date(2020, 3, 17)
    with pytest.raises(PxtuiError, match="由张三登记，须由另一人签署"):
        sign("张三")
    sign("李四")
    with pytest.raises(PxtuiError, match="已于2020-03-17由李四签署，不能再改"):
        announce(counter, date(2020, 3, 18))
    with pytest.raises(PxtuiError, match="已于2020-03-17由李四签署。"):
        sign("王五")


def test_a_lifting_names_its_document(counter: Counter) -> None:
    with (
        pytest.raises(PxtuiError, match="写明宣布疫情解除的文件名称"),
        counter.register.writing(counter.acting) as context,
    ):
        lifting.announce(context, counter.day, " ")


def test_what_is_over_is_not_touched_and_a_claim_is_told_that_it_gets_nothing(counter: Counter) -> None:
    withdrawn = counter.file(made_up_people(2))
    counter.do(withdrawn, Action.SUBMIT)
    counter.do(withdrawn, Action.WITHDRAW)
    claim = counter.claimed(counter.file(made_up_people(2, 10)))
    ended = counter.file(made_up_people(2, 20), date(2020, 2, 24))
    counter.day = AFTER_THE_CLASS
    announce(counter, date(2020, 3, 19))
    with counter.register.reading(counter.acting) as context:
        touched = {case.number: (case.outcome, case.ends_the_class) for case in lifting.touched(context)}
    assert ended not in touched
    assert touched == {claim: ("开班在解除之后，不予补贴", False)}
