"""What stands in the columns of papers: nothing is cut or touches a rule, no number is in two lines, pages are full.

Texts are measured in the widest font that is put in the place of ours, as an office program sets them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from pxtui.papers.attachments import attachment_3
from pxtui.papers.attachments.attachment_3 import Attachment3, PaidInvoice
from pxtui.papers.letters.catalogue import LETTERS
from pxtui.papers.writing.cell_text import POINT
from pxtui.papers.writing.font_widths import ems_of, most_ems_of
from pxtui.papers.writing.letter import Table
from pxtui.papers.writing.sheet_writer import FOOTER_SIZE, written
from pxtui.papers.writing.wording import words_of
from tests.papers import attachments
from tests.papers.golden import facts_of, paper_of, workbook_of
from tests.papers.render import with_long_names
from tests.papers.writing.test_pages import LONG_NAME, rosters, sheets_of

_PIXEL = 25.4 / 96
_EDGE = 0.35
"""Millimetres that LibreOffice leaves between a rule and a text."""
_INDENT = 2.8
_TALLEST_LINE = 1.35
"""Of a font that is put in the place of ours, in type sizes."""
_NUMBERS = re.compile(r"[0-9]{4}年|[0-9]+月[0-9]+日|〔[0-9]{4}〕[!-~]*号?|[!-~]*[0-9][!-~]+元?|[!-~]+[0-9]元?")
"""Behind its year a day may be broken, where a column is narrow."""
_DIGEST = re.compile(r"(?:[0-9A-F]{8}\s?){8}")
_UNBROKEN = re.compile(r"[（《“〔]*(?:[!-~]+|[^!-~])[，。、；：）》”〕]*")
TABLES = [(form, layout.table) for form, layouts in LETTERS.items() for layout in layouts if layout.table]
FORMS = (*LETTERS, *attachments.FORMS)


def cells_of(content: bytes) -> Iterator[tuple[Any, float, float]]:
    """The texts of a workbook, each with the width and the height in mm of its cell."""
    for sheet in load_workbook(BytesIO(content)).worksheets:
        widths = [dimension.width * 7 * _PIXEL for dimension in sheet.column_dimensions.values()]
        merged = {area.min_row * 1000 + area.min_col: area for area in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell.value, str):
                    continue
                area = merged.get(cell.row * 1000 + cell.column)
                last_row, last_column = (area.max_row, area.max_col) if area else (cell.row, cell.column)
                heights = (sheet.row_dimensions[at].height for at in range(cell.row, last_row + 1))
                yield cell, sum(widths[cell.column - 1 : last_column]), sum(heights) * POINT


def room_of(cell: Any, width: float) -> float:
    """How many squares a line of a cell holds before an office program breaks it."""
    indent = _INDENT if cell.alignment.indent else 0
    size: float = cell.font.size
    return (width - 2 * _EDGE - indent) / (size * POINT)


def set_lines(line: str, font: str, room: float) -> int:
    """How many lines an office program makes of one: it breaks between squares, and keeps words that fit a line."""
    lines, used = 1, 0.0
    for piece in _UNBROKEN.findall(line):
        wide = most_ems_of(piece, font)
        if used + wide > room and used:
            lines, used = lines + 1, 0.0
        lines += int(wide // room) if wide > room else 0
        used += wide % room if wide > room else wide
    return lines


def contents(form: str) -> Iterator[bytes]:
    """A paper as it is, with blanks to fill in, and with sixty lines of long names."""
    yield paper_of(form, "full")
    yield paper_of(form, "empty")
    if form in LETTERS and facts_of(form, "full").tables:
        yield workbook_of(form, with_long_names(facts_of(form, "full"), 60))


@pytest.mark.parametrize("form", FORMS)
def test_a_row_is_as_high_as_its_texts(form: str) -> None:
    for content in contents(form):
        for cell, width, height in cells_of(content):
            if cell.alignment.wrap_text:
                room = room_of(cell, width)
                lines = sum(set_lines(line, cell.font.name, room) for line in cell.value.split("\n"))
                assert lines * cell.font.size * POINT * _TALLEST_LINE <= height + 0.2, cell.value


@pytest.mark.parametrize("form", FORMS)
def test_no_day_number_or_amount_stands_in_two_lines(form: str) -> None:
    for content in contents(form):
        for cell, width, _ in cells_of(content):
            if not cell.alignment.wrap_text:
                continue
            text, room = cell.value, room_of(cell, width)
            cuts = {at - nth for nth, at in enumerate(mark.start() for mark in re.finditer("\n", text))}
            for found in _NUMBERS.finditer(_DIGEST.sub("", text).replace("\n", "")):
                assert not cuts & set(range(found.start() + 1, found.end())), text
            for line in text.split("\n"):
                assert most_ems_of(line, cell.font.name) <= room or not _NUMBERS.search(line), text


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_a_full_line_of_a_column_keeps_off_the_rules(form: str, table: Table) -> None:
    for column in table.columns:
        look = column.look
        if look.whole or look.flows:
            continue
        square = min(look.size, table.size) * POINT
        printed = column.width - 2 * _EDGE - (_INDENT if look.horizontal == "left" else 0)
        # What is left beside the last square is a millimetre, or the square next to it would be near the rule.
        assert printed % square >= 1, (form, column.key, printed % square)


def test_a_page_is_as_wide_where_digits_are_whole_pixels_as_where_they_are_not() -> None:
    workbook: Any = load_workbook(BytesIO(paper_of("payment-table", "full")))
    font = workbook._fonts[0]
    assert ems_of("0", font.name) * font.size / 72 * 96 == 7


@pytest.mark.parametrize(
    ("form", "sheet", "rows"),
    [("payment-table", 0, 7), ("recovery-ledger", 0, 7), ("daily-ledger", 0, 8), ("public-notice", 1, 11)],
)
def test_a_page_of_a_register_holds_many_rows_with_names_however_long(form: str, sheet: int, rows: int) -> None:
    printed = sheets_of(workbook_of(form, with_long_names(facts_of(form, "full"), 60)))[sheet]
    assert 60 / (len(printed.row_breaks.brk) + 1) >= rows


@pytest.mark.parametrize(("materials", "sheets"), [(8, 1), (26, 2)])
def test_each_half_of_a_receipt_has_its_own_page_where_one_does_not_hold_both(materials: int, sheets: int) -> None:
    facts = with_long_names(facts_of("material-receipt", "full"), materials)
    pages = sheets_of(workbook_of("material-receipt", facts))
    assert [page.cell(1, 1).value for page in pages] == ["第一联　申请单位留存", "第二联　受理窗口留存"][:sheets]
    for page in pages:
        assert page.row_breaks.brk == []
        titles = [row[0].value for row in page.iter_rows() if row[0].value == "收件回执（材料接收清单）"]
        assert len(titles) == 2 // sheets


@pytest.mark.parametrize("form", LETTERS)
def test_the_three_parts_of_a_footer_stand_beside_one_another(form: str) -> None:
    facts = replace(facts_of(form, "full"), number="东区人社局不同意〔2020〕1234号", issued_on=date(2020, 12, 31))
    for sheet in sheets_of(workbook_of(form, facts)):
        footer = sheet.oddFooter
        texts = [
            (part.text or "").replace("&P", "100").replace("&N", "100")
            for part in (footer.left, footer.center, footer.right)
        ]
        left, center, right = (most_ems_of(text, "仿宋") * FOOTER_SIZE * POINT for text in texts)
        width = sum(dimension.width for dimension in sheet.column_dimensions.values()) * 7 * _PIXEL
        assert max(left, right) + center / 2 < width / 2, (texts, left, center, right)


def test_the_figures_of_a_decision_are_not_parted_from_its_signatures_where_a_page_holds_both() -> None:
    facts = facts_of("approval-table", "full")
    for course in ("焊接工艺基础", "焊接工艺基础与安全生产" * 4, "焊接工艺基础与安全生产" * 12):
        (sheet, *_) = sheets_of(
            workbook_of("approval-table", replace(facts, values={**facts.values, "course": course}))
        )
        first, last = (
            next(row for row, (text, *_) in enumerate(sheet.values, 1) if text == wanted)
            for wanted in ("项目", "审批意见")
        )
        assert not [mark.id for mark in sheet.row_breaks.brk if first <= mark.id < last]


def test_an_invoice_without_a_code_has_room_for_its_twenty_digits() -> None:
    invoice = PaidInvoice(number="20510000000012345678", amount_fen=410_000)
    (sheet,) = sheets_of(
        written(attachment_3.page(Attachment3(version="v", vouchers=(invoice,)), words_of("attachment-3")))
    )
    (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == invoice.number)
    assert cell.font.size == 10.5


def test_a_name_of_ten_characters_is_readable_on_a_roster() -> None:
    for paper in rosters(25):
        assert paper.body is not None
        lines = [["阿卜杜热合曼·买买提" if cell == LONG_NAME else cell for cell in line] for line in paper.body.lines]
        (sheet,) = sheets_of(written(replace(paper, body=replace(paper.body, lines=lines))))
        assert sheet.cell(5, 2).font.size >= 7.5
