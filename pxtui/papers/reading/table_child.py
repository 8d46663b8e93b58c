"""The jailed reader of tables: run as a program of its own, never imported.

A workbook of a few hundred bytes can end the process that parses it (a cell at the far corner, a panic of the
library) or take all its memory, and so can a text of delimiters alone. So the parse happens in here: the file comes
in on standard input, its cells go out on standard output as one JSON object, and nothing else can be broken.

Arguments: `workbook` or `text`; of a sheet the most rows with content, the number of the last such row, and the most
columns. Answers, always with exit code 0:

- `{"sheets": [{"name", "visible", "height", "width", "rows", "hidden_rows", "hidden_columns", "merged"}]}`, `rows` from
  row 1 and column A on without what is empty below and to the right, null where the sheet is larger than the
  arguments allow; rows and columns counted from 0, a merged range as first row, first column, last row, last column;
- `{"error": "unreadable"}`, `{"error": "quotes", "row"}`, or another error by its name: `large` (more than the memory
  it may take), `encoding`, `nul`, `web`, `exchange`, `archive`, `document`, `slides`.
"""

import gc
import json
import re
import sys
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import NamedTuple, cast
from xml.etree.ElementTree import ParseError

from pxtui.own_process import keep_private
from pxtui.papers.reading import delimited, old_excel, open_document, open_xml, plain_xml, web_table
from pxtui.papers.reading.open_xml import FIRST_YEAR

if sys.platform != "win32":  # there, the parent's time limit is all there is
    import resource

_MEMORY_BYTES = 104 * 2**20
"""Private memory: with the interpreter's own pages 128 MB. A sheet of 20,000 rows and 20 full columns fits in."""
_ADDRESS_BYTES = 512 * 2**20
"""For systems that do not count private memory. Some map hundreds of MB of locales, so it is no closer measure."""
_CPU_SECONDS = 5
_ANSWER_CHARACTERS = 64 * 2**20
_MOST_CELLS = 2_000_000
"""Of a sheet that the library lays out, empty ones included."""

_WEB_PAGE = re.compile(r"\s*<|\s*MIME-Version:", re.IGNORECASE)
_MIME = re.compile(r"\s*MIME-Version:", re.IGNORECASE)
_EXCHANGE_FORMAT = re.compile("ID;P|TABLE\r?\n0,1\r?\n")
"""SYLK (.slk) and the Data Interchange Format (.dif), which spreadsheet programs open under any name."""
_FILES = (".xlsx", ".xls", ".et", ".csv", ".txt", ".ods", ".pdf", ".jpg", ".jpeg", ".png", ".doc", ".docx", ".wps")
"""Endings of what firms pack into an archive."""
_BLANKS = " \t\r\n\f\v\u3000\xa0\u200b\ufeff"

_Sheet = dict[str, object]
_Row = list[object]


def main() -> None:
    """Read one table from standard input and answer on standard output."""
    kind, limits = sys.argv[1], _Limits(*map(int, sys.argv[2:]))
    keep_private()
    _shut_the_door()
    gc.disable()  # everything is needed to the end, and the process ends at once
    data = sys.stdin.buffer.read()
    try:
        found = _text(data) if kind == "text" else _workbook(data)
        answer: _Sheet = {"sheets": [_within(sheet, limits) for sheet in found]}
    except _Refusal as refusal:
        answer = refusal.answer
    except MemoryError:
        answer = {"error": "large"}
    except (OSError, ValueError, LookupError, ParseError, zipfile.BadZipFile, NotImplementedError):
        answer = {"error": "unreadable"}
    text = json.dumps(answer)
    if len(text) > _ANSWER_CHARACTERS:
        text = json.dumps({"error": "large"})
    sys.stdout.write(text)


class _Limits(NamedTuple):
    """Of a sheet."""

    rows: int
    """With content."""
    last_row: int
    columns: int


class _Refusal(Exception):
    """Why the table is not read."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.answer: _Sheet = {"error": error, **more}


def _shut_the_door() -> None:
    if sys.platform == "win32":
        return
    limits = {
        resource.RLIMIT_DATA: _MEMORY_BYTES,
        resource.RLIMIT_AS: _ADDRESS_BYTES,
        resource.RLIMIT_CPU: _CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))


def _text(data: bytes) -> list[_Sheet]:
    try:
        text = delimited.decoded(data)
    except delimited.NoText:
        raise _Refusal("encoding") from None
    if "\0" in text:
        raise _Refusal("nul")
    if _EXCHANGE_FORMAT.match(text):
        raise _Refusal("exchange")
    if _WEB_PAGE.match(text):
        return _xml_or_web_page(text, data)
    try:
        return [{"name": "", "visible": True, "rows": delimited.rows_of(text)}]
    except delimited.UnpairedQuotes as fault:
        raise _Refusal("quotes", row=fault.row) from None


def _xml_or_web_page(text: str, data: bytes) -> list[_Sheet]:
    if plain_xml.is_spreadsheet_2003(text):
        return list(plain_xml.sheets_of(text))
    if plain_xml.is_flat_document(text):
        return _workbook(plain_xml.packed(text))
    pages = [delimited.decoded(page) for page in web_table.pages_of(data)] if _MIME.match(text) else []
    tables = [table for page in pages or [text] for table in web_table.tables_of(page)]
    if not tables:
        raise _Refusal("web")
    return [
        {
            "name": "" if len(tables) == 1 else f"第{number}张表",
            "visible": True,
            "rows": table.rows,
            "hidden_rows": table.hidden_rows,
            "merged": table.merged,
        }
        for number, table in enumerate(tables, start=1)
    ]


def _workbook(data: bytes) -> list[_Sheet]:
    is_open_document = False
    untold: Mapping[str, open_document.Untold] | None = {}
    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if other := _other_than_a_workbook(archive):
                raise _Refusal(other)
            names = [name.lower() for name in archive.namelist()]
            is_open_document = "content.xml" in names
            untold = open_document.untold_of(archive) if is_open_document else {}
        if not is_open_document and not any(name.endswith("workbook.bin") for name in names):
            return list(open_xml.sheets_of(data))
    elif data.startswith(old_excel.BEGINNING):
        untold = _untold_of_old(data)
    return _by_library(data, untold, is_open_document=is_open_document)


def _other_than_a_workbook(archive: zipfile.ZipFile) -> str:
    """The name of the error, if an archive holds a text, slides or whole files."""
    names = [name.lower() for name in archive.namelist()]
    for folder, kind in (("word/", "document"), ("ppt/", "slides")):
        if any(name.startswith(folder) for name in names):
            return kind
    return "archive" if names and all(name.endswith((*_FILES, "/")) for name in names) else ""


def _untold_of_old(data: bytes) -> Mapping[str, open_document.Untold] | None:
    """None: nobody knows what is hidden."""
    try:
        return old_excel.untold_of(data)
    except old_excel.Untellable:
        return None


def _by_library(
    data: bytes, untold: Mapping[str, open_document.Untold] | None, *, is_open_document: bool
) -> list[_Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    sheets: list[_Sheet] = []
    plain = partial(_plain, is_open_document=is_open_document)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        for place, known in enumerate(workbook.sheets_metadata):
            if known.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_index(place)
            last_row, last_column = sheet.end or (-1, -1)
            if (last_row + 1) * (last_column + 1) > _MOST_CELLS:
                raise ValueError(known.name)
            # Without the empty rows and columns in front, no address would be right.
            rows = [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            more = (untold or {}).get(known.name, open_document.Untold())
            for (row, column), text in more.errors.items():
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = text
            merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
            sheets.append(
                {
                    "name": known.name,
                    "visible": known.visible == SheetVisibleEnum.Visible,
                    "rows": rows,
                    "hidden_rows": more.hidden_rows,
                    "hidden_columns": more.hidden_columns,
                    "is_hiding_unknown": untold is None,
                    "merged": merged or more.merged,
                }
            )
    except CalamineError:
        raise _Refusal("unreadable") from None
    return sheets


def _plain(cell: object, *, is_open_document: bool) -> object:
    """The value as JSON has it: a day as ISO text, one before all trainings as the number that it was."""
    if isinstance(cell, str | float | int):
        return cell
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    if not isinstance(cell, date) or cell.year >= FIRST_YEAR:
        return str(cell)
    day = cell.date() if isinstance(cell, datetime) else cell
    if day.year >= 1904:
        return float((day - date(1904, 1, 1)).days)
    # Old workbooks count a 29 February 1900, which never was.
    starts = date(1899, 12, 30) if is_open_document or day > date(1900, 2, 28) else date(1899, 12, 31)
    return float((day - starts).days)


def _within(sheet: _Sheet, limits: _Limits) -> _Sheet:
    """The sheet as it is answered, without what is empty below and to the right."""
    cells = sheet.pop("cells", None)
    if isinstance(cells, dict):
        lines = cast("dict[int, open_xml.Line]", cells)
        widths_of = {row: _width_of(*line) for row, line in lines.items()}
        height = max((row + 1 for row, width in widths_of.items() if width), default=0)
        widths = list(widths_of.values())
    else:
        rows = cast("list[_Row]", sheet["rows"])
        height = next((number for number in range(len(rows), 0, -1) if any(map(_is_filled, rows[number - 1]))), 0)
        widths = [_width(row) for row in rows[:height]]
    width, filled = max(widths, default=0), sum(map(bool, widths))
    if filled > limits.rows or height > limits.last_row or width > limits.columns:
        sheet["rows"] = None
    elif isinstance(cells, dict):
        sheet["rows"] = [_laid_out(*lines.pop(row, ((), [])), width) for row in range(height)]
    else:
        sheet["rows"] = [row[:width] for row in rows[:height]]
    hidden = cast("Sequence[int]", sheet.get("hidden_rows", ()))
    return sheet | {"height": height, "width": width, "hidden_rows": [row for row in hidden if row < height]}


def _width_of(columns: tuple[int, ...], values: list[open_xml.Value]) -> int:
    return max((column + 1 for column, value in zip(columns, values, strict=True) if _is_filled(value)), default=0)


def _laid_out(columns: tuple[int, ...], values: list[open_xml.Value], width: int) -> _Row:
    line: _Row = [""] * width
    for column, value in zip(columns, values, strict=True):
        if column < width:
            line[column] = value
    return line


def _width(row: _Row) -> int:
    return next((number for number in range(len(row), 0, -1) if _is_filled(row[number - 1])), 0)


def _is_filled(value: object) -> bool:
    return value.strip(_BLANKS) != "" if isinstance(value, str) else value is not None


if __name__ == "__main__":
    main()
