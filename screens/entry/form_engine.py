"""The entry engine of forms: one record, its fields one under another. It knows no screen and no database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from screens.entry.effects import Refused, Row
from screens.entry.fields import Alphabet, Field
from screens.entry.line import Line


@dataclass(frozen=True, slots=True)
class Left:
    """A field was left with another value than it had."""

    key: str
    values: Row


@dataclass(frozen=True, slots=True)
class Finished:
    """The last field was left with Enter."""

    values: Row


@dataclass(frozen=True, slots=True)
class Typed:
    """The text of the field under edit changed."""

    field: Field
    text: str


FormEffect = Refused | Left | Finished | Typed


class FormEngine:
    """A record under edit."""

    def __init__(self, fields: Sequence[Field], values: Mapping[str, str]) -> None:
        self.fields = tuple(fields)
        self.values: Row = dict(values)
        self.visited = [index for index, field in enumerate(self.fields) if field.derived is None]
        self.index = self.visited[0]
        self.editing = False
        self.line = Line()
        self._show_field()

    @property
    def field(self) -> Field:
        """The field under the cursor."""
        return self.fields[self.index]

    def value(self, index: int) -> str:
        """The text of a field as it stands."""
        field = self.fields[index]
        if field.derived is not None:
            return field.derived(self.current())
        return self.line.text if index == self.index else self.values.get(field.key, "")

    def current(self) -> Row:
        """All values as they stand, the one under edit completed."""
        return {**self.values, self.field.key: self.field.completed(self.line.text)}

    def faults(self) -> list[tuple[Field, str]]:
        """Every field that cannot be left as it is, in their order."""
        values = self.current()
        found = ((field, field.fault(values.get(field.key, ""))) for field in self.fields if field.derived is None)
        return [(field, fault) for field, fault in found if fault]

    def put(self, values: Mapping[str, str]) -> None:
        """Fill fields from what is on file."""
        self.values.update(values)
        self._show_field()

    def go_to(self, key: str) -> list[FormEffect]:
        """Move the cursor to a field."""
        return self._move_to(next(index for index in self.visited if self.fields[index].key == key))

    def type(self, text: str) -> list[FormEffect]:
        """Typed characters; several at once where an input method commits them."""
        field = self.field
        if field.alphabet is Alphabet.CHOICE:
            code = field.chosen_by(text[:1])
            if code is None:
                return [Refused(f"{field.label}请按编号选择：{field.hint()}")]
            self.line = Line.at_end(code)
            return self._step(1)
        if field.choices and not self.editing and (known := field.chosen_by(text[:1])) is not None:
            # A text with suggestions: the first key may pick one, anything else is typed.
            self.line = Line.at_end(known)
            return self._step(1)
        taken = field.accepted(text)
        if not taken:
            return [Refused(f"{field.label}不收“{text}”。")]
        if self.editing and field.is_full(self.line.text):
            return [Refused(f"{field.label}已满{field.length}位，请先改正：{field.fault(self.line.text)}")]
        self.line = self.line.insert(taken) if self.editing else Line.at_end(taken)
        self.editing = True
        if field.is_full(self.line.text):
            fault = field.fault(self.line.text)
            return [Refused(fault)] if fault else self._step(1)
        return []

    def press(self, key: str) -> list[FormEffect]:
        """A key by its name; one that means nothing here has no effect."""
        keys: dict[str, Callable[[], list[FormEffect]]] = {
            "enter": self._enter,
            "tab": self._enter,
            "down": lambda: self._step(1),
            "up": lambda: self._step(-1),
            "shift+tab": lambda: self._step(-1),
            "left": lambda: self._across(-1),
            "right": lambda: self._across(1),
            "home": lambda: self._edit(Line(self.line.text, 0)),
            "end": lambda: self._edit(Line.at_end(self.line.text)),
            "f2": lambda: self._edit(Line.at_end(self.line.text)),
            "backspace": lambda: self._edit(self.line.backspace()),
            "delete": lambda: self._edit(self.line.delete() if self.editing else Line()),
            "ctrl+home": lambda: self._move_to(self.visited[0]),
            "ctrl+end": lambda: self._move_to(self.visited[-1]),
        }
        return keys[key]() if key in keys else []

    def _enter(self) -> list[FormEffect]:
        text = self.field.completed(self.line.text)
        fault = self.field.fault(text) if text else ""
        if fault:
            return [Refused(fault)]
        if self.index == self.visited[-1]:
            return [*self._leave(), Finished(self.current())]
        return self._step(1)

    def _across(self, step: int) -> list[FormEffect]:
        if self.field.alphabet is Alphabet.CHOICE:
            self.line = Line.at_end(self.field.stepped(self.line.text, step))
            return []
        return self._edit(self.line.move(step))

    def _edit(self, line: Line) -> list[FormEffect]:
        if self.field.alphabet is Alphabet.CHOICE:
            line = Line.at_end(line.text if line.text in dict(self.field.choices) else "")
        self.line = line
        self.editing = True
        return []

    def _step(self, step: int) -> list[FormEffect]:
        place = self.visited.index(self.index) + step
        return self._move_to(self.visited[max(0, min(len(self.visited) - 1, place))])

    def _move_to(self, index: int) -> list[FormEffect]:
        effects = self._leave()
        self.index = index
        self._show_field()
        return effects

    def _leave(self) -> list[FormEffect]:
        now = self.field.completed(self.line.text)
        before = self.values.get(self.field.key, "")
        self.values[self.field.key] = now
        self._show_field()
        if now == before:
            return []
        effects: list[FormEffect] = [Left(self.field.key, dict(self.values))]
        fault = self.field.fault(now) if now else ""
        return [*effects, Refused(fault)] if fault else effects

    def _show_field(self) -> None:
        self.line = Line.at_end(self.values.get(self.field.key, ""))
        self.editing = False
