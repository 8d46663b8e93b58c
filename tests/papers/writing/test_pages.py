"""Where pages of papers break: nobody signs a page with nothing of the matter, and a page of a roster has 25 rows."""

from bisect import bisect_left
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from pxtui.papers.attachments import attachment_2, attachment_4
from pxtui.papers.attachments.attachment_2 import Attachment2, RosterLine
from pxtui.papers.attachments.attachment_4 import Attachment4, ClaimLine
from pxtui.papers.letters.catalogue import LETTERS
from pxtui.papers.writing.sheet import Paper
from pxtui.papers.writing.sheet_writer import written
from tests.papers.golden import facts_of, workbook_of
from tests.papers.render import with_lines

STAMPED = [form for form, layouts in LETTERS.items() if form != "material-receipt" and "Stamp" in str(layouts)]
WITH_TABLE = [form for form, layouts in LETTERS.items() if layouts[0].table is not None and layouts[0].halves is None]
PAGE_ENDS = range(8, 36)
"""Numbers of lines, among them for every table some that end where the first page does."""
ATTACHED = ("附件2", "附件4")
LONG_NAME = "阿卜杜热合曼·买买提艾力·吐尔逊江"
LONG_ACCOUNT = "abdurehman.memetali_20200316@pzhjnp.chinahrt.com.cn"
_SIGNING = ("签收人", "制表人", "复核人", "承办人", "监督电话", "攀枝花市东区人力资源和社会保障局", "2020年")


def sheets_of(content: bytes) -> list[Any]:
    """The sheets of a workbook."""
    return list(load_workbook(BytesIO(content)).worksheets)


def last_page(sheet: Any) -> list[list[Any]]:
    """The rows on the last page of a sheet."""
    begins = max((mark.id for mark in sheet.row_breaks.brk), default=0)
    return [[value for value in row if value not in (None, "")] for row in list(sheet.values)[begins:]]


@pytest.mark.slow
@pytest.mark.parametrize("form", sorted({*STAMPED, *WITH_TABLE}))
def test_whoever_signs_a_page_sees_a_line_of_the_matter_and_the_end_of_the_table_on_it(form: str) -> None:
    facts, table = facts_of(form, "full"), LETTERS[form][0].table
    is_numbered = form in WITH_TABLE and table is not None and "seq" in facts.tables[table.key][0]

    @cache
    def first_sheet(lines: int) -> Any:
        padded = with_lines(facts, lines)
        if not facts.tables:
            padded = replace(facts, values={**facts.values, "opinion": "按月导出学习记录备查。" * lines})
        return sheets_of(workbook_of(form, padded))[0]

    # The first number of lines that takes a second page, and its neighbours: what is cut off is cut off there.
    ends = bisect_left(PAGE_ENDS, True, key=lambda lines: bool(first_sheet(lines).row_breaks.brk))
    for lines in PAGE_ENDS[max(0, ends - 3) : ends + 4]:
        sheet = first_sheet(lines)
        rows = [row for row in last_page(sheet) if row]
        assert form not in STAMPED or not str(rows[0][0]).strip().startswith(_SIGNING), (lines, rows[0])
        if sheet.row_breaks.brk and is_numbered:
            assert any(row[0] == lines for row in rows), lines


def rosters(count: int) -> list[Paper]:
    """Both rosters, every row with a long name and a long account."""
    person = RosterLine(1, LONG_NAME, "男", 50, "510402198603150018", "0812-33333333", "退役军人，钒钛新城分厂二车间")
    claim = ClaimLine(
        1, LONG_NAME, "男", 50, "510402198603150018", "13800000000", account=LONG_ACCOUNT, password="密" * 8
    )
    return [
        attachment_2.page(Attachment2("甲", [replace(person, seq=seq) for seq in range(1, count + 1)], "v", "线培1号")),
        attachment_4.page(Attachment4("甲", [replace(claim, seq=seq) for seq in range(1, count + 1)], "v", "线培1号")),
    ]


@pytest.mark.parametrize("count", [25, 26, 60])
def test_25_rows_of_long_names_and_accounts_stand_on_a_page(count: int) -> None:
    for paper in rosters(count):
        (sheet,) = sheets_of(written(paper))
        pages = [mark.id for mark in sheet.row_breaks.brk]
        assert pages == [4 + 25 * page for page in range(1, (count - 1) // 25 + 1)]
        assert {cell.value for row in sheet.iter_rows(min_row=5) for cell in row} >= {LONG_NAME}
        assert min(cell.font.size for row in sheet.iter_rows(min_row=5) for cell in row) >= 5.5


def test_every_page_of_every_paper_bears_its_case_or_its_own_number_and_how_many_there_are() -> None:
    contents = [workbook_of(form, facts_of(form, "full")) for form in LETTERS]
    for content in (*contents, *map(written, rosters(1))):
        for sheet in sheets_of(content):
            assert sheet.oddFooter.center.text.endswith("第 &P 页 / 共 &N 页")
            assert "〔2020〕" in f"{sheet.oddFooter.left.text}{sheet.oddFooter.center.text}" or sheet.title in ATTACHED
    (rosters_own,) = {sheet.oddFooter.center.text for paper in rosters(1) for sheet in sheets_of(written(paper))}
    assert rosters_own == "线培1号　第 &P 页 / 共 &N 页"
