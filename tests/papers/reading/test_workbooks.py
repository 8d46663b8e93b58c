"""What a workbook holds besides the values of its cells: hidden rows, errors, merged ranges, formats."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pxtui.papers.reading.grid import read_table
from pxtui.papers.reading.rosters import RosterReading, read_roster
from tests.support.incoming import HEADER, LI, WANG, ZHANG_ROW, Row, names

pytestmark = pytest.mark.slow

LI_ROW = (2, "李四", "女", 46, LI, "13800000002", "")
WANG_ROW = (3, "王五", "男", 42, WANG, "13800000003", "")


def reading_of(folder: Path, change: Callable[[Worksheet], object]) -> RosterReading:
    """The roster of three people, changed before it is saved."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in (HEADER, ZHANG_ROW, LI_ROW, WANG_ROW):
        sheet.append(row)
    change(sheet)
    path = folder / "roster.xlsx"
    workbook.save(path)
    return read_roster(path)


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def test_what_is_hidden_is_read_and_told(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, hide_row)
    assert names(reading) == ["张三", "李四", "王五"]
    assert [(repair.cell, repair.was) for repair in reading.repairs] == [("B3", "（隐藏或筛选掉的行）李四")]


def test_a_hidden_row_that_is_refused_says_that_it_is_hidden(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        hide_row(sheet)
        sheet["B3"] = None

    (refused,) = reading_of(tmp_path, change).refused
    assert (refused.cell, refused.reason[:11]) == ("B3", "（隐藏或筛选掉的行）没")


def test_a_hidden_column_that_is_read_is_told(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.column_dimensions["E"].hidden = True

    assert reading_of(tmp_path, change).notes == ("隐藏的列也读了：E列（身份证号）",)


def test_a_name_merged_over_two_rows_is_filled_in_and_told(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, lambda sheet: sheet.merge_cells("B2:B3"))
    assert names(reading) == ["张三", "张三", "王五"]
    assert [(repair.cell, repair.was, repair.now) for repair in reading.repairs] == [("B3", "", "张三")]


def test_merged_cells_over_an_empty_row_make_nobody_twice(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for column in range(1, 8):
            sheet.cell(3, column).value = None
            sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)

    assert names(reading_of(tmp_path, change)) == ["张三", "王五"]


def test_a_name_that_is_a_formula_without_value_is_refused(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B3"] = "=VLOOKUP(E3,其他!A:B,2,0)"

    reading = reading_of(tmp_path, change)
    assert names(reading) == ["张三", "王五"]
    assert [refusal.cell for refusal in reading.refused] == ["B3"]


@pytest.mark.parametrize("form", ["yyyy/m/d", "mm-dd-yy", "m-d", '[$-804]yyyy"年"m"月"d"日"'])
@pytest.mark.parametrize("age", [34, 59, 60, 61])
def test_an_age_under_any_date_format_is_a_number(tmp_path: Path, form: str, age: int) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["D3"] = age
        sheet["D3"].number_format = form
        sheet["A3"].number_format = form

    assert [(row.seq, row.age) for row in reading_of(tmp_path, change).rows] == [(1, 34), (2, age), (3, 42)]


@pytest.mark.parametrize(
    ("form", "hours", "expected"),
    [
        ("h:mm", 1.5, "01:30:00"),
        ("[h]:mm:ss", 25.5, "25:30:00"),
        ("[h]:mm", 24.0, "24:00:00"),
        ("mm:ss", 0.5, "00:30:00"),
        ('h"时"mm"分"', 1.5, "01:30:00"),
        ("yyyy-m-d h:mm", 24.0 * 43_892 + 8.5, "2020-03-02 08:30:00"),
        ("h:mm", 24.0 * 43_892 + 8.5, "2020-03-02 08:30:00"),
        ("[h]:mm", 24.0 * 3_650, "87600:00:00"),
    ],
)
@pytest.mark.parametrize("hidden", [False, True])
def test_a_length_of_time_is_read_alike_with_and_without_the_library(
    tmp_path: Path, form: str, hours: float, expected: str, hidden: bool
) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"] = hours / 24
    sheet["A1"].number_format = form
    sheet["A2"] = "x"
    sheet.row_dimensions[2].hidden = hidden
    workbook.save(tmp_path / "time.xlsx")
    (grid,) = read_table(tmp_path / "time.xlsx")
    assert grid.rows[0] == [expected]
    assert grid.hidden_rows == ({1} if hidden else set())


@pytest.mark.parametrize("cell", ["A65000", "A1048576", "XFD1", "XFD1048576"])
def test_a_blank_far_away_is_nothing(tmp_path: Path, cell: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet[cell] = "\u3000 "

    assert names(reading_of(tmp_path, change)) == ["张三", "李四", "王五"]


def open_document(path: Path, *rows: str) -> Path:
    """A spreadsheet of these rows."""
    names_of = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names_of)
    content = (
        f'<office:document-content {spaces} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc">'
        '<office:body><office:spreadsheet><table:table table:name="名单">'
        f"{''.join(rows)}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest/>")
        archive.writestr("content.xml", content)
    return path


def open_row(cells: Row, attributes: str = "", **of_cells: str) -> str:
    """A row of texts; `of_cells`: attributes of the cell in a column, `column_2`."""
    typed = '<table:table-cell office:value-type="string" {}><text:p>{}</text:p></table:table-cell>'
    written = (typed.format(of_cells.get(f"column_{column}", ""), cell) for column, cell in enumerate(cells))
    return f"<table:table-row {attributes}>{''.join(written)}</table:table-row>"


def test_an_open_document_tells_what_is_hidden(tmp_path: Path) -> None:
    empty = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    hidden = open_row(LI_ROW, 'table:visibility="filter"')
    reading = read_roster(open_document(tmp_path / "b.ods", open_row(HEADER), empty, open_row(ZHANG_ROW), hidden))
    assert names(reading) == ["张三", "李四"]
    assert [repair.cell for repair in reading.repairs] == ["B5"]


def test_an_open_document_tells_errors_and_merged_names(tmp_path: Path) -> None:
    merged = open_row(ZHANG_ROW, column_1='table:number-rows-spanned="2"')
    error = 'calcext:value-type="error" office:string-value=""'
    below = open_row((2, "", "女", "#N/A", LI, "", ""), column_3=error)
    reading = read_roster(open_document(tmp_path / "b.ods", open_row(HEADER), merged, below))
    assert names(reading) == ["张三", "张三"]
    repaired = {(repair.cell, repair.was, repair.now) for repair in reading.repairs}
    assert repaired == {("B3", "", "张三"), ("D3", "#N/A", "")}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("xl/worksheets/sheet1.xml", "xl\\worksheets\\sheet1.xml"),
        ("xl/sharedStrings.xml", "xl/SharedStrings.XML"),
    ],
)
def test_parts_by_other_names_are_found_as_spreadsheet_programs_find_them(tmp_path: Path, old: str, new: str) -> None:
    reading_of(tmp_path, lambda sheet: None)
    path = tmp_path / "renamed.xlsx"
    with zipfile.ZipFile(tmp_path / "roster.xlsx") as archive, zipfile.ZipFile(path, "w") as renamed:
        for name in archive.namelist():
            renamed.writestr(new if name == old else name, archive.read(name))
    assert names(read_roster(path)) == ["张三", "李四", "王五"]
