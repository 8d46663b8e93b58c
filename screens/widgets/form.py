"""A form: one record, a line a field, drawn over the form engine."""

from collections.abc import Iterable, Mapping, Sequence

from textual.geometry import Offset
from textual.message import Message

from screens.entry.fields import Alphabet, Field
from screens.entry.form_engine import Finished, FormEffect, FormEngine, Left
from screens.entry.line import Line
from screens.plain import fitted, wrapped
from screens.theme import HERE, LABEL, STRONG, TEXT
from screens.widgets.pane import Pane, Piece

_LABEL_WIDTH = 18


class Form(Pane):
    """A record under edit; the line of its hint shows the choices of the field."""

    class Left(Message):
        """A field was left with another value."""

        def __init__(self, key: str, values: Mapping[str, str]) -> None:
            super().__init__()
            self.key = key
            self.values = values

    class Finished(Message):
        """The last field was left with Enter."""

    class Typed(Message):
        """The text of a field under edit changed."""

        def __init__(self, field: Field, text: str) -> None:
            super().__init__()
            self.field = field
            self.text = text

    class Refused(Message):
        """A key was not taken."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, fields: Sequence[Field], values: Mapping[str, str], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.engine = FormEngine(fields, values)
        self._top = 0

    def pieces(self, y: int) -> Iterable[Piece]:
        """A field, or the hint at the foot."""
        if y == self.size.height - 1:
            return [(fitted(self._hint(), self.size.width), LABEL)]
        index = y + self._top
        if index >= len(self.engine.fields) or y >= self._room:
            return []
        return self._field(index)

    def press(self, key: str) -> bool:
        """A key for the engine."""
        if key in ("pageup", "pagedown"):
            step = self._room if key == "pagedown" else -self._room
            index = max(0, min(len(self.engine.fields) - 1, self.engine.index + step))
            place = min(self.engine.visited, key=lambda visited: abs(visited - index))
            return self._follow(self.engine.go_to(self.engine.fields[place].key), typed=False)
        return self._follow(self.engine.press(key), typed=key in ("backspace", "delete"))

    def type(self, text: str) -> bool:
        """Typed characters for the engine."""
        return self._follow(self.engine.type(text), typed=True)

    def put(self, values: Mapping[str, str]) -> None:
        """Fill fields."""
        self.engine.put(values)
        self.refresh()

    def go_to(self, key: str) -> None:
        """Move the cursor to a field."""
        self._follow(self.engine.go_to(key), typed=False)

    def cursor(self) -> Offset | None:
        """Behind the caret's text."""
        _, caret = self._visible_line()
        return Offset(_LABEL_WIDTH + caret, self.engine.index - self._top)

    @property
    def _room(self) -> int:
        return max(1, self.size.height - 2)

    def _follow(self, effects: Iterable[FormEffect], *, typed: bool) -> bool:
        for effect in effects:
            if isinstance(effect, Left):
                self.post_message(self.Left(effect.key, effect.values))
            elif isinstance(effect, Finished):
                self.post_message(self.Finished())
            else:
                self.post_message(self.Refused(effect.sentence))
        if typed:
            self.post_message(self.Typed(self.engine.field, self.engine.line.text))
        self._scroll()
        # Derived fields may stand anywhere; the wire sends only what came out different.
        self.refresh()
        return True

    def _scroll(self) -> None:
        index = self.engine.index
        self._top = max(index - self._room + 1, min(self._top, index), 0)
        if index == self.engine.visited[0]:
            self._top = 0

    def _field(self, index: int) -> Iterable[Piece]:
        field = self.engine.fields[index]
        here = index == self.engine.index
        mark = "*" if field.required else " "
        yield fitted(f"{mark}{field.label}", _LABEL_WIDTH - 1) + " ", STRONG if here else LABEL
        width = self._width(field)
        if field.derived is not None:
            yield fitted(self.engine.value(index), self.size.width - _LABEL_WIDTH), STRONG
        elif here:
            text, _ = self._visible_line()
            yield fitted(text, width), HERE
        else:
            yield fitted(field.shown(self.engine.value(index)) or "_" * min(width, 8), width), TEXT

    def _width(self, field: Field) -> int:
        return min(field.width + 1, self.size.width - _LABEL_WIDTH)

    def _visible_line(self) -> tuple[str, int]:
        field, line = self.engine.field, self.engine.line
        if field.alphabet is Alphabet.CHOICE:
            line = Line(field.shown(line.text), 0)
        return line.visible(self._width(field))

    def _hint(self) -> str:
        field = self.engine.field
        if field.choices:
            return wrapped(field.hint(), self.size.width)[0]
        return field.help.split("\n")[0]
