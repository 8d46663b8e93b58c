"""The message line: what was said last, and the way to the rest of it where it is too long."""

from rich.style import Style

from screens.terminal.plain import fitted
from screens.terminal.theme import CAUTION
from screens.widgets.pane import LinePane, Piece, cells

_WAY_TO_THE_REST = " F1看全文"


class MessageLine(LinePane):
    """One sentence; of a longer one the beginning; and one that stands there as long as nothing else is said."""

    cut = ""
    """The whole of what is only begun here; empty where all of it stands here."""
    _standing = ""
    _is_free = True
    """Nothing else is said."""

    def stand(self, sentence: str, *, at_once: bool) -> None:
        """Another sentence that stands there; `at_once`: what is said now gives way to it where none stood before."""
        before, self._standing = self._standing, sentence
        if sentence != before and (self._is_free or (at_once and not before)):
            self.clear_word()

    def clear_word(self) -> None:
        """Nothing else is said any more."""
        self.show((f" {self._standing}" if self._standing else "", CAUTION))
        self._is_free = True

    def show(self, *left: str | Piece, right: str = "") -> None:
        """Show other texts."""
        self.cut, self._is_free = "", False
        super().show(*left, right=right)

    def tell(self, sentence: str, look: Style) -> None:
        """Show a sentence."""
        text, room = f" {sentence}", self.app.size.width
        if cells(text) <= room:
            self.show((text, look))
        else:
            self.show((fitted(text, room - cells(_WAY_TO_THE_REST)) + _WAY_TO_THE_REST, look))
            self.cut = sentence
