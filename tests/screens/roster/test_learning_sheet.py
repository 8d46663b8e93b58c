"""The sheet of the learning records remarks hours for which the days of the class have no room."""

import pytest

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from tests.support.counter import AFTER_THE_CLASS, ANSWER, Counter
from tests.support.pages import seen
from tests.support.rosters import made_up_people

pytestmark = pytest.mark.slow


def sheet(register: Register, *keys: str) -> list[str]:
    """The sheet of a claim for three people after the keys."""
    counter = Counter(register)
    number = counter.file(made_up_people(3))
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    return seen(register, counter, "desk", "enter", *keys)


def test_more_than_24_hours_a_day_are_told_as_soon_as_they_are_keyed(register: Register) -> None:
    lines = sheet(register, "=999", "enter", "=1")
    assert "每天超24小时1人" in lines[3]
    assert "完成999学时分在14天，每天53.6小时，一天只有24小时，请核对完成学时。" in lines[-2]


def test_what_fits_into_the_days_is_not_remarked(register: Register) -> None:
    lines = sheet(register, "=40", "enter", "=1", "up")
    assert "24小时" not in "".join(lines)
    assert "未录2人" in lines[3]
