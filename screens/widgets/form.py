"""A form: one record, a line a field, drawn over the form engine."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from rich.cells import cell_len
from textual.geometry import Offset

from screens.entry.choices import Choice, numbered
from screens.entry.described import described
from screens.entry.fields import Alphabet, Field
from screens.entry.form_engine import FormEffect, FormEngine, Typed
from screens.terminal.plain import fitted, plain
from screens.terminal.theme import HERE, LABEL, STRONG, TEXT
from screens.widgets.pane import Pane, Piece, cells

_LABEL_WIDTH = 18
_BOX = 20
"""Cells of the field under the cursor that are marked where its text is shorter; every one of them is sent at a Tab."""
_MARGIN = 2
"""Fields in sight above and below the cursor."""


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
        self.engine = FormEngine(fields, values, self._fitting)
        self._follow_effect = follow
        self._top = 0
        self._hint_height = 1
        self._index = self.engine.index
        self._is_keyed_here = False
        """Whether a key was pressed in the field under the cursor, beside the one that led there."""

    def on_resize(self) -> None:
        """Make room for the longest hint, and keep the cursor in sight."""
        self._hint_height = max(len(self._hint_lines(numbered(field.choices))) for field in self.engine.fields)
        self._scroll()
        self.refresh()

    def pieces(self, y: int) -> Iterable[Piece]:
        """A field, or a line of the hint at the foot."""
        hint_line = y - (self.size.height - self._hint_height)
        if hint_line >= 0:
            return [(line, TEXT) for line in self._hint()[hint_line : hint_line + 1]]
        index = y + self._top
        if index < len(self.engine.fields) and y < self._room:
            return self._field(index)
        # Always the same words: a count would be sent at every Tab.
        is_more = self._top + self._room < len(self.engine.fields)
        return [("（下面还有，PgDn翻页）", LABEL)] if y == self._room and is_more else []

    def field_texts(self) -> tuple[str, ...]:
        """What the field under the cursor is."""
        return described(self.engine.field)

    def press(self, key: str) -> bool:
        """A key for the engine."""
        if key in ("pageup", "pagedown"):
            place = self._page_up() if key == "pageup" else self._page_down()
            return self._follow(self.engine.go_to(self.engine.fields[place].key), typed=False)
        if self.passes_over(key):
            self.engine.press(key)
            return True
        return self._follow(self.engine.press(key), typed=key in ("backspace", "delete", "ctrl+r"))

    def passes_over(self, key: str) -> bool:
        """An Enter behind a field that was left by itself, where nothing stands yet."""
        return self.engine.passes_over(key)

    def _page_down(self) -> int:
        """The last field of the next page that is asked for, beyond it only where it has none: none goes by unseen."""
        here, visited = self.engine.index, self.engine.visited
        behind = [place for place in visited if place > here]
        return max([here, *behind[:1], *(place for place in behind if place <= here + self._room)])

    def _page_up(self) -> int:
        """The first field of the page before that is asked for, beyond it only where it has none."""
        here, visited = self.engine.index, self.engine.visited
        before = [place for place in visited if place < here]
        return min([here, *before[-1:], *(place for place in before if place >= here - self._room)])

    def type(self, text: str) -> bool:
        """Typed characters for the engine."""
        return self._follow(self.engine.type(text), typed=True)

    def put(self, values: Mapping[str, str]) -> None:
        """Fill fields."""
        self.engine.put(values)
        self.refresh()

    def know(self, facts: Mapping[str, str]) -> None:
        """Show what follows from facts beside what is keyed."""
        self.engine.know(facts)
        self.refresh()

    def ask_for(self, fields: Sequence[Field]) -> None:
        """Take other fields in the place of these."""
        self.engine.ask_for(fields)
        self.refresh()

    def offer(self, key: str, choices: Sequence[Choice], newer: Sequence[Choice] = ()) -> None:
        """Offer what is on file for a text field; `newer` behind it."""
        self.engine.offer(key, choices, newer)
        self.refresh()

    def go_to(self, key: str) -> None:
        """Move the cursor to a field."""
        self._follow(self.engine.go_to(key), typed=False)

    def restore(self) -> str:
        """The field as it was."""
        if not self.engine.restore():
            return ""
        self._follow((), typed=True)
        return "这一栏恢复了原样，Ctrl+R取回刚才输入的；再按Esc返回。"

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
        self._is_keyed_here = self.engine.index == self._index
        self._index = self.engine.index
        self._scroll()
        # Derived fields may stand anywhere; the wire sends only what came out different.
        self.refresh()
        return True

    def _scroll(self) -> None:
        """Line by line, which the terminal does by itself; what comes next stays in sight."""
        index, margin = self.engine.index, min(_MARGIN, (self._room - 1) // 2)
        if index == self.engine.visited[0]:
            self._top = 0
        self._top = max(index + margin - self._room + 1, min(self._top, index - margin))
        self._top = max(0, min(self._top, len(self.engine.fields) - self._room))

    def _field(self, index: int) -> Iterable[Piece]:
        field = self.engine.fields[index]
        here = index == self.engine.index
        mark = "*" if field.required else " "
        yield fitted(f"{mark}{field.label}", _LABEL_WIDTH - 1) + " ", LABEL
        width = self._width(field)
        if field.derived is not None:
            yield fitted(self.engine.value(index), self.size.width - _LABEL_WIDTH), STRONG
        elif not here and not field.is_asked(self.engine.current()):
            yield "不用填", LABEL
        elif here:
            text, _ = self._visible_line()
            yield fitted(text, min(width, max(_BOX, cell_len(text) + 1))), HERE
        else:
            value = self.engine.value(index)
            shown = "*" * len(value) if field.is_secret else field.shown(value)
            yield fitted(shown or "_" * min(width, 8), width), TEXT

    def _width(self, field: Field) -> int:
        return min(field.width + 1, self.size.width - _LABEL_WIDTH)

    def _visible_line(self) -> tuple[str, int]:
        drawn = self.engine.drawn.masked if self.engine.field.is_secret else self.engine.drawn.mapped(plain)
        return drawn.visible(self._width(self.engine.field))

    def _hint(self) -> list[str]:
        """What may be chosen; or what else there is to know, as far as a line goes."""
        entries = numbered(self.engine.offered)
        if self.engine.found is not None:
            return [fitted(f"{entries[0]}  Enter取，Tab照写“{self.engine.line.text}”", self.size.width)]
        if self.engine.field.alphabet is Alphabet.SEVERAL:
            return [fitted("  ".join([*entries, "可选几项"]), self.size.width)]
        if self.engine.fits_nothing:
            return [fitted(f"没有相符的，Tab照写“{self.engine.line.text}”", self.size.width)]
        if not entries:
            return [fitted(self.engine.field.help.split("\n")[0], self.size.width)]
        return self._hint_lines(entries) if self._is_keyed_here else [self._short_hint(entries)[0]]

    def _short_hint(self, entries: Sequence[str]) -> tuple[str, int]:
        """A line for whoever passes by: the first entries, how to see the others, and how many it shows."""
        for count in range(len(entries), 0, -1):
            others = [f"F2另{len(entries) - count}项"] if count < len(entries) else []
            line = "  ".join([*entries[:count], *others])
            if cells(line) <= self.size.width:
                return fitted(line, self.size.width), count
        return fitted(entries[0], self.size.width), 1

    def _hint_lines(self, entries: Iterable[str]) -> list[str]:
        lines = [""]
        for entry in entries:
            longer = f"{lines[-1]}  {entry}" if lines[-1] else entry
            if cells(longer) <= self.size.width:
                lines[-1] = longer
            else:
                lines.append(entry)
        return [fitted(line, self.size.width) for line in lines]

    def _fitting(self, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """The first choices, as many as there is room for; a list that is always the same is known by heart."""
        if not choices:
            return ()
        if not self._is_keyed_here and choices != self.engine.field.choices:
            return choices[: self._short_hint(numbered(choices))[1]]
        while len(self._hint_lines(numbered(choices))) > self._hint_height:
            choices = choices[:-1]
        return choices
