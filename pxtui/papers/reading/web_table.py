"""Tables of web pages (HTML) as rows of cells: what many systems write and call .xls."""

from dataclasses import dataclass, field
from email import message_from_bytes
from html.parser import HTMLParser

_MOST_SPANNED = 1_000
_MOST_NESTED = 8
"""Tables within tables; what lies deeper is laid out and no list."""


@dataclass(slots=True)
class WebTable:
    """One table of the page; rows and columns counted from 0."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""
    hidden_rows: list[int] = field(default_factory=list)


def tables_of(text: str) -> list[WebTable]:
    """The tables with at least one row, from the top of the page down.

    One inside another is a part of its cell, and a table of its own: pages are often laid out by a table around all.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return [table for table in reader.tables if table.rows]


def pages_of(data: bytes) -> list[bytes]:
    """The web pages in an archive of one (MHTML, RFC 2557), which spreadsheet programs write as well."""
    parts = message_from_bytes(data).walk()
    pages = (part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/html")
    return [page for page in pages if isinstance(page, bytes)]


@dataclass(slots=True)
class _Open:
    """A table that has not ended yet."""

    table: WebTable
    taken: set[tuple[int, int]] = field(default_factory=set)
    """Places that a cell above spans."""
    cell: list[str] | None = None
    place: tuple[int, int] = (0, 0)

    def begin_row(self, *, is_hidden: bool) -> None:
        self.end_cell()
        self.table.rows.append([])
        if is_hidden:
            self.table.hidden_rows.append(len(self.table.rows) - 1)

    def begin_cell(self, down: int, across: int) -> None:
        self.end_cell()
        if not self.table.rows:
            self.table.rows.append([])
        row, line = len(self.table.rows) - 1, self.table.rows[-1]
        while (row, len(line)) in self.taken:
            line.append("")
        column = len(line)
        line.extend([""] * across)
        self.cell, self.place = [], (row, column)
        if down > 1 or across > 1:
            self.table.merged.append((row, column, row + down - 1, column + across - 1))
            self.taken.update((row + below, column + right) for below in range(1, down) for right in range(across))

    def end_cell(self) -> None:
        if self.cell is not None:
            row, column = self.place
            self.table.rows[row][column] = " ".join("".join(self.cell).split())
        self.cell = None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[WebTable] = []
        self._open: list[_Open] = []
        """From the outermost to the innermost."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "table":
            self.tables.append(WebTable())
            self._open.append(_Open(self.tables[-1]))
        elif not self._open or len(self._open) > _MOST_NESTED:
            return
        elif tag == "tr":
            is_hidden = "display:none" in known.get("style", "").replace(" ", "").lower() or "hidden" in known
            self._open[-1].begin_row(is_hidden=is_hidden)
        elif tag in ("td", "th"):
            self._open[-1].begin_cell(_count(known.get("rowspan", "")), _count(known.get("colspan", "")))
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table") and self._open:
            self._open[-1].end_cell()
        if tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for table in self._open[:_MOST_NESTED]:
            if table.cell is not None:
                table.cell.append(data)


def _count(text: str) -> int:
    return min(int(text), _MOST_SPANNED) if text.isdecimal() and int(text) else 1
