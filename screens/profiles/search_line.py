"""A line in which is typed what is looked for."""

from collections.abc import Callable, Iterable

from textual.geometry import Offset

from pxtui.identifiers.text import shapes_of
from screens.entry.line import TextLine
from screens.terminal.plain import plain
from screens.terminal.theme import LABEL, TEXT
from screens.widgets.pane import Pane, Piece, cells

_LABEL = "查找："


class SearchLine(Pane):
    """The text and its caret; `changed` hears of every change of the text."""

    def __init__(self, changed: Callable[[], None], shown: Callable[[str], str]) -> None:
        """`shown`: how the text is drawn, which may mask it."""
        super().__init__()
        self._changed, self._shown = changed, shown
        self._line = TextLine()
        self.styles.height = 2

    @property
    def text(self) -> str:
        """What is typed."""
        return self._line.text

    def put(self, text: str) -> None:
        """Another text, with the caret behind it."""
        self._take(TextLine.at_end(text))

    def pieces(self, y: int) -> Iterable[Piece]:
        """Label and text; the line below is empty."""
        if y:
            return []
        return [(_LABEL, LABEL), (self._drawn.visible(self._room)[0], TEXT)]

    def type(self, text: str) -> bool:
        """Typed characters."""
        self._take(self._line.insert(shapes_of(text)))
        return True

    def press(self, key: str) -> bool:
        """Keys that move the caret or take characters out."""
        moved = {
            "left": self._line.move(-1),
            "right": self._line.move(1),
            "home": TextLine(self.text, 0),
            "end": TextLine.at_end(self.text),
            "backspace": self._line.backspace(),
            "delete": self._line.delete(),
        }
        if key not in moved:
            return False
        self._take(moved[key])
        return True

    def cursor(self) -> Offset:
        """At the caret."""
        return Offset(cells(_LABEL) + self._drawn.visible(self._room)[1], 0)

    @property
    def _drawn(self) -> TextLine:
        shown = self._shown(self.text)
        line = self._line if shown == self.text else TextLine.at_end(shown)
        return line.mapped(plain)

    @property
    def _room(self) -> int:
        return self.size.width - cells(_LABEL)

    def _take(self, line: TextLine) -> None:
        is_other = line.text != self.text
        self._line = line
        self.repaint(0)
        if is_other:
            self._changed()
