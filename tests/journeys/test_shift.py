"""The end of a shift at the counter: where the paper is, what is in hand, and who goes on with it."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from pxtui.casework.desk import shift
from pxtui.casework.lifecycle import paper_place
from pxtui.casework.office.register import open_register
from pxtui.home import Home
from tests.conftest import ACTING, NOW, empty_register
from tests.support.counter import Counter
from tests.support.rosters import CLERK
from tests.support.terminal_counter import COMMAND, counter


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register with two cases that are being entered, and colleagues."""
    register = empty_register(Home(tmp_path / "data"))
    made = Counter(register)
    made.hire_colleagues()
    for _ in range(2):
        made.file()
    register.close()
    return tmp_path


def test_one_case_is_given_away_with_its_paper(office: Path) -> None:
    with counter(office, command=(*COMMAND, "--as", CLERK)) as terminal:
        terminal.wait_for("录入2")
        terminal.key("f2")
        terminal.wait_for("2020-DQ-0002的纸质材料在哪里")
        terminal.key("enter")
        terminal.wait_for("请用1至40个字写明")
        terminal.type("2号架")
        terminal.key("enter")
        terminal.wait_for("已记：2020-DQ-0002的纸质材料在2号架。")
        terminal.key("f10")
        terminal.wait_for("材料在2号架")
        terminal.key("escape")
        terminal.wait_for("录入2")
        terminal.key("f11")
        terminal.wait_for("张三手上未办结2件")
        terminal.type(" ")
        terminal.key("enter")
        terminal.wait_for("选定的1件交给谁（1李四、2王五、3赵六）")
        terminal.type("4")
        terminal.key("enter")
        terminal.wait_for("请按编号或姓名写接手人")
        terminal.key("backspace")
        terminal.type("1")
        terminal.key("enter")
        terminal.wait_for("要交代的话")
        terminal.type("合同明天送来")
        terminal.key("enter")
        terminal.wait_for("已交李四1件，纸质材料一并交接")
        terminal.wait_for("张三手上未办结1件")
        terminal.key("f9")
        terminal.wait_for("已出具今天的交班清单")
    (path,) = (office / "data" / "papers").rglob("*交班清单*.xlsx")
    told = [cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert {"2020-DQ-0001", "李四", "合同明天送来"} <= set(told)
    register = open_register(Home(office / "data"), NOW)
    with register.reading(ACTING) as context:
        assert [row.number for row in shift.in_hand(context, "李四")] == ["2020-DQ-0001"]
        assert paper_place.where(context, "2020-DQ-0001") == "李四处"
        assert paper_place.where(context, "2020-DQ-0002") == "2号架"
    register.close()


def test_who_works_alone_has_nobody_to_give_it_to(tmp_path: Path) -> None:
    register = empty_register(Home(tmp_path / "data"))
    Counter(register).file()
    register.close()
    with counter(tmp_path) as terminal:
        terminal.wait_for("录入1")
        terminal.key("f11")
        terminal.wait_for("张三手上未办结1件")
        terminal.key("enter")
        terminal.wait_for("没有别的人员可以接手")
