"""What the library does not tell of old workbooks (.xls): hidden rows and columns, and cells that hold an error."""

import io
from collections.abc import Mapping
from typing import Any

from pxtui.papers.reading.open_document import Untold

BEGINNING = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Of a compound file (MS-CFB 2.2), in which an old workbook lies."""


class Untellable(ValueError):
    """The second library cannot read what the first one can."""


def untold_of(data: bytes) -> dict[str, Untold]:
    """By the name of the sheet.

    Raises:
        Untellable: nobody knows what is hidden in this workbook.
    """
    import xlrd

    try:
        # The standard output is the answer of the child process, so the library may not print there.
        workbook = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO(), on_demand=False
        )
        errors: Mapping[int, str] = xlrd.error_text_from_code
        return {sheet.name: _untold(sheet, xlrd.XL_CELL_ERROR, errors) for sheet in workbook.sheets()}
    except Exception as fault:
        # Of a damaged file it raises whatever its reading ends in: struct.error, AssertionError, IndexError, its own.
        raise Untellable from fault


def _untold(sheet: Any, error_type: int, texts: Mapping[int, str]) -> Untold:
    errors = {
        (row, column): texts.get(sheet.cell_value(row, column), "#ERR")
        for row in range(sheet.nrows)
        for column, kind in enumerate(sheet.row_types(row))
        if kind == error_type
    }
    return Untold(
        hidden_rows=sorted(row for row, known in sheet.rowinfo_map.items() if known.hidden),
        hidden_columns=sorted(column for column, known in sheet.colinfo_map.items() if known.hidden),
        errors=errors,
    )
