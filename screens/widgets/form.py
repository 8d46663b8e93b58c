"""A form: one record, a line a field, drawn over the form engine."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from rich.cells import cell_len
from textual.geometry import Offset

from screens.entry.fields import Alphabet, Field
from screens.entry.form_engine import FormEffect, FormEngine, Typed
from screens.entry.line import Line
from screens.plain import fitted, plain
from screens.theme import HERE, LABEL, STRONG, TEXT
from screens.widgets.pane import Pane, Piece

_LABEL_WIDTH = 18


class Form(Pane):
    """A record under edit; the line of its hint shows the choices of the field."""

    def __init__(
        self,
        fields: Sequence[Field],
        values: Mapping[str, str],
        follow: Callable[[FormEffect], None],
        *,
        id: str | None = None,  # noqa: A002 - Textual's name for it
    ) -> None:
        """`follow` does what the engine asks for, at once and in order."""
        super().__init__(id=id)
        self.engine = FormEngine(fields, values)
        self._follow_effect = follow
        self._top = 0
        self._hint_height = 1

    def on_resize(self) -> None:
        """Make room for the longest hint, and keep the cursor in sight."""
        self._hint_height = max(len(self._hint(field)) for field in self.engine.fields)
        self._scroll()
        self.refresh()

    def pieces(self, y: int) -> Iterable[Piece]:
        """A field, or a line of the hint at the foot."""
        hint_line = y - (self.size.height - self._hint_height)
        if hint_line >= 0:
            return [(line, LABEL) for line in self._hint(self.engine.field)[hint_line : hint_line + 1]]
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
        return max(1, self.size.height - self._hint_height - 1)

    def _follow(self, effects: Iterable[FormEffect], *, typed: bool) -> bool:
        for effect in effects:
            self._follow_effect(effect)
        if typed:
            self._follow_effect(Typed(self.engine.field, self.engine.line.text))
        self._scroll()
        # Derived fields may stand anywhere; the wire sends only what came out different.
        self.refresh()
        return True

    def _scroll(self) -> None:
        """Half a page at a time: line by line, every Tab would send the whole form again."""
        index, half = self.engine.index, self._room // 2
        if not self._top <= index < self._top + self._room:
            self._top = index - half
        if index == self.engine.visited[0]:
            self._top = 0
        self._top = max(0, min(self._top, len(self.engine.fields) - self._room))

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
        return line.mapped(plain).visible(self._width(field))

    def _hint(self, field: Field) -> list[str]:
        """The choices, none of them cut; or what else there is to know, as far as a line goes."""
        if not field.choices:
            return [fitted(field.help.split("\n")[0], self.size.width)]
        lines = [""]
        for entry in field.hint().split("  "):
            longer = f"{lines[-1]}  {entry}" if lines[-1] else entry
            if cell_len(longer) <= self.size.width:
                lines[-1] = longer
            else:
                lines.append(entry)
        return lines
