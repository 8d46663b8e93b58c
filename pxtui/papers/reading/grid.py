"""Any table that somebody sends, as plain cells: what rosters, earlier trainings and records come in by.

What a file is, is told by its content and never by its name: `.xls` files that are text, and text files that
are workbooks, arrive every week.
"""

import json
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from pxtui.errors import Refused
from pxtui.file_content import content_of
from pxtui.papers.reading import delimited
from pxtui.progress import Watch

Cell: TypeAlias = str | float | bool
"""Text, number or truth as the file holds it; an empty cell is an empty text, a date its ISO text."""

MOST_BYTES = 20 * 2**20
MOST_ROWS = 20_000
"""With content."""
MOST_LINES = 5 * MOST_ROWS
"""Number of the last row with content: blank ones above it count for little."""
MOST_COLUMNS = 64
MOST_CHARACTERS = 2_000
"""Content of a cell."""
MOST_PASTED = 4_000_000
"""Characters; more are read as a file."""

_CHILD = Path(__file__).with_name("table_child.py")
_LOOK_SECONDS = 0.1
_CHILD_LOOKS = 200 if sys.platform == "win32" else 1_800
"""After as many the child has taken too long. Its own limit is one of the processor: on a busy machine, seconds of it
take minutes, and a clerk may leave at any time."""
_TOO_MUCH = b'{"error": "large"}'
"""The answer for a child that has taken too long, or that the system ended for the processor it took."""
_ENDED_FOR_TIME = (-getattr(signal, "SIGXCPU", 0), -getattr(signal, "SIGKILL", 0))

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = {
    b"%PDF": "PDF文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"{\\rtf": "文字文档",
}
_SAVE_AS = "请用Excel或WPS打开后另存为.xlsx，再导入"
_GET_A_TABLE = "请取得.xlsx、.xls、.ods或.csv文件再导入"
_FAULTS = {
    "large": "“{}”解开后的内容太多，没有读取；"
    "请用Excel或WPS打开，只留名单一张工作表，删去多余的行列和格式，另存为.xlsx再导入",
    "encoding": f"“{{}}”不是表格，或文字编码无法辨认；{_SAVE_AS}",
    "nul": f"“{{}}”含有空字符，不是文字表格；{_SAVE_AS}",
    "web": f"“{{}}”其实是网页格式，{_SAVE_AS}",
    "exchange": f"“{{}}”其实是SYLK或DIF交换格式，{_SAVE_AS}",
    "archive": f"“{{}}”是压缩包，不是表格，{_GET_A_TABLE}",
    "document": f"“{{}}”是文字文档，不是表格，{_GET_A_TABLE}",
    "slides": f"“{{}}”是演示文稿，不是表格，{_GET_A_TABLE}",
}
_EXACT_INTEGERS = 10**15


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, or the whole of a text."""

    sheet: str
    """The sheet's name; a text file's name without its ending, as spreadsheets call it; 粘贴 for pasted text."""
    rows: Sequence[Sequence[Cell]]
    """From row 1 and column A on; rows may differ in length."""
    visible: bool = True
    fault: str = ""
    """Why the sheet was not taken in, as a Chinese sentence; `rows` is empty then."""
    hidden_rows: frozenset[int] = frozenset()
    """Rows that are hidden or filtered out, counted from 0, as the columns below."""
    hidden_columns: frozenset[int] = frozenset()
    is_hiding_unknown: bool = False
    """Whether nobody knows which rows and columns are hidden: of some old workbooks (.xls)."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges: first row, first column, last row, last column."""


def read_table(path: Path, watch: Watch | None = None) -> tuple[Grid, ...]:
    """The sheets of a workbook (.xlsx, .xls, .ods, plain XML), the tables of a web page, or that of a delimited text.

    A sheet over the limits of this module is there with its `fault`: the caller may not need it.

    Raises:
        PxtuiError: no such file, too large, damaged, locked by a password, not a table, of unknown encoding.
        Cancelled: `watch` says so; the process that parses the file is ended.
    """
    name = printable(path.name)
    data = content_of(path, MOST_BYTES, f"“{name}”超过{MOST_BYTES // 2**20}MB，请删去图片和无关的工作表后再导入")
    if not data:
        raise Refused(f"“{name}”是空文件，请重新取得后再导入")
    for signature, kind in _OTHER_KINDS.items():
        if data.startswith(signature):
            raise Refused(f"“{name}”是{kind}，不是表格，{_GET_A_TABLE}")
    is_workbook = data.startswith((_ZIP, _COMPOUND))
    answer = _answered(data, is_workbook=is_workbook, watch=watch or Watch())
    if "sheets" in answer:
        return tuple(_sheet_grid(sheet, path.stem) for sheet in answer["sheets"])
    if answer.get("error") == "quotes":
        raise Refused(_unpaired(answer["row"]))
    if answer.get("error") in _FAULTS:
        raise Refused(_FAULTS[answer["error"]].format(name))
    if is_workbook and _is_locked(data):
        raise Refused(f"“{name}”设有打开密码，请取消密码后另存再导入")
    raise Refused(f"“{name}”读不出来：文件损坏，或者不是电子表格；{_SAVE_AS}")


def pasted_table(text: str) -> Grid:
    """The rows that a clerk copied from a spreadsheet or a message.

    Raises:
        PxtuiError: too long, NUL characters, quotation marks that do not pair.
    """
    name = "粘贴"
    if len(text) > MOST_PASTED:
        raise Refused("粘贴的内容太长，请存成文件后再导入")
    if "\0" in text:
        raise Refused(_FAULTS["nul"].format(name))
    try:
        rows = delimited.rows_of(text)
    except delimited.UnpairedQuotes as fault:
        raise Refused(_unpaired(fault.row)) from None
    width = max((column for row in rows for column, cell in enumerate(row, 1) if cell.strip()), default=0)
    filled = sum(any(map(str.strip, row)) for row in rows)
    fits = filled <= MOST_ROWS and len(rows) <= MOST_LINES and width <= MOST_COLUMNS
    sheet = {"name": name, "visible": True, "height": len(rows), "width": width, "rows": rows if fits else None}
    return _sheet_grid(sheet, name)


def cell_text(cell: Cell) -> str:
    """The cell as text: a whole number as its digits, one that has lost some as `5.1e+17` or with a fraction."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if -_EXACT_INTEGERS < cell < _EXACT_INTEGERS and cell == int(cell):
        return str(int(cell))
    return repr(float(cell))


def cell_address(row: int, column: int) -> str:
    """`E7` for row 7 and column 5, both counted from 1."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def without_controls(text: str) -> str:
    """`text` without control, formatting and surrogate characters; blanks of every kind stay."""
    if text.isprintable():
        return text
    return "".join(character for character in text if not _is_control(character))


def printable(text: str) -> str:
    r"""`text` as it may be shown: control and private characters spelt out (`\x1b`), tabs and line ends kept."""
    if text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if character not in "\t\r\n" and (_is_hidden(character) or character in "\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")
        else character
        for character in text
    )


def _is_hidden(character: str) -> bool:
    return _is_control(character) or unicodedata.category(character) == "Co"


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs") and not character.isspace()


def _unpaired(row: int) -> str:
    return f"第{row}行附近的引号不配对，请删去或补齐引号后再导入"


def _answered(data: bytes, *, is_workbook: bool, watch: Watch) -> dict[str, Any]:
    """The answer of the child; empty where there is none."""
    kind = "workbook" if is_workbook else "text"
    try:
        answer: dict[str, Any] = json.loads(_parsed_in_child(kind, data, watch))
    except (subprocess.SubprocessError, OSError, ValueError):
        return {}
    return answer


def _parsed_in_child(kind: str, data: bytes, watch: Watch) -> bytes:
    command = [sys.executable, "-I", str(_CHILD), kind, str(MOST_ROWS), str(MOST_LINES), str(MOST_COLUMNS)]
    with (
        subprocess.Popen(  # noqa: S603  # our own program, and no argument comes from outside
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as child,
        # `communicate` with a time limit loses what it has not sent yet: so it has none and a thread of its own.
        ThreadPoolExecutor(1) as pool,
    ):
        answered = pool.submit(child.communicate, data)
        try:
            for _ in range(_CHILD_LOOKS):
                watch.check()
                if wait((answered,), _LOOK_SECONDS).done:
                    answer, _ = answered.result()
                    if child.returncode == 0:
                        return answer
                    return _TOO_MUCH if child.returncode in _ENDED_FOR_TIME else b""
            return _TOO_MUCH
        finally:
            # Ended already, unless nobody wants it any more or it has taken too long.
            child.kill()


def _sheet_grid(sheet: dict[str, Any], file: str) -> Grid:
    name = without_controls(sheet["name"] or file)
    rows = sheet["rows"]
    if rows is None:
        corner = cell_address(sheet["height"], sheet["width"])
        fault = (
            f"工作表“{name}”的内容远到{corner}单元格，最多读{MOST_ROWS}行（空行不计，末行不过第{MOST_LINES}行）、"
            f"{MOST_COLUMNS}列：请删去名单以外的行和列后再导入"
        )
        return Grid(name, (), sheet["visible"], fault)
    if fault := _long_cell(name, rows):
        return Grid(name, (), sheet["visible"], fault)
    return Grid(
        name,
        rows,
        sheet["visible"],
        hidden_rows=frozenset(sheet.get("hidden_rows", ())),
        hidden_columns=frozenset(sheet.get("hidden_columns", ())),
        is_hiding_unknown=bool(sheet.get("is_hiding_unknown")),
        merged=tuple((top, left, bottom, right) for top, left, bottom, right in sheet.get("merged", ())),
    )


def _is_locked(data: bytes) -> bool:
    """Whether a password is needed: the stream of MS-OFFCRYPTO 2.3.4 (.xlsx) or the FilePass of MS-XLS 2.4.117."""
    beginning_of_file = data.find(b"\x09\x08\x10\x00")
    next_record = data[beginning_of_file + 20 : beginning_of_file + 22]
    return "EncryptedPackage".encode("utf-16-le") in data or (beginning_of_file >= 0 and next_record == b"\x2f\x00")


def _long_cell(name: str, rows: Sequence[Sequence[Cell]]) -> str:
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            if isinstance(cell, str) and len(cell) > MOST_CHARACTERS:
                address = cell_address(number, column)
                return f"“{printable(name)}”的{address}单元格超过{MOST_CHARACTERS}字，请删短后再导入"
    return ""
