"""Writes papers as .xlsx: the same paper comes out equal byte for byte whenever it is written again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from pxtui.papers.writing.cell_text import POINT, fitted, height_of, printable
from pxtui.papers.writing.openpyxl_private import MemoryWriter, set_default_font, set_row_height, set_style, style_of
from pxtui.papers.writing.sheet import ROUNDING_ROOM, Body, Cell, Look, Paper, SheetRow, Value
from pxtui.papers.writing.workbook_file import package, store

_INCH = 25.4
# Column widths count digits of the workbook's default font: 7 pixels each at 96 to the inch in Arial 10, which
# unlike openpyxl's Calibri has a twin of the same widths on every Linux desktop.
_DEFAULT_FONT = Font(name="Arial", size=10)
_DIGIT = 7 * 25.4 / 96
_BREATH = 1.5
"""Millimetres above and below a text whose row grew with it: fonts that stand in for ours have taller lines."""


def write(papers: Paper | Iterable[Paper], path: Path) -> None:
    """Write a paper, or several as the sheets of one workbook, as .xlsx that only its owner may read.

    An earlier file of that name is replaced at once.

    Raises:
        PxtuiError: a text too long to be printed, or the folder does not take the file; nothing is left behind.
    """
    store(written(papers), path)


def written(papers: Paper | Iterable[Paper]) -> bytes:
    """The bytes of that .xlsx.

    Raises:
        PxtuiError: a text too long to be printed.
    """
    workbook: Any = Workbook(write_only=True)
    set_default_font(workbook, _DEFAULT_FONT)
    for paper in (papers,) if isinstance(papers, Paper) else papers:
        worksheet = workbook.create_sheet(printable(paper.name))
        _set_up(worksheet, paper)
        MemoryWriter.attach(worksheet)
        pen = _Pen(worksheet, paper)
        try:
            pen.write()
            worksheet.print_area = pen.area()
            # Shrinking to a number of pages makes spreadsheet programs ignore where a page is to start.
            if paper.starts_pages and not pen.overflowed:
                worksheet.page_setup.fitToHeight = 0
        finally:
            worksheet.close()
    return package(workbook)


def _set_up(worksheet: Any, paper: Paper) -> None:
    for index, width in enumerate(paper.widths, 1):
        worksheet.column_dimensions[get_column_letter(index)].width = width / _DIGIT
    page = paper.page
    worksheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    worksheet.page_setup.orientation = "landscape" if page.width > page.height else "portrait"
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = paper.pages_tall
    worksheet.print_options.horizontalCentered = True
    margins = worksheet.page_margins
    margins.left = margins.right = page.side_margin / _INCH
    margins.top, margins.bottom = page.top_margin / _INCH, page.bottom_margin / _INCH
    margins.header = margins.footer = page.bottom_margin / 2 / _INCH
    worksheet.oddFooter.center.text = "第 &P 页 / 共 &N 页"
    worksheet.oddFooter.right.text = f"版本 {_in_footer(paper.version)}"
    if paper.number:
        worksheet.oddFooter.left.text = _in_footer(paper.number)
    for part in (worksheet.oddFooter.left, worksheet.oddFooter.center, worksheet.oddFooter.right):
        if part.text:
            part.font, part.size = "仿宋,Regular", 9
    if paper.body and paper.head:
        worksheet.print_title_rows = f"{len(paper.lead) + 1}:{len(paper.lead) + len(paper.head)}"


def _in_footer(text: str) -> str:
    return printable(text).replace("&", "&&")


class _Pen:
    """Writes a paper's rows into a write-only worksheet, from the top."""

    def __init__(self, worksheet: Any, paper: Paper) -> None:
        self._worksheet = worksheet
        self._paper = paper
        self._edges = (0.0, *accumulate(paper.widths))
        self._covered: dict[int, tuple[int, Look]] = {}
        self._row = 0
        self._repeated = 0.0
        self._used = 0.0
        self.overflowed = False
        """Whether what stands between two breaks is more than a page holds."""
        self._style = cache(self._new_style)

    def write(self) -> None:
        for row in self._paper.lead:
            self._form_row(row)
        above = self._used
        for row in self._paper.head:
            self._form_row(row)
        if self._paper.body:
            self._repeated = self._used - above
            self._body(self._paper.body)
            self._keep_foot_together()
        for row in self._paper.foot:
            self._form_row(row)

    def area(self) -> str:
        """Print area: everything that was written."""
        return f"A1:{get_column_letter(len(self._paper.widths))}{max(1, self._row)}"

    def _keep_foot_together(self) -> None:
        """A foot that does not fit below the lines goes to a page of its own, whole."""
        foot = sum(self._height_of(row) for row in self._paper.foot)
        room = self._paper.page.printable_height - ROUNDING_ROOM / 2
        if self._paper.lead and self._used + foot > room and foot <= room - self._repeated:
            self._break_page()

    def _form_row(self, row: SheetRow) -> None:
        if row.starts_page:
            self._break_page()
        height = row.height
        cells: list[Any] = []
        for cell in self._placed(row.cells):
            if cell is None:
                self._pass_covered(cells)
                continue
            left = len(cells)
            right = left + cell.columns
            look = cell.look
            if isinstance(cell.value, str) and cell.rows == 1 and not look.stacked:
                look, needed = _set(cell.value, look, self._edges[right] - self._edges[left], row.height)
                height = max(height, needed)
            cells.append(self._cell(cell.value, look))
            cells.extend(self._cell(None, look) for _ in range(cell.columns - 1))
            self._merge(left, cell, look)
        self._append(cells, height)

    def _placed(self, given: Iterable[Cell]) -> Iterator[Cell | None]:
        """The cells in order, with None where an earlier row's cell reaches down."""
        column = 0
        waiting = iter(given)
        while column < len(self._paper.widths):
            if column in self._covered:
                yield None
                column += 1
            else:
                cell = next(waiting)
                yield cell
                column += cell.columns

    def _pass_covered(self, cells: list[Any]) -> None:
        column = len(cells)
        rows_left, look = self._covered.pop(column)
        if rows_left > 1:
            self._covered[column] = (rows_left - 1, look)
        cells.append(self._cell(None, look))

    def _merge(self, left: int, cell: Cell, look: Look) -> None:
        if cell.columns == cell.rows == 1:
            return
        first, last = get_column_letter(left + 1), get_column_letter(left + cell.columns)
        self._worksheet.merged_cells.add(f"{first}{self._row + 1}:{last}{self._row + cell.rows}")
        if cell.rows > 1:
            self._covered.update(dict.fromkeys(range(left, left + cell.columns), (cell.rows - 1, look)))

    def _body(self, body: Body) -> None:
        full = self._paper.page.printable_height - ROUNDING_ROOM / 2
        if body.lines_per_page is not None:
            full = self._repeated + body.lines_per_page * body.line_height + ROUNDING_ROOM / 2
        # A row is on its way to the file as soon as it is appended, so one set of cells serves them all.
        cells = [self._cell(None, look) for look in body.looks]
        columns = [
            (cell, look, self._style(look), width)
            for cell, look, width in zip(cells, body.looks, self._paper.widths, strict=True)
        ]
        for line in body.lines:
            height = body.line_height
            for (cell, look, style, width), value in zip(columns, line, strict=True):
                set_style(cell, style)
                if isinstance(value, str) and value:
                    set_look, needed = _set(value, look, width, body.line_height)
                    height = max(height, needed)
                    if set_look is not look:
                        set_style(cell, self._style(set_look))
                self._fill(cell, value)
            if self._used + height > full:
                self._break_page()
            self._append(cells, height)

    def _append(self, cells: list[Any], height: float) -> None:
        self._row += 1
        self._used += height
        self.overflowed |= self._used > self._paper.page.printable_height
        set_row_height(self._worksheet, self._row, height / POINT)
        self._worksheet.append(cells)

    def _height_of(self, row: SheetRow) -> float:
        """The height that a row of one line of cells will take."""
        heights, left = [row.height], 0
        for cell in row.cells:
            right = min(left + cell.columns, len(self._edges) - 1)
            if isinstance(cell.value, str) and cell.rows == 1 and not cell.look.stacked:
                heights.append(_set(cell.value, cell.look, self._edges[right] - self._edges[left], row.height)[1])
            left = right
        return max(heights)

    def _break_page(self) -> None:
        self._used = self._repeated
        self._worksheet.row_breaks.append(Break(id=self._row))

    def _cell(self, value: Value, look: Look) -> Any:
        cell: Any = WriteOnlyCell(self._worksheet)
        # The public way, a NamedStyle, copies the style for each cell.
        set_style(cell, self._style(look))
        self._fill(cell, value)
        return cell

    def _fill(self, cell: Any, value: Value) -> None:
        # Of itself openpyxl takes a text that begins with = for a formula and #N/A for an error.
        if isinstance(value, str) and value:
            cell.value = printable(value)
            cell.data_type = "s"
        else:
            cell.value = None if value == "" else value

    def _new_style(self, look: Look) -> StyleArray | None:
        cell: Any = WriteOnlyCell(self._worksheet)
        # Charset 134 (GB 2312) makes Windows replace a missing font by a Chinese one.
        cell.font = Font(name=look.font, size=look.size, bold=look.bold, charset=134)
        cell.alignment = Alignment(
            look.horizontal, look.vertical, wrap_text=not look.stacked, text_rotation=255 if look.stacked else 0
        )
        left, top, right, bottom = (Side("thin" if edge in look.edges else None) for edge in "LTRB")
        cell.border = Border(left, right, top, bottom)
        cell.number_format = look.number_format
        return style_of(cell)


def _set(text: str, look: Look, width: float, height: float) -> tuple[Look, float]:
    """Look of a text set in a box in mm, and the height in mm that it takes."""
    # Measured as it is printed: what replaces a control character is wider than nothing.
    text = printable(text)
    if not look.shrinks:
        return look, max(height, height_of(text, look.size, width) + _BREATH)
    size, needed = fitted(text, look.size, width, height)
    return (look if size == look.size else replace(look, size=size)), needed
