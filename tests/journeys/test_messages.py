"""The message line at the real program: what is too long for it, and help while it asks something."""

from pathlib import Path

from tests.support.rosters import made_up_people, office_with_roster
from tests.support.terminal_counter import counter


def test_what_is_too_long_for_its_line_is_told_whole_by_f1(tmp_path: Path) -> None:
    with counter(office_with_roster(tmp_path, made_up_people(3)), columns=60) as terminal:
        terminal.wait_for("录入1")
        terminal.type("无此单位")
        terminal.key("enter")
        terminal.wait_for("没有找到：人按姓名")
        terminal.wait_for("> F1看全文")
        cut = terminal.line(22)
        terminal.key("f1")
        terminal.wait_for("Esc回到全部案件。")
        terminal.key("escape")
        terminal.wait_until(lambda: terminal.line(22) == cut, "the sentence again")
        terminal.key("down")
        terminal.wait_until(lambda: not terminal.line(22), "an empty line")


def test_f1_while_something_is_asked_leaves_the_question_there(tmp_path: Path) -> None:
    with counter(office_with_roster(tmp_path, made_up_people(3))) as terminal:
        terminal.wait_for("录入1")
        terminal.type("恒")
        terminal.wait_for("查找（编号、单位、姓名、首字母、证号、电话）：")
        terminal.key("f1")
        terminal.wait_for("按键")
        terminal.key("escape")
        terminal.wait_for("电话）：恒")
        terminal.type("力")
        terminal.key("enter")
        terminal.wait_for("查找“恒力” 1件")
