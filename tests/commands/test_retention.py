"""The terms of personal data as an officer types them."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.policy.test_bundles import CLAIM
from tests.support.bundles import import_on_its_day
from tests.support.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    made.begin()
    return made


def test_terms_are_shown_and_changed(office: Office) -> None:
    assert "平台密码：补贴决定后15天" in office.say("retention", "show")
    assert office.say("retention", "show").endswith("没有到期的。")
    told = office.say("retention", "set", "--passwords", "7", "--reveals", "10", "--closed", "5")
    assert "平台密码：补贴决定后7天" in told
    assert "每人每天看全号：10次" in office.say("retention", "show")
    assert "不在3至50之间" in office.run("retention", "set", "--closed", "2").stderr


def test_what_is_due_is_listed_and_goes(office: Office) -> None:
    number = import_on_its_day(office, CLAIM)
    office.say("case", "void", number, "--reason", "导入错了")
    office.say("retention", "set", "--refused", "1")
    office.day = "2024-03-18"
    due = office.run("retention", "show")
    assert due.returncode == 1
    assert f"案件人员  {number}" in due.stdout
    assert office.say("retention", "run") == "平台密码1项；案件人员1项已到期删去。"
    assert office.say("retention", "run") == "没有到期的。"
    assert "（已删）" in office.say("case", "show", number)


def test_a_person_s_paper_is_written_where_it_is_wanted(office: Office) -> None:
    import_on_its_day(office, CLAIM)
    path = office.say("person", "extract", "--out", "out", typed="650102196006060319\n")
    text = "\n".join(str(cell.value) for row in load_workbook(office.folder / path).worksheets[0].rows for cell in row)
    assert "650102196006060319" in text
    assert "没有写出文件" in office.run("person", "extract", typed="510402198001010018\n").stderr
