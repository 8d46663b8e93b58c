"""What terminals, lines and clipboards do to a program: it lives, and nothing that was typed is lost."""

import signal
import subprocess
from pathlib import Path

import pytest

from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from pxtui.policy.facts import Trainee
from tests.conftest import ACTING, NOW, empty_register
from tests.support.endurance import kept_draft
from tests.support.filings import a_filing
from tests.support.terminal import Terminal
from tests.support.terminal_counter import COMMAND, counter

NUMBER = "2020-DQ-0001"
RIGHT = "510402198001010018"
PASTED = "1\t周强\t男\t24\t510402199603201983\t13931480852\t\n2\t[/甲]\t女\t21\t510402199909130049\t19810608885\t备注\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register with one draft case whose roster is empty."""
    acting = Acting("张三", "dongqu", NOW)
    register = empty_register(Home(tmp_path / "data"))
    with register.writing(acting) as context:
        assert opening_filing.file(context, a_filing()) == NUMBER
    register.close()
    return tmp_path


def at_the_roster(terminal: Terminal) -> None:
    """Open the only case: it waits at its roster, where a program that was killed may stand again at once."""
    terminal.wait_until(lambda: terminal.shows("录入1") or terminal.shows("身份证号"), "the desk or the roster")
    if not terminal.shows("身份证号"):
        terminal.key("enter")
    terminal.wait_for("身份证号")


def stored(office: Path) -> list[Trainee]:
    """The roster as the register has it."""
    register = open_register(Home(office / "data"), NOW)
    with register.reading(ACTING) as context:
        people = roster_edits.rows(context, NUMBER)
    register.close()
    return list(people)


def test_a_gbk_byte_is_told_and_kills_nothing(office: Path) -> None:
    with counter(office, warm=False) as terminal:
        at_the_roster(terminal)
        terminal.send("张三".encode("gbk"))
        terminal.wait_for("终端编码不是UTF-8")
        terminal.type("李四")
        terminal.wait_for("李四")


def test_alt_and_a_letter_types_nothing(office: Path) -> None:
    with counter(office) as terminal:
        at_the_roster(terminal)
        terminal.type("李")
        terminal.key("alt+x")
        terminal.type("四")
        terminal.wait_for("李四")


def test_a_pasted_table_is_previewed_and_taken_in_one_step(office: Path) -> None:
    with counter(office) as terminal:
        at_the_roster(terminal)
        terminal.paste(PASTED)
        terminal.wait_for("导入预览")
        terminal.wait_for("[/甲]")
        assert stored(office) == []
        terminal.key("enter")
        terminal.wait_for("2人 0项不符")
        terminal.wait_for("按F8可整体撤销")
        assert [row.name for row in stored(office)] == ["周强", "[/甲]"]
        terminal.key("f8")
        terminal.wait_for("0人 0项不符")
    assert stored(office) == []


def test_an_escape_in_a_name_steers_nothing(office: Path) -> None:
    register = open_register(Home(office / "data"), NOW)
    with register.writing(Acting("张三", "dongqu", NOW)) as context:
        name = "张\x1b]0;owned\x07三\u202e[@click=app.quit]x"
        people = [Trainee(1, name, None, None, RIGHT, "13800000001", "")]
        roster_edits.replace_all(context, NUMBER, people)
    register.close()
    with counter(office) as terminal:
        at_the_roster(terminal)
        terminal.wait_for("13800000001")
        assert b"owned\x07" not in terminal.raw
        assert "\u202e".encode() not in terminal.raw
        terminal.key("f5")
        terminal.wait_for("（申请）")


@pytest.mark.parametrize("end", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_a_cut_line_in_mid_row_loses_nothing(end: signal.Signals, office: Path) -> None:
    with counter(office, warm=False) as terminal:
        at_the_roster(terminal)
        terminal.type("李四")
        terminal.key("enter")
        terminal.type(RIGHT)
        terminal.type("13800000001")
        terminal.wait_for("1人 0项不符 已存")
        terminal.type("王五")
        terminal.key("enter")
        terminal.wait_until(lambda: "王五" in str((kept_draft(office) or {}).get("in_hand")), "the draft")
        terminal.signal(end)
        assert terminal.exit_code() != 0
    assert [row.name for row in stored(office)] == ["李四"]
    with counter(office, warm=False) as terminal:
        terminal.wait_for("已恢复上次没有存下的一行")
        terminal.wait_for("王五")
        terminal.type("510411197311020048"[:17])
        terminal.wait_for("王五 51041119731102004")


def test_a_hang_up_saves_even_the_field_in_hand(office: Path) -> None:
    with counter(office) as terminal:
        at_the_roster(terminal)
        terminal.type("李四")
        terminal.key("enter")
        terminal.type("5104021980")
        terminal.wait_for("李四 5104021980")
        terminal.signal(signal.SIGHUP)
        assert terminal.exit_code() == 129
    with counter(office) as terminal:
        terminal.wait_for("已恢复上次没有存下的一行")
        terminal.wait_for("5104021980")


def test_a_row_is_undone_after_a_restart_too(office: Path) -> None:
    with counter(office) as terminal:
        at_the_roster(terminal)
        terminal.type("李四")
        terminal.key("enter")
        terminal.type(RIGHT)
        terminal.type("13800000001")
        terminal.wait_for("1人 0项不符 已存")
        terminal.signal(signal.SIGKILL)
        terminal.exit_code()
    with counter(office) as terminal:
        at_the_roster(terminal)
        terminal.wait_for("1人 0项不符")
        terminal.key("ctrl+u")
        terminal.wait_for("0人 0项不符 已存")
        terminal.key("ctrl+r")
        terminal.wait_for("1人 0项不符 已存")
    assert [row.name for row in stored(office)] == ["李四"]


def test_a_new_application_survives_a_hang_up(office: Path) -> None:
    with counter(office, warm=False) as terminal:
        terminal.wait_for("录入1")
        terminal.key("insert")
        terminal.wait_for("开班申请")
        terminal.key("enter")
        terminal.type("攀枝花市恒力机械")
        terminal.wait_for("攀枝花市恒力机械")
        terminal.signal(signal.SIGHUP)
        assert terminal.exit_code() == 129
    with counter(office, warm=False) as terminal:
        terminal.wait_for("已恢复上次没有存下的内容")
        terminal.wait_for("攀枝花市恒力机械")


def test_without_a_terminal_the_program_says_so(office: Path) -> None:
    done = subprocess.run([*COMMAND], stdin=subprocess.DEVNULL, capture_output=True, cwd=office, check=False)
    assert done.returncode == 2
    assert "终端" in done.stderr.decode()


def test_a_hang_up_on_the_help_page_saves_what_is_below_it(office: Path) -> None:
    with counter(office) as terminal:
        at_the_roster(terminal)
        terminal.type("李四")
        terminal.key("enter")
        terminal.type("5104021980")
        terminal.key("f1")
        terminal.wait_for("按键")
        terminal.signal(signal.SIGHUP)
        assert terminal.exit_code() == 129
    with counter(office) as terminal:
        terminal.wait_for("已恢复上次没有存下的一行")
        terminal.wait_for("5104021980")


def test_an_unfinished_form_that_is_left_goes_on_when_it_is_opened_again(office: Path) -> None:
    with counter(office) as terminal:
        terminal.wait_for("录入1")
        terminal.key("insert")
        terminal.wait_for("开班申请")
        terminal.key("enter")
        terminal.type("攀枝花市恒力机械")
        terminal.key("tab", "escape")
        terminal.wait_for("已留作草稿")
        terminal.key("enter")
        terminal.wait_for("身份证号")
        terminal.type("李四")
        terminal.key("down")
        terminal.wait_for("1人")
        terminal.key("escape")
        terminal.wait_for("录入1")
        terminal.key("insert")
        terminal.wait_for("攀枝花市恒力机械")


def test_a_folder_that_was_open_to_others_is_told_before_an_empty_desk(tmp_path: Path) -> None:
    empty_register(Home(tmp_path / "data")).close()
    (tmp_path / "data" / "drafts").chmod(0o777)
    with counter(tmp_path) as terminal:
        terminal.wait_for("按Ins登记开班申请")
        terminal.wait_for("草稿文件夹原来对其他用户开放，已收回权限")
