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
from tests.support.rosters import made_up_people
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

NUMBER = "2020-DQ-0001"
_, LEAVER, _ = made_up_people(3)
LEFT_NAME, LEFT_ID_TAIL = LEAVER.name, LEAVER.id_number[-4:]


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
    terminal.wait_for("未开班1")
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
        terminal.key("enter", "enter", "enter", "enter")
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
        terminal.key("enter", "enter")
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
        terminal.wait_for("待申领1")
        terminal.key("enter")
        terminal.wait_for("批准3人")
        terminal.key("f2")
        terminal.wait_for("1单位名称")
        terminal.key("ctrl+n")
        terminal.wait_for("此班已于2020-04-02结束，不能再变更")


def test_who_takes_somebodys_place_is_keyed_and_looked_up_on_file(office: Path) -> None:
    with counter(office) as terminal:
        at_the_change(terminal)
        terminal.key("enter", "enter", "enter")
        terminal.type("2")
        terminal.key("enter")
        terminal.type("欧阳明")
        terminal.key("enter")
        terminal.wait_for("　身份证号")
        terminal.type("510402198001010019")
        terminal.wait_for("校验码应为8，现为9")
        terminal.key("backspace")
        terminal.type("8")
        terminal.wait_for("手机11位")
        # Who ends every cell with Enter passes nothing over.
        terminal.type("13800000001")
        terminal.key("enter")
        terminal.wait_for("加进：欧阳明（证号尾0018）")
        terminal.type(LEFT_ID_TAIL)
        terminal.wait_for(LEFT_NAME)
        terminal.key("enter")
        terminal.wait_for("已取台账中的资料，核对电话后按Enter。")
        terminal.key("enter")
        terminal.wait_for(f"、{LEFT_NAME}（证号尾{LEFT_ID_TAIL}）")
        terminal.key("f7")
        terminal.wait_for(f"已去掉{LEFT_NAME}（证号尾{LEFT_ID_TAIL}）。")
        terminal.key("f7")
        terminal.wait_for("已去掉欧阳明（证号尾0018）。")
        terminal.key("f7")
        terminal.wait_for("没有在这里加进的人员")
        # The one in hand when the form ends is in it as well.
        terminal.type("欧阳明")
        terminal.key("enter")
        terminal.wait_for("　身份证号")
        terminal.type("510402198001010018")
        terminal.type("0812-3330000")
        terminal.key("down", "down", "down")
        terminal.type("换人")
        terminal.key("enter")
        terminal.wait_for("已变更，按F9可出具开班变更通知书。")
    changed = as_it_is(office)
    assert [(seq, name) for seq, name in changed.people if seq not in (1, 3)] == [(4, "欧阳明")]
    assert [seq for seq, _ in changed.people] == [1, 3, 4]


def test_who_is_half_keyed_is_asked_for_before_anything_is_changed(office: Path) -> None:
    before = as_it_is(office)
    with counter(office) as terminal:
        at_the_change(terminal)
        terminal.key("enter", "enter", "enter", "enter")
        terminal.type("欧阳明")
        terminal.key("enter")
        terminal.wait_for("　身份证号")
        terminal.key("down", "down", "down", "down")
        terminal.type("加人")
        terminal.key("enter")
        terminal.wait_for("请填写")
        terminal.key("escape")
        terminal.wait_for("批准3人")
    assert as_it_is(office) == before
