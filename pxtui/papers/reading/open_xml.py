"""Workbooks of Office Open XML (ECMA-376, .xlsx and .xlsm), read part by part and as the standard says, no looser.

A library made to read much takes what is damaged for something else without a word: the first shared text for one at
no place, one of two cells at one address, nothing for a number with a blank before it. Here it is refused. Parts in
other places and cells without address are read, as spreadsheet programs do. Cells without content are not kept.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from math import isfinite
from typing import TypeAlias
from xml.etree import ElementTree

from pxtui.papers.reading.open_package import WORDS, Package, Unreadable, each, only

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
_LONGEST = 3_650.0
"""Days. No length of time in a list is longer: such a number under a format of times is a day."""
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_ADDRESS = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_LETTERS = re.compile("[A-Za-z]{1,3}", re.ASCII)
_DIGITS = "0123456789"
_TRUE = frozenset({"1", "true"})
_TRUTHS = _TRUE | {"0", "false"}
_KINDS = frozenset({"b", "d", "e", "n", "s", "str", "inlineStr"})
_INDEX = re.compile("[0-9]{1,9}", re.ASCII)
_NUMBER = re.compile("[-+]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_BLANKS = " \t\r\n"
"""Of XML."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""ECMA-376 part 1, 22.9.2.19: a character that XML cannot hold."""
_ASIDE = frozenset({"rPh", "phoneticPr", "extLst"})
"""Elements that stand beside texts and cells and hold none."""
_LAST_ROW = 1_048_576


class _Columns(dict[str, int]):
    """The number of a column from 0, by its letters."""

    def __missing__(self, letters: str) -> int:
        if not _LETTERS.fullmatch(letters):
            raise Unreadable(letters)
        column = 0
        for letter in letters.upper():
            column = column * 26 + ord(letter) - ord("A") + 1
        self[letters] = column - 1
        return column - 1


_COLUMNS = _Columns()

Styles: TypeAlias = tuple[bool | None, ...]
"""By the number of a style, whether it shows days (true) or times of day and lengths of time (false); None: neither."""
Line: TypeAlias = tuple[tuple[int, ...], list[Value]]
"""The columns of a row and their values, "" for none. Rows alike share the columns: a dict each is much memory."""


class _Sheet:
    """What is gathered of one sheet; rows and columns are counted from 0."""

    def __init__(self) -> None:
        self.rows: dict[int, Line] = {}
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.merged: list[tuple[int, int, int, int]] = []


def sheets_of(data: bytes) -> Iterator[dict[str, object]]:
    """Each worksheet: `name`, `visible`, `cells` (a `Line` by row), `hidden_rows`, `hidden_columns`, `merged` (first
    row, first column, last row, last column).

    Raises:
        Unreadable: it is no such workbook.
        zipfile.BadZipFile, ElementTree.ParseError: it is damaged.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        package = Package(archive)
        book = package.start()
        related = package.related(book)
        strings = _shared_strings(package, related)
        tree = package.parsed(book)
        properties = only(each(tree, "workbookPr"))
        epoch = _EPOCHS[properties is not None and properties.get("date1904") in _TRUE]
        styles = _styles(package, related)
        for element in each(tree, "sheet"):
            kind, part = related.get(_attribute(element, "id"), ("", ""))
            if kind != "worksheet":
                continue
            sheet = _read_sheet(package, part, strings, styles, epoch)
            yield {
                "name": element.get("name", ""),
                "visible": element.get("state", "visible") == "visible",
                "cells": sheet.rows,
                "hidden_rows": sheet.hidden_rows,
                "hidden_columns": sheet.hidden_columns,
                "merged": sheet.merged,
            }


def _read_sheet(package: Package, part: str, strings: list[str], styles: Styles, epoch: datetime) -> _Sheet:
    sheet = _Sheet()
    alike: dict[tuple[int, ...], tuple[int, ...]] = {}
    last_row = -1
    for element in package.rows(part):
        word = WORDS[element.tag]
        if word == "row":
            last_row = _whole(element.get("r", str(last_row + 2))) - 1
            if not 0 <= last_row < _LAST_ROW:
                raise Unreadable(last_row)
            if element.get("hidden") in _TRUE:
                sheet.hidden_rows.append(last_row)
            found = list(_cells(str(last_row + 1), element, strings, styles, epoch))
            columns = tuple(column for column, _ in found)
            _take_row(sheet, last_row, alike.setdefault(columns, columns), [value for _, value in found])
        elif word == "col" and element.get("hidden") in _TRUE:
            first, last = int(element.get("min", 1)), int(element.get("max", 1))
            sheet.hidden_columns += range(first - 1, min(last, first + 256))
        elif word == "mergeCell":
            corners = element.get("ref", "").replace("$", "").split(":")
            (top, left), (bottom, right) = _place(corners[0]), _place(corners[-1])
            sheet.merged.append((top, left, bottom, right))
    return sheet


def _cells(
    row: str, element: ElementTree.Element, strings: list[str], styles: Styles, epoch: datetime
) -> Iterator[tuple[int, Value]]:
    """Column from 0 and value of each cell of a row, which is counted from 1."""
    column = -1
    for cell in element:
        if (word := WORDS[cell.tag]) != "c":
            _require_aside(word)
            continue
        address = cell.get("r")
        column = _column_of(address, row) if address else column + 1
        value = _value(cell, strings)
        if value.__class__ is float and (is_day := styles[_whole(cell.get("s") or "0")]) is not None:
            value = _moment(value, epoch) if is_day or value > _LONGEST else _hours(value)
        yield column, value


def _take_row(sheet: _Sheet, row: int, columns: tuple[int, ...], values: list[Value]) -> None:
    """Its cells.

    Raises:
        Unreadable: a cell is said twice, of which a reader would take one: nobody knows which of them is meant.
    """
    if row in sheet.rows:
        before, already = sheet.rows[row]
        columns, values = before + columns, already + values
    if len(set(columns)) < len(columns):
        raise Unreadable(row)
    sheet.rows[row] = columns, values


def _column_of(address: str, row: str) -> int:
    """The column of an address in a row, counted from 0.

    Raises:
        Unreadable: it is none, or that of another row.
    """
    letters = address.rstrip(_DIGITS)
    if address[len(letters) :] != row:
        raise Unreadable(address)
    return _COLUMNS[letters]


def _value(cell: ElementTree.Element, strings: list[str]) -> Value:
    """The one value of a cell.

    Raises:
        Unreadable: it has two, or one that its kind does not allow.
    """
    kind = cell.get("t", "n")
    if kind not in _KINDS:
        raise Unreadable(kind)
    text: str | None = None
    words: str | None = None
    for part in cell:
        word = WORDS[part.tag]
        if word == "v":
            if text is not None or len(part):
                raise Unreadable(kind)
            text = part.text or ""
        elif word == "is":
            if words is not None:
                raise Unreadable(kind)
            words = _words(part)
        elif word != "f":
            _require_aside(word)
    text = text or ""
    if text.strip() if kind == "inlineStr" else words:
        raise Unreadable(kind)
    if kind == "inlineStr":
        return words or ""
    if kind in ("str", "e", "d"):
        return _unescaped(text)
    text = text.strip(_BLANKS)
    return _of_kind(kind, text, strings) if text else ""


def _of_kind(kind: str, text: str, strings: list[str]) -> Value:
    if kind == "s":
        if (place := _whole(text)) < len(strings):
            return strings[place]
    elif kind == "n":
        return number_of(text)
    elif text in _TRUTHS:
        return text in _TRUE
    raise Unreadable(text)


def number_of(text: str) -> float:
    """A decimal number as XML writes it. Python takes `1_0`, `nan` and digits of other writings for one as well.

    Raises:
        Unreadable: it is none, or larger than can be kept.
    """
    if _NUMBER.fullmatch(text) and isfinite(number := float(text)):
        return number
    raise Unreadable(text)


def _whole(text: str) -> int:
    """A place or the number of a row."""
    if not _INDEX.fullmatch(text):
        raise Unreadable(text)
    return int(text)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


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


def _shared_strings(package: Package, related: dict[str, tuple[str, str]]) -> list[str]:
    part = only(part for kind, part in related.values() if kind == "sharedStrings")
    return [_words(item) for item in _children(package.parsed(part), "si")] if part else []


def _styles(package: Package, related: dict[str, tuple[str, str]]) -> Styles:
    """What each style shows.

    Raises:
        Unreadable: the list of styles or a format is said twice, so that a day might be a number.
    """
    part = only(part for kind, part in related.values() if kind == "styles")
    if not part:
        return (None,)
    tree = package.parsed(part)
    kinds: dict[int, bool | None] = {number: number not in _TIME_FORMATS for number in _DATE_FORMATS}
    own: dict[int, str] = {}
    for element in each(tree, "numFmt"):
        number, code = _whole(element.get("numFmtId", "0")), element.get("formatCode", "")
        if own.setdefault(number, code) != code:
            raise Unreadable(code)
        kinds[number] = _kind_of_format(code)
    formats = only(each(tree, "cellXfs"))
    found = () if formats is None else _children(formats, "xf")
    return tuple(kinds.get(_whole(element.get("numFmtId", "0"))) for element in found) or (None,)


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
    """The text of a cell, one or in runs, without its phonetic hints (ECMA-376 part 1, 18.4.8).

    Raises:
        Unreadable: it is not one text.
    """
    texts = []
    for part in element:
        word = WORDS[part.tag]
        if word == "t":
            texts.append(_one_text(part))
        elif word == "r":
            texts += [_one_text(text) for text in part if WORDS[text.tag] == "t"]
        else:
            _require_aside(word)
    if len(texts) > 1 and any(WORDS[part.tag] == "t" for part in element):
        raise Unreadable(texts[0])
    return "".join(texts)


def _require_aside(word: str) -> None:
    """Refuse an element that may hold what belongs elsewhere, such as a cell in a cell."""
    if word not in _ASIDE:
        raise Unreadable(word)


def _one_text(element: ElementTree.Element) -> str:
    if len(element):
        raise Unreadable(element.text)
    return _unescaped(element.text or "")


def _children(element: ElementTree.Element, word: str) -> Iterator[ElementTree.Element]:
    """Those of one name, whose places count.

    Raises:
        Unreadable: others stand among them.
    """
    for child in element:
        if WORDS[child.tag] == word:
            yield child
        else:
            _require_aside(WORDS[child.tag])


def _attribute(element: ElementTree.Element, word: str) -> str:
    """An attribute in whatever namespace: `r:id` has two of them."""
    return next((value for key, value in element.attrib.items() if key.endswith("}" + word)), "")


def _place(address: str) -> tuple[int, int]:
    match = _ADDRESS.fullmatch(address.upper())
    if match is None:
        raise Unreadable(address)
    return int(match[2]) - 1, _COLUMNS[match[1]]
