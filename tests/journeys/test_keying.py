"""What a clerk meets who keys a whole roster: what the sheet refuses, where the cursor stands, and the way on."""

from dataclasses import replace
from pathlib import Path

import pytest

from pxtui.casework.office.register import open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.home import Home
from tests.conftest import ACTING, NOW
from tests.support.endurance import SLOW_COMMAND
from tests.support.rosters import NUMBER, made_up_people, office_with_roster, stored_people
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter
from tests.support.timed_terminal import TimedTerminal

SOMEBODY = made_up_people(1, first=7)[0]
MESSAGE_LINE = -2


def in_the_roster(terminal: Terminal, heads: int) -> None:
    """Open the only case: the cursor stands in the empty row behind the last."""
    terminal.wait_for("录入1")
    terminal.key("enter")
    terminal.wait_for(f"{heads}人")
    terminal.wait_for("通过")


def message(terminal: Terminal) -> str:
    """What the message line says."""
    return terminal.screen_text().splitlines()[MESSAGE_LINE].strip()


@pytest.mark.parametrize("typed", [SOMEBODY.id_number, SOMEBODY.phone, "王五2", "王五２"])
def test_a_number_is_no_name(typed: str, tmp_path: Path) -> None:
    with counter(office_with_roster(tmp_path, made_up_people(1))) as terminal:
        in_the_roster(terminal, 1)
        terminal.type(typed)
        terminal.key("enter")
        terminal.wait_for("姓名里有数字，请按身份证改正；号码填在右边的栏里。")
        terminal.key(*["backspace"] * len(typed))
        terminal.type("阿木约布·史古")
        terminal.key("enter")
        terminal.type(SOMEBODY.id_number + SOMEBODY.phone)
        terminal.wait_for("2人 0项不符 已存")
    assert stored_people(tmp_path)[1:] == [("阿木约布·史古", SOMEBODY.id_number, SOMEBODY.phone)]


def test_enter_in_the_empty_last_row_says_how_to_go_on_and_the_number_may_come_first(tmp_path: Path) -> None:
    with counter(office_with_roster(tmp_path, made_up_people(1))) as terminal:
        in_the_roster(terminal, 1)
        terminal.key("enter")
        terminal.wait_for("这一行还没有填；全部录完了，按F5审查。")
        terminal.type(SOMEBODY.id_number)
        terminal.wait_for(SOMEBODY.id_number)
        assert message(terminal) == ""


def test_back_from_the_check_stands_the_roster_again(tmp_path: Path) -> None:
    with counter(office_with_roster(tmp_path, made_up_people(3))) as terminal:
        in_the_roster(terminal, 3)
        terminal.key("f5")
        terminal.wait_for("（申请）")
        terminal.key("escape")
        terminal.wait_for("3人 0项不符")
        terminal.key("escape")
        terminal.wait_for("录入1")


def test_what_was_found_in_a_row_goes_with_it_however_slow_the_check_is(tmp_path: Path) -> None:
    first, second, third = made_up_people(3)
    people = [first, replace(second, phone="1380000"), third]
    with TimedTerminal(office_with_roster(tmp_path, people), SLOW_COMMAND, warm=True) as terminal:
        in_the_roster(terminal, 3)
        terminal.key("ctrl+home", "down")
        terminal.wait_for("第2行：")
        terminal.key("f7", "down", "up")
        terminal.wait_for("2人")
        assert message(terminal) == ""
        terminal.wait_for("2人 0项不符 已存")
        assert message(terminal) == ""


def test_an_answer_about_a_row_that_is_gone_says_nothing(tmp_path: Path) -> None:
    first, second, third = made_up_people(3)
    with TimedTerminal(office_with_roster(tmp_path, [first, second, third]), SLOW_COMMAND, warm=True) as terminal:
        in_the_roster(terminal, 3)
        terminal.key("ctrl+home", "down", "tab", "tab")
        terminal.type("1380000")
        terminal.key("up")
        terminal.wait_for("3人 0项不符 已存")
        # The check of the row is on its way when the row goes; other writes hold its removal up, so that the answer is
        # still about it. What the menu asks for comes after all of them.
        terminal.key("tab")
        terminal.type("返乡")
        terminal.key("down", "down")
        terminal.type("退役")
        terminal.key("up", "f7", "f10")
        terminal.wait_for("办理记录")
        terminal.key("escape")
        terminal.wait_for("2人 0项不符 已存")
        assert message(terminal) == ""


def test_the_title_tells_the_heads_of_the_cover_as_long_as_they_are_others(tmp_path: Path) -> None:
    office = office_with_roster(tmp_path, made_up_people(1))
    register = open_register(Home(office / "data"), NOW)
    with register.writing(ACTING) as context:
        filing = replace(opening_filing.filing(context, NUMBER), cover_head_count=2)
        opening_filing.amend(context, NUMBER, filing)
    register.close()
    with counter(office) as terminal:
        in_the_roster(terminal, 1)
        terminal.wait_for("1人 0项不符 申请表填2人")
        terminal.type(SOMEBODY.name)
        terminal.key("enter")
        terminal.type(SOMEBODY.id_number + SOMEBODY.phone)
        terminal.wait_for("2人 0项不符 已存")
        assert not terminal.shows("申请表填")
