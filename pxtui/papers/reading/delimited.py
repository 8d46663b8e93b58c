"""Delimited text as rows of cells: which character parts the cells, and what the lines say."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO

DELIMITERS = "\t,;|，；"
_LOOKED_AT_CHARACTERS = 200_000
_LOOKED_AT_ROWS = 500
_LONGEST_HEADING = 30
_FEWEST_HEADINGS = 2
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_SEP_LINE = re.compile(r"sep=(.)[ \t]*(?:\r\n?|\n)", re.IGNORECASE)
"""The first line by which a spreadsheet program is told the delimiter."""
_EMPTY = f"{DELIMITERS} \r\n\f\v"
_LONG_EMPTY_END = 64
"""Characters behind the last content of a line; more are not cells that anybody left empty."""
_NUMBER = re.compile("[0-9]{5,}")
_OTHER_LINE_ENDS = str.maketrans(dict.fromkeys("\v\f\x1e\x85\u2028\u2029", "\n"))
"""What ends the lines of a text that has no other ends; beside those it is a blank within a cell."""


class NoText(ValueError):
    """The bytes are in no encoding that is known."""


class UnpairedQuotes(ValueError):
    """A quotation mark that does not pair; `row` counts from 1."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def decoded(data: bytes) -> str:
    """The text of UTF-8 with or without byte order mark, UTF-16 with one, or GB 18030.

    Raises:
        NoText: none of them.
    """
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            data, encodings = data[len(mark) :], [encoding]
            break
    else:
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NoText


def rows_of(text: str) -> list[list[str]]:
    """The rows of a text; its number of lines is theirs, but for line ends within quotation marks.

    Raises:
        UnpairedQuotes: a mark that stands alone, or has swallowed whole rows.
    """
    if "\n" not in text and "\r" not in text:
        text = text.translate(_OTHER_LINE_ENDS)
    filled = text.rstrip(_EMPTY)
    end_of_line = next((place for place in range(len(filled), len(text)) if text[place] in "\r\n"), len(text))
    text = text[:end_of_line]
    rows: list[list[str]] = []
    if stated := _SEP_LINE.match(text):
        delimiter, text = stated[1], text[stated.end() :]
        rows.append([])
    else:
        delimiter = _delimiter(text[:_LOOKED_AT_CHARACTERS])
    try:
        for row in csv.reader(_lines(text), delimiter=delimiter, strict=True):
            rows.append(row)
            if any("\n" in cell and cell.count(delimiter) > 2 for cell in row):
                raise csv.Error
    except csv.Error:
        raise UnpairedQuotes(len(rows) + 1) from None
    return rows


def _lines(text: str) -> Iterator[str]:
    """The lines without the delimiters that spreadsheet programs write for every cell that was ever formatted."""
    for line in StringIO(text, newline=""):
        filled = line.rstrip(_EMPTY)
        yield line if filled and len(line) - len(filled) < _LONG_EMPTY_END else f"{filled}\n"


def _delimiter(sample: str) -> str:
    """The character under which the header and most lines have the same number of cells.

    Two under which they have (a tab behind each cell of a comma file): the one whose cells hold none of the others.
    """
    found = {delimiter: _fitness(sample, delimiter) for delimiter in DELIMITERS if delimiter in sample}
    return max(found, key=lambda delimiter: found[delimiter], default="\t")


def _fitness(sample: str, delimiter: str) -> tuple[bool, int, int, int]:
    """Whether the header fits, how many rows do, minus the cells that hold other delimiters, the number of cells."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(sample, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) == _LOOKED_AT_ROWS:
                break
    except csv.Error:
        return (False, 0, 0, 0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    header = next(filter(_is_header, rows), None)
    header_fits = header is not None and len(header) == width and count * 2 > len(rows)
    others = DELIMITERS.replace(delimiter, "")
    foreign = sum(any(other in cell.strip() for other in others) for row in rows for cell in row)
    return (header_fits, count, -foreign, width)


def _is_header(row: Sequence[str]) -> bool:
    words = [cell.strip() for cell in row if cell.strip()]
    return len(words) >= _FEWEST_HEADINGS and not any(
        len(word) > _LONGEST_HEADING or _NUMBER.search(word) for word in words
    )
