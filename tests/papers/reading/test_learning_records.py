"""Learning records in the shapes in which platforms export them."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from pxtui.clock import CHINA
from pxtui.errors import PxtuiError
from pxtui.papers.reading.learning_records import (
    LearningLine,
    LearningReading,
    NoLearningRecords,
    read_learning_records,
)

pytestmark = pytest.mark.slow

DATA = Path(__file__).parents[2] / "data"
SAMPLE = DATA / "learning" / "platform-records-20.xlsx"

ZHANG, LI = "510402198601120018", "510411197311020045"
HEADER = (
    "学员姓名",
    "身份证号",
    "平台账号",
    "学习日期",
    "课程名称",
    "学习时长（分钟）",
    "签到时间",
    "答疑测试",
    "结业考核成绩",
)
LINE = ("张三", ZHANG, "13800000001", "2020-03-02", "安全生产", 90, "2020-03-02 08:30", "通过", 86)

Row = Sequence[object]


def book(path: Path, **sheets: Sequence[Row]) -> Path:
    workbook = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def text(folder: Path, *rows: Row) -> Path:
    path = folder / "records.csv"
    path.write_text("\n".join("\t".join(map(str, row)) for row in rows), encoding="utf-8")
    return path


def one_cell(folder: Path, heading: str, cell: object) -> LearningReading:
    """A single line with `cell` under one heading, which takes the place of the sample's column of that kind."""
    column = next(place for place, word in enumerate(HEADER) if word[:4] == heading[:4])
    header, line = list(HEADER), list(LINE)
    header[column], line[column] = heading, cell
    return read_learning_records(text(folder, header, line))


def only(reading: LearningReading) -> LearningLine:
    (line,) = reading.lines
    assert not reading.refused
    return line


def test_the_sample_is_read_line_by_line() -> None:
    reading = read_learning_records(SAMPLE)
    known = json.loads(SAMPLE.with_suffix(".json").read_text(encoding="utf-8"))["rows"]
    assert (len(reading.lines), reading.refused) == (191, ())
    assert list(dict.fromkeys((line.id_number, line.name) for line in reading.lines)) == [
        (row["id_number"], row["name"]) for row in known
    ]
    assert reading.lines[0] == LearningLine(
        place="第2行",
        id_number="510411198903187118",
        name="胡艳军",
        day=date(2020, 3, 2),
        duration=timedelta(minutes=225),
        course="安全生产",
        account="18126730767",
        device="",
        signed_in_at=datetime(2020, 3, 2, 8, 55, tzinfo=CHINA),
        quiz="通过",
        score=Decimal(86),
        passed=None,
    )


@pytest.mark.parametrize(
    ("heading", "cell", "seconds"),
    [
        ("学习时长（分钟）", "90", 5400),
        ("学习时长", "22.5", 1350),
        ("学习时长（秒）", "90", 90),
        ("学习时长（小时）", "1.5", 5400),
        ("学习时长", "1小时30分", 5400),
        ("学习时长", "90分钟", 5400),
        ("学习时长", "01:30:05", 5405),
    ],
)
def test_a_duration_is_read_in_its_unit(heading: str, cell: str, seconds: int, tmp_path: Path) -> None:
    assert only(one_cell(tmp_path, heading, cell)).duration == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2020/3/2 8:05", "2020-03-02 08:05"),
        ("2020年3月2日 8时5分", "2020-03-02 08:05"),
        ("20200302 08:05:30", "2020-03-02 08:05:30"),
        ("08:05", "2020-03-02 08:05"),
        ("2020-03-02", None),
        ("", None),
    ],
)
def test_a_sign_in_is_read_as_far_as_it_is_given(cell: str, moment: str | None, tmp_path: Path) -> None:
    expected = None if moment is None else datetime.fromisoformat(moment).replace(tzinfo=CHINA)
    assert only(one_cell(tmp_path, "签到时间", cell)).signed_in_at == expected


@pytest.mark.parametrize(
    ("cell", "score", "passed"),
    [
        ("86.5分", Decimal("86.5"), None),
        ("0", Decimal(0), None),
        ("缺考", None, None),
        ("", None, None),
        ("合格", None, True),
    ],
)
def test_a_missing_score_is_unknown_and_not_nought(
    cell: str, score: Decimal | None, passed: bool | None, tmp_path: Path
) -> None:
    line = only(one_cell(tmp_path, "结业考核成绩", cell))
    assert (line.score, line.passed) == (score, passed)


@pytest.mark.parametrize(
    ("heading", "cell", "address", "reason"),
    [
        ("身份证号", "", "B2", "没有身份证号"),
        ("身份证号", "5.10402E+17", "B2", "数字已丢失"),
        ("学习时长", "01:30", "F2", "不是学习时长"),
        ("学习时长", "", "F2", "没有学习时长"),
        ("学习时长", "-90", "F2", "不是学习时长"),
        ("学习日期", "2020-02-30", "D2", "不是日期"),
        ("学习日期", "43892", "D2", "不是日期"),
        ("签到时间", "25:10", "G2", "不是时间"),
        ("签到时间", "上午", "G2", "不是日期或时间"),
        ("结业考核成绩", "优秀", "I2", "不是考核成绩"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_with_its_cell(
    heading: str, cell: str, address: str, reason: str, tmp_path: Path
) -> None:
    reading = one_cell(tmp_path, heading, cell)
    (refused,) = reading.refused
    assert (reading.lines, refused.sheet, refused.row, refused.cell) == ((), "records", 2, address)
    assert reason in refused.reason


def test_titles_totals_notes_and_repeated_headers_are_nobody(tmp_path: Path) -> None:
    total = ("合计", "", "", "", "", 180)
    note = ("说明：本表由平台导出",)
    reading = read_learning_records(text(tmp_path, ("学习记录",), HEADER, LINE, (), HEADER, LINE, total, note))
    assert [line.place for line in reading.lines] == ["第3行", "第6行"]
    assert not reading.refused


def test_dates_of_a_spreadsheet_and_records_on_several_sheets_are_read(tmp_path: Path) -> None:
    day = datetime.fromisoformat("2020-03-02 08:30")
    march = [HEADER, (*LINE[:3], date(2020, 3, 2), "安全生产", time(1, 30), day, "通过", 86)]
    april = [HEADER, (*LINE[:3], "2020-04-01", *LINE[4:6], "", "", "")]
    reading = read_learning_records(book(tmp_path / "records.xlsx", 三月=march, 说明=[("无",)], 四月=april))
    assert [(line.place, line.duration, line.signed_in_at) for line in reading.lines] == [
        ("工作表“三月”第2行", timedelta(minutes=90), day.replace(tzinfo=CHINA)),
        ("工作表“四月”第2行", timedelta(minutes=90), None),
    ]


def test_a_sheet_that_lacks_a_column_is_not_passed_over_silently(tmp_path: Path) -> None:
    april = [HEADER[:3] + HEADER[4:6], LINE[:3] + LINE[4:6]]
    reading = read_learning_records(book(tmp_path / "records.xlsx", 三月=[HEADER, LINE], 四月=april))
    assert len(reading.lines) == 1
    assert [(row.sheet, "缺少“学习日期”" in row.reason) for row in reading.refused] == [("四月", True)]


def test_a_roster_is_no_learning_record() -> None:
    with pytest.raises(NoLearningRecords):
        read_learning_records(DATA / "rosters" / "a4-clean-37.xlsx")


@pytest.mark.parametrize(("lacking", "sentence"), [(5, "学习时长"), (3, "学习日期"), (1, "身份证号")])
def test_a_missing_column_is_named(lacking: int, sentence: str, tmp_path: Path) -> None:
    kept = [column for column in range(len(HEADER)) if column not in (lacking, 6)]
    with pytest.raises(PxtuiError, match=f"缺少“{sentence}"):
        read_learning_records(text(tmp_path, [HEADER[column] for column in kept], [LINE[column] for column in kept]))


def test_hours_of_a_platform_are_not_taken_for_minutes(tmp_path: Path) -> None:
    with pytest.raises(PxtuiError, match="缺少“学习时长"):
        one_cell(tmp_path, "学习时长（学时）", "40")


OFFICE = """
[columns]
device = ["机器码"]
[platforms."技工教育网"]
unit = "秒"
columns.duration = ["累计时长"]
"""


def test_an_office_adds_words_for_all_platforms_and_for_one(tmp_path: Path) -> None:
    office = tmp_path / "platforms.toml"
    office.write_text(OFFICE, encoding="utf-8")
    path = text(
        tmp_path, ("姓名", "身份证号", "日期", "累计时长", "机器码"), ("张三", ZHANG, "2020-03-02", "5400", "X1")
    )
    line = only(read_learning_records(path, platform="技工教育网", office=office))
    assert (line.duration, line.device) == (timedelta(minutes=90), "X1")
    with pytest.raises(PxtuiError, match="缺少“学习时长"):
        read_learning_records(path, platform="中国职业培训在线", office=office)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("columns", "格式有误"),
        ('columns = "姓名"', "columns"),
        ("[columns]\nnames = ['姓名']", "“names”不是学习记录的栏目"),
        ("[columns]\nname = '姓名'", "方括号"),
        ('platforms = ["技工教育网"]', "platforms"),
        ('[platforms."技工教育网"]\nunit = "天"', "时长单位“天”"),
    ],
)
def test_a_faulty_file_of_the_office_is_told(content: str, sentence: str, tmp_path: Path) -> None:
    office = tmp_path / "platforms.toml"
    office.write_text(content, encoding="utf-8")
    with pytest.raises(PxtuiError, match=sentence):
        read_learning_records(SAMPLE, platform="技工教育网", office=office)
