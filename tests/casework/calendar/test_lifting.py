"""The lifting: two people set it, once, and every open case is told what becomes of it."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.calendar import lifting
from pxtui.casework.calendar.lifting import Touched
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.errors import PxtuiError
from tests.support.counter import COLLEAGUES, Counter
from tests.support.rosters import made_up_people

LIFTED = date(2020, 3, 25)
DOCUMENT = "川疫指〔2020〕1号"


@pytest.fixture
def counter(register: Register) -> Counter:
    made = Counter(register)
    made.hire_colleagues()
    return made


def announce(counter: Counter, by: str = "张三", day: date = LIFTED) -> None:
    counter.clerk = by
    with counter.register.writing(counter.acting) as context:
        lifting.announce(context, day, DOCUMENT)


def sign(counter: Counter, by: str, on: date = LIFTED) -> list[Touched]:
    counter.clerk, counter.day = by, on
    with counter.register.writing(counter.acting) as context:
        return lifting.sign(context)


def opened(counter: Counter, starts_on: date, first: int) -> str:
    number = counter.file(made_up_people(2, first), starts_on)
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    return number


def test_each_open_case_is_told_what_becomes_of_it(counter: Counter) -> None:
    over = opened(counter, date(2020, 3, 16), 0)
    running = opened(counter, date(2020, 3, 20), 10)
    later = opened(counter, date(2020, 3, 26), 20)
    drafted = counter.file(made_up_people(2, 30), date(2020, 3, 26))
    announce(counter, day=date(2020, 3, 29))
    assert counter.stage(later) is Stage.OPENED
    announce(counter, day=LIFTED)
    told = {row.number: row.outcome for row in sign(counter, "赵六")}
    assert told == {
        over: "培训至2020-03-25为止，之后的学时不计",
        running: "培训至2020-03-25为止，之后的学时不计",
        later: "开班在解除之后，终止；人员的培训次数释放",
        drafted: "开班在解除之后，不再同意开班",
    }
    assert [counter.stage(number) for number in (running, later)] == [Stage.OPENED, Stage.TERMINATED]
    again = counter.file(made_up_people(2, 20), date(2020, 3, 20))
    counter.clerk = "李四"
    assert counter.trainings_elsewhere(again) == ()


def test_a_class_that_starts_after_the_lifting_is_not_opened(counter: Counter) -> None:
    announce(counter)
    sign(counter, "赵六")
    number = counter.file(starts_on=date(2020, 3, 26))
    counter.do(number, Action.SUBMIT)
    with pytest.raises(PxtuiError, match="疫情解除日2020-03-25之后"):
        counter.do(number, Action.APPROVE)


def test_the_day_that_was_signed_counts_whatever_the_case_was_filed_with(counter: Counter) -> None:
    announce(counter)
    sign(counter, "李四")
    counter.clerk = "张三"
    number = counter.file(made_up_people(2), date(2020, 3, 26))
    with counter.register.writing(counter.acting) as context:
        opening_filing.amend(
            context, number, replace(opening_filing.filing(context, number), lifted_on=date(2030, 1, 1))
        )
    counter.do(number, Action.SUBMIT)
    with pytest.raises(PxtuiError, match="疫情解除日2020-03-25之后"):
        counter.do(number, Action.APPROVE)


def test_until_it_is_signed_nothing_is_lifted(counter: Counter) -> None:
    announce(counter)
    number = counter.file(starts_on=date(2020, 3, 26))
    assert counter.do(number, Action.SUBMIT, Action.APPROVE) is Stage.OPENED


def test_it_is_not_signed_by_whoever_announced_it_and_never_set_again(counter: Counter) -> None:
    announce(counter)
    with pytest.raises(PxtuiError, match="由张三登记，须由另一人签署"):
        sign(counter, "张三")
    with pytest.raises(PxtuiError, match="疫情解除日2020-03-25还没有到，到当天再签署"):
        sign(counter, "赵六", on=date(2020, 3, 24))
    sign(counter, "赵六")
    with pytest.raises(PxtuiError, match="已于2020-03-25由赵六签署，不能再改"):
        announce(counter, day=date(2020, 4, 1))


def test_where_duties_are_apart_it_is_for_administrators(counter: Counter) -> None:
    assert "赵六" in COLLEAGUES
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    with pytest.raises(PxtuiError, match="疫情解除的登记和签署由管理员办理"):
        announce(counter)


def test_without_a_document_there_is_no_lifting(counter: Counter) -> None:
    with counter.register.writing(counter.acting) as context, pytest.raises(PxtuiError, match="写明宣布疫情解除的文件"):
        lifting.announce(context, LIFTED, " ")
