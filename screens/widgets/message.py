"""The message line: what was said last, and the way to the rest of it where it is too long."""

from rich.style import Style

from screens.terminal.plain import fitted
from screens.widgets.pane import LinePane, Piece, cells

_WAY_TO_THE_REST = " F1看全文"


class MessageLine(LinePane):
    """One sentence; of a longer one the beginning."""

    cut = ""
    """The whole of what is only begun here; empty where all of it stands here."""

    def show(self, *left: str | Piece, right: str = "") -> None:
        """Show other texts."""
        self.cut = ""
        super().show(*left, right=right)

    def tell(self, sentence: str, look: Style) -> None:
        """Show a sentence."""
        text, room = f" {sentence}", self.app.size.width
        if cells(text) <= room:
            self.show((text, look))
        else:
            self.show((fitted(text, room - cells(_WAY_TO_THE_REST)) + _WAY_TO_THE_REST, look))
            self.cut = sentence
