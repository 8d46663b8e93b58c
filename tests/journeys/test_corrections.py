"""What was keyed wrong and noticed late is put right at the counter: a mistaken case, a field of a decided one."""

from pathlib import Path

import pytest

from pxtui.casework.lifecycle.stages import Stage
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
