"""The typing while one of a fixed list is chosen: the same in forms and sheets."""

from collections.abc import Iterator

from pxtui.identifiers.pinyin import begin_with
from pxtui.identifiers.text import canonical
from screens.entry.choices import Choice, narrowed, numbered, picked, readings
from screens.entry.fields import Alphabet, Field
from screens.entry.line import TextLine


class Narrowing:
    """What is typed in a fixed list and has chosen nothing yet."""

    def __init__(self) -> None:
        self.typed = ""
        self.rest: tuple[tuple[str, ...], ...] = ()
        """What of the names or their initials of the choice just taken was not typed yet, the letters of each place."""

    def swallows(self, text: str) -> bool:
        """Whether text goes on with what was taken before it was all typed.

        Who keys `jzy` or 建筑业 means it as a whole, though `jz` or 建 took it: the rest is for no other field.
        """
        wanted = canonical(text).lower()
        is_word = bool(wanted) and not wanted.isdigit()
        self.rest = tuple(rest[len(wanted) :] for rest in self.rest if is_word and begin_with(wanted, rest))
        return bool(self.rest)

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
            code, label = found[0]
            names = (label, *(alias for known, alias in field.aliases if known == code))
            self.rest = tuple(rest for name in names for rest in _rests(typed, name))
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


def _rests(typed: str, name: str) -> Iterator[tuple[str, ...]]:
    """What is still to come of a name and of its initials, of which a part is typed."""
    # A domain has no initials: its letters would take those of the next field.
    wanted, whole, letters = canonical(typed).lower(), canonical(name).lower(), () if name.isascii() else readings(name)
    for start in range(len(whole)):
        if whole.startswith(wanted, start):
            yield tuple(whole[start + len(wanted) :])
    for start in range(len(letters)):
        if begin_with(wanted, letters[start:]):
            yield letters[start + len(wanted) :]
