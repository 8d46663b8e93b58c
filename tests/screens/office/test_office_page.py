"""The list of what belongs to no case: a digit opens one page, for good; Esc leads back step by step."""

import pytest

from pxtui.casework.office.register import Register
from screens.frame.catalogue import ROOMS
from screens.office.office import PAGES
from tests.support.counter import Counter
from tests.support.pages import seen

TITLES = {
    "1": "人员",
    "2": "以往培训",
    "3": "补贴目录",
    "4": "设置",
    "5": "资金来源",
    "6": "疫情解除",
    "7": "部门交换",
    "9": "报表",
    "b": "备份",
}


@pytest.mark.parametrize(("digit", "title"), TITLES.items())
def test_a_digit_opens_its_page_and_esc_leads_back(register: Register, digit: str, title: str) -> None:
    clerk = Counter(register)
    assert seen(register, clerk, "office", f"={digit}")[3].startswith(f" {title}")
    assert seen(register, clerk, "office", f"={digit}", "escape")[3].startswith(" 本部门")
    # As the full-width digits of an input method do.
    assert seen(register, clerk, "office", f"={chr(ord(digit) + 0xFEE0)}")[3].startswith(f" {title}")


def test_the_holidays_are_among_them(register: Register) -> None:
    assert seen(register, Counter(register), "office", "=8")[3].startswith(" 放假安排")


def test_digits_count_from_one_with_nought_for_ten_letters_follow_and_every_page_is_there() -> None:
    assert [digit for digit, *_ in PAGES] == [f"{place % 10}" for place in range(1, 11)] + ["b", "w", "d"]
    assert {screen for _, _, screen, _ in PAGES} <= set(ROOMS)
    assert {digit: name for digit, name, *_ in PAGES if digit in TITLES} == TITLES


@pytest.mark.parametrize("character", ["a", "x"])
def test_what_opens_nothing_is_told(register: Register, character: str) -> None:
    lines = seen(register, Counter(register), "office", f"={character}")
    assert lines[-2] == f" 没有“{character}”，请按行首的数字或字母，或上下键选择后按Enter。"


def test_from_the_menu_of_a_case_it_is_one_key_and_esc_leads_back_below_the_menu(register: Register) -> None:
    clerk = Counter(register)
    clerk.file()
    assert seen(register, clerk, "desk", "f10", "=0")[3].startswith(" 本部门")
    assert "2020-DQ-0001" in seen(register, clerk, "desk", "f10", "=0", "escape")[6]


def test_an_office_without_a_case_has_it_at_the_key_of_the_menu(register: Register) -> None:
    assert seen(register, Counter(register), "desk", "f10")[3].startswith(" 本部门")
