"""Rosters as firms send them besides: other formats, heads in groups, lines without line ends, no columns."""

import re
import zipfile
from pathlib import Path

import pytest

from pxtui.errors import PxtuiError
from pxtui.papers.reading.roster_reading import RowKind
from pxtui.papers.reading.rosters import RosterReading, read_pasted, read_roster
from tests.support.incoming import HEADER, LI, WANG, ZHANG, Row, book, names, pasted

ZHANG_CELLS = ("1", "张三", "男", "34", ZHANG, "13800000001", "")
LI_CELLS = ("2", "李四", "女", "46", LI, "13800000002", "")


def people(reading: RosterReading) -> list[tuple[str, str]]:
    return [(row.name, row.id_number) for row in reading.rows]


def line(row: Row, mark: str = ",") -> str:
    return mark.join(map(str, row))


class TestXmlSpreadsheets:
    """XML Spreadsheet 2003 and the flat OpenDocument spreadsheet, which spreadsheet programs open under any name."""

    BOOK = """<?xml version="1.0" encoding="{encoding}"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
 <Worksheet ss:Name="旧"><Table><Row><Cell><Data ss:Type="String">姓名</Data></Cell>
  <Cell><Data ss:Type="String">身份证号</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">钱七</Data></Cell><Cell><Data ss:Type="String">{wang}</Data></Cell></Row></Table>
  <x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
 <Worksheet ss:Name="一班"><Table><Column ss:Index="3" ss:Span="1" ss:Hidden="1"/>
  <Row><Cell ss:MergeAcross="3"><Data ss:Type="String">某公司花名册</Data></Cell></Row>
  <Row ss:Index="3"><Cell><Data ss:Type="String">姓名</Data></Cell>
   <Cell><Data ss:Type="String"><html:B>身份证号</html:B></Data></Cell><Cell><Data ss:Type="String">年龄</Data></Cell>
   <Cell><Data ss:Type="String">部门</Data></Cell><Cell><Data ss:Type="String">联系电话</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">张三</Data></Cell><Cell><Data ss:Type="String">{zhang}</Data></Cell>
   <Cell><Data ss:Type="Number">34</Data></Cell>
   <Cell ss:MergeDown="1"><Data ss:Type="String">车间</Data></Cell>
   <Cell><Data ss:Type="Number">13800000001</Data></Cell></Row>
  <Row ss:Hidden="1"><Cell><Data ss:Type="String">李四</Data></Cell><Cell><Data ss:Type="String">{li}</Data></Cell>
   <Cell ss:Index="5"><Data ss:Type="Error">#N/A</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">王五</Data></Cell>
   <Cell><Data ss:Type="Number">5.1040219780308499E+17</Data></Cell></Row>
 </Table></Worksheet>
</Workbook>"""

    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
    @pytest.mark.parametrize("prefix", ["", "ss:"])
    def test_a_spreadsheet_of_2003_is_a_roster(self, tmp_path: Path, encoding: str, prefix: str) -> None:
        path = tmp_path / "名单.xls"
        book = self.BOOK.format(encoding=encoding, zhang=ZHANG, li=LI, wang=WANG)
        path.write_bytes(re.sub("<(/?)(?=[A-Z])", rf"<\1{prefix}", book).encode(encoding))
        reading = read_roster(path)
        assert [(row.name, row.age, row.id_number, row.phone) for row in reading.rows] == [
            ("张三", 34, ZHANG, "13800000001"),
            ("李四", None, LI, ""),
        ]
        assert reading.sheet == "一班"
        assert [repair.cell for repair in reading.repairs] == ["A5", "E5"]
        assert [refusal.cell for refusal in reading.refused] == ["B6"]
        assert reading.notes == ("另有隐藏的工作表没有读：“旧”1张", "隐藏的列也读了：C列（年龄）")

    def test_a_flat_open_document_is_a_roster(self, tmp_path: Path) -> None:
        def cells(*texts: str) -> str:
            return "".join(
                f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
                for text in texts
            )

        names_of = "urn:oasis:names:tc:opendocument:xmlns"
        rows = (("姓名", "身份证号"), ("张三", ZHANG), ("李四", LI))
        path = tmp_path / "名单.fods"
        path.write_text(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document xmlns:office="{names_of}:office:1.0"'
            f' xmlns:table="{names_of}:table:1.0" xmlns:text="{names_of}:text:1.0" office:version="1.3"'
            ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
            '<table:table table:name="一班">'
            + "".join(f"<table:table-row>\n {cells(*row)}</table:table-row>" for row in rows)
            + "\n  </table:table></office:spreadsheet></office:body></office:document>",
            encoding="utf-8",
        )
        reading = read_roster(path)
        assert people(reading) == [("张三", ZHANG), ("李四", LI)]
        assert reading.sheet == "一班"

    def test_a_damaged_one_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "名单.xls"
        path.write_text(self.BOOK.format(encoding="utf-8", zhang=ZHANG, li=LI, wang=WANG)[:-60], encoding="utf-8")
        with pytest.raises(PxtuiError, match="读不出来"):
            read_roster(path)


@pytest.mark.parametrize("mark", ["\v", "\f", "\x85", "\u2028", "\u2029", "\x1e"])
def test_lines_that_end_otherwise_are_lines(mark: str) -> None:
    text = mark.join(line(row, "\t") for row in (HEADER, ZHANG_CELLS, LI_CELLS))
    assert people(read_pasted(text)) == [("张三", ZHANG), ("李四", LI)]


@pytest.mark.parametrize("between", [",", "\v,", ",\v"])
def test_two_people_in_one_line_are_not_one(between: str) -> None:
    glued = line(ZHANG_CELLS) + between + line(LI_CELLS)
    reading = read_pasted("\n".join([line(HEADER), glued, line((3, "王五", "男", 42, WANG, "", ""))]))
    assert people(reading) == [("王五", WANG)]
    ((row, reason),) = [(refusal.row, refusal.reason) for refusal in reading.refused]
    assert row == 2
    assert "两个人" in reason


def test_two_people_in_one_line_without_a_header_are_not_one() -> None:
    lines = [line(ZHANG_CELLS), line(LI_CELLS) + "," + line((3, "王五", "男", 42, WANG, "", ""))]
    reading = read_pasted("\n".join(lines))
    assert people(reading) == [("张三", ZHANG)]
    assert [refusal.row for refusal in reading.refused] == [2]


def test_what_stands_under_a_heading_of_others_is_theirs() -> None:
    heads = ["姓名", "身份证号", "配偶姓名", "配偶身份证号", "联系电话"]
    reading = pasted(heads, ("张三", ZHANG, "李四", LI, "13800000001"))
    assert people(reading) == [("张三", ZHANG)]
    assert not reading.refused


@pytest.mark.parametrize("part", ["身份证后六位", "身份证号后4位", "身份证前六位", "身份证尾号", "身份证末四位"])
def test_a_part_of_a_number_is_no_number(part: str) -> None:
    assert people(pasted(("姓名", part, "身份证号码"), ("张三", ZHANG[-6:], ZHANG))) == [("张三", ZHANG)]
    with pytest.raises(PxtuiError, match="没有“身份证号”一列"):
        pasted(("序号", "姓名", "性别", part, "联系电话"), (1, "张三", "男", ZHANG[-6:], "13800000001"))


@pytest.mark.parametrize("beside", ["手机号后四位", "电话归属地", "手机尾号"])
def test_a_part_of_a_telephone_number_is_none(beside: str) -> None:
    reading = pasted(("姓名", "身份证号", beside, "手机号"), ("张三", ZHANG, "0001", "13800000001"))
    assert reading.rows[0].phone == "13800000001"


@pytest.mark.parametrize("beside", ["身份证有效期限", "身份证地址", "身份证签发机关", "身份证正面照片", "身份证归属地"])
def test_what_else_an_identity_card_says_is_no_number(beside: str) -> None:
    assert people(pasted(("姓名", beside, "身份证号"), ("张三", "攀枝花市", ZHANG))) == [("张三", ZHANG)]


def test_initials_are_heads() -> None:
    reading = pasted(("XH", "XM", "XB", "NL", "SFZH", "LXDH", "BZ"), ZHANG_CELLS)
    assert [(row.seq, row.name, row.sex, row.phone) for row in reading.rows] == [(1, "张三", "男", "13800000001")]
    assert [other.kind for other in reading.others] == [RowKind.HEADER]


@pytest.mark.parametrize(
    ("groups", "own"),
    [
        (("学员信息", "", "", "监护人信息", "", ""), (("张三", ZHANG, "13800000001"), ("张大山", LI, "13900000000"))),
        (("监护人", "", "", "参训学员", "", ""), (("张大山", LI, "13900000000"), ("张三", ZHANG, "13800000001"))),
    ],
)
def test_of_two_groups_of_columns_the_trainee_s_is_read(groups: Row, own: tuple[Row, Row]) -> None:
    heads = ("姓名", "身份证号", "联系电话")
    (row,) = pasted(groups, (*heads, *heads), (*own[0], *own[1])).rows
    assert (row.name, row.id_number, row.phone) == ("张三", ZHANG, "13800000001")


@pytest.mark.parametrize(
    "groups", [("某公司", "", "学员花名册", ""), ("一班学员", "", "二班学员", ""), ("监护人", "", "监护人", "")]
)
def test_two_rosters_side_by_side_stay_two(groups: Row) -> None:
    heads = ("姓名", "身份证号")
    with pytest.raises(PxtuiError, match="两组"):
        pasted(groups, (*heads, *heads), ("张三", ZHANG, "李四", LI))


@pytest.mark.parametrize("mark", [" ", "   ", "、"])
def test_a_line_in_one_cell_is_said_to_be_so(mark: str) -> None:
    rows = ("姓名", "身份证号", "电话"), ("张三", ZHANG, "13800000001"), ("李四", LI, "13800000002")
    for lines in (rows, rows[1:]):
        with pytest.raises(PxtuiError, match="各列没有分开"):
            read_pasted("\n".join(line(row, mark) for row in lines))


def test_a_ruled_line_is_nobody() -> None:
    table = f"| 姓名 | 身份证号 |\n|---|:---:|\n| 张三 | {ZHANG} |\n|======|======|\n"
    reading = read_pasted(table)
    assert names(reading) == ["张三"]
    assert not reading.refused
    assert [other.kind for other in reading.others] == [RowKind.HEADER, RowKind.RULED_LINE, RowKind.RULED_LINE]


@pytest.mark.parametrize(
    ("member", "kind"),
    [("word/document.xml", "文字文档"), ("花名册.xlsx", "压缩包"), ("ppt/presentation.xml", "演示文稿")],
)
def test_an_archive_is_called_what_it_is(tmp_path: Path, member: str, kind: str) -> None:
    path = tmp_path / "名单.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "<w/>")
    with pytest.raises(PxtuiError, match=f"“名单.xlsx”是{kind}"):
        read_roster(path)


@pytest.mark.parametrize("beginning", ["ID;PWXL;N;E\r\nP;PGeneral\r\n", 'TABLE\r\n0,1\r\n"EXCEL"\r\n'])
def test_an_exchange_format_of_old_is_called_what_it_is(tmp_path: Path, beginning: str) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(beginning, encoding="utf-8")
    with pytest.raises(PxtuiError, match="SYLK或DIF"):
        read_roster(path)


@pytest.mark.parametrize("number", [f"{LI}/{WANG}", f"{LI}\n{WANG}", f"{LI}（本人）", f"李四{LI}"])
def test_a_number_with_something_beside_it_is_said_to_be_so(tmp_path: Path, number: str) -> None:
    path = book(tmp_path / "b.xlsx", 名单=[HEADER, ZHANG_CELLS, ("2", "李四", "女", 46, number, "", "")])
    reading = read_roster(path)
    assert people(reading) == [("张三", ZHANG)]
    ((cell, reason),) = [(refusal.cell, refusal.reason) for refusal in reading.refused]
    assert cell == "E3"
    assert "身份证号一格里还有别的内容" in reason


@pytest.mark.parametrize("name", ["张三，", "张三,", "张三。", "张三、", "张 三；"])
def test_a_mark_behind_a_name_is_no_part_of_it(name: str) -> None:
    reading = pasted(HEADER, (1, name, "男", 34, ZHANG, "13800000001", ""))
    assert people(reading) == [("张三", ZHANG)]
    assert [repair.cell for repair in reading.repairs] == ["B2"]


@pytest.mark.parametrize("remark", ["“”", "''"])
def test_quotation_marks_round_nothing_are_nothing(remark: str) -> None:
    (row,) = pasted(HEADER, (1, "张三", "男", 34, ZHANG, "13800000001", remark)).rows
    assert row.remark == ""
