"""The form of the application at the real program: given up only on purpose, and nobody is mistaken for another."""

from dataclasses import replace
from pathlib import Path

from pxtui.casework.office.context import Acting
from pxtui.casework.opening import filing as opening_filing
from pxtui.home import Home
from tests.conftest import NOW, empty_register
from tests.support.filings import a_filing
from tests.support.terminal_counter import counter


def test_what_is_keyed_is_given_up_only_after_a_question(tmp_path: Path) -> None:
    empty_register(Home(tmp_path / "data")).close()
    with counter(tmp_path) as terminal:
        terminal.wait_for("还没有案件")
        terminal.key("insert")
        terminal.wait_for("开班申请")
        terminal.key("enter")
        terminal.type("攀枝花市恒力机械")
        terminal.key("enter")
        terminal.key("ctrl+y")
        terminal.wait_for("放弃这一屏没有存下的内容：Enter确认")
        terminal.key("escape")
        terminal.wait_for("没有办理")
        terminal.wait_for("攀枝花市恒力机械")
        terminal.key("ctrl+y", "enter")
        terminal.wait_until(lambda: not terminal.shows("攀枝花市恒力机械"), "an empty form")


def test_of_two_firms_of_one_name_neither_is_taken_unasked(tmp_path: Path) -> None:
    register, filing = empty_register(Home(tmp_path / "data")), a_filing()
    with register.writing(Acting("张三", "dongqu", NOW)) as context:
        for code in ("91510400MA60000038", "91510400MA6000036Q"):
            applicant = replace(filing.applicant, credit_code=code)
            opening_filing.file(context, replace(filing, applicant=applicant))
    register.close()
    with counter(tmp_path) as terminal:
        terminal.wait_for("录入2")
        terminal.key("insert")
        terminal.wait_for("开班申请")
        terminal.key("enter")
        terminal.type(filing.applicant.name)
        terminal.key("enter")
        terminal.wait_for("台账里同名的有2家，请回单位名称栏输信用代码末4位：")
        terminal.key("f4")
        terminal.wait_for("台账里同名的有2家")
        terminal.key("up")
        terminal.type("036Q")
        terminal.wait_for("台账里有1家")
        terminal.key("enter")
        terminal.wait_for("已取台账中的单位资料")
        terminal.key("pageup", "pageup")
        terminal.wait_for("91510400MA6000036Q")
