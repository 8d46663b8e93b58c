"""The private parts of openpyxl that papers are written with are all there, and stand in one module of ours."""

import re
import tomllib
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet import _writer
from openpyxl.writer.excel import ExcelWriter

import pxtui
from pxtui.papers.writing import openpyxl_private
from pxtui.papers.writing.workbook_file import package

_ROOT = Path(pxtui.__file__).parent
_PRIVATE = re.compile(r"(?<!self)(?<!cls)\._(?:fonts|style|value|writer|drawing|images|rels|cells)\b|openpyxl[\w.]*\._")


def test_openpyxl_has_every_private_part_that_papers_are_written_with() -> None:
    plain: Any = Workbook()
    assert isinstance(plain._fonts, IndexedList)
    sheet = plain.active
    sheet["A1"].font = Font(bold=True)
    assert isinstance(sheet["A1"]._style, StyleArray)
    assert sheet._images == []
    assert sheet._rels is not None
    assert not sheet._drawing
    streamed: Any = Workbook(write_only=True)
    rows = streamed.create_sheet()
    assert rows._writer is None
    writer: Any = _writer.WorksheetWriter(sheet, BytesIO())
    assert all(callable(getattr(writer, name)) for name in ("write_top", "cleanup"))
    # As the writer of an ordinary sheet does it for itself.
    sheet._drawing = SpreadsheetDrawing()
    writer.write()
    assert writer.out.getvalue().endswith(b"</worksheet>")
    assert writer._rels is not None
    with ZipFile(BytesIO(), "w") as archive:
        whole: Any = ExcelWriter(plain, archive)
        assert callable(whole.write_worksheet)
        assert callable(whole.manifest.append)


def test_a_row_of_a_streamed_sheet_has_the_height_and_font_that_were_put_in_behind() -> None:
    workbook: Any = Workbook(write_only=True)
    openpyxl_private.set_default_font(workbook, Font(name="Arial", size=10))
    sheet = workbook.create_sheet()
    openpyxl_private.MemoryWriter.attach(sheet)
    bold: Any = WriteOnlyCell(sheet, "甲")
    bold.font = Font(name="黑体", bold=True)
    other: Any = WriteOnlyCell(sheet, "乙")
    openpyxl_private.set_style(other, openpyxl_private.style_of(bold))
    openpyxl_private.set_row_height(sheet, 1, 33)
    sheet.append([bold, other, WriteOnlyCell(sheet, "丙")])
    sheet.close()
    assert isinstance(sheet._writer.out, BytesIO)
    read: Any = load_workbook(BytesIO(package(workbook))).active
    assert read.row_dimensions[1].height == 33
    assert [cell.font.name for cell in read[1]] == ["黑体", "黑体", "Arial"]


def test_no_other_module_touches_a_private_part_of_openpyxl() -> None:
    touching = {
        path.name
        for path in _ROOT.rglob("*.py")
        if "openpyxl" in (text := path.read_text(encoding="utf-8")) and _PRIVATE.search(text)
    }
    assert touching == {"openpyxl_private.py"}


def test_the_release_of_openpyxl_is_pinned_exactly() -> None:
    project = tomllib.loads((_ROOT.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"openpyxl=={version('openpyxl')}" in project["dependencies"]
