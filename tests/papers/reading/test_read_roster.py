"""Rosters in the shapes in which enterprises send them: which rows are read, and what of them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from pxtui.papers.reading.roster_reading import RowKind
from pxtui.papers.reading.rosters import RosterReading, read_pasted, read_roster
from tests.support.incoming import HEADER, LI, ROSTERS, WANG, ZHANG, ZHANG_ROW, Row, book, names, pasted

SAMPLES = [path for path in sorted(ROSTERS.iterdir()) if path.suffix != ".json"]


def one_cell(field: int, text: str, header: Row = HEADER) -> RosterReading:
    """A roster of one person with `text` in one column."""
    row = [*ZHANG_ROW, *[""] * (len(header) - len(HEADER))]
    row[field] = text
    return pasted(header, row)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples_say_what_they_are_known_to_say(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["rows"]
    answer = read_roster(path).as_json()
    assert answer["schema"] == "pxtui-roster/1"
    assert answer["form"] == (4 if path.name.startswith("a4") else 2)
    assert answer["rows"] == expected


def test_lost_digits_are_refused_all_at_once_with_their_cells() -> None:
    reading = read_roster(ROSTERS / "a2-lost-digits-12.xlsx")
    assert [(it.sheet, it.row, it.cell, it.seq) for it in reading.refused] == [
        ("花名册", seq + 3, f"E{seq + 3}", seq) for seq in (3, 4, 5, 6, 8, 11, 12)
    ]
    assert all("文本格式" in it.reason for it in reading.refused)


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        (510402198601120017, None),
        (5.1e17, None),
        (1234567890123456, None),
        (123456789012345, "123456789012345"),
        ("5.10402E+17", None),
        ("510402198601120000", "510402198601120000"),
        (ZHANG, ZHANG),
    ],
)
def test_a_number_that_lost_digits_is_never_guessed(tmp_path: Path, stored: object, read: str | None) -> None:
    reading = read_roster(book(tmp_path / "b.xlsx", 名单=[HEADER, (1, "张三", "男", 34, stored, 13800000001)]))
    assert [row.id_number for row in reading.rows] == ([read] if read else [])
    assert [it.cell for it in reading.refused] == ([] if read else ["E2"])
    assert all(row.phone == "13800000001" for row in reading.rows)


@pytest.mark.parametrize(
    ("field", "was", "attribute", "now"),
    [
        (1, "张　三", "name", "张三"),
        (1, "阿木 •约布", "name", "阿木·约布"),
        (1, "John Smith ", "name", "John Smith"),
        (1, "\x1b]0;x\x07张三", "name", "]0;x张三"),
        (2, "女性", "sex", "女"),
        (2, "不详", "sex", None),
        (3, "34岁", "age", 34),
        (3, "不详", "age", None),
        (4, " 510402 19780308 490x", "id_number", WANG),
        (4, "'５１０４０２１９８６０１１２００１７", "id_number", ZHANG),
        (4, "5104021986-0112001", "id_number", "51040219860112001"),
        (5, "0812-333 0000", "phone", "08123330000"),
        (5, "\u202d13800000001\u202c", "phone", "13800000001"),
        (6, "班长\u200b ", "remark", "班长"),
        (0, "1.0", "seq", 1),
        (0, "（1）", "seq", 1),
        (1, "1.张三", "name", "张三"),
        (1, "1、 张三", "name", "张三"),
        (1, "１．张三", "name", "张三"),
        (1, "1 张三", "name", "张三"),
        (1, "①张三", "name", "张三"),
        (1, '="张三"', "name", "张三"),
        (1, "姓名：张三", "name", "张三"),
        (2, "Female", "sex", "女"),
        (3, "#N/A", "age", None),
        (4, f'="{ZHANG}"', "id_number", ZHANG),
        (4, f"“{ZHANG}”", "id_number", ZHANG),
        (4, f"身份证：{ZHANG}", "id_number", ZHANG),
        (4, f"居民身份证号码 {ZHANG}", "id_number", ZHANG),
        (4, f'="身份证号:{ZHANG}。"', "id_number", ZHANG),
        (4, f"{ZHANG}，", "id_number", ZHANG),
        (4, f"\u2066{ZHANG}\u2069", "id_number", ZHANG),
        (4, "123456789012345.0", "id_number", "123456789012345"),
        (4, "护照：E12345678", "id_number", "E12345678"),
        (5, "+86 138 0000 0001", "phone", "13800000001"),
        (5, "86-13800000001", "phone", "13800000001"),
        (5, "008613800000001", "phone", "13800000001"),
        (5, "13800000001.0", "phone", "13800000001"),
        (5, "1.3800000001E10", "phone", "13800000001"),
        (5, "1.3800000001E+10", "phone", "13800000001"),
        (5, "1.38E10", "phone", "13800000000"),
        (5, "手机：13800000001", "phone", "13800000001"),
        (5, '="13800000001"', "phone", "13800000001"),
        (5, "#REF!", "phone", ""),
        (6, "班\ue863长", "remark", "班长"),
        (6, "#N/A", "remark", ""),
    ],
)
def test_every_change_of_a_cell_is_told(field: int, was: str, attribute: str, now: object) -> None:
    reading = one_cell(field, was)
    assert getattr(reading.rows[0], attribute) == now
    (repair,) = reading.repairs
    assert (repair.row, repair.cell) == (2, f"{'ABCDEFG'[field]}2")
    assert repair.now == ("" if now is None else str(now))
    assert "\x1b" not in json.dumps(reading.as_json(), ensure_ascii=False)


@pytest.mark.parametrize("phone", ["1.38E+10", "8613800000", "+1 202 555 0100", "0812-3330000转8"])
def test_a_telephone_of_which_nobody_knows_the_digits_stays_as_it_stands(phone: str) -> None:
    assert one_cell(5, phone).rows[0].phone == phone.replace(" ", "").replace("-", "")


@pytest.mark.parametrize(
    ("word", "passed"),
    [
        *[(word, True) for word in ("合格", " √ ", "１", "是")],
        *[(word, False) for word in ("不合格", "否", "×", "0")],
        *[(word, None) for word in ("85", "缓考", "")],
    ],
)
def test_attachment_4_says_who_passed(word: str, passed: bool | None) -> None:
    header = (*HEADER[:6], "课程学时", "完成学时", "学员平台账号", "密码", "考核是否合格", "备注")
    reading = pasted(header, (*ZHANG_ROW[:6], "40学时", "38.5", "13800000001", "Px 1", word, "补考"))
    answer = reading.as_json()
    assert answer["form"] == 4
    assert answer["rows"] == [
        {"seq": 1, "name": "张三", "sex": "男", "age": 34, "id_number": ZHANG, "phone": "13800000001"}
        | {"remark": "补考", "course_hours": 40, "completed_hours": 38.5, "account": "13800000001"}
        | {"password": "Px 1", "passed": passed}
    ]


@pytest.mark.parametrize(
    "header",
    [
        ("编号", "学员姓名", "性 别", "年龄（周岁）", "公民身份号码", "手机", "备 注"),
        ("NO.", "*姓名", "男/女", "年龄", "证件号码（18位）", "联系方式", "附注"),
        ("序号", "姓名Name", "性别", "年龄", "居民身份证号码：", "本人手机号码", "备注（工种）"),
    ],
)
def test_headers_go_by_their_meaning_in_any_order(header: Row) -> None:
    rows = [("花名册",), ("企业（盖章）：",), header, ZHANG_ROW]
    assert pasted(*rows).rows == pasted(HEADER, ZHANG_ROW).rows
    backwards = [tuple(reversed(row)) for row in (header, ZHANG_ROW)]
    assert pasted(*backwards).rows == pasted(HEADER, ZHANG_ROW).rows


def test_a_header_of_two_rows(tmp_path: Path) -> None:
    upper = (*HEADER[:6], "学时", None, "学员平台", None, "考核结果")
    lower = (*[None] * 6, "课程", "完成", "账号", "密码")
    person = (*ZHANG_ROW[:6], 40, 38, 13800000001, 123456, "合格")
    reading = read_roster(book(tmp_path / "b.xlsx", 名单=[("补贴申报花名册",), upper, lower, person]))
    (row,) = reading.rows
    assert (row.course_hours, row.completed_hours) == (Decimal(40), Decimal(38))
    assert (row.account, row.password, row.passed) == ("13800000001", "123456", True)


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([("", "", "", "", "", "", ""), (" ",)], []),
        ([(2,), (3,)], []),
        ([("合计", "37人", "", "", "37")], []),
        ([("填表人：", "王五", "", "", "联系电话：", "0812-3330000")], []),
        ([("审核人", "王五", "", "", "", "13800000002")], []),
        ([("注：一式两份",), (1, "加盖印章"), (2, "一式两份")], []),
        ([HEADER, (2, "李四", "女", 46, LI)], ["李四"]),
        ([("1", "2", "3", "4", "5", "6", "7")], []),
        ([("", "李四", "女", "", "")], ["李四"]),
        ([("", "李四", "", "", "")], ["李四"]),
        ([(2, "李四", "", "", "待补", "", "合计两门")], ["李四"]),
        ([(2, "李四", "女", "", LI, "", "填表人")], ["李四"]),
    ],
)
def test_only_persons_are_rows(rows: list[Row], read: list[str]) -> None:
    reading = pasted(HEADER, ZHANG_ROW, *rows)
    assert names(reading) == ["张三", *read]
    assert not reading.refused


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ((2, "", "女", 46, "", "13800000002", ""), "B"),
        ((2, "", "女", 46, LI, "", ""), "B"),
        ((2, "", "", "", "51041119731102"), "B"),
        ((2, "#N/A", "女", 46, LI), "B"),
        ((2, "女", 46, LI), "D"),
        ((2, "46", "女", 46, LI), "B"),
        ((2, "李\ue863", "女", 46, LI), "B"),
        ((2, "李四", "女", 46, f"李四{LI}再议"), "E"),
        (("", 2, "李四", "女", 46, LI), "F"),
        ((f"2,李四,女,46,{LI},13800000002",), "A"),
        ((2, f"李四 {LI}"), "B"),
        ((2, "李四", "女", 46, "", "", f"证号{LI[:6]} {LI[6:14]} {LI[14:]}"), "G"),
        (("注：李四的证号是" + LI,), "A"),
        (("例", "样板", "男", 34, LI), "B"),
        ((2, "张三（示例）", "男", 34, LI), "B"),
        ((2, "张三", "男", 34, LI, "", "此行为示例"), "B"),
        ((2, "", "", "", "", "", "焊工"), "B"),
    ],
)
def test_a_row_that_cannot_be_taken_over_is_refused_with_the_cell_to_look_at(row: Row, column: str) -> None:
    reading = pasted(HEADER, ZHANG_ROW, row)
    assert names(reading) == ["张三"]
    assert [(it.row, it.cell) for it in reading.refused] == [(3, f"{column}3")]


def test_a_department_above_its_people_begins_no_notes() -> None:
    reading = pasted(HEADER, ("机修一车间（白班）",), ZHANG_ROW, ("机修二车间（夜班）",), (2, "李四"), (3, "王五"))
    assert names(reading) == ["张三", "李四", "王五"]
    assert [other.kind for other in reading.others] == [RowKind.HEADER, RowKind.NOTE, RowKind.NOTE]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (("", " ", "\u3000"), RowKind.BLANK),
        ((2,), RowKind.NUMBERED),
        (("合计", "37人", "", "", "37"), RowKind.TOTAL),
        (("审核人", "王五", "", "", "", "13800000002"), RowKind.SIGNATURE),
        (("注：一式两份",), RowKind.NOTE),
        (("以上人员均为我单位职工，情况属实",), RowKind.NOTE),
        (HEADER, RowKind.HEADER),
        (("1", "2", "3", "4", "5", "6", "7"), RowKind.HEADER),
        (("例", "样板", "男", 34, ""), RowKind.EXAMPLE),
        (("数字", "与身份证一致", "男/女", "周岁", "18位，文本格式", "11位手机号", "选填"), RowKind.RULE),
    ],
)
def test_a_row_that_is_nobody_s_is_told_as_what_it_is(row: Row, kind: RowKind) -> None:
    reading = pasted(("某公司花名册",), HEADER, row, ZHANG_ROW)
    assert names(reading) == ["张三"]
    assert not reading.refused
    assert [(other.row, other.kind) for other in reading.others] == [
        (1, RowKind.TITLE),
        (2, RowKind.HEADER),
        (3, kind),
    ]


@pytest.mark.parametrize(
    ("stated", "numbers"),
    [
        (["1", "2", "3"], [1, 2, 3]),
        (["", "", ""], [1, 2, 3]),
        (["1.", "二", "3"], [1, 2, 3]),
        (["1", "", "2"], [1, 3, 2]),
        (["1", "2", "1", "2"], [1, 2, 3, 4]),
        (["7", "7", ""], [7, 8, 9]),
    ],
)
def test_every_row_gets_a_number_of_its_own(stated: list[str], numbers: list[int]) -> None:
    reading = pasted(HEADER, *[(seq, "张三", "男", 34, ZHANG) for seq in stated])
    assert [row.seq for row in reading.rows] == numbers


@pytest.mark.parametrize(
    "rows",
    [
        [("张三", ZHANG, "13800000001"), ("李四", LI, "0812-3330000")],
        [("13800000001", ZHANG, "1", "张 三"), ("", LI, "2", "李四")],
        [("一车间", 1, "张三", "汉族", "男", ZHANG, 13800000001), ("二车间九班", 2, "李四", "彝族", "女", LI, "")],
    ],
)
def test_columns_without_a_header_go_by_what_stands_in_them(rows: list[Row]) -> None:
    reading = pasted(("某公司人员",), *rows)
    assert [(row.name, row.id_number) for row in reading.rows] == [("张三", ZHANG), ("李四", LI)]
    assert reading.rows[0].phone == "13800000001"


def test_what_spreadsheets_put_on_the_clipboard() -> None:
    title = '"某公司\n参训人员花名册"' + "\t" * 6
    head = "\t".join(("序号", "姓名", "性别", "年龄", '"身份证号\n（18位）"', '"联系\n电话"', "备注"))
    people = [f'1\t张三\t男\t34\t{ZHANG}\t13800000001\t"班长\n""夜班"""', f"2\t李四\t女\t46\t{LI}\t\t"]
    reading = read_pasted("\r\n".join([title, head, *people, "\t" * 6, "\t" * 6, "", ""]))
    assert names(reading) == ["张三", "李四"]
    assert [row.remark for row in reading.rows] == ['班长 "夜班"', ""]
    assert (reading.rows[0].phone, reading.refused) == ("13800000001", ())


def test_a_reading_names_every_column_and_what_it_was_taken_for(tmp_path: Path) -> None:
    header = ("序号", "学员姓名", "部门", None, "公民身份号码")
    rows = [("某公司花名册",), header, (1, "张三", "机修", "夜班", ZHANG)]
    reading = read_roster(book(tmp_path / "b.xlsx", 名单=rows))
    assert [(it.letter, it.heading, it.meaning) for it in reading.columns] == [
        ("A", "序号", "序号"),
        ("B", "学员姓名", "姓名"),
        ("C", "部门", ""),
        ("D", "", ""),
        ("E", "公民身份号码", "身份证号"),
    ]


def test_the_prescribed_order_of_attachment_4_without_a_header() -> None:
    reading = pasted((*ZHANG_ROW[:6], 40, 38, "zhang", "Px1", "否", "补考"))
    (row,) = reading.rows
    assert (row.completed_hours, row.account, row.password, row.passed) == (Decimal(38), "zhang", "Px1", False)
