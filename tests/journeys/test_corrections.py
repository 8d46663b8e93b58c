"""What was keyed wrong and noticed late is put right at the counter: a mistaken case, a field of a decided one."""

from pathlib import Path

import pytest

from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.register import open_register
from pxtui.home import Home
from tests.conftest import NOW, empty_register
from tests.support.counter import Counter
from tests.support.rosters import NUMBER
from tests.support.terminal_counter import COMMAND, counter


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register with a draft of a class of three people, and colleagues."""
    register = empty_register(Home(tmp_path / "data"))
    made = Counter(register)
    made.hire_colleagues()
    made.file()
    register.close()
    return tmp_path


def stage(office: Path) -> Stage:
    register = open_register(Home(office / "data"), NOW)
    found = Counter(register).stage(NUMBER)
    register.close()
    return found


def test_a_case_that_was_filed_twice_is_voided_on_the_desk(office: Path) -> None:
    with counter(office, command=(*COMMAND, "--as", "李四")) as terminal:
        terminal.wait_for("录入1")
        terminal.key("delete")
        terminal.wait_for("由张三登记，只能由登记人作废")
    with counter(office, command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("录入1")
        terminal.key("delete")
        terminal.wait_for("登记错了，作废理由：")
        terminal.key("enter")
        terminal.wait_for("请写明理由，不填不能办理")
        terminal.type("重复登记")
        terminal.key("enter")
        terminal.wait_for(f"作废{NUMBER}，不能恢复：Enter确认")
        terminal.key("escape")
        terminal.wait_for("没有办理。")
        terminal.key("delete")
        terminal.wait_for("登记错了，作废理由：")
        terminal.type("重复登记")
        terminal.key("enter")
        terminal.wait_for("不能恢复")
        terminal.key("enter")
        terminal.wait_for(f"已作废：{NUMBER}。")
        terminal.wait_for(f"{NUMBER}  已作废")
        terminal.wait_until(lambda: not terminal.shows("录入1"), "the queue without the voided case")
        terminal.key("enter")
        terminal.wait_for("此案由张三于2020-03-16作废，理由：重复登记。")
    assert stage(office) is Stage.VOIDED


def hand_in(office: Path) -> None:
    register = open_register(Home(office / "data"), NOW)
    Counter(register).do(NUMBER, Action.SUBMIT)
    register.close()


def test_a_form_that_may_not_be_changed_says_so_takes_nothing_and_is_left_at_once(office: Path) -> None:
    hand_in(office)
    with counter(office, command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("待批1")
        terminal.key("f10")
        terminal.wait_for("1 开班申请")
        terminal.type("1")
        terminal.wait_for("此案“待开班审批”，开班申请只能查看，不能改动；要改的先按F10、4退回。")
        terminal.wait_for("恒力机械")
        before = terminal.screen_text()
        terminal.type("0301")
        terminal.wait_until(lambda: terminal.line(22).strip().startswith("此案“待开班审批”"), "the refusal below")
        terminal.key("down")
        terminal.paste("另一家公司")
        terminal.key("down", "down", "right", "backspace", "f11", "ctrl+y", "f4", "f2", "ctrl+home")
        terminal.settle()
        assert terminal.screen_text().splitlines()[4:17] == before.splitlines()[4:17]
        terminal.key("escape")
        terminal.wait_for("待批1")
    assert stage(office) is Stage.RECEIVED


def test_what_was_left_unstored_does_not_hide_what_a_colleague_handed_in(office: Path) -> None:
    with counter(office, command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("录入1")
        terminal.key("f10")
        terminal.wait_for("1 开班申请")
        terminal.type("1")
        terminal.wait_for("恒力机械")
        terminal.key("enter")
        terminal.type("没填完")
        terminal.key("enter")
        terminal.wait_for("没填完")
        terminal.hang_up()
    hand_in(office)
    with counter(office, command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("上次没有存下的内容已不能存，按Esc离开后不再保留。")
        terminal.wait_for("攀枝花市恒力机械有限公司")
        assert "没填完" not in terminal.screen_text()
        terminal.key("escape")
        terminal.wait_for("待批1")
    with counter(office, command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("待批1")
        assert "不能存" not in terminal.screen_text()


def test_the_vouchers_of_a_claim_that_waits_take_no_pasted_text(office: Path) -> None:
    register = open_register(Home(office / "data"), NOW)
    Counter(register).claimed(NUMBER)
    register.close()
    with counter(office, day="2020-04-03", command=(*COMMAND, "--as", "张三")) as terminal:
        terminal.wait_for("待审1")
        terminal.key("f10")
        terminal.wait_for("P 凭证")
        terminal.type("p")
        terminal.wait_for("凭证只能查看，不能改动；要改的先按F10、4退回。")
        terminal.key("up")
        terminal.wait_until(lambda: not terminal.shows("不能改动"), "the row without the message")
        terminal.paste("99999999")
        terminal.settle()
        assert terminal.shows("凭证只能查看，不能改动")
        assert "99999999" not in terminal.screen_text()
