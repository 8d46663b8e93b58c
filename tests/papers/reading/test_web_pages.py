"""Web pages that systems call .xls, and that spreadsheet programs open."""

import base64
import quopri
from collections.abc import Callable
from pathlib import Path

import pytest

from pxtui.errors import PxtuiError
from pxtui.papers.reading.rosters import RosterReading, read_roster
from tests.support.incoming import LI, ZHANG, names


def read(folder: Path, body: str, encoding: str = "utf-8") -> RosterReading:
    path = folder / "名单.xls"
    path.write_bytes(f"<html><head><meta charset='{encoding}'></head><body>{body}</body></html>".encode(encoding))
    return read_roster(path)


HEAD = "<tr><th>姓名</th><th>身份证号</th><th>联系电话</th></tr>"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_table_of_a_web_page_is_a_roster(tmp_path: Path, encoding: str) -> None:
    rows = f"<tr><td>张&nbsp;三</td><td x:str>{ZHANG}</td><td>138<br></td></tr><tr><td>李四<td>{LI}<td>139"
    reading = read(tmp_path, f"<table><caption>名单</caption>{HEAD}{rows}</table>", encoding)
    assert [(row.name, row.id_number, row.phone) for row in reading.rows] == [
        ("张三", ZHANG, "138"),
        ("李四", LI, "139"),
    ]
    assert reading.sheet == "名单"


def test_spans_of_a_web_page_are_merged_cells(tmp_path: Path) -> None:
    title = "<tr><td colspan='3'>某公司花名册</td></tr>"
    rows = f"<tr><td rowspan=2>张三</td><td>{ZHANG}</td><td></td></tr><tr><td>{LI}</td><td>139</td></tr>"
    reading = read(tmp_path, f"<table>{title}{HEAD}{rows}</table>")
    assert [(row.name, row.id_number, row.phone) for row in reading.rows] == [("张三", ZHANG, ""), ("张三", LI, "139")]
    assert [(repair.cell, repair.now) for repair in reading.repairs] == [("A4", "张三")]


def test_a_hidden_row_of_a_web_page_is_told(tmp_path: Path) -> None:
    rows = f"<tr style='display: none'><td>张三</td><td>{ZHANG}</td></tr><tr><td>李四</td><td>{LI}</td></tr>"
    reading = read(tmp_path, f"<table>{HEAD}{rows}</table>")
    assert names(reading) == ["张三", "李四"]
    assert [repair.cell for repair in reading.repairs] == ["A2"]


def test_a_page_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PxtuiError, match="网页格式"):
        read(tmp_path, "<p>请登录</p><table></table>")


@pytest.mark.parametrize(
    ("encoding", "encoded"),
    [(b"quoted-printable", quopri.encodestring), (b"base64", base64.encodebytes), (b"8bit", bytes)],
)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_an_archive_of_a_web_page_is_opened(
    tmp_path: Path, charset: str, encoding: bytes, encoded: Callable[[bytes], bytes]
) -> None:
    page = f"<html><body><table>{HEAD}<tr><td>张三</td><td>{ZHANG}</td><td>138</td></tr></table></body></html>"
    path = tmp_path / "名单.xls"
    path.write_bytes(
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Transfer-Encoding: '
        + encoding
        + b"\r\nContent-Type: text/html\r\n\r\n"
        + encoded(page.encode(charset))
        + b"\r\n--x\r\nContent-Type: text/css\r\n\r\ntd{}\r\n--x--\r\n"
    )
    assert [(row.name, row.id_number) for row in read_roster(path).rows] == [("张三", ZHANG)]


def test_a_table_within_the_layout_of_a_page_is_a_table(tmp_path: Path) -> None:
    inner = f"<table>{HEAD}<tr><td>张三</td><td>{ZHANG}</td><td>138</td></tr><tr><td>李四<td>{LI}<td>139</table>"
    reading = read(tmp_path, f"<table><tr><td>菜单</td><td>{inner}</td></tr><tr><td>页脚</td></tr></table>")
    assert names(reading) == ["张三", "李四"]
