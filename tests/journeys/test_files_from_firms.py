"""Files that firms bring to the counter: what the clerk is asked, what she is told, and what does not hang."""

import os
from pathlib import Path

import pytest

from pxtui.casework.office.register import open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from tests.conftest import ACTING, NOW, empty_register
from tests.support.filings import a_filing
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

NUMBER = "2020-DQ-0001"
OWN, OTHER = "510402198601120018", "510403198702030026"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register with one draft case whose roster is empty."""
    register = empty_register(Home(tmp_path / "data"))
    with register.writing(ACTING) as context:
        assert opening_filing.file(context, a_filing()) == NUMBER
    register.close()
    return tmp_path


def at_the_roster(terminal: Terminal) -> None:
    terminal.wait_for("录入1")
    terminal.key("enter")
    terminal.wait_for("身份证号")


def import_file(terminal: Terminal, path: Path) -> None:
    terminal.key("f6")
    terminal.wait_for("花名册文件：")
    terminal.type(str(path))
    terminal.key("enter")


def test_the_clerk_is_asked_which_of_two_columns_is_the_trainee_s(office: Path) -> None:
    path = office / "two.csv"
    path.write_text(f"姓名,身份证号,身份证号码\n张建国,{OTHER},{OWN}\n", encoding="utf-8")
    with counter(office) as terminal:
        at_the_roster(terminal)
        import_file(terminal, path)
        terminal.wait_for("本人的身份证号是哪列？B身份证号“0026” C身份证号码“0018” 列号：")
        terminal.type("x")
        terminal.key("enter")
        terminal.wait_for("只能键入B或C")
        terminal.type("c")
        terminal.key("enter")
        terminal.wait_for("导入预览")
        terminal.wait_for(OWN)
        terminal.key("enter")
        terminal.wait_for("按F8可整体撤销")
    register = open_register(Home(office / "data"), NOW)
    with register.reading(ACTING) as context:
        assert [(row.name, row.id_number) for row in roster_edits.rows(context, NUMBER)] == [("张建国", OWN)]
    register.close()


def test_a_clerk_who_cannot_tell_leaves_the_question(office: Path) -> None:
    with counter(office) as terminal:
        at_the_roster(terminal)
        terminal.paste(f"户主\t姓名\t员工姓名\t身份证号\n甲\t张建国\t李秀英\t{OWN}\n")
        terminal.wait_for("本人的姓名是哪列")
        terminal.send(b"\x1b")
        terminal.wait_until(lambda: "哪列" not in terminal.screen_text(), "the question gone")
        terminal.wait_for("0人 0项不符")


def test_what_is_nobody_s_or_hidden_is_told_in_the_preview(office: Path) -> None:
    path = office / "roster.csv"
    path.write_text(f"姓名,身份证号\n张建国,{OWN}\n合计,1人\n,{OTHER}\n", encoding="utf-8")
    with counter(office) as terminal:
        at_the_roster(terminal)
        import_file(terminal, path)
        terminal.wait_for("导入预览")
        terminal.wait_for("未读出1行，工作表“roster”A4：没有姓名")
        terminal.wait_for("另有表头1行、合计1行，没有当作人员")


def test_a_pipe_holds_up_nothing(office: Path) -> None:
    os.mkfifo(office / "pipe.csv")
    with counter(office) as terminal:
        at_the_roster(terminal)
        import_file(terminal, office / "pipe.csv")
        terminal.wait_for("“pipe.csv”不是普通文件")
        terminal.key("escape")
        terminal.wait_for("录入1")
