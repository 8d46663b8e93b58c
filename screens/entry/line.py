"""One line of text under the caret: pure values, measured in terminal cells."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rich.cells import cell_len


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text and the caret before its `caret`-th character."""

    text: str = ""
    caret: int = 0

    @classmethod
    def at_end(cls, text: str) -> "TextLine":
        """A text with the caret behind it."""
        return cls(text, len(text))

    def insert(self, text: str) -> "TextLine":
        """The line after typing."""
        return TextLine(self.text[: self.caret] + text + self.text[self.caret :], self.caret + len(text))

    def backspace(self) -> "TextLine":
        """Without the character before the caret."""
        if self.caret == 0:
            return self
        return TextLine(self.text[: self.caret - 1] + self.text[self.caret :], self.caret - 1)

    def delete(self) -> "TextLine":
        """Without the character behind the caret."""
        return replace(self, text=self.text[: self.caret] + self.text[self.caret + 1 :])

    def move(self, steps: int) -> "TextLine":
        """The caret moved, within the text."""
        return replace(self, caret=max(0, min(len(self.text), self.caret + steps)))

    def mapped(self, show: Callable[[str], str]) -> "TextLine":
        """The line as `show` writes its text, the caret at the same place: it may write some characters wider."""
        before = show(self.text[: self.caret])
        return TextLine(before + show(self.text[self.caret :]), len(before))

    @property
    def masked(self) -> "TextLine":
        """The line as a password is drawn."""
        return self.mapped(lambda text: "*" * len(text))

    def visible(self, width: int) -> tuple[str, int]:
        """The part that fits into `width` cells around the caret, and the caret's cell in it.

        One cell stays free for the caret behind the text.
        """
        width = max(1, width)
        start = 0
        while start < self.caret and cell_len(self.text[start : self.caret]) > width - 1:
            start += 1
        end = len(self.text)
        while end > start and cell_len(self.text[start:end]) > width:
            end -= 1
        return self.text[start:end], cell_len(self.text[start : self.caret])
