"""A clerk puts right what she has keyed: Esc, F7, F8 and Ctrl+R, and a program that is killed in mid-number."""

import signal
from dataclasses import replace
from pathlib import Path

from tests.journeys.test_rough_treatment import PASTED
from tests.support.rosters import made_up_people, office_with_claim, office_with_roster, stored_people
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

NUMBER = "5104021980"


def open_roster(terminal: Terminal, heads: int) -> None:
    """Open the only case."""
    terminal.wait_for("录入1")
    terminal.key("enter")
    terminal.wait_for(f"{heads}人")
    terminal.wait_for("审查")


def here(terminal: Terminal) -> str:
    """The line on which the cursor stands."""
    return terminal.line(terminal.cursor[1])


def test_esc_restores_the_cell_and_a_second_one_leaves(tmp_path: Path) -> None:
    person = made_up_people(1)[0]
    with counter(office_with_roster(tmp_path, [person])) as terminal:
        open_roster(terminal, 1)
        terminal.wait_for("通过")
        terminal.key("ctrl+home")
        terminal.type("错")
        terminal.key("escape")
        terminal.wait_for("恢复了原样")
        assert person.name in here(terminal)
        terminal.key("escape")
        terminal.wait_for("录入1")
    assert [name for name, _, _ in stored_people(tmp_path)] == [person.name]


def test_f7_names_who_went_and_f8_brings_them_back(tmp_path: Path) -> None:
    people = made_up_people(2)
    with counter(office_with_roster(tmp_path, people)) as terminal:
        open_roster(terminal, 2)
        terminal.wait_for("通过")
        terminal.key("f7")
        terminal.wait_for("这一行是空的")
        terminal.key("ctrl+home", "f7")
        terminal.wait_for(f"已删去第1行{people[0].name}（证号尾{people[0].id_number[-4:]}），按F8取回。")
        terminal.key("f8")
        terminal.wait_for(f"已取回第1行{people[0].name}（证号尾{people[0].id_number[-4:]}）")
        terminal.wait_for("2人 0项不符 已存")
    assert [number for _, number, _ in stored_people(tmp_path)] == [person.id_number for person in people]


def test_redo_outlives_the_sheet_and_the_program(tmp_path: Path) -> None:
    person = made_up_people(1)[0]
    with counter(office_with_roster(tmp_path, [person])) as terminal:
        open_roster(terminal, 1)
        terminal.wait_for("通过")
        terminal.key("ctrl+home")
        terminal.type("李思")
        terminal.key("down", "f8")
        terminal.wait_for("已撤销第1行的改动")
        terminal.wait_for("已存")
        terminal.key("escape")
        open_roster(terminal, 1)
        terminal.wait_for("通过")
        terminal.signal(signal.SIGKILL)
        terminal.exit_code()
    with counter(tmp_path) as terminal:
        open_roster(terminal, 1)
        terminal.wait_for("通过")
        assert terminal.shows(person.name)
        terminal.key("ctrl+r")
        terminal.wait_for("李思")
        terminal.wait_for("已存")
    assert [name for name, _, _ in stored_people(tmp_path)] == ["李思"]


def test_the_digits_of_the_cell_in_hand_outlive_a_killed_program(tmp_path: Path) -> None:
    with counter(office_with_roster(tmp_path, []), warm=False) as terminal:
        open_roster(terminal, 0)
        terminal.type("李四")
        terminal.key("enter")
        terminal.type(NUMBER)
        terminal.wait_for(f"李四 {NUMBER}")
        terminal.settle(0.5)
        terminal.signal(signal.SIGKILL)
        terminal.exit_code()
    with counter(tmp_path, warm=False) as terminal:
        terminal.wait_for("已恢复上次没有存下的一行")
        terminal.wait_for(f"李四 {NUMBER}")
        terminal.type("0")
        terminal.wait_for(f"李四 {NUMBER}0")


def test_a_pasted_list_is_offered_behind_the_people_that_are_there(tmp_path: Path) -> None:
    there = made_up_people(2, first=8_000)
    with counter(office_with_roster(tmp_path, there)) as terminal:
        open_roster(terminal, 2)
        terminal.wait_for("通过")
        terminal.paste(PASTED)
        terminal.wait_for("Enter接在现有2人后面，共4人；Ins改为替换")
        terminal.key("insert")
        terminal.wait_for("Enter替换现有2人，换成这2人；Ins改为接在后面")
        terminal.key("insert")
        terminal.wait_for("Enter接在现有2人后面，共4人")
        terminal.key("enter")
        terminal.wait_for("已导入4人")
    assert [name for name, _, _ in stored_people(tmp_path)] == [there[0].name, there[1].name, "周强", "[/甲]"]


def test_a_roster_opens_at_the_first_cell_that_lacks_something(tmp_path: Path) -> None:
    first, second, third, fourth = made_up_people(4)
    people = [first, replace(second, phone=""), replace(third, id_number=third.id_number[:-1]), fourth]
    with counter(office_with_roster(tmp_path, people)) as terminal:
        open_roster(terminal, 4)
        terminal.wait_until(lambda: second.name in here(terminal), "the second row")
        terminal.type(second.phone)
        terminal.wait_until(lambda: third.name in here(terminal), "the third row")
        terminal.key("escape")
        open_roster(terminal, 4)
        terminal.wait_until(lambda: third.name in here(terminal), "the third row again")
        terminal.key("f2")
        terminal.type(third.id_number[-1])
        terminal.key("down")
        terminal.wait_for("4人 0项不符 已存")
    assert stored_people(tmp_path) == [(row.name, row.id_number, row.phone) for row in (first, second, third, fourth)]


def test_a_roster_opens_at_the_first_row_that_the_check_stops_and_typing_begins_a_new_one(tmp_path: Path) -> None:
    first, second, third = made_up_people(3)
    people = [first, second, replace(third, id_number=second.id_number)]
    with counter(office_with_roster(tmp_path, people)) as terminal:
        open_roster(terminal, 3)
        terminal.wait_for("第3行：")
        assert third.name in here(terminal)
        terminal.type("赵六")
        terminal.wait_until(lambda: here(terminal).split() == ["4", "赵六"], "a new row")
        terminal.key("escape", "escape")
        terminal.wait_for("录入1")
    assert [name for name, _, _ in stored_people(tmp_path)] == [person.name for person in people]


def test_learning_records_open_at_the_first_trainee_without_a_result(tmp_path: Path) -> None:
    people = made_up_people(2)
    with counter(office_with_claim(tmp_path, people), day="2020-04-10") as terminal:
        terminal.wait_for("补贴录入中")
        terminal.key("enter")
        terminal.wait_for("未录2人")
        terminal.type("40")
        terminal.key("enter")
        terminal.type("1")
        terminal.wait_for("未录1人")
        terminal.wait_for("已存")
        terminal.key("escape")
        terminal.wait_for("补贴录入中")
        terminal.key("enter")
        terminal.wait_for("未录1人")
        terminal.wait_until(lambda: people[1].name in here(terminal), "the second trainee")
