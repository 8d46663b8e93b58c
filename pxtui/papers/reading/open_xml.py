"""Workbooks of Office Open XML (ECMA-376, .xlsx and .xlsm) read part by part, without the library.

For what the library does not tell (rows and columns that are hidden, cells that hold an error, numbers under a date
format) and for files that spreadsheet programs open and it does not (parts in other places, cells without address,
one cell at the far corner). Cells without content are not kept.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import TypeAlias
from xml.etree import ElementTree

Value: TypeAlias = str | float | bool

FIRST_YEAR = 1910
"""No date of a training lies before it: such a date is a number under a wrong format."""

_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001  # serials know no time zone
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Built-in formats of dates and times, ECMA-376 part 1, 18.8.30, those of Chinese programs included."""
_NO_PART_OF_A_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE_LETTERS = re.compile("[yd]", re.IGNORECASE)
_TIME_LETTERS = re.compile("[hs]", re.IGNORECASE)
_TIME_FORMATS = {18, 19, 20, 21, 45, 46, 47, 55, 56}
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_ADDRESS = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_TRUE = frozenset({"1", "true"})
_TRUTHS = _TRUE | {"0", "false"}
_KINDS = frozenset({"b", "d", "e", "n", "s", "str"})
_INDEX = re.compile("[0-9]{1,9}", re.ASCII)
_LAST_ROW = 1_048_576


class Unreadable(ValueError):
    """The parts of the workbook do not fit together."""


class _Sheet:
    """What is gathered of one sheet; rows and columns are counted from 0."""

    def __init__(self) -> None:
        self.rows: dict[int, dict[int, Value]] = {}
        self.seen: dict[int, set[int]] = {}
        """By row, the columns of its cells, empty ones as well."""
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.merged: list[tuple[int, int, int, int]] = []


def sheets_of(data: bytes) -> Iterator[dict[str, object]]:
    """Each worksheet: `name`, `visible`, `cells` (row to column to value), `hidden_rows`, `hidden_columns`, `merged`
    (first row, first column, last row, last column).

    Raises:
        Unreadable: it is no such workbook.
        zipfile.BadZipFile, ElementTree.ParseError: it is damaged.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        package = _Package(archive)
        book = package.start()
        related = package.related(book)
        strings = _shared_strings(package, related)
        tree = package.parsed(book)
        properties = next(_each(tree, "workbookPr"), None)
        epoch = _EPOCHS[properties is not None and properties.get("date1904") in _TRUE]
        dates = _date_styles(package, related)
        for element in _each(tree, "sheet"):
            kind, part = related.get(_attribute(element, "id"), ("", ""))
            if kind != "worksheet":
                continue
            sheet = _read_sheet(package, part, strings, dates, epoch)
            yield {
                "name": element.get("name", ""),
                "visible": element.get("state", "visible") == "visible",
                "cells": sheet.rows,
                "hidden_rows": sheet.hidden_rows,
                "hidden_columns": sheet.hidden_columns,
                "merged": sheet.merged,
            }


class _Package:
    """Parts of a package by their names, as loosely as spreadsheet programs take them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {_folded(name): name for name in archive.namelist()}

    def start(self) -> str:
        """The part of the workbook."""
        kinds = self.related("").values()
        return next((part for kind, part in kinds if kind == "officeDocument"), "xl/workbook.xml")

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """By its id, kind and name of each part to which `part` points."""
        folder, _, name = part.rpartition("/")
        relations = join(folder, "_rels", f"{name}.rels")
        if _folded(relations) not in self._names:
            return {}
        return {
            element.get("Id", ""): (
                element.get("Type", "").rpartition("/")[2],
                normpath(join(dirname(part), element.get("Target", "").replace("\\", "/"))).lstrip("/"),
            )
            for element in _each(self.parsed(relations), "Relationship")
        }

    def parsed(self, part: str) -> ElementTree.Element:
        """The whole of a part."""
        return ElementTree.fromstring(self._archive.read(self._name(part)))  # noqa: S314  # expat limits entities

    def rows(self, part: str) -> Iterator[ElementTree.Element]:
        """Rows, column descriptions and merged ranges of a sheet one by one; each is emptied behind."""
        with self._archive.open(self._name(part)) as stream:
            for _, element in ElementTree.iterparse(stream):  # noqa: S314  # expat limits entities
                if _word(element) in ("row", "col", "mergeCell"):
                    yield element
                    element.clear()

    def _name(self, part: str) -> str:
        try:
            return self._names[_folded(part)]
        except KeyError:
            raise Unreadable(part) from None


def _read_sheet(package: _Package, part: str, strings: list[str], dates: dict[int, bool], epoch: datetime) -> _Sheet:
    sheet = _Sheet()
    last_row = -1
    for element in package.rows(part):
        word = _word(element)
        if word == "row":
            last_row = int(element.get("r", last_row + 2)) - 1
            if not 0 <= last_row < _LAST_ROW:
                raise Unreadable(last_row)
            if element.get("hidden") in _TRUE:
                sheet.hidden_rows.append(last_row)
            _take_row(sheet, last_row, element, strings, dates, epoch)
        elif word == "col" and element.get("hidden") in _TRUE:
            first, last = int(element.get("min", 1)), int(element.get("max", 1))
            sheet.hidden_columns += range(first - 1, min(last, first + 256))
        elif word == "mergeCell":
            corners = element.get("ref", "").replace("$", "").split(":")
            (top, left), (bottom, right) = _place(corners[0]), _place(corners[-1])
            sheet.merged.append((top, left, bottom, right))
    return sheet


def _take_row(
    sheet: _Sheet, row: int, element: ElementTree.Element, strings: list[str], dates: dict[int, bool], epoch: datetime
) -> None:
    """Its cells.

    Raises:
        Unreadable: a cell is said twice, of which a reader would take one: nobody knows which of them is meant.
    """
    seen: set[int] = sheet.seen.setdefault(row, set())
    for column, value in _cells(row, element, strings, dates, epoch):
        if column in seen:
            raise Unreadable(row, column)
        seen.add(column)
        if value != "":
            sheet.rows.setdefault(row, {})[column] = value


def _cells(
    row: int, element: ElementTree.Element, strings: list[str], dates: dict[int, bool], epoch: datetime
) -> Iterator[tuple[int, Value]]:
    column = -1
    for cell in element:
        if _word(cell) != "c":
            continue
        if address := cell.get("r"):
            of_row, column = _place(address)
            if of_row != row:
                raise Unreadable(address)
        else:
            column += 1
        value = _value(cell, strings)
        if isinstance(value, float) and (is_day := dates.get(int(cell.get("s") or 0))) is not None:
            value = _moment(value, epoch) if is_day else _hours(value)
        yield column, value


def _value(cell: ElementTree.Element, strings: list[str]) -> Value:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _words(cell)
    values = [part.text or "" for part in cell if _word(part) == "v"]
    if kind not in _KINDS or len(values) > 1:
        raise Unreadable(cell.get("r", ""))
    text = values[0] if values else ""
    if kind == "s":
        return _shared(strings, text.strip())
    if kind in ("str", "e", "d"):
        return text
    text = text.strip()
    if not text:
        return ""
    if kind == "b" and text not in _TRUTHS:
        raise Unreadable(text)
    return text in _TRUE if kind == "b" else float(text)


def _shared(strings: list[str], index: str) -> str:
    """A text of the shared ones by its place; none is no text.

    Raises:
        Unreadable: there is none at such a place.
    """
    if not index:
        return ""
    if not _INDEX.fullmatch(index) or int(index) >= len(strings):
        raise Unreadable(index)
    return strings[int(index)]


def _moment(serial: float, epoch: datetime) -> Value:
    """The day and time as ISO text; the number itself where nobody can have meant a day."""
    try:
        moment = epoch + timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return serial
    if moment.year < FIRST_YEAR:
        return serial
    return str(moment) if moment.hour or moment.minute or moment.second else str(moment.date())


def _hours(serial: float) -> str:
    """A length of time or a time of day as hours, minutes and seconds."""
    minutes, seconds = divmod(round(serial * 86_400), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def _shared_strings(package: _Package, related: dict[str, tuple[str, str]]) -> list[str]:
    part = next((part for kind, part in related.values() if kind == "sharedStrings"), "")
    return [_words(item) for item in _each(package.parsed(part), "si")] if part else []


def _date_styles(package: _Package, related: dict[str, tuple[str, str]]) -> dict[int, bool]:
    """Styles of days (true), and of times of day and lengths of time (false), by their number."""
    part = next((part for kind, part in related.values() if kind == "styles"), "")
    if not part:
        return {}
    tree = package.parsed(part)
    kinds = {number: number not in _TIME_FORMATS for number in _DATE_FORMATS}
    for element in _each(tree, "numFmt"):
        kind = _kind_of_format(element.get("formatCode", ""))
        if kind is not None:
            kinds[int(element.get("numFmtId", 0))] = kind
    formats = next(_each(tree, "cellXfs"), None)
    numbers = [] if formats is None else [int(element.get("numFmtId", 0)) for element in formats]
    return {place: kinds[number] for place, number in enumerate(numbers) if number in kinds}


def _kind_of_format(code: str) -> bool | None:
    """Whether a number format shows days; None: neither days nor times."""
    if _ELAPSED.search(code):
        return False
    letters = _NO_PART_OF_A_DATE.sub("", code)
    if _DATE_LETTERS.search(letters):
        return True
    # Minutes beside hours and seconds, else months.
    return False if _TIME_LETTERS.search(letters) else True if "m" in letters.lower() else None


def _words(element: ElementTree.Element) -> str:
    """The text of a cell without its phonetic hints.

    Raises:
        Unreadable: it is not one text, or one in runs.
    """
    if _word(element) == "t":
        if len(element):
            raise Unreadable(element.text)
        return element.text or ""
    if sum(_word(part) == "t" for part in element) > 1:
        raise Unreadable(_word(element))
    return "".join(_words(part) for part in element if _word(part) != "rPh")


def _each(tree: ElementTree.Element, word: str) -> Iterator[ElementTree.Element]:
    return (element for element in tree.iter() if _word(element) == word)


def _attribute(element: ElementTree.Element, word: str) -> str:
    """An attribute in whatever namespace: `r:id` has two of them."""
    return next((value for key, value in element.attrib.items() if key.endswith("}" + word)), "")


def _word(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _place(address: str) -> tuple[int, int]:
    match = _ADDRESS.fullmatch(address.upper())
    if match is None:
        raise Unreadable(address)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _folded(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()
