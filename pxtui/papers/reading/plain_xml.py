"""Spreadsheets that are one XML text: XML Spreadsheet 2003 (called .xls or .xml) and flat OpenDocument (.fods)."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from xml.etree import ElementTree

from pxtui.papers.reading.open_xml import Line, Value, number_of

_BEGINNING = 2_000
"""Characters in which the kind of the text is said."""
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>\s*")
_WORKBOOK = re.compile(r"<(?:\w+:)?Workbook\b")
_BETWEEN_TAGS = re.compile(r">\s+<")
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry'
    ' manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)
_TIME_ALONE = re.compile("(?:1899|1900)-(?:12|01)-[0-9]{2}T([0-9:]{8}).*")
_MOST_SPANNED = 256
_LAST_COLUMN = 16_384
_LAST_ROW = 1_048_576


def is_spreadsheet_2003(text: str) -> bool:
    """Whether a text is a workbook of Microsoft's XML Spreadsheet 2003."""
    beginning = text[:_BEGINNING]
    return _WORKBOOK.search(beginning) is not None and "urn:schemas-microsoft-com:office:spreadsheet" in beginning


def is_flat_document(text: str) -> bool:
    """Whether a text is a spreadsheet of OpenDocument 1.2 part 1, 2.2.1, as a single document."""
    return "<office:document" in text[:_BEGINNING] and "opendocument.spreadsheet" in text


def packed(text: str) -> bytes:
    """The package of files that a flat document stands for, as far as its tables go."""
    package = BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        # The library takes line ends between cells for cells.
        archive.writestr("content.xml", _BETWEEN_TAGS.sub("><", _DECLARATION.sub("", text, count=1)))
    return package.getvalue()


def sheets_of(text: str) -> Iterator[dict[str, object]]:
    """Each worksheet of an XML Spreadsheet 2003 as `open_xml.sheets_of` gives it.

    Raises:
        ElementTree.ParseError, ValueError: it is damaged.
    """
    # Its encoding is that of bytes which are a text by now.
    stream = StringIO(_DECLARATION.sub("", text, count=1))
    sheet = _Sheet("")
    for event, element in ElementTree.iterparse(stream, ("start", "end")):  # noqa: S314  # expat limits entities
        word = _word(element.tag)
        if event == "start":
            if word == "Worksheet":
                sheet = _Sheet(_attribute(element, "Name"))
        elif word == "Column":
            sheet.take_column(element)
        elif word == "Row":
            sheet.take_row(element)
            element.clear()
        elif word == "Visible":
            sheet.is_visible = (element.text or "").strip() == "SheetVisible"
        elif word == "Worksheet":
            yield sheet.told()
            element.clear()


class _Sheet:
    """What is gathered of one sheet; rows and columns are counted from 0."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_visible = True
        self._row = self._column = 0
        self._cells: dict[int, Line] = {}
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[int] = []
        self._merged: list[tuple[int, int, int, int]] = []

    def told(self) -> dict[str, object]:
        return {
            "name": self.name,
            "visible": self.is_visible,
            "cells": self._cells,
            "hidden_rows": self._hidden_rows,
            "hidden_columns": self._hidden_columns,
            "merged": self._merged,
        }

    def take_column(self, element: ElementTree.Element) -> None:
        """A column, or several alike."""
        first = _index(element, self._column, _LAST_COLUMN)
        self._column = first + 1 + min(_number(element, "Span"), _MOST_SPANNED)
        if _attribute(element, "Hidden") == "1":
            self._hidden_columns += range(first, self._column)

    def take_row(self, element: ElementTree.Element) -> None:
        """A row with its cells, or several empty ones."""
        row = _index(element, self._row, _LAST_ROW)
        self._row = row + 1 + _number(element, "Span")
        if _attribute(element, "Hidden") == "1":
            self._hidden_rows.append(row)
        cells: dict[int, Value] = {}
        column = 0
        for cell in element:
            if _word(cell.tag) != "Cell":
                continue
            column = _index(cell, column, _LAST_COLUMN)
            data = next((part for part in cell if _word(part.tag) == "Data"), None)
            if data is not None and (value := _value(data)) != "":
                cells[column] = value
            down, across = _number(cell, "MergeDown"), _number(cell, "MergeAcross")
            if down or across:
                self._merged.append((row, column, row + down, column + across))
            column += 1 + across
        if cells:
            self._cells[row] = tuple(cells), list(cells.values())


def _value(data: ElementTree.Element) -> Value:
    text, kind = "".join(data.itertext()), _attribute(data, "Type")
    if kind == "Number":
        return number_of(text.strip())
    if kind == "Boolean":
        return bool(("0", "1").index(text.strip()))
    if kind == "DateTime":
        time = _TIME_ALONE.fullmatch(text)
        return time[1] if time else text.partition(".")[0].removesuffix("T00:00:00").replace("T", " ")
    return text


def _index(element: ElementTree.Element, otherwise: int, last: int) -> int:
    """Where a row, a column or a cell stands: as it says, else behind the one before.

    Raises:
        ValueError: beyond the sheets of any program, or where one stands already.
    """
    place = int(_attribute(element, "Index") or otherwise + 1) - 1
    if not otherwise <= place < last:
        raise ValueError(place)
    return place


def _number(element: ElementTree.Element, word: str) -> int:
    return max(0, int(_attribute(element, word) or 0))


def _attribute(element: ElementTree.Element, word: str) -> str:
    return next((value for key, value in element.attrib.items() if _word(key) == word), "")


def _word(name: str) -> str:
    return name.rpartition("}")[2]
