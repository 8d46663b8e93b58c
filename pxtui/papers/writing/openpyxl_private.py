"""openpyxl's private parts, all that papers are written with: pyproject.toml pins the release that has them.

Its public interface copies a style for each cell, works a row's attributes out anew for each row and writes every
sheet through a file in the machine's temporary folder.
"""

from copy import copy
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


def set_default_font(workbook: Any, font: Font) -> None:
    """Make `font` the first of a new workbook's fonts, in whose digits column widths are counted."""
    workbook._fonts = IndexedList([font])


def style_of(cell: Any) -> StyleArray | None:
    """The style of a cell as numbers into its workbook's tables of fonts, borders and formats, a copy; None: plain."""
    style: StyleArray | None = cell._style
    return copy(style)


def set_style(cell: Any, style: StyleArray | None) -> None:
    """Give a cell a style of its own workbook. The cell keeps the object: many may share it as long as none changes."""
    cell._style = style


def set_row_height(worksheet: Any, row: int, points: float) -> None:
    """Give a row of a write-only worksheet its height; before the row is appended."""
    # Ready attributes: a RowDimension of openpyxl's works them out anew for every row.
    worksheet.row_dimensions[row] = {"ht": f"{points:.2f}", "customHeight": "1"}


class _WriteOnlyBuffer(BytesIO):
    """Memory that claims not to be readable: text written into a readable buffer takes four times as long."""

    def readable(self) -> bool:
        return False


class MemoryWriter(WorksheetWriter):
    """Writer of a write-only worksheet that keeps it in memory.

    openpyxl's own writer leaves every ID number of a roster in the machine's temporary folder when the process is
    killed.
    """

    @classmethod
    def attach(cls, worksheet: Any) -> None:
        """Make `worksheet` write through this; its columns must be set up, its rows not yet begun."""
        writer = cls(worksheet, _WriteOnlyBuffer())
        worksheet._writer = writer
        writer.write_top()

    def cleanup(self) -> None:
        """There is no temporary file to remove."""


class MemoryExcelWriter(ExcelWriter):
    """Writer of a workbook that keeps the sheets of an ordinary one in memory too.

    The archive's `write` is handed a buffer where openpyxl's own hands it the name of a file.
    """

    workbook: Any
    manifest: Any

    def __init__(self, workbook: Workbook, archive: ZipFile) -> None:
        super().__init__(workbook, archive)
        self._zip: Any = archive

    def write_worksheet(self, ws: Any) -> None:
        if self.workbook.write_only:
            super().write_worksheet(ws)
            return
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.images = ws._images
        ws._drawing.charts = ws._charts
        writer: Any = MemoryWriter(ws, _WriteOnlyBuffer())
        writer.write()
        ws._rels = writer._rels
        self._zip.write(writer.out, ws.path[1:])
        self.manifest.append(ws)
