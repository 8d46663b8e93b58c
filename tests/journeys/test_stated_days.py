"""A clerk enters what came on an earlier day: asked for the reason, the day marked, a second person confirms it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from tests.journeys.test_routes import granted, office, open_case, sitting
from tests.policy.test_bundles import OPENING
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people, office_with_roster
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter

REASON = "企业上周五送到"
STATED = "收件日期2020-03-13由张三于2020-03-16补登"


def at_the_decision(terminal: Terminal) -> None:
    """The only case, by way of its check, which names the stated day."""
    terminal.wait_for("DQ-0001")
    terminal.key("enter")
    terminal.wait_for(f"注意 {STATED}，理由：{REASON}，")
    terminal.key("ctrl+n")
    terminal.wait_for("意见")


def test_an_application_of_last_friday_is_kept_with_its_reason_and_bears_a_mark(tmp_path: Path) -> None:
    office_with_roster(tmp_path, made_up_people(3))
    with counter(tmp_path) as terminal:
        open_case(terminal, "录入1")
        terminal.wait_for("3人 0项不符")
        assert not terminal.shows("补登")
        terminal.key("f10")
        terminal.wait_for("1 受理（开班申请）")
        terminal.type("1")
        terminal.wait_for("收件日期")
        terminal.key("ctrl+home")
        terminal.type("0313")
        terminal.key("ctrl+n")
        terminal.wait_for("收件日期早于今天，补登理由")
        terminal.key("enter")
        terminal.wait_for("请写明理由")
        terminal.type(REASON)
        terminal.key("enter")
        terminal.wait_for("DQ-0001 补登")
        terminal.key("f5")
        terminal.wait_for(f"注意 {STATED}，理由：{REASON}。")


def test_a_day_that_has_not_come_is_refused_in_the_form(tmp_path: Path) -> None:
    office_with_roster(tmp_path, made_up_people(3))
    with counter(tmp_path) as terminal:
        open_case(terminal, "录入1")
        terminal.key("f10")
        terminal.wait_for("1 受理（开班申请）")
        terminal.type("1")
        terminal.wait_for("收件日期")
        terminal.key("ctrl+home")
        terminal.type("0317")
        terminal.key("ctrl+n")
        terminal.wait_for("2020-03-17还没有到，请填实际收到的日期")
        assert not terminal.shows("补登理由")


def test_where_duties_are_apart_a_second_person_confirms_the_day_before_the_first_check(tmp_path: Path) -> None:
    with office(tmp_path) as made:
        with made.register.writing(made.acting) as context:
            filed = replace(a_filing(), received_on=date(2020, 3, 13))
            number = opening_filing.file(context, filed, REASON)
            roster_edits.replace_all(context, number, made_up_people(3))
            office_settings.change(context, duties_apart=True)
        made.do(number, Action.SUBMIT, Action.ACCEPT)
    with sitting(tmp_path) as terminal:
        at_the_decision(terminal)
        terminal.type("1材料齐全")
        terminal.key("enter")
        terminal.wait_for("请另一人核对确认后再办理")
        terminal.key("f11")
        terminal.reply("确认补登的收件日期2020-03-13属实")
        terminal.wait_for("须由另一人确认")
    with sitting(tmp_path, name="李四") as terminal:
        at_the_decision(terminal)
        terminal.key("f11")
        terminal.reply("确认补登的收件日期2020-03-13属实")
        terminal.wait_for("已确认补登的收件日期")
        terminal.wait_for("2020-03-16确认")
    with sitting(tmp_path) as terminal:
        at_the_decision(terminal)
        terminal.type("1材料齐全")
        terminal.key("enter")
        terminal.wait_for("已办理：2020-DQ-0001 待复核")


def test_a_notice_that_went_up_four_days_ago_asks_for_the_reason_and_stays_marked(tmp_path: Path) -> None:
    granted(tmp_path)
    with sitting(tmp_path, "2020-04-24") as terminal:
        open_case(terminal, "公示1")
        terminal.wait_for("待公示1件")
        terminal.type(" ")
        terminal.key("enter")
        terminal.reply("公示1件，公示日：2020-04-24", "0420")
        terminal.reply("补登理由")
        terminal.wait_for("请写明理由")
        terminal.type("网站先挂出")
        terminal.key("enter")
        terminal.wait_for("已列入GS2020-DQ-001")
        terminal.wait_for("04-20补登至04-22")
        terminal.wait_for("公示日2020-04-20由张三于2020-04-24补登，理由：网站先挂出。")


def test_a_bundle_of_an_earlier_day_is_taken_at_the_desk_with_its_reason(tmp_path: Path) -> None:
    with office(tmp_path):
        pass
    with sitting(tmp_path, "2026-03-16") as terminal:
        terminal.wait_for("还没有案件")
        terminal.key("f6")
        terminal.wait_for("文件")
        terminal.type(str(OPENING))
        terminal.key("enter")
        terminal.reply("早于今天，补登理由", "邮寄途中")
        terminal.wait_for("已登记为")
