"""Tables of web pages (HTML) as rows of cells: what many systems write and call .xls."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_MOST_SPANNED = 1_000


@dataclass(slots=True)
class WebTable:
    """One table of the page; rows and columns counted from 0."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""
    hidden_rows: list[int] = field(default_factory=list)


def tables_of(text: str) -> list[WebTable]:
    """The tables with at least one row, from the top of the page down; one inside another is a part of its cell."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return [table for table in reader.tables if table.rows]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[WebTable] = []
        self._depth = 0
        self._taken: dict[tuple[int, int], bool] = {}
        """Places that a cell above spans."""
        self._cell: list[str] | None = None
        self._place = (0, 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(WebTable())
                self._taken = {}
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._end_cell()
            table = self.tables[-1]
            table.rows.append([])
            if "display:none" in known.get("style", "").replace(" ", "").lower() or "hidden" in known:
                table.hidden_rows.append(len(table.rows) - 1)
        elif tag in ("td", "th"):
            self._end_cell()
            self._begin_cell(_count(known.get("rowspan", "")), _count(known.get("colspan", "")))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table") and self._depth == 1:
            self._end_cell()
        if tag == "table":
            self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _begin_cell(self, down: int, across: int) -> None:
        table = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        row, line = len(table.rows) - 1, table.rows[-1]
        while (row, len(line)) in self._taken:
            line.append("")
        column = len(line)
        line.extend([""] * across)
        self._cell, self._place = [], (row, column)
        if down > 1 or across > 1:
            table.merged.append((row, column, row + down - 1, column + across - 1))
            self._taken.update(
                ((row + below, column + right), True) for below in range(1, down) for right in range(across)
            )

    def _end_cell(self) -> None:
        if self._cell is not None:
            row, column = self._place
            self.tables[-1].rows[row][column] = " ".join("".join(self._cell).split())
        self._cell = None


def _count(text: str) -> int:
    return min(int(text), _MOST_SPANNED) if text.isdecimal() and int(text) else 1
