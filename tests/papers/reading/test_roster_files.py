"""Files in which rosters come, and files that are none."""

import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from pxtui.errors import PxtuiError
from pxtui.papers.reading import grid
from pxtui.papers.reading.grid import Grid, read_table
from pxtui.papers.reading.rosters import read_roster
from tests.support.incoming import HEADER, LI, ROSTERS, ZHANG, ZHANG_ROW, Row, book, names, pasted

pytestmark = pytest.mark.slow


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
    "cell at the far corner": (book_with("A1", "XFD1048576"), "XFD1048576"),
    "cell far below": (book_with("A1", "C100001"), "C100001"),
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
