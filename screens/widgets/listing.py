"""A list to look at and pick from: a cursor, columns of fixed width, one line a row however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.style import Style
from textual.geometry import Offset

from screens.terminal.plain import fitted, right_fitted
from screens.terminal.theme import BY_VERDICT, HEAD, ROW, TEXT
from screens.widgets.firm_names import shortened
from screens.widgets.pane import Pane, Piece


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list."""

    label: str
    width: int
    """Cells; 0 takes what the others leave."""
    right: bool = False
    spare: bool = False
    """Shown only where there is room for more than the least."""
    names_firms: bool = False
    """Its texts are names of firms, shortened so that they stay apart; see `firm_names.shortened`."""


_ROOMY = 100
"""Cells from which on there is room for more."""


class Listing(Pane):
    """Rows of texts with a cursor on one of them."""

    def __init__(self, columns: Sequence[ListColumn], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._rows: list[Sequence[str]] = []
        self._firms: dict[tuple[int, str], str] = {}
        self._top = 0
        self.index = 0

    def lay_out(self, columns: Sequence[ListColumn]) -> None:
        """Take other columns, for the rows that are shown next."""
        self._columns, self._rows = tuple(columns), []

    def show(self, rows: Iterable[Sequence[str]], *, keep: bool = True) -> None:
        """Show other rows; the cursor stays at its place unless told otherwise."""
        self._rows = list(rows)
        self._firms.clear()
        self.index = max(0, min(len(self._rows) - 1, self.index)) if keep else 0
        self._scroll()
        self.refresh()

    @property
    def count(self) -> int:
        """The rows."""
        return len(self._rows)

    def pieces(self, y: int) -> Iterable[Piece]:
        """The head or a row."""
        if y == 0:
            return [(self._laid_out([column.label for column in self._columns]), HEAD)]
        index = y - 1 + self._top
        if index >= len(self._rows):
            return []
        if index == self.index:
            return [(self._laid_out(self._rows[index]), ROW)]
        return self._styled(self._rows[index])

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._scroll()
        self.refresh()

    def press(self, key: str) -> bool:
        """Move the cursor."""
        page = max(1, self._room - 1)
        target = {
            "up": self.index - 1,
            "down": self.index + 1,
            "pageup": self.index - page,
            "pagedown": self.index + page,
            "home": 0,
            "end": len(self._rows) - 1,
        }.get(key)
        if target is None or not self._rows:
            return False
        before, top = self.index, self._top
        self.index = max(0, min(len(self._rows) - 1, target))
        self._scroll()
        if self._top != top:
            self.refresh()
        else:
            self.repaint(before - top + 1, self.index - top + 1)
        return True

    def cursor(self) -> Offset | None:
        """At the row under the cursor."""
        return Offset(0, self.index - self._top + 1)

    @property
    def _room(self) -> int:
        return max(1, self.size.height - 1)

    def _scroll(self) -> None:
        last_page = len(self._rows) - self._room
        self._top = max(self.index - self._room + 1, min(self._top, self.index, last_page), 0)

    def _is_shown(self, column: ListColumn) -> bool:
        return self.size.width >= _ROOMY or not column.spare

    def _shown(self, row: Sequence[str]) -> Iterable[tuple[str, str]]:
        """Each text of a row that is shown, and how it lies in its column."""
        shown = [column for column in self._columns if self._is_shown(column)]
        rest = max(4, self.size.width - sum(column.width for column in shown) - len(shown) + 1)
        for column, text in zip(self._columns, row, strict=True):
            if self._is_shown(column):
                width = column.width or rest
                if column.names_firms:
                    text = self._firm(column, text, width)
                yield text, right_fitted(text, width) if column.right else fitted(text, width)

    def _firm(self, column: ListColumn, text: str, width: int) -> str:
        """A name in a column of this width: as short as all the names of the list let it be."""
        if (width, text) not in self._firms:
            place = self._columns.index(column)
            names = [row[place] for row in self._rows]
            self._firms |= {(width, name): short for name, short in zip(names, shortened(names, width), strict=True)}
        return self._firms.get((width, text), text)

    def _laid_out(self, row: Sequence[str]) -> str:
        return fitted(" ".join(cell for _, cell in self._shown(row)), self.size.width)

    def _styled(self, row: Sequence[str]) -> Iterable[Piece]:
        for text, cell in self._shown(row):
            yield cell, _style(text)
            yield " ", TEXT


def _style(text: str) -> Style:
    return BY_VERDICT.get(text, TEXT)
