"""The typing while one of a fixed list is chosen: the same in forms and sheets."""

from pxtui.identifiers.pinyin import begin_with
from pxtui.identifiers.text import canonical
from screens.entry.choices import Choice, narrowed, numbered, picked, readings
from screens.entry.fields import Alphabet, Field
from screens.entry.line import TextLine


class Narrowing:
    """What is typed in a fixed list and has chosen nothing yet."""

    def __init__(self) -> None:
        self.typed = ""
        self.rest: tuple[str, ...] = ()
        """What of the label or the initials of the choice just taken was not typed yet, the letters of each place."""

    def swallows(self, text: str) -> bool:
        """Whether text goes on with what was taken before it was all typed.

        Who keys `jzy` or 建筑业 means it as a whole, though `jz` or 建 took it: the rest is for no other field.
        """
        wanted = canonical(text).lower()
        goes_on = bool(wanted) and not wanted.isdigit() and begin_with(wanted, self.rest)
        self.rest = self.rest[len(wanted) :] if goes_on else ()
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
            self.rest = _rest(typed, found[0][1])
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

    def drawn(self, field: Field, line: TextLine) -> TextLine:
        """A field under the cursor: what narrows its list, the label of its code, or its text as it is."""
        if field.alphabet is Alphabet.SEVERAL:
            return TextLine.at_end(field.shown(line.text))
        if field.alphabet is not Alphabet.CHOICE:
            return line
        return TextLine.at_end(self.typed) if self.typed else TextLine(field.shown(line.text), 0)


def _rest(typed: str, label: str) -> tuple[str, ...]:
    """What is still to come of a label or its initials, of which a part is typed."""
    wanted = canonical(typed).lower()
    letters, name = readings(label), canonical(label).lower()
    return letters[len(wanted) :] if begin_with(wanted, letters) else tuple(name.partition(wanted)[2])
