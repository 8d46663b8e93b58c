"""What every part of a screen is: it draws its own lines, takes keys, and says where the cursor stands."""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widget import Widget

from screens.terminal.plain import fitted, plain

Piece = tuple[str, Style]
"""Some text of a line and its style."""


class Pane(Widget):
    """A part of a screen, drawn line by line so that a key repaints what it changed and no more."""

    def pieces(self, y: int) -> Iterable[Piece]:
        """The text of line `y` from the left; what is missing is blank."""
        raise NotImplementedError

    def press(self, key: str) -> bool:
        """Take a key by its name; whether it meant something here."""
        return False

    def passes_over(self, key: str) -> bool:
        """Whether a key belongs to what the cursor has left by itself: it changes nothing and wipes out nothing."""
        return False

    def type(self, text: str) -> bool:
        """Take typed characters; whether they meant something here."""
        return False

    def restore(self) -> str:
        """Put the cell or field under the cursor back as it was before it was typed in.

        Returns what became of it, for the clerk; empty where nothing was typed.
        """
        return ""

    def field_texts(self) -> tuple[str, ...]:
        """What F1 tells of the field under the cursor; nothing where there is none."""
        return ()

    def cursor(self) -> Offset | None:
        """The cell of the terminal's cursor within the pane: where an input method opens its window."""
        return None

    def render_line(self, y: int) -> Strip:
        """A line as Textual wants it."""
        strip = Strip([Segment(text, style) for text, style in self.pieces(y) if text])
        return strip.adjust_cell_length(self.size.width)

    def repaint(self, *lines: int) -> None:
        """Draw these lines again."""
        for y in lines:
            self.refresh(Region(0, y, self.size.width, 1))


class LinePane(Pane):
    """One line of text."""

    def __init__(self, style: Style, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._style = style
        self._left: tuple[Piece, ...] = ()
        self._right = ""
        self.styles.height = 1

    def show(self, *left: str | Piece, right: str = "") -> None:
        """Show other texts, from the left and from the right edge."""
        pieces = tuple(piece if isinstance(piece, tuple) else (piece, self._style) for piece in left)
        if (pieces, right) != (self._left, self._right):
            self._left, self._right = pieces, right
            self.refresh()

    def pieces(self, y: int) -> Iterable[Piece]:
        """The line."""
        room = self.size.width - cells(self._right)
        used = 0
        for text, style in self._left:
            width = min(cells(text), room - used)
            if width > 0:
                yield fitted(text, width), style
                used += width
        yield " " * (room - used), self._style
        yield fitted(self._right, cells(self._right)), self._style


def cells(text: str) -> int:
    """The cells that a text takes once it is plain."""
    return cell_len(plain(text))
