"""Rosters in the shapes in which enterprises send them, and files that are none."""

import json
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from pxtui.errors import PxtuiError
from pxtui.papers.reading import grid
from pxtui.papers.reading.grid import Grid, read_table
from pxtui.papers.reading.rosters import RosterReading, read_pasted, read_roster

ROSTERS = Path(__file__).parents[2] / "data" / "rosters"
SAMPLES = [path for path in sorted(ROSTERS.iterdir()) if path.suffix != ".json"]

ZHANG, LI, WANG = "510402198601120017", "510411197311020044", "51040219780308490X"
HEADER = ("序号", "姓名", "性别", "年龄", "身份证号", "联系电话", "备注")
ZHANG_ROW = (1, "张三", "男", 34, ZHANG, "13800000001", "")

Row = Sequence[object]


def book(path: Path, **sheets: Sequence[Row]) -> Path:
    workbook = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def pasted(*rows: Row) -> RosterReading:
    return read_pasted("\n".join("\t".join(str(cell) for cell in row) for row in rows))


def names(reading: RosterReading) -> list[str]:
    return [row.name for row in reading.rows]


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
    ],
)
def test_every_change_of_a_cell_is_told(field: int, was: str, attribute: str, now: object) -> None:
    reading = one_cell(field, was)
    assert getattr(reading.rows[0], attribute) == now
    (repair,) = reading.repairs
    assert (repair.row, repair.cell) == (2, f"{'ABCDEFG'[field]}2")
    assert repair.now == ("" if now is None else str(now))
    assert "\x1b" not in json.dumps(reading.as_json(), ensure_ascii=False)


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
        ([("例", "样板", "男", 34, LI)], []),
        ([("1", "2", "3", "4", "5", "6", "7")], []),
        ([("", "李四", "女", "", "")], ["李四"]),
        ([("", "李四", "", "", "")], ["李四"]),
        ([(2, "", "", "", "51041119731102")], [""]),
        ([(2, "李四", "", "", "待补", "", "合计两门")], ["李四"]),
        ([(2, "李四", "女", "", LI, "", "填表人")], ["李四"]),
    ],
)
def test_only_persons_are_rows(rows: list[Row], read: list[str]) -> None:
    reading = pasted(HEADER, ZHANG_ROW, *rows)
    assert names(reading) == ["张三", *read]
    assert not reading.refused


def test_a_person_without_name_and_number_is_refused() -> None:
    reading = pasted(HEADER, ZHANG_ROW, (2, "", "女", 46, "", "13800000002", ""))
    assert names(reading) == ["张三"]
    assert [(it.row, it.cell, it.seq) for it in reading.refused] == [(3, "B3", 2)]


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
    "text",
    [
        "\t".join(HEADER) + f"\n1\t张三\t男\t34\t{ZHANG}\t13800000001\t\n",
        f"1\t张三\t男\t34\t{ZHANG}\t13800000001\t\r\n",
        f"张三\t男\t34\t{ZHANG}\t13800000001\r",
        f"某公司花名册\n1,张三,男,34,{ZHANG},13800000001,\n",
        f'1;张三;男;34;{ZHANG};13800000001;"\n"\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["名单.csv", "名单.xls"])
def test_text_in_every_delimiter_and_encoding(tmp_path: Path, text: str, encoding: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    reading = read_roster(path)
    assert reading.rows == pasted(HEADER, ZHANG_ROW).rows
    assert reading.sheet == "名单"


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


def test_the_roster_may_stand_on_any_sheet(tmp_path: Path) -> None:
    cover = [("填表说明",), ("姓名", "职务", "联系电话", "备注")]
    wide = [range(100)]
    reading = read_roster(book(tmp_path / "b.xlsx", 封面=cover, 其他=wide, 名单=[HEADER, ZHANG_ROW]))
    assert (reading.sheet, names(reading)) == ("名单", ["张三"])


def test_open_document_sheets(tmp_path: Path) -> None:
    def row(cells: Row) -> str:
        typed = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        return f"<table:table-row>{''.join(map(typed.format, cells))}</table:table-row>"

    rooms = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{room}="urn:oasis:names:tc:opendocument:xmlns:{room}:1.0"' for room in rooms)
    rest = '<table:table-cell table:number-columns-repeated="16384"/>'
    content = (
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="名单">'
        f"{row(HEADER)}{row(ZHANG_ROW)}"
        f'<table:table-row table:number-rows-repeated="1048574">{rest}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "b.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest/>")
        archive.writestr("content.xml", content)
    assert read_roster(path).rows == pasted(HEADER, ZHANG_ROW).rows


def book_with(*cells: str) -> bytes:
    """A workbook with these cells filled."""
    workbook, file = openpyxl.Workbook(), BytesIO()
    for cell in cells:
        workbook.worksheets[0][cell] = "x"
    workbook.save(file)
    return file.getvalue()


def patched(old: str, new: str) -> bytes:
    """A real .xls with one place of its bytes replaced (both in hexadecimal)."""
    data = (ROSTERS / "a2-old-29.xls").read_bytes()
    assert bytes.fromhex(old) in data
    return data.replace(bytes.fromhex(old), bytes.fromhex(new), 1)


def text(*lines: str) -> bytes:
    return "\n".join((",".join(HEADER), *lines)).encode()


GOOD_BOOK = (ROSTERS / "a2-clean-37.xlsx").read_bytes()
NO_ROSTERS = {
    "empty file": (b"", "空文件"),
    "PDF": (b"%PDF-1.7 ...", "PDF文档"),
    "picture": (b"\x89PNG\r\n\x1a\n", "图片"),
    "web page": (b"\n<html><table></table></html>", "网页格式"),
    "NUL": (b"a,b\0,c", "空字符"),
    "bytes of no encoding": (bytes(range(255, 0, -1)), "编码"),
    "another archive": (b"PK\x03\x04 and nothing of a workbook", "损坏"),
    "workbook cut off": (GOOD_BOOK[:4000], "损坏"),
    "old workbook cut off": ((ROSTERS / "a2-old-29.xls").read_bytes()[:6000], "损坏"),
    "cell at the far corner": (book_with("A1", "XFD1048576"), "损坏或过大"),
    "cell far below": (book_with("A1", "C20001"), "C20001"),
    "cell far to the right": (book_with("A1", "BM2"), "BM2"),
    "password": (patched("e1000200", "2f000200"), "密码"),
    "too many rows": (text(*[f"1,张三,男,34,{ZHANG},,"] * 20_000), "20000行"),
    "too long a cell": (text(f"1,张三,男,34,{ZHANG},,{'字' * 2001}"), "G2"),
    "too large": (b" " * (20 * 2**20 + 1), "20MB"),
    "unpaired quotation mark": (text(f'1,"张三,男,34,{ZHANG},,', f"2,李四,女,46,{LI},,"), "引号"),
    "swallowed row": (text(f'1,"张三,男,34,{ZHANG},,', f'2,李四,女,46,{LI},,"'), "引号"),
    "prose": ("今天没有花名册。".encode(), "未找到花名册"),
    "blank sheet": (book_with(), "未找到花名册"),
    "header only": (text(), "没有人员"),
    "no ID numbers": ("序号,姓名,性别,年龄,备注\n1,张三,男,34,".encode(), "没有“身份证号”"),
    "side by side": (f"姓名,身份证号,姓名,身份证号\n张三,{ZHANG},李四,{LI}".encode(), "并排"),
    "order unknown": (f"1,机修,张三,男,{ZHANG},138,".encode(), "加上表头"),
}


@pytest.mark.parametrize(("data", "said"), NO_ROSTERS.values(), ids=NO_ROSTERS.keys())
def test_what_is_no_roster_is_refused_in_one_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "名\x1b单.xlsx"
    path.write_bytes(data)
    with pytest.raises(PxtuiError, match=said) as caught:
        read_roster(path)
    assert caught.value.sentence.isprintable()


def test_places_that_hold_no_file(tmp_path: Path) -> None:
    for place, said in ((tmp_path / "无", "找不到"), (tmp_path, "文件夹"), (Path("/dev/zero"), "普通文件")):
        with pytest.raises(PxtuiError, match=said):
            read_roster(place)


def test_two_sheets_with_rosters_are_for_a_person_to_choose_from(tmp_path: Path) -> None:
    with pytest.raises(PxtuiError, match="“一班”、“二班”"):
        read_roster(book(tmp_path / "b.xlsx", 一班=[HEADER, ZHANG_ROW], 二班=[HEADER, ZHANG_ROW]))


def test_a_child_that_is_slow_to_begin_gets_the_whole_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "_LOOK_SECONDS", 0.001)
    monkeypatch.setattr(grid, "_CHILD_LOOKS", 100_000)
    assert len(read_roster(ROSTERS / "a2-big-1200.xlsx").rows) == 1_200


def test_tables_of_other_kinds_come_in_by_the_same_child(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", 甲=[(None, "课程", 1.5)], 乙=[range(65)])
    first, second = read_table(path)
    assert first == Grid("甲", [["", "课程", 1.5]])
    assert second.rows == ()
    assert "BM1" in second.fault
