"""What the screens with a form share: its draft, its keys, and that nothing complete is left unstored."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import versions
from pxtui.casework.office.versions import Loaded
from screens.entry.effects import InputRefused, Row
from screens.entry.fields import Field
from screens.entry.form_engine import Finished, FormEffect, Left, Picked, Typed
from screens.frame.case import CaseScreen
from screens.frame.command import CommandId
from screens.frame.prompt import reason_fault
from screens.frame.screen import Handlers
from screens.frame.shut import Instead, why_role_looks_only, why_shut
from screens.frame.storing import Storing
from screens.widgets.form import Form
from screens.widgets.pane import Pane

_LOOKING_KEYS = ("up", "down", "tab", "shift+tab", "enter", "pageup", "pagedown", "ctrl+home", "ctrl+end")
"""What a form is gone through with; every other key changes something in some field."""


_CHANGING: tuple[CommandId, ...] = ("edit", "handed_in", "clear", "known")


class FormScreen(CaseScreen):
    """A screen about one case whose work is a form."""

    handed_in_sentence = ""
    what = ""
    """What the form is, in Chinese."""
    open_at: frozenset[Stage] = frozenset()
    """Where a case stands when it may be changed."""
    instead = Instead()

    def __init__(self, number: str, draft: Row | None = None) -> None:
        super().__init__(number)
        self._draft = draft
        self._form: Form | None = None
        self._is_void = False
        """What an earlier session left unstored can be stored no more."""
        self.changed = False
        """Whether something is keyed and not stored."""
        self._shut = ""
        """Why the form is only to be looked at; empty: it is not."""
        self._storing = Storing(
            self,
            lambda filed: self.as_row(filed),
            lambda: self.form.engine.fields,
            lambda: self.form.engine.current(),
            lambda row: self.fill(row),
            lambda filed: self.filled(filed),
        )

    def handlers(self) -> Handlers:
        """The form is keyed, stored and left for the next step."""
        return {
            **super().handlers(),
            "edit": self.do_edit,
            "handed_in": self.do_handed_in,
            "clear": self.do_clear,
            "check": self.do_check,
            "next": self.do_next,
            "papers": self.do_papers,
            "menu": self.do_menu,
        }

    def head_shown(self, case: CaseSummary) -> None:
        """What is handed in or decided is only looked at, and says so before anything is keyed."""
        shut = why_shut(case, self.today, self.what, self.open_at, self.instead)
        self._shut = shut or why_role_looks_only(self.counter.standing)
        self.show_keys()
        if not self._shut:
            return
        self.show_title(self._shut)
        if self.changed:
            # What was left unstored may hide what was handed in since.
            self._draft, self.changed, self._is_void = {}, False, True
            self.say("上次没有存下的内容已不能存，按Esc离开后不再保留。")
            self.load()

    def labels(self) -> Mapping[CommandId, str]:
        """What only changes the form is not offered where it is only looked at."""
        return dict.fromkeys(_CHANGING, "") if self._shut else {}

    def may_change(self) -> bool:
        """Whether the form may be changed now; says why where it may not."""
        if self._shut:
            self.warn(self._shut)
        return not self._shut

    def before_key(self, key: str, character: str) -> bool:
        """Nothing is keyed into what is only to be looked at."""
        return bool(self._shut) and key not in _LOOKING_KEYS and not self.may_change()

    def make_form(self, kept: Row) -> Form:
        """The form, with what was kept of an earlier session."""
        raise NotImplementedError

    def handed_in(self) -> Row:
        """The fields of the materials, all ticked off."""
        raise NotImplementedError

    def put(self, then: Callable[[str | None], None]) -> None:
        """Let casework store what is keyed; `then` hears the number of a case that is new."""
        raise NotImplementedError

    def as_row(self, filed: Any) -> Row:
        """What is filed, as the form shows it."""
        raise NotImplementedError

    def load_filed(self, read: Callable[..., Any]) -> None:
        """Fill the form from `read(context, number)` of casework, unless something is kept of an earlier session."""
        self.read(versions.load, read, self.number, then=self._begin_with, hold=True)

    def _begin_with(self, loaded: Loaded[Any]) -> None:
        self._storing.begin(loaded)
        if self.is_resumed and (kept := self.counter.kept_draft(self.name_in_keymap, self.number)) is not None:
            if self._storing.resume(kept):
                self.say("您上次填的还没有存，这以后同事改过；存下时逐栏对照。")
        elif not self.is_resumed:
            self.form.put(self.as_row(loaded.value))
        self.filled(loaded.value)

    def filled(self, filed: Any) -> None:
        """The form was filled from this, or has what is kept in its place."""

    def put_over(self, make: Callable[[], Callable[..., Any]], then: Callable[[str | None], None]) -> None:
        """Store over what the form was filled from.

        Args:
            make: the act, called with the context, of what stands in the form.
            then: as in `put`.
        """

        def again() -> None:
            if self.require_faultless():
                self.put_over(make, then)

        self._storing.write(make(), then, again)

    def first_fault(self, _field: Field, sentence: str) -> str:
        """The sentence for the first fault."""
        return sentence

    def follow(self, effect: FormEffect) -> None:
        """What the engine asks for."""
        if isinstance(effect, InputRefused):
            self.refuse(effect)
        elif isinstance(effect, Finished):
            self.do_next()
        else:
            self.changed = True
            if isinstance(effect, Left):
                self.keep_draft()
            elif isinstance(effect, Typed):
                self.keep_draft_soon()
            self.keyed(effect)

    def keyed(self, effect: Left | Typed | Picked) -> None:
        """Something was keyed or picked: what depends on it follows."""

    def can_be_stored(self) -> bool:
        """Whether Esc stores rather than keeps a draft."""
        return not self.form.engine.faults() and not self._needs_day_reason()

    def received_before(self) -> date | None:
        """The day of receipt as it is stored; None: nothing is."""
        raise NotImplementedError

    def with_day_reason(self, then: Callable[[str], None]) -> None:
        """Go on with the reason for a day of receipt before today, which is asked for; with none for any other."""
        if self._needs_day_reason():
            self.ask("收件日期早于今天，补登理由：", then, check=reason_fault)
        else:
            then("")

    def _needs_day_reason(self) -> bool:
        day = date.fromisoformat(self.form.engine.current()["received_on"])
        return day < self.today and day != self.received_before()

    @property
    def pane(self) -> Pane:
        """The form."""
        return self.form

    @property
    def form(self) -> Form:
        """The form, made when the day is known."""
        if self._form is None:
            self._draft = self._draft or self.kept_values()
            self.changed = self._draft is not None
            self._form = self.make_form(self._draft or {})
        return self._form

    @property
    def is_resumed(self) -> bool:
        """Whether an earlier session left something unfinished."""
        return bool(self._draft)

    def draft(self) -> dict[str, Any] | None:
        """What is keyed and not stored."""
        if not self.changed:
            return None
        values = self.form.engine.current()
        about = {"screen": self.name_in_keymap, "number": self.number or None}
        return {**about, "values": values, **self._storing.as_draft()}

    def store(self, then: Callable[[str], None]) -> None:
        """Store what is keyed and go on with the case's number; where something is wrong, go there and say what."""
        if self._shut:
            then(self.number)
            return
        if not self.require_faultless():
            return
        if self.number and not self.changed:
            then(self.number)
            return

        def stored(number: str | None) -> None:
            self.changed = False
            self.forget_draft()
            then(number or self.number)

        self.put(stored)

    def require_faultless(self) -> bool:
        """Whether nothing in the form is wrong; else the cursor goes there, and it is said."""
        if faults := self.form.engine.faults():
            field, sentence = faults[0]
            self.form.go_to(field.key)
            sentence = self.first_fault(field, sentence)
            self.warn(sentence if len(faults) == 1 else f"{sentence}（还有{len(faults) - 1}处）")
        return not faults

    def fill(self, values: Mapping[str, str]) -> None:
        """Put values into the form as if they had been keyed."""
        self.changed = True
        self.form.put(values)

    def do_edit(self) -> None:
        """F2."""
        if self.may_change():
            self.form.press("f2")

    def do_clear(self) -> None:
        """Ctrl+Y: begin anew; what is filed stays. Nothing brings the rest back, and so it is asked once more."""
        if not self.may_change():
            return
        self.confirm("放弃这一屏没有存下的内容", self._begin_anew)

    def _begin_anew(self) -> None:
        self.forget_draft()
        # After the draft is gone, because the form looks for one when it opens.
        self.counter.after_writes(lambda: self.counter.go_on_to(self.name_in_keymap, self.number))

    def kept_values(self) -> dict[str, str] | None:
        """The values of a form that was left unfinished."""
        draft = self.counter.kept_draft(self.name_in_keymap, self.number)
        return draft["values"] if draft is not None else None

    def do_check(self) -> None:
        """F5."""
        raise NotImplementedError

    def do_next(self) -> None:
        """Ctrl+N."""
        raise NotImplementedError

    def do_handed_in(self) -> None:
        """F11: all of it was handed in; what is not is changed by itself."""
        if not self.may_change():
            return
        self.fill({**self.form.engine.current(), **self.handed_in()})
        self.keep_draft()
        self.say(self.handed_in_sentence)

    def leave(self) -> None:
        """Esc: what is complete is stored, what is not is kept as a draft; what may not be changed is just left."""
        if self._is_void:
            self.forget_draft()
        if self.changed and self.can_be_stored() and not self.counter.away.is_away:
            self.store(lambda _: super(FormScreen, self).leave())
            return
        if self.changed:
            self.keep_draft()
            why = "台账连不上，没有存下" if self.counter.away.is_away else "还没有填完"
            self.counter.say_next(f"{why}，已留作草稿；再打开时接着填。")
        super().leave()
