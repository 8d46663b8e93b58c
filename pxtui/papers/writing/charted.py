"""Workbooks of figures: a table a sheet under the words of its query, with a native chart of Excel beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from pxtui.papers.writing.cell_text import printable
from pxtui.papers.writing.sheet import MONEY_FORMAT
from pxtui.papers.writing.workbook_file import package

_FONT = "仿宋"
_TITLE = Font(name="黑体", size=16)
_NOTE = Font(name=_FONT, size=10)
_HEAD = Font(name=_FONT, size=10.5, bold=True)
_CELL = Font(name=_FONT, size=10.5)
_TOTAL = Font(name=_FONT, size=10.5, bold=True)
_EDGE = Border(*(Side(style="thin"),) * 4)
_LANDSCAPE_A4 = 9
_CM_OF_A_BAR = 0.5
_CM_OF_A_CHARACTER = 0.19
"""Of the width of a column."""
_MOST_LINES = 25
"""Of the table that stand in a bar chart: the first ones."""
_MOST_BESIDE_CHARTS = 8
"""Lines of a table whose charts stand on the same page."""
_LEAST_HEIGHT, _MOST_HEIGHT, _WIDTH = 8.0, 15.0, 17.0
"""Of a chart, in centimetres."""
_HEAD_POINTS, _LINE_POINTS = 30.0, 17.0
_PATTERNS = ("4472C4", "A5A5A5", "000000")
"""Of the series: blue, grey, black, apart from each other on a black-and-white print too."""


class Kind(Enum):
    """What stands in a column; the value is its format."""

    TEXT = "@"
    COUNT = "0"
    HOURS = "0.##"
    MONEY = MONEY_FORMAT


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column: its head, its kind and its width in characters."""

    head: str
    kind: Kind = Kind.COUNT
    width: float = 12


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over columns of the table, by their places from 0; the first column names the lines."""

    title: str
    columns: tuple[int, ...]
    is_line: bool = False
    """A line over time; else bars."""


Figure = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """A sheet. Money is in yuan, a Decimal."""

    name: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[FigureColumn, ...]
    rows: Sequence[Sequence[Figure]]
    totals: tuple[Sequence[Figure], ...] = ()
    charts: tuple[Chart, ...] = ()
    signatures: str = ""
    """The line below the table for those who sign."""


def workbook(sheets: Sequence[FigureSheet]) -> bytes:
    """The .xlsx of some sheets: the same bytes for the same figures."""
    book: Any = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    return package(book)


def _fill(page: Any, sheet: FigureSheet) -> None:
    page.append([sheet.title])
    page["A1"].font = _TITLE
    for note in sheet.notes:
        page.append([note])
        page.cell(page.max_row, 1).font = _NOTE
    head = page.max_row + 1
    _line(page, head, sheet, [column.head for column in sheet.columns], _HEAD)
    for row, values in enumerate(sheet.rows, start=head + 1):
        _line(page, row, sheet, values, _CELL)
    last = head + len(sheet.rows)
    for row, values in enumerate(sheet.totals, start=last + 1):
        _line(page, row, sheet, values, _TOTAL)
    below = last + len(sheet.totals) + 2
    if sheet.signatures:
        page.cell(below, 1, sheet.signatures).font = _NOTE
        below += 2
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    _set_up(page, head)
    if sheet.charts and len(sheet.rows) > _MOST_BESIDE_CHARTS:
        # On a page of their own, so that none is cut in two.
        page.row_breaks.append(Break(below - 1))
    for chart, column_of_chart in zip(sheet.charts if sheet.rows else (), _places(sheet), strict=False):
        page.add_chart(_drawn(page, sheet, chart, head, last), f"{column_of_chart}{below}")


def _places(sheet: FigureSheet) -> Iterator[str]:
    """The columns at which one chart after the other stands, side by side."""
    yield "A"
    wide = 0.0
    for number, column in enumerate(sheet.columns, start=1):
        wide += column.width * _CM_OF_A_CHARACTER
        if wide > _WIDTH:
            yield get_column_letter(number + 1)
            return
    yield get_column_letter(len(sheet.columns) + 2)


def _line(page: Any, row: int, sheet: FigureSheet, values: Sequence[Figure], font: Font) -> None:
    page.row_dimensions[row].height = _LINE_POINTS
    for number, (column, value) in enumerate(zip(sheet.columns, values, strict=True), start=1):
        cell = page.cell(row, number)
        cell.value = printable(value) if isinstance(value, str) else value
        if isinstance(value, str) and value:
            # A name that begins with = is a name: nothing that somebody keyed is a formula.
            cell.data_type = "s"
        is_text = column.kind is Kind.TEXT or font is _HEAD
        cell.font, cell.border = font, _EDGE
        # Where a column has counts and amounts under each other, a count has no decimals.
        kind = Kind.COUNT if isinstance(value, int) and column.kind is Kind.MONEY else column.kind
        cell.number_format = Kind.TEXT.value if is_text else kind.value
        cell.alignment = Alignment(
            horizontal="center" if font is _HEAD else "left" if is_text else "right",
            vertical="center",
            wrap_text=is_text,
        )


def _set_up(page: Any, head: int) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _LANDSCAPE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"1:{head}"
    page.row_dimensions[head].height = _HEAD_POINTS
    page.oddFooter.center.text = "第&P页/共&N页"
    page.freeze_panes = f"B{head + 1}"


def _drawn(page: Any, sheet: FigureSheet, chart: Chart, head: int, last: int) -> Any:
    made: Any = LineChart() if chart.is_line else BarChart()
    if not chart.is_line:
        made.type = "bar"
        # The first line of the table on top.
        made.x_axis.scaling.orientation = "maxMin"
        made.gapWidth = 60
    made.title, made.width = chart.title, _WIDTH
    last = min(last, head + _MOST_LINES) if not chart.is_line else last
    bars = (last - head) * len(chart.columns) * _CM_OF_A_BAR
    made.height = _LEAST_HEIGHT if chart.is_line else min(_MOST_HEIGHT, max(_LEAST_HEIGHT, bars))
    for place in chart.columns:
        made.add_data(Reference(page, min_col=place + 1, min_row=head, max_row=last), titles_from_data=True)
    made.set_categories(Reference(page, min_col=1, min_row=head + 1, max_row=last))
    for series, colour in zip(made.series, _PATTERNS, strict=False):
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.solidFill = colour
        series.smooth = False if chart.is_line else None
    # Since 3.1 openpyxl leaves the axes out where nobody says that they stay.
    made.x_axis.delete = made.y_axis.delete = False
    made.y_axis.scaling.min = 0
    kinds = {sheet.columns[place].kind for place in chart.columns}
    made.y_axis.number_format = "#,##0" if Kind.MONEY in kinds else "0"
    if len(chart.columns) == 1 and not chart.is_line:
        made.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    made.legend.position = "b"
    return made
