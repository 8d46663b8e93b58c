"""Papers as text: what a reader, a printer and a spreadsheet program get to see of them, cell by cell.

`python -m tests.papers.golden` writes the texts anew; look at what changed before it is committed.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from pxtui.papers.letters import pre_review
from pxtui.papers.letters.catalogue import LETTERS
from pxtui.papers.writing import plain_text, sheet_writer
from pxtui.papers.writing.letter import Facts, pages
from pxtui.papers.writing.wording import Money, words_of
from tests.papers import attachments

_HERE = Path(__file__).parent
_VERSION = attachments.VERSION
CASES = ("full", "empty")
_CHAT_TEXT = "pre-review"
"""The one paper that is no workbook."""
PAPERS = (*attachments.FORMS, *LETTERS, _CHAT_TEXT)
_ZIPPED = b"PK"


def facts_of(form: str, case: str) -> Facts:
    """What stands on a paper of a full case, or of one of which nothing is known."""
    made_up: dict[str, Any] = _amounts(tomllib.loads((_HERE / "facts" / f"{form}.toml").read_text(encoding="utf-8")))
    values: Mapping[str, Any] = made_up.get("values", {})
    if case == "empty":
        return Facts(dict.fromkeys(values), version=_VERSION)
    issued_on: date | None = made_up.get("issued_on")
    return Facts(values, made_up.get("tables", {}), _VERSION, made_up.get("number", ""), issued_on)


def _amounts(given: Any) -> Any:
    """What was read, `{ fen = 120000 }` made an amount."""
    if isinstance(given, dict):
        return Money(given["fen"]) if set(given) == {"fen"} else {key: _amounts(value) for key, value in given.items()}
    return [_amounts(item) for item in given] if isinstance(given, list) else given


def workbook_of(form: str, facts: Facts) -> bytes:
    """The paper as it is written."""
    return sheet_writer.written(pages(LETTERS[form], facts, words_of(form)))


def paper_of(form: str, case: str) -> bytes:
    """A paper of a full or an empty case as it is written."""
    if form in attachments.FORMS:
        return sheet_writer.written(attachments.page_of(form, case))
    if form == _CHAT_TEXT:
        return plain_text.written(pre_review.PARTS, facts_of(form, case), words_of(form))
    return workbook_of(form, facts_of(form, case))


def golden_path(form: str, case: str) -> Path:
    """Where the text of a paper is kept."""
    return _HERE / "golden" / f"{form}-{case}.txt"


def described(content: bytes) -> str:
    """A workbook as text, a line for each cell and setting; a text with its marks and line ends made visible."""
    if not content.startswith(_ZIPPED):
        return content.decode("utf-8").replace("\ufeff", "<BOM>").replace("\r\n", "<CR LF>\n")
    workbook = load_workbook(BytesIO(content))
    return "\n".join(line for sheet in workbook for line in _described(sheet)) + "\n"


def _described(sheet: Any) -> Iterator[str]:
    setup = sheet.page_setup
    yield f"sheet {sheet.title} {setup.orientation} wide {setup.fitToWidth} tall {setup.fitToHeight}"
    breaks = [mark.id for mark in sheet.row_breaks.brk]
    yield f"area {sheet.print_area} repeated {sheet.print_title_rows} breaks {breaks}"
    yield f"footer {sheet.oddFooter.left.text} | {sheet.oddFooter.center.text} | {sheet.oddFooter.right.text}"
    yield f"widths {[round(dimension.width, 1) for dimension in sheet.column_dimensions.values()]}"
    yield f"merged {sorted(str(merged) for merged in sheet.merged_cells.ranges)}"
    for row in sheet.iter_rows():
        yield f"row {row[0].row} height {sheet.row_dimensions[row[0].row].height}"
        for cell in row:
            if cell.value is not None:
                look = f"{cell.font.name} {cell.font.size:g} {cell.alignment.horizontal} {cell.number_format}"
                yield f"  {cell.coordinate} {cell.data_type} {look}: {cell.value!r}"


if __name__ == "__main__":
    for name in PAPERS:
        for kind in CASES:
            golden_path(name, kind).write_text(described(paper_of(name, kind)), encoding="utf-8")
