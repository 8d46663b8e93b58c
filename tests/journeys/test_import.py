"""A roster comes in as a file or from the clipboard: seen first, taken whole or not at all, stopped with Esc."""

from functools import partial
from pathlib import Path

import openpyxl
import pytest

from tests.support.endurance import keystrokes
from tests.support.rosters import made_up_people, office_with_roster, stored_people
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter
from tests.support.timed_terminal import TimedTerminal

HEADER = ("序号", "学员姓名", "部门", "公民身份号码", "手机")
MANY = 6_000
"""More than are taken in a second."""
A_SCROLLED_LINE = 1_000
BEHIND_THE_KEYS = 0.1


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register with one draft case whose roster has three people."""
    return office_with_roster(tmp_path / "office", made_up_people(3, first=8_000))


def workbook(path: Path, heads: int, *, lost: int = 0, sheets: tuple[str, ...] = ("名单",)) -> Path:
    """Made-up people in as many sheets as are named; the numbers of the first `lost` have lost digits."""
    book = openpyxl.Workbook(write_only=True)
    for name in sheets:
        sheet = book.create_sheet(name)
        sheet.append(HEADER)
        for row, person in enumerate(made_up_people(heads)):
            number = 5.1e17 if row < lost else person.id_number
            sheet.append((person.seq, person.name, "机修", number, f"{person.phone[:3]}-{person.phone[3:]}"))
    book.save(path)
    return path


def preview(terminal: Terminal, path: Path) -> None:
    """From the desk to the preview of a file."""
    terminal.wait_for("录入1")
    terminal.key("enter")
    terminal.wait_for("3人 0项不符")
    terminal.key("f6")
    terminal.type(str(path))
    terminal.key("enter")
    terminal.wait_for("尚未存入")


def test_rows_that_stay_out_are_named_and_need_a_second_enter(office: Path, tmp_path: Path) -> None:
    with counter(office) as terminal:
        preview(terminal, workbook(tmp_path / "b.xlsx", 12, lost=2))
        for said in ("10人 未读出2行", "未读出2行，工作表“名单”D2、D3", "B姓名（学员姓名）", "没有用到的列：C部门"):
            terminal.wait_for(said)
        terminal.key("enter")
        terminal.wait_for("再按Enter导入其余10人")
        terminal.key("down")
        terminal.key("enter")
        terminal.wait_for("再按Enter导入其余10人")
        assert len(stored_people(office)) == 3
        terminal.key("enter")
        terminal.wait_for("已导入10人")
    assert len(stored_people(office)) == 10


def test_rows_are_added_behind_those_that_stand_there_where_that_is_meant(office: Path, tmp_path: Path) -> None:
    there = stored_people(office)
    with counter(office) as terminal:
        preview(terminal, workbook(tmp_path / "b.xlsx", 2))
        terminal.wait_for("Enter替换现有3人，换成这2人；Ins改为接在后面")
        terminal.key("insert")
        terminal.wait_for("Enter接在现有3人后面，共5人；Ins改为替换")
        terminal.wait_for(f"5 {made_up_people(2)[1].name}")
        terminal.key("insert")
        terminal.wait_for("Enter替换现有3人，换成这2人")
        terminal.key("insert")
        terminal.wait_for("共5人")
        terminal.key("enter")
        terminal.wait_for("已导入5人")
        terminal.wait_for("5人 0项不符")
        assert stored_people(office) == [
            *there,
            *((person.name, person.id_number, person.phone) for person in made_up_people(2)),
        ]
        terminal.key("f8")
        terminal.wait_for("3人 0项不符")
    assert stored_people(office) == there


def test_every_repair_can_be_read_with_the_cursor_in_the_notes(office: Path, tmp_path: Path) -> None:
    with counter(office) as terminal:
        preview(terminal, workbook(tmp_path / "b.xlsx", 500))
        terminal.wait_for("修正500处")
        terminal.key("tab")
        terminal.key("end")
        terminal.wait_for("修正 E501：“138-00000499”改为“13800000499”")
        terminal.key("tab")
        terminal.key("end")
        terminal.wait_for("13800000499")


def test_of_several_lists_in_a_file_the_clerk_takes_one(office: Path, tmp_path: Path) -> None:
    with counter(office) as terminal:
        preview(terminal, workbook(tmp_path / "b.xlsx", 12, sheets=("一班", "二班")))
        terminal.wait_for("工作表“一班”（2张名单中的第1张）")
        terminal.key("ctrl+n")
        terminal.wait_for("工作表“二班”（2张名单中的第2张）")
        terminal.key("enter")
        terminal.wait_for("另有1张名单，不会导入；再按Enter导入其余12人")
        terminal.key("enter")
        terminal.wait_for("已导入12人")


def test_a_large_import_tells_how_far_it_is_and_esc_leaves_everything_as_it_was(office: Path, tmp_path: Path) -> None:
    before = stored_people(office)
    with counter(office) as terminal:
        preview(terminal, workbook(tmp_path / "b.xlsx", MANY))
        terminal.key("enter")
        terminal.wait_for("按Esc取消")
        terminal.key("escape")
        terminal.wait_for("已取消导入，花名册没有改动")
        assert stored_people(office) == before
        # The preview stands; what it shows can still be taken, and keys typed meanwhile wait for the roster.
        person = made_up_people(1, first=8_500)[0]
        terminal.key("enter")
        terminal.wait_for("正在导入")
        terminal.type("".join(keystrokes(person)))
        # Four seconds of work, of which a machine that does other things as well makes many.
        terminal.wait_for(f"{MANY + 1}人 0项不符 已存", timeout=60)
    *imported, last = stored_people(office)
    assert len(imported) == MANY
    assert last == (person.name, person.id_number, person.phone)


def test_an_import_is_undone_as_a_whole_after_leaving_the_roster_too(office: Path, tmp_path: Path) -> None:
    before = stored_people(office)
    with counter(office) as terminal:
        preview(terminal, workbook(tmp_path / "b.xlsx", 12))
        terminal.key("enter")
        terminal.wait_for("已导入12人")
        terminal.key("escape")
        terminal.wait_for("录入1")
        terminal.key("enter")
        terminal.wait_for("12人 0项不符")
        terminal.key("f8")
        terminal.wait_for("3人 0项不符")
    assert stored_people(office) == before


def test_scrolling_costs_the_same_in_a_long_list_as_in_a_short_one(tmp_path: Path) -> None:
    costs = {}
    for rows in (40, 1_200):
        with TimedTerminal(office_with_roster(tmp_path / str(rows), made_up_people(rows)), warm=True) as terminal:
            terminal.open_roster(rows)
            terminal.wait_for("通过")
            terminal.key("ctrl+home")
            terminal.settle(BEHIND_THE_KEYS)
            terminal.cost(partial(terminal.key, "pagedown"), BEHIND_THE_KEYS)
            costs[rows] = [terminal.cost(partial(terminal.key, "down")) for _ in range(6)]
    assert costs[40] == costs[1_200]
    assert max(costs[40]) <= A_SCROLLED_LINE
