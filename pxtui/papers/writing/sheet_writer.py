"""Writes papers as .xlsx: the same paper comes out equal byte for byte whenever it is written again."""

from collections.abc import Iterable, Iterator, Sequence
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

from pxtui.papers.writing.cell_text import POINT, SMALLEST_IN_LIST, SMALLEST_SIZE, printable
from pxtui.papers.writing.openpyxl_private import MemoryWriter, set_default_font, set_row_height, set_style, style_of
from pxtui.papers.writing.row_heights import fit, heights_of, together
from pxtui.papers.writing.sheet import ROUNDING_ROOM, Body, Cell, Look, Paper, SheetRow, Value
from pxtui.papers.writing.workbook_file import package, store

_INCH = 25.4
FOOTER_SIZE = 8
"""Points: the paper's number, the case's with the pages, and the day with the version stand beside one another."""
# Column widths count digits of the workbook's default font. In Times New Roman 10.5 one is 7 pixels at 96 to the inch,
# exactly: Excel rounds it to whole pixels, LibreOffice does not, and would set a page that comes out wider smaller.
# The font has a twin of the same widths on every Linux desktop.
_DEFAULT_FONT = Font(name="Times New Roman", size=10.5)
_DIGIT = 7 * 25.4 / 96


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
    about = f"{_in_footer(paper.about)}　" if paper.about else ""
    worksheet.oddFooter.center.text = f"{about}第 &P 页 / 共 &N 页"
    issued = f"{_in_footer(paper.issued)}　" if paper.issued else ""
    worksheet.oddFooter.right.text = f"{issued}版本 {_in_footer(paper.version)}"
    if paper.number:
        worksheet.oddFooter.left.text = _in_footer(paper.number)
    for part in (worksheet.oddFooter.left, worksheet.oddFooter.center, worksheet.oddFooter.right):
        if part.text:
            part.font, part.size = "仿宋,Regular", FOOTER_SIZE
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
        self._page_begins = 0.0
        self._room = paper.page.printable_height - ROUNDING_ROOM / 2
        self._foot_is_kept = False
        """Whether the foot has room beside the last line."""
        self.overflowed = False
        """Whether what stands between two breaks is more than a page holds."""
        self._style = cache(self._new_style)

    def write(self) -> None:
        body = self._paper.body
        if body is None:
            for row in self._paper.head:
                self._form_row(row)
            return
        self._kept(self._paper.lead)
        head = sum(heights_of(self._paper.head, self._edges))
        if head:
            self._make_room(head + (self._height_of_rest(body) if body.is_whole else body.line_height))
        for row in self._paper.head:
            self._form_row(row)
        self._repeated = head
        self._body(body)
        self._foot()

    def _height_of_rest(self, body: Body) -> float:
        """The height in mm of the lines and of what closes the paper."""
        lines = (SheetRow(body.line_height, tuple(map(Cell, line, body.looks))) for line in body.lines)
        return sum(heights_of((*lines, *self._paper.foot), self._edges))

    def area(self) -> str:
        """Print area: everything that was written."""
        return f"A1:{get_column_letter(len(self._paper.widths))}{max(1, self._row)}"

    def _kept(self, rows: Iterable[SheetRow]) -> None:
        """Rows, those on one page that belong together."""
        for group in together(rows):
            self._make_room(sum(heights_of(group, self._edges)))
            for row in group:
                self._form_row(row)

    def _make_room(self, needed: float, full: float | None = None) -> bool:
        """Begin a page where what follows does not fit on this one and does on another; whether it fits then.

        Args:
            full: the height to which a page is filled; None: to its end.
        """
        room = self._room if full is None else full
        if self._used + needed <= room:
            return True
        if self._used > self._page_begins and self._repeated + needed <= room:
            self._break_page()
            return True
        return False

    def _foot(self) -> None:
        """What closes the paper; whole on one page, where one page holds it."""
        foot = self._paper.foot
        if self._foot_is_kept or (self._paper.lead and self._make_room(sum(heights_of(foot, self._edges)))):
            for row in foot:
                self._form_row(row)
        else:
            self._kept(foot)

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
            look, value = cell.look, cell.value
            if cell.rows == 1:
                look, needed, value = fit(cell.value, look, self._edges[right] - self._edges[left], row.height)
                height = max(height, needed)
            cells.append(self._cell(value, look))
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
        full, smallest = self._room, SMALLEST_SIZE
        if body.lines_per_page is not None:
            full = self._repeated + body.lines_per_page * body.line_height + ROUNDING_ROOM / 2
            smallest = SMALLEST_IN_LIST
        # A row is on its way to the file as soon as it is appended, so one set of cells serves them all.
        cells = [self._cell(None, look) for look in body.looks]
        columns = [
            (cell, look, self._style(look), width)
            for cell, look, width in zip(cells, body.looks, self._paper.widths, strict=True)
        ]
        for line, is_last in _with_last(body.lines):
            height = body.line_height
            for (cell, look, style, width), value in zip(columns, line, strict=True):
                set_look, needed, shown = fit(value, look, width, body.line_height, smallest)
                height = max(height, needed)
                set_style(cell, style if set_look is look else self._style(set_look))
                self._fill(cell, shown)
            if not (is_last and body.lines_per_page is None and self._keep_foot_with(height)):
                self._make_room(height, full)
            self._append(cells, height)

    def _keep_foot_with(self, height: float) -> bool:
        """Make room for the last line and what closes the paper: nobody signs a page with nothing of the matter."""
        foot = self._paper.foot
        self._foot_is_kept = self._make_room(height + sum(heights_of(foot, self._edges)))
        first = next(together(foot), ())
        return self._foot_is_kept or self._make_room(height + sum(heights_of(first, self._edges)))

    def _append(self, cells: list[Any], height: float) -> None:
        self._row += 1
        self._used += height
        self.overflowed |= self._used > self._paper.page.printable_height
        set_row_height(self._worksheet, self._row, height / POINT)
        self._worksheet.append(cells)

    def _break_page(self) -> None:
        self._used = self._page_begins = self._repeated
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
            look.horizontal,
            look.vertical,
            wrap_text=not look.stacked and not look.whole,
            # Where a wider font stands in for ours, the printing program sets it smaller by itself.
            shrink_to_fit=look.whole,
            indent=look.indent,
            text_rotation=255 if look.stacked else 0,
        )
        left, top, right, bottom = (Side("thin" if edge in look.edges else None) for edge in "LTRB")
        cell.border = Border(left, right, top, bottom)
        cell.number_format = look.number_format
        return style_of(cell)


def _with_last(lines: Iterable[Sequence[Value]]) -> Iterator[tuple[Sequence[Value], bool]]:
    """The lines, each with whether it is the last one."""
    waiting = iter(lines)
    held = next(waiting, None)
    while held is not None:
        following = next(waiting, None)
        yield held, following is None
        held = following
