"""The entry engine of forms: one record, its fields one under another. It knows no screen and no database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from screens.entry.choices import MOST_NUMBERED, Choice, narrowed, numbered, picked, toggled
from screens.entry.effects import InputRefused, Row
from screens.entry.fields import Alphabet, Field
from screens.entry.line import TextLine
from screens.entry.narrowing import Narrowing


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


@dataclass(frozen=True, slots=True)
class Picked:
    """One of those on file was picked that the screen had offered for a field."""

    key: str
    code: str


FormEffect = InputRefused | Left | Finished | Typed | Picked


class FormEngine:
    """A record under edit."""

    def __init__(
        self,
        fields: Sequence[Field],
        values: Mapping[str, str],
        fitting: Callable[[tuple[Choice, ...]], tuple[Choice, ...]] = tuple,
    ) -> None:
        """`fitting`: as many of the first choices as there is room to show. Nothing is picked unseen."""
        self.fields = tuple(fields)
        self._fitting = fitting
        self._offers: dict[str, tuple[Choice, ...]] = {}
        """By field: what is on file for it."""
        self._newer: dict[str, tuple[Choice, ...]] = {}
        self._narrowing = Narrowing()
        self._given_up = ("", "")
        """A field that was restored, and what had been typed in it."""
        self.values: Row = dict(values)
        self.index = next(index for index, field in enumerate(self.fields) if field.derived is None)
        self.editing = False
        self._went_on = False
        """The cursor went on by itself with the last key: an Enter now ends what was left, and passes over nothing."""
        self.line = TextLine()
        self._show_field()

    @property
    def visited(self) -> list[int]:
        """The places of the fields that the cursor comes to, as the answers stand; where it is, it may stay."""
        values = self.current()
        return [index for index, field in enumerate(self.fields) if index == self.index or field.is_asked(values)]

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
        found = ((field, field.fault_in(values)) for field in self.fields if field.is_asked(values))
        return [(field, fault) for field, fault in found if fault]

    def put(self, values: Mapping[str, str]) -> None:
        """Fill fields from what is on file."""
        self.values.update(values)
        self._show_field()

    def know(self, facts: Mapping[str, str]) -> None:
        """Facts beside what is keyed, for derived fields; the field under the cursor stays as it is."""
        self.values.update(facts)

    def ask_for(self, fields: Sequence[Field]) -> None:
        """Take other fields in the place of these, the one under the cursor among them; what is keyed stays."""
        here = self.field.key
        self.fields = tuple(fields)
        self.index = next(index for index, field in enumerate(self.fields) if field.key == here)

    def offer(self, key: str, choices: Sequence[Choice], newer: Sequence[Choice] = ()) -> None:
        """What is on file for a text field: its usual values, or what was found for the text as it stands.

        `newer` stands behind the others whatever is typed, so that it takes no digit from them.
        """
        self._offers[key], self._newer[key] = tuple(choices), tuple(newer)

    @property
    def offered(self) -> tuple[Choice, ...]:
        """What digits pick in the field under the cursor; of a fixed list even what stands behind the ninth."""
        field = self.field
        choices = self._offers.get(field.key, field.choices)
        if field.suggests:
            return self._fitting(choices)
        if field.alphabet is Alphabet.CHOICE:
            return self._narrowing.left(field)
        if field.alphabet is Alphabet.SEVERAL:
            return field.choices
        typed = self.line.text if self.editing else ""
        newer = narrowed(typed, self._newer.get(field.key, ()))
        return self._fitting((*narrowed(typed, choices, field.aliases), *newer)[:MOST_NUMBERED])

    @property
    def fits_nothing(self) -> bool:
        """Whether initials are typed where words are on file, and mean none of them."""
        field, text = self.field, self.line.text
        has_words = bool(self._offers.get(field.key, field.choices) or self._newer.get(field.key))
        is_initials = self.editing and text.isascii() and text.isalpha()
        return field.alphabet is Alphabet.TEXT and not field.suggests and has_words and is_initials and not self.offered

    @property
    def found(self) -> Choice | None:
        """The choice that Enter takes in the place of the text under edit, which is its initials or its beginning.

        Of what is looked up while it is keyed only codes and initials are meant: the answer to Chinese may be late.
        """
        field, text = self.field, self.line.text
        if field.alphabet is not Alphabet.TEXT or not (self.editing and text) or len(self.offered) != 1:
            return None
        (choice,) = self.offered
        begun = choice[1] != text and choice[1].startswith(text) and not field.suggests
        return choice if text.isascii() or begun else None

    @property
    def drawn(self) -> TextLine:
        """The field under the cursor as it is drawn."""
        return self._narrowing.drawn(self.field, self.line)

    def go_to(self, key: str) -> list[FormEffect]:
        """Move the cursor to a field."""
        return self._move_to(next(index for index in self.visited if self.fields[index].key == key))

    def type(self, text: str) -> list[FormEffect]:
        """Typed characters; several at once where an input method commits them."""
        if not self.editing and self._narrowing.swallows(text):
            return []
        before = self.index
        effects = self._type(text)
        self._went_on = self.index != before
        return effects

    def _type(self, text: str) -> list[FormEffect]:
        field = self.field
        if field.alphabet is Alphabet.CHOICE:
            return self._choose(text)
        if field.alphabet is Alphabet.SEVERAL:
            return self._toggle(text)
        if (code := picked(text, self.offered)) is not None:
            return self._take(code)
        taken = field.accepted(text)
        if not taken:
            return [InputRefused(f"{field.label}不收“{text}”。")]
        if self.editing and field.is_full(self.line.text):
            return [InputRefused(f"{field.label}已满{field.length}位：退格改正，或按Enter后从头重录。")]
        line = self.line.insert(taken) if self.editing else TextLine.at_end(taken)
        if self.editing and (overrun := field.overrun(self.line.text, line.text)):
            return [InputRefused(overrun)]
        self._edit(line)
        if field.is_full(self.line.text):
            fault = field.fault(self.line.text)
            return [InputRefused(fault)] if fault else self._step(1)
        return []

    def press(self, key: str) -> list[FormEffect]:
        """A key by its name; one that means nothing here has no effect."""
        keys: dict[str, Callable[[], list[FormEffect]]] = {
            "enter": lambda: self._take_found() or self._enter() or missing,
            "tab": self._enter,
            "down": lambda: self._step(1),
            "up": lambda: self._step(-1),
            "shift+tab": lambda: self._step(-1),
            "left": lambda: self._across(-1),
            "right": lambda: self._across(1),
            "home": lambda: self._edit(TextLine(self.line.text, 0)),
            "end": lambda: self._edit(TextLine.at_end(self.line.text)),
            "f2": lambda: self._edit(TextLine.at_end(self.line.text)),
            "backspace": self._backspace,
            "ctrl+r": self._take_given_up,
            "delete": self._delete,
            "ctrl+home": lambda: self._move_to(self.visited[0]),
            "ctrl+end": lambda: self._move_to(self.visited[-1]),
        }
        self._narrowing.rest = ()
        is_late, self._went_on = self._is_late(key), False
        if is_late:
            return self._late_enter()
        is_missing = self.field.required and not self.line.text
        missing: list[FormEffect] = [InputRefused(f"{self.field.label}还空着，存下之前须填。")] if is_missing else []
        return keys[key]() if key in keys else []

    def passes_over(self, key: str) -> bool:
        """Whether a key is an Enter that ended what the cursor has left by itself, and nothing stands here to keep."""
        return self._is_late(key) and not self.line.text

    def _is_late(self, key: str) -> bool:
        return key == "enter" and self._went_on and self.index != self.visited[-1]

    def _late_enter(self) -> list[FormEffect]:
        """Who ends every field with Enter is told of it only where she may have meant to keep what stands here."""
        if not self.line.text:
            return []
        return [InputRefused(f"已自动到{self.field.label}，这个Enter没有算；保留这一栏请按Tab。", rings=False)]

    def restore(self) -> bool:
        """Put the field back as it was when the cursor came to it; False where nothing was typed in it."""
        if self._narrowing.typed:
            self._narrowing.typed = ""
            return True
        typed = self.line.text
        if typed == self.values.get(self.field.key, ""):
            return False
        if self.field.suggests:
            self._offers.pop(self.field.key, None)
        self._show_field()
        self._given_up = (self.field.key, typed)
        return True

    def _take_given_up(self) -> list[FormEffect]:
        """Bring back what was typed in this field before it was restored."""
        key, typed = self._given_up
        if key != self.field.key:
            return [InputRefused("这一栏没有可取回的内容。")]
        return self._edit(TextLine.at_end(typed))

    def _choose(self, text: str) -> list[FormEffect]:
        """Something typed in a fixed list: its only match is taken at once."""
        found = self._narrowing.type(self.field, text)
        if not found:
            return [InputRefused(self._narrowing.refusal(self.field))]
        return self._take(found[0][0]) if len(found) == 1 else []

    def _toggle(self, text: str) -> list[FormEffect]:
        """Digits typed where several may be chosen: each takes its choice, or gives it back."""
        chosen = self.line.text
        for character in text:
            if (code := picked(character, self.field.choices)) is None:
                return [
                    InputRefused(f"{self.field.label}可选几项，请按编号：{'  '.join(numbered(self.field.choices))}")
                ]
            chosen = toggled(chosen, code, self.field.choices)
        return self._edit(TextLine.at_end(chosen))

    def _take(self, code: str) -> list[FormEffect]:
        if self.field.suggests:
            return [Picked(self.field.key, code)]
        self.line = TextLine.at_end(code)
        return self._step(1)

    def _take_found(self) -> list[FormEffect]:
        """Enter where initials, a number or a beginning stand in a text: they mean something on file."""
        field, text = self.field, self.line.text
        if self.found is not None:
            return self._take(self.found[0])
        if field.alphabet is not Alphabet.TEXT or not (self.editing and text and text.isascii()) or not self.offered:
            return []
        return [InputRefused(f"{field.label}“{text}”不止一个，请按编号取，或接着输。")]

    def _enter(self) -> list[FormEffect]:
        if self._narrowing.typed:
            return [InputRefused(self._narrowing.refusal(self.field))]
        text = self.field.completed(self.line.text)
        fault = self.field.fault_in(self.current()) if text else ""
        if fault:
            # Who was told so keys it once more from its beginning, or corrects it with an editing key.
            self.line, self.editing = TextLine.at_end(self.line.text), False
            return [InputRefused(fault)]
        if self.index == self.visited[-1]:
            return [*self._leave(), Finished(self.current())]
        return self._step(1)

    def _across(self, step: int) -> list[FormEffect]:
        if self.field.alphabet is Alphabet.CHOICE:
            self._narrowing.typed = ""
            self.line = TextLine.at_end(self.field.stepped(self.line.text, step))
            return []
        return self._edit(self.line.move(step))

    def _backspace(self) -> list[FormEffect]:
        if self._narrowing.typed:
            self._narrowing.backspace()
            return []
        if self.field.alphabet is Alphabet.SEVERAL:
            return self._edit(TextLine.at_end(" ".join(self.line.text.split()[:-1])))
        return self._edit(self.line.backspace())

    def _delete(self) -> list[FormEffect]:
        is_part = self.editing and self.field.alphabet is not Alphabet.SEVERAL
        return self._edit(self.line.delete() if is_part else TextLine())

    def _edit(self, line: TextLine) -> list[FormEffect]:
        if self.field.alphabet is Alphabet.CHOICE:
            line = TextLine.at_end(line.text if line.text in dict(self.field.choices) else "")
        if self.field.suggests and line.text != self.line.text:
            # What was found was found for another text.
            self._offers.pop(self.field.key, None)
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
        if self.field.suggests:
            self._offers.pop(self.field.key, None)
        self._show_field()
        if now == before:
            return []
        effects: list[FormEffect] = [Left(self.field.key, dict(self.values))]
        fault = self.field.fault_in(self.values) if now else ""
        return [*effects, InputRefused(fault)] if fault else effects

    def _show_field(self) -> None:
        self.line = TextLine.at_end(self.values.get(self.field.key, ""))
        self.editing = False
        self._narrowing.typed = ""
