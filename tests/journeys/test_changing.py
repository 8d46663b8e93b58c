"""An approved class is changed at the counter: its days and its people, or nothing at all."""

from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.decision import class_changes
from pxtui.casework.decision.class_changes import ClassAsItIs
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import open_register
from pxtui.home import Home
from tests.conftest import ACTING, NOW, empty_register
from tests.support.counter import Counter
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

NUMBER = "2020-DQ-0001"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register with an approved class of three people, 20 March to 2 April."""
    register = empty_register(Home(tmp_path / "data"))
    made = Counter(register)
    made.do(made.file(), Action.SUBMIT, Action.APPROVE)
    register.close()
    return tmp_path


def as_it_is(office: Path) -> ClassAsItIs:
    register = open_register(Home(office / "data"), NOW)
    with register.reading(ACTING) as context:
        found = class_changes.as_it_is(context, NUMBER, NOW.date())
    register.close()
    return found


def at_the_change(terminal: Terminal) -> None:
    """Open the class, then its change."""
    terminal.wait_for("培训中1")
    terminal.key("enter")
    terminal.wait_for("批准3人")
    terminal.key("f2")
    terminal.wait_for("日期、平台、人员按Ctrl+N变更")
    terminal.wait_for("1单位名称")
    terminal.key("ctrl+n")
    terminal.wait_for("已批准3人")


def test_the_days_move_and_somebody_leaves(office: Path) -> None:
    with counter(office) as terminal:
        at_the_change(terminal)
        terminal.type("0323")
        terminal.key("enter")
        terminal.type("0405")
        terminal.key("enter", "enter")
        terminal.type("2")
        terminal.key("enter", "enter", "enter")
        terminal.type("企业申请推迟")
        terminal.key("enter")
        terminal.wait_for("已变更，按F9可出具开班变更通知书。")
        terminal.wait_for("批准2人  其余0人")
        assert "03-23至04-05" in terminal.screen_text()
    changed = as_it_is(office)
    assert (changed.starts_on, changed.ends_on) == (date(2020, 3, 23), date(2020, 4, 5))
    assert [seq for seq, _ in changed.people] == [1, 3]


def test_a_change_that_cannot_be_leaves_everything_as_it_was_and_what_is_keyed_on_the_screen(office: Path) -> None:
    before = as_it_is(office)
    with counter(office) as terminal:
        at_the_change(terminal)
        terminal.type("0323")
        terminal.key("enter")
        terminal.type("0301")
        terminal.key("enter")
        terminal.wait_for("结束日期")
        terminal.type("0405")
        terminal.key("enter", "enter")
        terminal.type("二")
        terminal.key("enter")
        terminal.wait_for("“二”不是序号，请写成3、7。")
        terminal.type("7")
        terminal.key("enter")
        terminal.type("nowhere.xlsx")
        terminal.key("enter", "enter")
        terminal.type("企业申请")
        terminal.key("enter")
        terminal.wait_for("找不到文件“nowhere.xlsx”")
        terminal.key("up", "up", *["backspace"] * len("nowhere.xlsx"), "enter", "enter", "enter")
        terminal.wait_for("批准名单里没有第7号，请核对序号。")
        assert "2020-04-05" in terminal.screen_text()
        terminal.key("escape")
        terminal.wait_for("批准3人")
    assert as_it_is(office) == before


def test_a_class_that_is_over_is_not_changed(office: Path) -> None:
    with counter(office, day="2020-04-03") as terminal:
        terminal.wait_for("培训中1")
        terminal.key("enter")
        terminal.wait_for("批准3人")
        terminal.key("f2")
        terminal.wait_for("1单位名称")
        terminal.key("ctrl+n")
        terminal.wait_for("此班已于2020-04-02结束，不能再变更")
