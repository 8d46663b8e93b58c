"""Two clerks at one form: whoever stores second sees both values of each field, takes or keeps each, loses nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual._context import active_app

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import ApplicantDetails, Filing
from screens.frame.app import Counter as AppCounter
from tests.support.counter import Counter
from tests.support.pages import at, seen

AT_ADDRESS = ("down",) * 14
"""From the first field of the application."""
OLD, NEW = "老街道2号", "新街道1号"


@pytest.fixture
def clerk(register: Register) -> Counter:
    made = Counter(register)
    made.hire_colleagues()
    return made


def details(clerk: Counter, number: str) -> ApplicantDetails:
    return filed(clerk, number).details


def filed(clerk: Counter, number: str) -> Filing:
    with clerk.register.reading(clerk.acting) as context:
        return opening_filing.filing(context, number)


def amending(clerk: Counter, number: str, **changed: Any) -> Callable[[], None]:
    """What a colleague does at another counter."""

    def amend() -> None:
        before = filed(clerk, number)
        after = replace(before, details=replace(before.details, **changed))
        with clerk.register.writing(at(clerk, "李四").acting) as context:
            opening_filing.amend(context, number, after)

    return amend


def intake(clerk: Counter, number: str, *keys: str | Callable[[], object]) -> str:
    return "\n".join(seen(clerk.register, clerk, ("intake", number), *keys))


def test_both_values_of_each_field_are_shown_with_what_stood_there_and_who_changed_it(clerk: Counter) -> None:
    number = clerk.file()
    sooner = amending(clerk, number, address=OLD, contact_name="王芳")
    page = intake(clerk, number, *AT_ADDRESS, f"={NEW}", sooner, "ctrl+n")
    assert "李四先存了，2栏不同" in page
    assert "单位地址　李四 2020-03-16 10:00改的" in page
    assert f"1 同事存的 {OLD}" in page
    assert f"2 您填的　 {NEW}" in page
    assert "还有1栏两人都改了" in page
    assert details(clerk, number).address == OLD, "nothing is stored before somebody has chosen"


@pytest.mark.parametrize(("digit", "address"), [("1", OLD), ("2", NEW)])
def test_one_key_takes_the_colleague_s_or_keeps_one_s_own_and_enter_stores_both_clerks_work(
    clerk: Counter, digit: str, address: str
) -> None:
    number = clerk.file()
    sooner = amending(clerk, number, address=OLD, contact_name="王芳")
    intake(clerk, number, *AT_ADDRESS, f"={NEW}", "down", "=周强", sooner, "ctrl+n", f"={digit}", "enter")
    stored = details(clerk, number)
    assert (stored.address, stored.legal_representative, stored.contact_name) == (address, "周强", "王芳")


def test_what_was_not_touched_here_can_be_put_back_as_it_was(clerk: Counter) -> None:
    number = clerk.file()
    sooner = amending(clerk, number, contact_name="王芳")
    intake(clerk, number, *AT_ADDRESS, f"={NEW}", sooner, "ctrl+n", "=2", "enter")
    assert (details(clerk, number).address, details(clerk, number).contact_name) == (NEW, "")


def test_enter_stores_nothing_as_long_as_a_field_is_not_chosen(clerk: Counter) -> None:
    number = clerk.file()
    page = intake(clerk, number, *AT_ADDRESS, f"={NEW}", amending(clerk, number, address=OLD), "ctrl+n", "enter")
    assert "还有1栏两人都改了" in page
    assert details(clerk, number).address == OLD


def test_esc_goes_back_with_everything_typed_and_the_next_try_compares_again(clerk: Counter) -> None:
    number = clerk.file()
    keys = (*AT_ADDRESS, f"={NEW}", amending(clerk, number, address=OLD), "ctrl+n", "escape")
    page = intake(clerk, number, *keys)
    assert NEW in page
    assert "没有存下，您填的都还在" in page
    assert details(clerk, number).address == OLD
    other = clerk.file(occupation="电工")
    keys = (*AT_ADDRESS, f"={NEW}", amending(clerk, other, address="后街道3号"), "ctrl+n", "escape")
    assert "1栏不同" in intake(clerk, other, *keys, "ctrl+n")


def test_who_is_overtaken_once_more_while_choosing_is_shown_the_newer_value(clerk: Counter) -> None:
    number = clerk.file()
    first, second = (amending(clerk, number, address=text) for text in (OLD, "后街道3号"))
    page = intake(clerk, number, *AT_ADDRESS, f"={NEW}", first, "ctrl+n", second, "=2", "enter")
    assert "1 同事存的 后街道3号" in page
    assert details(clerk, number).address == "后街道3号"


def test_what_a_colleague_changed_back_or_to_the_same_is_no_conflict(clerk: Counter) -> None:
    number = clerk.file()
    same = amending(clerk, number, address=NEW)
    assert "不同" not in intake(clerk, number, *AT_ADDRESS, f"={NEW}", same, "ctrl+n")
    there, back = amending(clerk, number, contact_name="王芳"), amending(clerk, number, contact_name="")
    assert "不同" not in intake(clerk, number, *AT_ADDRESS, f"={OLD}", there, back, "ctrl+n")
    assert details(clerk, number).address == OLD


def test_the_file_of_the_applicant_that_another_case_changed_is_not_overwritten_unseen(clerk: Counter) -> None:
    number, other = clerk.file(), clerk.file(occupation="电工")
    page = intake(clerk, number, *AT_ADDRESS, f"={NEW}", amending(clerk, other, address=OLD), "ctrl+n")
    assert "李四先存了，1栏不同" in page


def test_each_field_names_whoever_changed_it_last(clerk: Counter) -> None:
    number = clerk.file()
    by_another = amending(at(clerk, "王五"), number, address=OLD)

    def sooner() -> None:
        with clerk.register.writing(at(clerk, "王五").acting) as context:
            before = opening_filing.filing(context, number)
            after = replace(before, details=replace(before.details, legal_representative="郑伟"))
            opening_filing.amend(context, number, after)

    page = intake(clerk, number, *AT_ADDRESS, f"={NEW}", by_another, sooner, "ctrl+n", "down")
    assert "李四、王五先存了" in page or "王五、李四先存了" in page
    assert "法定代表人　王五" in page


def test_who_stores_after_the_case_was_handed_in_is_told_that_and_not_asked_to_compare(clerk: Counter) -> None:
    number = clerk.file()

    def sooner() -> None:
        amending(clerk, number, address=OLD)()
        clerk.do(number, Action.SUBMIT, by="王五")

    page = intake(clerk, number, *AT_ADDRESS, f"={NEW}", sooner, "ctrl+n")
    assert "王五于2020-03-16 10:00已办理（提交审查）。案件处于“待开班审批”" in page
    assert NEW in page
    assert "栏不同" not in page


def test_what_was_left_as_a_draft_is_stored_over_what_stood_there_when_it_was_keyed(clerk: Counter) -> None:
    number = clerk.file()
    left = (*AT_ADDRESS, f"={NEW}", "ctrl+home", "delete", "down", "escape")

    def open_again() -> None:
        counter = active_app.get()
        assert isinstance(counter, AppCounter)
        counter.open("intake", number)

    sooner = amending(clerk, number, address=OLD)
    page = intake(clerk, number, *left, sooner, open_again, "", "=2020-03-16", "ctrl+n")
    assert "李四先存了，1栏不同" in page
    assert f"2 您填的　 {NEW}" in page
    assert details(clerk, number).address == OLD
