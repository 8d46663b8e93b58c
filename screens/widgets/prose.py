"""Paragraphs of plain text, wrapped; scrolled where they are longer than their room."""

from collections.abc import Iterable

from rich.style import Style
from textual.events import Resize
from textual.geometry import Offset

from screens.terminal.plain import wrapped
from screens.terminal.theme import TEXT
from screens.widgets.pane import Pane, Piece

Paragraph = str | tuple[str, Style]


class Prose(Pane):
    """Text to read."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._lines: list[Piece] = []
        self._top = 0

    def show(self, *paragraphs: Paragraph, keep: bool = False) -> None:
        """Show other paragraphs, from their beginning.

        `keep`: whoever has begun to read goes on there; what is told late comes in above.
        """
        below = len(self._lines) - self._top
        is_read = keep and self._top > 0
        self._paragraphs = paragraphs
        self._top = 0
        self._wrap()
        if is_read:
            self._begin_at(len(self._lines) - below)

    def on_resize(self, event: Resize) -> None:
        """Wrap anew."""
        self._wrap()

    def pieces(self, y: int) -> Iterable[Piece]:
        """A line of the text."""
        index = y + self._top
        return [self._lines[index]] if index < len(self._lines) else []

    def press(self, key: str) -> bool:
        """Scroll."""
        page = max(1, self.size.height - 1)
        end = len(self._lines)
        step = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -end, "end": end}.get(key)
        if step is None:
            return False
        self._begin_at(self._top + step)
        self.refresh()
        return True

    def cursor(self) -> Offset | None:
        """At the beginning: a reader of the screen starts there."""
        return Offset(0, 0)

    def _wrap(self) -> None:
        width = max(2, self.size.width)
        self._lines = [(line, style) for text, style in map(_styled, self._paragraphs) for line in wrapped(text, width)]
        self._begin_at(self._top)
        self.refresh()

    def _begin_at(self, top: int) -> None:
        self._top = max(0, min(len(self._lines) - self.size.height, top))


def _styled(paragraph: Paragraph) -> tuple[str, Style]:
    return paragraph if isinstance(paragraph, tuple) else (paragraph, TEXT)
