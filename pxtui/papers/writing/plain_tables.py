"""Workbooks of plain tables, as long as a sheet may be: heads, rows, and every text a text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from pxtui.papers.writing.cell_text import printable
from pxtui.papers.writing.openpyxl_private import MemoryWriter
from pxtui.papers.writing.workbook_file import package

_WIDTH = 18


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A sheet with its heads."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[str | int | None]]


def plain_workbook(sheets: Iterable[PlainSheet]) -> bytes:
    """The .xlsx of some sheets."""
    workbook: Any = Workbook(write_only=True)
    for sheet in sheets:
        page = workbook.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        page.sheet_format.defaultColWidth = _WIDTH
        MemoryWriter.attach(page)
        page.append(sheet.heads)
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
        page.close()
    return package(workbook)


def _cell(page: Any, value: str | int | None) -> Any:
    if not isinstance(value, str) or not value:
        return value
    cell: Any = WriteOnlyCell(page, printable(value))
    # Nothing that somebody keyed is a formula, and no number of many digits becomes another one.
    cell.data_type = "s"
    return cell
