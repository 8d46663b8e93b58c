"""The typing while one of a fixed list is chosen: the same in forms and sheets."""

from screens.entry.choices import Choice, initials, narrowed, numbered, picked
from screens.entry.fields import Alphabet, Field
from screens.entry.line import Line


class Narrowing:
    """What is typed in a fixed list and has chosen nothing yet."""

    def __init__(self) -> None:
        self.typed = ""
        self.rest = ""
        """What of the initials of the choice just taken was not typed yet."""

    def swallows(self, text: str) -> bool:
        """Whether text goes on with the initials of what was taken before they were all typed.

        Who keys `jzy` means 建筑业 by it, though `jz` took it: the last letter is for no other field.
        """
        goes_on = text.isalpha() and self.rest.startswith(text.lower())
        self.rest = self.rest[len(text) :] if goes_on else ""
        return goes_on

    def left(self, field: Field) -> tuple[Choice, ...]:
        """What digits pick: what is left of the list."""
        return narrowed(self.typed, field.choices, field.aliases)

    def type(self, field: Field, text: str) -> tuple[Choice, ...]:
        """What text leaves of the list: a single one is taken by it; where nothing is left, it was not typed."""
        left = self.left(field)
        if (code := picked(text[:1], left)) is not None:
            self.typed = ""
            return tuple(choice for choice in left if choice[0] == code)
        typed = self.typed + text
        found = narrowed(typed, field.choices, field.aliases)
        if len(found) == 1:
            letters = initials(found[0][1])
            self.rest = letters.removeprefix(typed.lower()) if letters.startswith(typed.lower()) else ""
            self.typed = ""
        elif found:
            self.typed = typed
        return found

    def backspace(self) -> None:
        """Without the last letter typed."""
        self.typed = self.typed[:-1]

    def refusal(self, field: Field) -> str:
        """Says how to choose from what is left."""
        return f"{field.label}请按编号选择：{'  '.join(numbered(self.left(field)))}"

    def drawn(self, field: Field, line: Line) -> Line:
        """A field under the cursor: what narrows its list, the label of its code, or its text as it is."""
        if field.alphabet is not Alphabet.CHOICE:
            return line
        return Line.at_end(self.typed) if self.typed else Line(field.shown(line.text), 0)
