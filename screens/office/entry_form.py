"""The form of the office's pages: something is added, changed or struck, and what was keyed stays until it is done."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from textual import events

from pxtui.casework.office.versions import Loaded
from screens.entry.effects import InputRefused, Row
from screens.entry.fields import Field, Values
from screens.entry.form_engine import Finished, FormEffect
from screens.frame.screen import Handlers, StepScreen
from screens.frame.storing import Storing
from screens.widgets.form import Form
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose

Answer = TypeVar("Answer")

_HINT_LINES = 3
"""Below the fields: the hint, the note that more follows, a blank."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form asks for and what becomes of it."""

    title: str
    fields: Sequence[Field]
    store: "Callable[[EntryForm, Row], None]"
    """Lets casework act on what was keyed, and says `done` on the form; a refusal leaves the form as it is."""
    values: Values = field(default_factory=dict)
    """What stands in the fields at first."""
    about: Sequence[Paragraph] = ()
    """What is to be known besides, below the form."""
    loaded: Loaded[Any] | None = None
    """From what `values` were taken, where they are what the register has; it is compared when the form is stored."""
    as_row: Callable[[Any], Values] = lambda _: {}
    """What was loaded, as the form shows it."""

    @classmethod
    def over(
        cls,
        title: str,
        fields: Sequence[Field],
        store: "Callable[[EntryForm, Row], None]",
        loaded: Loaded[Any],
        as_row: Callable[[Any], Values],
        about: Sequence[Paragraph] = (),
    ) -> "Entry":
        """A form that is filled with what the register has."""
        return cls(title, fields, store, as_row(loaded.value), about, loaded, as_row)


class EntryForm(StepScreen):
    """A form over a text. Enter in the last field stores; Esc goes back to the page that opened it."""

    name_in_keymap = "office_form"

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._entry = entry
        self._form = Form(entry.fields, entry.values, self._follow)
        self._form.styles.height = len(entry.fields) + _HINT_LINES
        self._prose = Prose()
        self._is_stored = False
        self._storing: Storing | None = None
        if entry.loaded is not None:
            engine = self._form.engine
            self._storing = Storing(self, entry.as_row, lambda: engine.fields, engine.current, self._form.put)
            self._storing.begin(entry.loaded)

    def handlers(self) -> Handlers:
        """F2 for the field, Ctrl+N to store from any of them."""
        return {**super().handlers(), "edit": self.do_edit, "next": self.do_next}

    @property
    def pane(self) -> Pane:
        """The form."""
        return self._form

    def body(self) -> Iterable[Pane]:
        """The form and what is to be known besides."""
        return (self._form, self._prose)

    def opened(self) -> None:
        """Say what is asked for."""
        self.show_title(self._entry.title, "末栏按Enter存下")
        self._prose.show(*self._entry.about)

    def write(
        self,
        function: Callable[..., Answer],
        *arguments: object,
        then: Callable[[Answer], None],
        failed: Callable[[], None] = lambda: None,
        hold: bool = False,
    ) -> None:
        """What the form was filled with is compared first; see `Storing`."""
        if self._storing is None:
            super().write(function, *arguments, then=then, failed=failed, hold=hold)
            return
        self._storing.write(lambda context: function(context, *arguments), then, self.do_next, failed)

    def tell(self, *paragraphs: Paragraph) -> None:
        """Show another text below the form, such as what a file holds."""
        self._prose.show(*paragraphs)

    def told(self, sentence: str, *paragraphs: Paragraph) -> None:
        """It is in the register, and what came of it is to be read first: Esc goes back without a question."""
        self._is_stored = True
        self._prose.show(*paragraphs)
        self.say(sentence)

    def done(self, sentence: str) -> None:
        """It is in the register: back to the page, which says so."""
        self.leave()
        self.counter.say_next(sentence)

    def _follow(self, effect: FormEffect) -> None:
        if isinstance(effect, InputRefused):
            self.refuse(effect)
        elif isinstance(effect, Finished):
            self.do_next()

    def do_next(self) -> None:
        """Store, once nothing in the form is wrong."""
        if faults := self._form.engine.faults():
            wrong, sentence = faults[0]
            self._form.go_to(wrong.key)
            self.warn(sentence)
            return
        self._entry.store(self, self._form.engine.current())

    def do_edit(self) -> None:
        """F2."""
        self._form.press("f2")

    def do_back(self) -> None:
        """Esc: what was keyed goes only after one more key."""
        if self._is_keyed() and not self._is_stored:
            self.confirm("放弃这一屏没有存下的内容", self.leave)
        else:
            self.leave()

    def take(self, event: events.Key | events.Paste) -> None:
        """The text scrolls, also while it is asked once more whether what it says shall be taken in."""
        if isinstance(event, events.Key) and event.key in ("pageup", "pagedown"):
            self._prose.press(event.key)
        else:
            super().take(event)

    def _is_keyed(self) -> bool:
        current = self._form.engine.current()
        return any(text != self._entry.values.get(key, "") for key, text in current.items())

    def help_texts(self) -> tuple[str, ...]:
        """How a form is filled."""
        return (
            "逐栏填写，带*的必填；末栏按Enter，或在任何一栏按Ctrl+N存下。没有存成的，写明原因，填的都还在。",
            "Esc先恢复正在输入的一栏，再按返回；有没存下的内容时再按Enter才放弃。PgDn、PgUp翻看下面的说明。",
        )
