"""What the library does not tell of OpenDocument spreadsheets (.ods): hidden rows, error cells, merged cells."""

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree

_MOST_ROWS = 100_000
"""What is said of later rows and of repeated ones beyond it concerns empty ones."""
_MOST_REPEATED = 256


@dataclass(slots=True)
class Untold:
    """Of one sheet; rows and columns counted from 0."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """By row and column, what the cell shows (#N/A)."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""


def untold_of(archive: zipfile.ZipFile) -> dict[str, Untold]:
    """By the name of the sheet."""
    found: dict[str, Untold] = {}
    sheet, row = Untold(), 0
    stream = BytesIO(archive.read("content.xml"))
    for event, element in ElementTree.iterparse(stream, ("start", "end")):  # noqa: S314  # expat limits entities
        word = element.tag.rpartition("}")[2]
        if event == "start" and word == "table":
            sheet, row = found.setdefault(_attribute(element, "name"), Untold()), 0
        elif event == "end" and word == "table-row":
            repeated = int(_attribute(element, "number-rows-repeated") or 1)
            if row < _MOST_ROWS:
                _read_row(element, row, min(row + repeated, _MOST_ROWS), sheet)
            row += repeated
            element.clear()
    return found


def _read_row(element: ElementTree.Element, row: int, behind: int, sheet: Untold) -> None:
    if _attribute(element, "visibility") in ("collapse", "filter"):
        sheet.hidden_rows.extend(range(row, behind))
    column = 0
    for cell in element:
        repeated = int(_attribute(cell, "number-columns-repeated") or 1)
        if _is_error(cell):
            text = "".join(cell.itertext()).strip()
            places = (
                (line, column + place) for line in range(row, behind) for place in range(min(repeated, _MOST_REPEATED))
            )
            sheet.errors.update((place, text) for place in places)
        down, across = (int(_attribute(cell, f"number-{way}-spanned") or 1) for way in ("rows", "columns"))
        if down > 1 or across > 1:
            sheet.merged.append((row, column, row + down - 1, column + across - 1))
        column += repeated


def _is_error(cell: ElementTree.Element) -> bool:
    """LibreOffice marks an error; other programs write its text as the value of a formula."""
    if any(key.endswith("}value-type") and value == "error" for key, value in cell.attrib.items()):
        return True
    return bool(_attribute(cell, "formula")) and "".join(cell.itertext()).strip().startswith(("#", "Err:"))


def _attribute(element: ElementTree.Element, word: str) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}" + word)), "")
