"""The terminal's own cursor stands where the next character goes: an input method opens its window there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.rosters import made_up_people, office_with_roster, stored_people
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

in_both_sizes = pytest.mark.parametrize("desk", [(80, 24), (120, 36)], indirect=True, ids=str)
PEOPLE = made_up_people(60)
FAULTY = "510402197001010014"


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """The program in a window of 80×24 or of the size asked for, over a case with 60 people."""
    columns, rows = getattr(request, "param", (80, 24))
    with counter(office_with_roster(tmp_path, PEOPLE), columns=columns, rows=rows) as terminal:
        terminal.wait_for("录入1")
        yield terminal


@pytest.fixture
def sheet(desk: Terminal) -> Terminal:
    """The roster, scrolled to the row behind the last."""
    desk.key("enter")
    desk.wait_for("60人 0项不符")
    stands(desk, "61 ")
    return desk


def stands(terminal: Terminal, before: str, behind: str = "") -> None:
    """Until the cursor stands between two texts of its line; a blank in `before` matches a run of them."""

    def between() -> bool:
        x, y = terminal.cursor
        cells = [cell.data for cell in terminal.cells(y)]
        left, right = "".join(cells[:x]), "".join(cells[x:])
        as_meant = left.endswith(before) if behind or not before.endswith(" ") else left.split() == before.split()
        return as_meant and right.startswith(behind or " ") and cells[x] != ""

    terminal.wait_until(between, f"the cursor between “{before}” and “{behind}”, and not at {terminal.cursor}")


@in_both_sizes
def test_behind_every_kind_of_character_and_between_them(sheet: Terminal) -> None:
    for typed in ("张", "三", "𬭚", "·", "力"):
        sheet.type(typed)
        stands(sheet, typed)
    for before, behind in (("·", "力"), ("𬭚", "·"), ("三", "𬭚"), ("张", "三"), (" ", "张三")):
        sheet.key("left")
        stands(sheet, before, behind)
    sheet.key("right")
    sheet.type("飞")
    stands(sheet, "张飞", "三𬭚")
    sheet.key("end")
    stands(sheet, "张飞三𬭚·力")


def test_at_the_end_of_a_field_that_is_full_and_of_one_that_is_longer_than_its_column(sheet: Terminal) -> None:
    sheet.type("阿木约布·尔古")
    stands(sheet, "木约布·尔古")
    sheet.key("home")
    stands(sheet, " ", "阿木约布·尔")
    sheet.key("enter")
    sheet.type(FAULTY)
    stands(sheet, FAULTY)
    sheet.key("left")
    stands(sheet, FAULTY[:-1], FAULTY[-1])


@in_both_sizes
def test_in_any_row_of_a_scrolled_sheet(sheet: Terminal) -> None:
    for key, row in (("up", 60), ("ctrl+home", 1), ("down", 2)):
        sheet.key(key)
        stands(sheet, f"{row} {PEOPLE[row - 1].name}")
    sheet.key("pagedown", "pagedown")
    sheet.type("𬭚尔古")
    stands(sheet, "𬭚尔古")
    y = sheet.cursor[1]
    row = int(sheet.line(y).split()[0])
    assert sheet.line(y).split()[1] == "𬭚尔古"
    assert sheet.line(y - 1).split()[:2] == [str(row - 1), PEOPLE[row - 2].name]


def test_in_the_question_on_the_message_line(sheet: Terminal) -> None:
    sheet.key("f6")
    stands(sheet, "花名册文件：")
    sheet.type("花名册·𬭚.xlsx")
    stands(sheet, "·𬭚.xlsx")
    for before, behind in ((".xls", "x"), (".xl", "sx")):
        sheet.key("left")
        stands(sheet, before, behind)
    sheet.key("home")
    stands(sheet, "花名册文件：", "花名册·")
    sheet.key("end")
    sheet.type("很长" * 60 + "尾")
    stands(sheet, "很长尾")


@in_both_sizes
def test_in_a_form_and_in_one_that_is_scrolled(desk: Terminal) -> None:
    desk.key("insert")
    desk.wait_for("开班申请")
    desk.key("enter")
    desk.type("攀枝花市𬭚·力")
    stands(desk, "𬭚·力")
    desk.key("left", "left")
    stands(desk, "市𬭚", "·力")
    while "法定代表人" not in desk.line(desk.cursor[1]):
        desk.cost(lambda: desk.key("tab"))
    desk.type("阿木约布·尔古")
    stands(desk, "阿木约布·尔古")


def test_a_window_resized_in_mid_row_loses_nothing_and_keeps_the_cursor_in_its_cell(
    sheet: Terminal, tmp_path: Path
) -> None:
    sheet.key("ctrl+home")
    sheet.type("阿木𬭚·尔")
    stands(sheet, "阿木𬭚·尔")
    sheet.key("left")
    stands(sheet, "1 阿木𬭚·", "尔")
    place = sheet.cursor
    for size in ((120, 36), (80, 24), (132, 50), (100, 20), (80, 24)):
        sheet.resize(*size)
        stands(sheet, "1 阿木𬭚·", "尔")
        assert sheet.cursor == place
    for size in ((40, 10), (20, 6), (7, 3), (1, 1)):
        sheet.resize(*size)
        sheet.settle()
    sheet.resize(80, 24)
    stands(sheet, "1 阿木𬭚·", "尔")
    sheet.type("力")
    sheet.key("down")
    sheet.wait_for("1 阿木𬭚·力尔 男")
    sheet.wait_for("已存")
    assert stored_people(tmp_path)[0] == ("阿木𬭚·力尔", PEOPLE[0].id_number, PEOPLE[0].phone)


def test_a_window_resized_in_the_last_row_a_form_or_a_question_keeps_the_cursor_there(sheet: Terminal) -> None:
    sheet.type("尔古")
    stands(sheet, "61 尔古")
    for size in ((120, 36), (80, 24), (90, 12), (80, 24)):
        sheet.resize(*size)
        stands(sheet, "61 尔古")
        sheet.wait_for(f"60 {PEOPLE[59].name}")
    sheet.key("f6")
    sheet.type("花名册·𬭚")
    for size in ((120, 36), (80, 24)):
        sheet.resize(*size)
        stands(sheet, "花名册文件：花名册·𬭚")
    sheet.key("escape")
    sheet.key("ctrl+b")
    sheet.wait_for("录入1")
    sheet.key("insert")
    sheet.wait_for("开班申请")
    sheet.key("enter")
    sheet.type("攀枝花市𬭚")
    for size in ((120, 36), (40, 10), (1, 1), (80, 24)):
        sheet.resize(*size)
        sheet.settle()
    stands(sheet, "单位名称         攀枝花市𬭚")
