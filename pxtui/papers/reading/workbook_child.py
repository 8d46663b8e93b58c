"""The jailed reader of workbooks: run as a program of its own, never imported.

A workbook of a few hundred bytes can end the process that parses it (a cell at the far corner, a panic of the
library) or take all its memory. So the parse happens in here: the file comes in on standard input, its cells
go out on standard output as one JSON object, and nothing else can be broken.

Arguments: the most rows and the most columns of a sheet. Answers, always with exit code 0:

- `{"sheets": [{"name", "visible", "height", "width", "rows"}]}`, `rows` from row 1 and column A on, null
  where the sheet is larger than the arguments allow;
- `{"error": "unreadable"}`.
"""

import gc
import json
import sys
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

if sys.platform != "win32":  # there, the parent's time limit is all there is
    import resource

_MEMORY_BYTES = 512 * 2**20
_CPU_SECONDS = 10
_ANSWER_CHARACTERS = 64 * 2**20


def main() -> None:
    """Read one workbook from standard input and answer on standard output."""
    most_rows, most_columns = (int(argument) for argument in sys.argv[1:])
    _shut_the_door()
    gc.disable()  # everything is needed to the end, and the process ends at once
    try:
        answer = json.dumps({"sheets": _sheets(sys.stdin.buffer.read(), most_rows, most_columns)}, default=str)
    except (CalamineError, OSError, ValueError):
        answer = ""
    if not 0 < len(answer) <= _ANSWER_CHARACTERS:
        answer = json.dumps({"error": "unreadable"})
    sys.stdout.write(answer)


def _shut_the_door() -> None:
    if sys.platform == "win32":
        return
    limits = {
        resource.RLIMIT_AS: _MEMORY_BYTES,
        resource.RLIMIT_CPU: _CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        # A dump of this process would be a file full of ID numbers.
        resource.RLIMIT_CORE: 0,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))


def _sheets(data: bytes, most_rows: int, most_columns: int) -> list[dict[str, object]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    return [
        {"name": sheet.name, "visible": sheet.visible == SheetVisibleEnum.Visible}
        | _content(workbook.get_sheet_by_name(sheet.name), most_rows, most_columns)
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _content(sheet: CalamineSheet, most_rows: int, most_columns: int) -> dict[str, object]:
    last_row, last_column = sheet.end or (-1, -1)
    fits = last_row < most_rows and last_column < most_columns
    return {
        "height": last_row + 1,
        "width": last_column + 1,
        # Without the empty rows and columns in front, no address would be right.
        "rows": sheet.to_python(skip_empty_area=False) if fits else None,
    }


if __name__ == "__main__":
    main()
