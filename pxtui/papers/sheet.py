"""The one engine of the papers that go out: a paper is declared in millimetres, points and rows of cells.

Two shapes come out of it: `form`, a grid of labelled cells, and `table`, lines under a header that every page
repeats. Both are A4, one page wide, and equal byte for byte whenever the same paper is written again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from pxtui.papers.cell_text import POINT, fitted, printable
from pxtui.papers.workbook_file import MemoryWriter, package, store

Value = str | int | Decimal | None
"""What a cell holds; None and an empty text leave it blank."""

_INCH = 25.4
# Column widths count digits of the workbook's default font: 7 pixels each at 96 to the inch in Arial 10, which
# unlike openpyxl's Calibri has a twin of the same widths on every Linux desktop.
_DEFAULT_FONT = Font(name="Arial", size=10)
_DIGIT = 7 * 25.4 / 96
# Spreadsheet programs round heights to pixels; without some room the last line of a page would move to the next.
_ROUNDING_ROOM = 4.0


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of A4; millimetres."""

    width: float
    height: float
    side_margin: float
    top_margin: float
    bottom_margin: float

    @property
    def printable_width(self) -> float:
        return self.width - 2 * self.side_margin

    @property
    def printable_height(self) -> float:
        return self.height - self.top_margin - self.bottom_margin


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; `size` in points, `edges` the sides that bear a line (L, T, R, B)."""

    font: str = "仿宋"
    size: float = 10.5
    bold: bool = False
    horizontal: Literal["left", "center", "right"] = "left"
    vertical: Literal["top", "center", "bottom"] = "center"
    edges: str = "LTRB"
    number_format: str = "General"
    stacked: bool = False
    """Characters one below the other."""


MARK = Look(font="黑体", size=12, edges="")
TITLE = Look(font="方正小标宋简体", size=22, horizontal="center", edges="")
LINE = Look(size=12, edges="")
NOTE = Look(edges="")
LABEL = Look(horizontal="center")
GROUP = Look(horizontal="center", stacked=True)
VALUE = Look()
FIGURES = Look(font="Times New Roman", horizontal="center")
# @ keeps an ID number typed anew into the printed file from becoming 5.1E+17.
TEXT = Look(horizontal="center", number_format="@")
TEXT_FIGURES = replace(FIGURES, number_format="@")
REMARK = replace(TEXT, horizontal="left")
HEADER = Look(bold=True, horizontal="center")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value over `columns` columns to the right and `rows` rows down."""

    value: Value
    look: Look
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right, `height` mm; what a cell of an earlier row covers is left out."""

    height: float
    cells: tuple[Cell, ...]
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `width` in mm."""

    header: str
    width: float
    look: Look


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a table; `line_height` in mm."""

    looks: tuple[Look, ...]
    lines: Iterable[Sequence[Value]]
    line_height: float
    lines_per_page: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be written; made by `form` or `table`."""

    name: str
    page: Page
    widths: tuple[float, ...]
    version: str
    pages_tall: int
    """Pages it is shrunk to; 0: as many as it takes."""
    head: tuple[Row, ...]
    """All of a form; of a table what every page repeats."""
    body: Body | None = None
    foot: tuple[Row, ...] = ()

    @property
    def starts_pages(self) -> bool:
        """Whether a row says that a page starts with it."""
        return any(row.starts_page for row in self.head)


def form(
    *, name: str, page: Page, widths: tuple[float, ...], rows: tuple[Row, ...], version: str, pages_tall: int
) -> Paper:
    """A form on at most `pages_tall` pages; `version` is the short code of the state of affairs it prints."""
    _must_fill(page, widths)
    return Paper(name, page, widths, version, pages_tall, rows)


def table(
    *,
    name: str,
    page: Page,
    columns: Sequence[Column],
    above: tuple[Row, ...],
    lines: Iterable[Sequence[Value]],
    version: str,
    foot: tuple[Row, ...] = (),
    lines_per_page: int = 25,
) -> Paper:
    """Lines under a header. Every page has `above`, the header and room for as many lines and for the foot."""
    widths = tuple(column.width for column in columns)
    _must_fill(page, widths)
    head = (*above, Row(11, tuple(Cell(column.header, HEADER) for column in columns)))
    taken = sum(row.height for row in (*head, *foot)) + _ROUNDING_ROOM
    line_height = (page.printable_height - taken) / lines_per_page
    body = Body(tuple(column.look for column in columns), lines, line_height, lines_per_page)
    return Paper(name, page, widths, version, 0, head, body, foot)


def write(paper: Paper, path: Path) -> None:
    """Write the paper as .xlsx that only its owner may read; an earlier file of that name is replaced at once.

    Raises:
        PxtuiError: a text too long to be printed, or the folder does not take the file; nothing is left behind.
    """
    workbook: Any = Workbook(write_only=True)
    workbook._fonts = IndexedList([_DEFAULT_FONT])
    worksheet = workbook.create_sheet(printable(paper.name))
    _set_up(worksheet, paper)
    MemoryWriter.attach(worksheet)
    pen = _Pen(worksheet, paper)
    try:
        pen.write()
        # Shrinking to a number of pages makes spreadsheet programs ignore where a page is to start.
        if paper.starts_pages and not pen.overflowed:
            worksheet.page_setup.fitToHeight = 0
    finally:
        worksheet.close()
    store(package(workbook), path)


def _must_fill(page: Page, widths: Sequence[float]) -> None:
    if abs(sum(widths) - page.printable_width) > 0.01:
        raise ValueError(f"columns of {sum(widths)} mm on {page.printable_width} mm of paper")


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
    worksheet.oddFooter.right.text = f"版本 {printable(paper.version).replace('&', '&&')}"
    for part in (worksheet.oddFooter.center, worksheet.oddFooter.right):
        part.font, part.size = "仿宋,Regular", 9
    if paper.body:
        worksheet.print_title_rows = f"1:{len(paper.head)}"


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
        for row in self._paper.head:
            self._form_row(row)
        if self._paper.body:
            self._repeated = self._used
            self._body(self._paper.body)
        for row in self._paper.foot:
            self._form_row(row)

    def _form_row(self, row: Row) -> None:
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
                size, needed = fitted(cell.value, look.size, self._edges[right] - self._edges[left], row.height)
                look, height = replace(look, size=size), max(height, needed)
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
        full = self._repeated + body.lines_per_page * body.line_height + _ROUNDING_ROOM / 2
        # A row is on its way to the file as soon as it is appended, so one set of cells serves them all.
        cells = [self._cell(None, look) for look in body.looks]
        columns = [
            (cell, look, self._style(look), width)
            for cell, look, width in zip(cells, body.looks, self._paper.widths, strict=True)
        ]
        for line in body.lines:
            height = body.line_height
            for (cell, look, style, width), value in zip(columns, line, strict=True):
                cell._style = style
                if isinstance(value, str) and value:
                    size, needed = fitted(value, look.size, width, body.line_height)
                    if size != look.size:
                        height = max(height, needed)
                        cell._style = self._style(replace(look, size=size))
                self._fill(cell, value)
            if self._used + height > full:
                self._break_page()
            self._append(cells, height)

    def _append(self, cells: list[Any], height: float) -> None:
        self._row += 1
        self._used += height
        self.overflowed |= self._used > self._paper.page.printable_height
        # Ready attributes: a RowDimension of openpyxl's works them out anew for every row.
        self._worksheet.row_dimensions[self._row] = {"ht": f"{height / POINT:.2f}", "customHeight": "1"}
        self._worksheet.append(cells)

    def _break_page(self) -> None:
        self._used = self._repeated
        self._worksheet.row_breaks.append(Break(id=self._row))

    def _cell(self, value: Value, look: Look) -> Any:
        cell: Any = WriteOnlyCell(self._worksheet)
        # The public way, a NamedStyle, copies the style for each cell.
        cell._style = self._style(look)
        self._fill(cell, value)
        return cell

    def _fill(self, cell: Any, value: Value) -> None:
        # openpyxl's own setter takes a text that begins with = for a formula and #N/A for an error.
        if isinstance(value, str) and value:
            cell._value, cell.data_type = printable(value), "s"
        else:
            cell._value, cell.data_type = (None if value == "" else value), "n"

    def _new_style(self, look: Look) -> StyleArray:
        cell: Any = WriteOnlyCell(self._worksheet)
        # Charset 134 (GB 2312) makes Windows replace a missing font by a Chinese one.
        cell.font = Font(name=look.font, size=look.size, bold=look.bold, charset=134)
        cell.alignment = Alignment(
            look.horizontal, look.vertical, wrap_text=not look.stacked, text_rotation=255 if look.stacked else 0
        )
        left, top, right, bottom = (Side("thin" if edge in look.edges else None) for edge in "LTRB")
        cell.border = Border(left, right, top, bottom)
        cell.number_format = look.number_format
        style: StyleArray = cell._style
        return style
