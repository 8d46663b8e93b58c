"""The page of the reports: a day, a month or a year is asked for; what was issued is printed again as it was."""

import pytest

from pxtui.casework.office.register import Register
from pxtui.casework.printed import issuing
from tests.support.counter import Counter
from tests.support.pages import seen


def page(register: Register, *keys: str) -> list[str]:
    return seen(register, Counter(register), "reports", *keys)


def issued(register: Register) -> list[str]:
    with register.reading(Counter(register).acting) as context:
        return [paper.file_name for paper in issuing.issued_before(context, None)]


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (("enter", "enter"), "2020-03-16 日报0001 东区人社局.xlsx"),
        (("enter", "=2020-03-15", "enter"), "2020-03-15 日报0001 东区人社局.xlsx"),
        (("down", "enter", "enter"), "2020-03 月报0001 东区人社局.xlsx"),
        (("down", "down", "enter", "enter"), "2020 追回台账0001 东区人社局.xlsx"),
    ],
)
def test_enter_asks_for_the_period_and_offers_that_of_today(
    register: Register, keys: tuple[str, ...], name: str
) -> None:
    lines = page(register, *keys)
    assert issued(register) == [name]
    assert "已出具，放在" in lines[-2]
    assert any(line.strip().startswith("重印 ") for line in lines)


def test_what_is_no_period_is_asked_for_again_and_what_has_not_come_is_refused(register: Register) -> None:
    assert "“2020-3”有误，请写成2020-03的形式" in page(register, "down", "enter", "=2020-3", "enter")[-2]
    assert "还没有到，不能出具" in page(register, "enter", "=2020-03-17", "enter")[-2]
    assert issued(register) == []


def test_an_issued_report_is_printed_again_as_it_was(register: Register) -> None:
    page(register, "enter", "enter")
    assert "已原样重印到" in page(register, "end", "enter")[-2]
    assert len(issued(register)) == 1
