"""An office puts its own workbook in the place of our layout."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

from pxtui.errors import PxtuiError
from pxtui.papers.writing import office_template
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import Money
from tests.papers.golden import facts_of

FACTS = facts_of("correction-notice", "full")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A notice as an office would draw it: a head, one line of defects, a merged foot."""
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet["A1"] = "致{{applicant_name}}（{{number}}）"
    sheet["A2"] = "第{{defects.seq}}项"
    sheet["B2"] = "{{defects.fault}}"
    sheet["B2"].font = Font(name="黑体", size=15)
    sheet["C2"] = "请改正"
    sheet.row_dimensions[2].height = 33
    sheet["A3"] = "请于{{until_day}}前补正"
    sheet.merge_cells("A3:C3")
    path = tmp_path / "correction-notice.xlsx"
    workbook.save(path)
    return path


def sheet_of(content: bytes) -> Any:
    """The filled sheet."""
    return load_workbook(BytesIO(content)).active


def test_values_and_lines_come_where_the_office_named_them(template: Path) -> None:
    sheet = sheet_of(office_template.filled(template, FACTS))
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["致攀枝花市恒力机械有限公司（东区人社局补正〔2020〕3号）", None, None],
        ["第1项", "没有提交", "请改正"],
        ["第2项", "身份证号校验码不对，末位应为8", "请改正"],
        ["请于2020年3月23日前补正", None, None],
    ]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A4:C4"]
    assert (sheet["B3"].font.name, sheet.row_dimensions[3].height) == ("黑体", 33)


def test_a_paper_without_lines_leaves_their_row_blank(template: Path) -> None:
    sheet = sheet_of(office_template.filled(template, replace(FACTS, tables={"defects": []})))
    assert [sheet.cell(2, column).value for column in (1, 2, 3)] == [None, None, "请改正"]


def test_a_formula_in_a_name_is_printed_and_not_worked_out(template: Path) -> None:
    facts = replace(FACTS, values={**FACTS.values, "applicant_name": "=HYPERLINK(1)\x00"})
    cell = sheet_of(office_template.filled(template, facts))["A1"]
    assert (cell.data_type, cell.value) == ("s", "致=HYPERLINK(1)\ufffd（东区人社局补正〔2020〕3号）")


@pytest.mark.parametrize(
    ("cell", "text"), [("A1", "{{applicant}}"), ("B2", "{{defects.colour}}"), ("A2", "{{rows.seq}}")]
)
def test_a_place_that_the_paper_does_not_know_is_named(cell: str, text: str, template: Path) -> None:
    workbook: Any = load_workbook(template)
    workbook.active[cell] = text
    workbook.save(template)
    with pytest.raises(PxtuiError, match="引用了本文书没有的"):
        office_template.filled(template, FACTS)


def test_a_file_that_is_no_workbook_is_refused(template: Path) -> None:
    template.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(PxtuiError, match="不是可用的xlsx"):
        office_template.filled(template, FACTS)


def test_the_same_template_and_facts_give_the_same_bytes(template: Path) -> None:
    assert office_template.filled(template, FACTS) == office_template.filled(template, FACTS)


@pytest.fixture
def for_six(tmp_path: Path) -> Path:
    """A sheet for six people of whom one line is drawn: a total by formula, a merged date, a print area of one page."""
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "名单"
    sheet.append(["名单（{{applicant_name}}）"])
    sheet.append(["序号", "项目", "问题", "双倍"])
    sheet.append(["{{defects.seq}}", "{{defects.item}}", "{{defects.fault}}", "=A3*2"])
    sheet.merge_cells("C3:C3")
    sheet.append(["合计", None, "=SUM(A3:A3)", "=SUM(D3)"])
    sheet.append(["日期", "{{until_day}}"])
    sheet.merge_cells("B5:D5")
    sheet.merge_cells("E3:E4")
    sheet.print_area = "A1:D5"
    sheet.print_title_rows = "2:2"
    other = workbook.create_sheet("汇总")
    other["A1"] = "=名单!C4"
    other["A2"] = "=SUM(名单!A3:A3)"
    other["A3"] = "=SUM(A1:A2)"
    other["A4"] = "=名单!A4+A5"
    workbook.defined_names["人员"] = DefinedName("人员", attr_text="名单!$A$3:$A$3")
    path = tmp_path / "correction-notice.xlsx"
    workbook.save(path)
    return path


def nine() -> Any:
    lines: list[Any] = [{"seq": seq, "item": "名单", "fault": "没有提交"} for seq in range(1, 10)]
    return replace(FACTS, tables={"defects": lines})


def test_nine_people_in_a_sheet_for_one_keep_their_total_and_date_on_the_page(for_six: Path) -> None:
    workbook: Any = load_workbook(BytesIO(office_template.filled(for_six, nine())))
    sheet, other = workbook.worksheets
    assert [sheet.cell(row, 1).value for row in range(3, 13)] == [*range(1, 10), "合计"]
    assert sheet["C12"].value == "=SUM(A3:A11)"
    assert [sheet.cell(row, 4).value for row in (3, 7, 11)] == ["=A3*2", "=A7*2", "=A11*2"]
    assert sheet.print_area == "'名单'!$A$1:$D$13"
    assert sheet.print_title_rows == "$2:$2"
    assert sorted(str(area) for area in sheet.merged_cells.ranges if area.size["columns"] > 1) == ["B13:D13"]
    assert sorted(str(area) for area in sheet.merged_cells.ranges if area.size["rows"] > 1) == ["E3:E12"]
    assert [other[cell].value for cell in ("A1", "A2", "A3", "A4")] == [
        *("=名单!C12", "=SUM(名单!A3:A11)", "=SUM(A1:A2)", "=名单!A12+A5"),
    ]
    assert workbook.defined_names["人员"].attr_text == "名单!$A$3:$A$11"


def test_a_figure_stays_a_figure(for_six: Path) -> None:
    sheet = sheet_of(office_template.filled(for_six, nine()))
    assert [sheet.cell(row, 1).data_type for row in range(3, 12)] == ["n"] * 9


def test_an_amount_alone_is_a_number_with_two_decimals_and_within_a_sentence_a_text(tmp_path: Path) -> None:
    workbook: Any = Workbook()
    workbook.active.append(["{{amount}}", "共{{amount}}元"])
    workbook.save(tmp_path / "payment-slip.xlsx")
    sheet = sheet_of(office_template.filled(tmp_path / "payment-slip.xlsx", Facts({"amount": Money(120_050)})))
    assert (sheet["A1"].value, sheet["A1"].number_format, sheet["B1"].value) == (1200.5, "0.00", "共1200.50元")


def test_a_cell_that_is_merged_in_the_repeated_row_is_merged_in_every_line(template: Path) -> None:
    workbook: Any = load_workbook(template)
    workbook.active.merge_cells("B2:C2")
    workbook.save(template)
    sheet = sheet_of(office_template.filled(template, FACTS))
    assert sorted(str(area) for area in sheet.merged_cells.ranges) == ["A4:C4", "B2:C2", "B3:C3"]
    assert sheet["B3"].value == "身份证号校验码不对，末位应为8"
