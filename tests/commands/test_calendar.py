"""`pxtui calendar` and the days that `pxtui deadlines` counts, held against a calendar typed by hand."""

import json
from contextlib import redirect_stdout
from datetime import date, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from pxtui.commands import judging
from tests.support.office import Office
from tests.support.people import id_of
from tests.support.years import NOTICE_2027, Almanac, typed

DOCUMENT = "国办发明电〔2026〕8号"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path, "2026-12-01")
    made.begin()
    return made


def _answer(**options: str) -> dict[str, Any]:
    said = StringIO()
    with redirect_stdout(said):
        assert judging.deadlines(**options, as_json=True) == 0
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def _year_on(day: date) -> date:
    return date(day.year + 1, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


@pytest.mark.slow
def test_every_day_is_counted_as_on_the_typed_calendar(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    almanac = Almanac()
    office.say("calendar", "import", NOTICE_2027, "--document", DOCUMENT)
    monkeypatch.setenv("PXTUI_HOME", str(office.home.root))
    # Opening the register three thousand times would be all that is done here.
    monkeypatch.setattr(judging, "_calendar", cache(judging._calendar))
    for day in _days(date(2020, 1, 1), date(2027, 12, 28)):
        # Whoever ended in 2027 claims in 2028, of which nothing is known.
        ended = {"ended": f"{day}"} if day.year < 2027 else {}
        answer = _answer(published=f"{day}", **ended)
        assert answer["publicity_ends_on"] == f"{almanac.after(day, 2)}", day
        assert answer["payable_from"] == f"{almanac.after(day, 3)}", day
        assert not ended or answer["claim_by"] == f"{almanac.working_day(_year_on(day))}", day


@pytest.mark.slow
def test_without_a_register_the_years_up_to_2026_are_counted_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    almanac = Almanac()
    monkeypatch.setenv("PXTUI_HOME", str(tmp_path / "none"))
    for day in _days(date(2020, 1, 1), date(2026, 12, 28)):
        ended = {"ended": f"{day}"} if day.year < 2026 else {}
        answer = _answer(published=f"{day}", **ended)
        assert answer["payable_from"] == f"{almanac.after(day, 3)}", day
        assert not ended or answer["claim_by"] == f"{almanac.working_day(_year_on(day))}", day


def test_until_it_is_entered_the_year_is_named_and_then_it_counts(office: Office) -> None:
    refused = office.run("deadlines", "--ended", "2026-02-06")
    assert (refused.returncode, "没有2027年的放假调休安排" in refused.stderr) == (2, True)
    said = office.say("calendar", "import", NOTICE_2027, "--document", DOCUMENT)
    assert said == ("2027年：列出放假29天，周末上班01-31、02-14、05-08、09-26、10-09；净放假13天。\n已录入，即时生效。")
    assert "2027-02-14" in office.say("deadlines", "--ended", "2026-02-06")
    shown = office.say("calendar", "show", "2027")
    assert DOCUMENT in shown
    assert "2027-02-14 周日 班" in shown
    assert "2027-10-07 周四 休" in shown
    assert office.say("calendar", "show", "2026").startswith("2026年放假安排随程序提供。")
    assert office.say("calendar", "show", "2028").startswith("还没有2028年的放假安排。")


def test_a_line_a_day_says_the_same_as_the_notice(office: Office) -> None:
    file = office.folder / "2027.csv"
    lines = [f"{day},{word}" for day, word in typed().items() if day.year == 2027]
    file.write_bytes("\n".join(["日期,休班", *lines]).encode("gb18030"))
    assert "净放假13天" in office.say("calendar", "import", file, "--document", DOCUMENT)
    assert "2027-02-14" in office.say("deadlines", "--ended", "2026-02-06")


def test_where_duties_are_apart_two_administrators_are_needed(office: Office) -> None:
    office.say("staff", "add", "赵六", "--role", "管理员")
    office.say("staff", "add", "孙七", "--role", "管理员", "--as", "赵六")
    for place, name in enumerate(("张三", "赵六", "孙七")):
        assert office.run("staff", "identify", name, "--as", "赵六", typed=f"{id_of(place)}\n").returncode == 0
    office.say("office", "set", "--duties-apart", "on", "--as", "赵六")
    enter = ("calendar", "import", NOTICE_2027, "--document", DOCUMENT, "--as")
    assert "由管理员办理" in office.run(*enter, "张三").stderr
    assert "由另一人签署（pxtui calendar sign 2027）后生效" in office.say(*enter, "赵六")
    assert "没有2027年" in office.run("deadlines", "--ended", "2026-02-06").stderr
    assert "须由另一人签署" in office.run("calendar", "sign", "2027", "--as", "赵六").stderr
    shown = office.say("calendar", "show", "2027")
    assert shown.startswith("还没有2027年的放假安排")
    assert "待另一人签署" in shown
    assert "待签署：\n2027-01-01 休\n2027-01-02 休\n" in shown
    assert "已签署生效" in office.say("calendar", "sign", "2027", "--as", "孙七")
    assert "待" not in office.say("calendar", "show", "2027")
    assert "2027-02-14" in office.say("deadlines", "--ended", "2026-02-06")
    assert "签署，不用再办" in office.run("calendar", "sign", "2027", "--as", "孙七").stderr


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件里没有日子"),
        (b"\xff\xff\xff", "不是文本"),
        (b"0" * 100_001, "太大"),
        ("2027-01-01 放\n".encode(), "第1行“2027-01-01 放”读不出"),
    ],
)
def test_a_file_that_is_none_changes_nothing(office: Office, content: bytes, sentence: str) -> None:
    file = office.folder / "x.txt"
    file.write_bytes(content)
    done = office.run("calendar", "import", file, "--document", DOCUMENT)
    assert (done.returncode, sentence in done.stderr) == (2, True)
    assert "找不到文件" in office.run("calendar", "import", office.folder / "none", "--document", DOCUMENT).stderr
    assert office.say("calendar", "show", "2027").startswith("还没有")


def test_the_document_is_named(office: Office) -> None:
    assert "请写明" in office.run("calendar", "import", NOTICE_2027, "--document", " ").stderr
