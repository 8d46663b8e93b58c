"""What the screens with a sheet share: its keys, the unfinished row, and how the keying goes."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from textual import events

from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, OPENING_ENTRY
from pxtui.casework.people import reveals
from pxtui.casework.roster import keying_pace
from pxtui.casework.roster.keying_pace import Tally
from screens.entry.effects import Effect, FieldLeft, InputRefused, Row, RowInserted, RowRemoved, RowStored
from screens.entry.rows import Unfinished
from screens.frame.case import CaseScreen
from screens.frame.command import CommandId
from screens.frame.screen import Handlers
from screens.frame.shut import CHANGE_OF_PEOPLE, why_role_looks_only, why_shut
from screens.widgets.pane import Pane
from screens.widgets.sheet import SheetPane

_CORRECTING_KEYS = ("backspace", "delete", "f7", "f8")
_CHANGING_KEYS = ("backspace", "delete", "enter", "tab", "insert")
_CHANGING: tuple[CommandId, ...] = ("ditto", "import", "remove", "undo", "complete", "every")
_LONGEST_PAUSE = 30.0
"""Seconds; who is silent longer was not keying."""


class SheetScreen(CaseScreen):
    """A screen about one case whose work is a sheet."""

    what = ""
    """What the sheet holds, in Chinese."""
    grows = True
    """Whether rows can be added."""
    open_at = OPENING_ENTRY | CLAIM_ENTRY
    """Where a case stands when it may be changed."""
    instead = CHANGE_OF_PEOPLE
    """Where it is shut; most sheets are about people."""

    def __init__(self, number: str, draft: dict[str, Any] | None = None) -> None:
        super().__init__(number)
        self._draft = draft
        self._sheet: SheetPane | None = None
        self._tally = Tally()
        self._last_key: float | None = None
        self._is_draft_due = False
        self._in_hand: Unfinished | None = None
        """As it stood after the last key."""
        self._shut = ""
        """Why the sheet is only to be looked at; empty: it is not."""
        self._title = ("", "")

    def handlers(self) -> Handlers:
        """Rows are corrected and changes undone."""
        return {
            **super().handlers(),
            "edit": self.do_edit,
            "undo": self.do_undo,
            "redo": partial(self.change, "ctrl+r"),
            "menu": self.do_menu,
        }

    def entry_handlers(self) -> Handlers:
        """What is added where new facts are keyed; rows come in and go only where the sheet grows."""
        handlers: Handlers = {
            "ditto": partial(self.change, "f4"),
            "fill": partial(self.change, "ctrl+w"),
            "check": self.do_check,
            "next": self.do_next,
            "papers": self.do_papers,
        }
        if self.grows:
            handlers |= {"insert": partial(self.change, "insert"), "remove": self.do_remove}
        return handlers

    def head_shown(self, case: CaseSummary) -> None:
        """What is handed in or decided is only looked at."""
        shut = why_shut(case, self.today, self.what, self.open_at, self.instead)
        self._shut = shut or why_role_looks_only(self.counter.standing)
        self.show_keys()
        if self._shut:
            self.show_title(*self._title)
            self.say(self._shut)

    def show_title(self, left: str, right: str = "") -> None:
        """The line above the sheet says so as long as it is only to be looked at."""
        self._title = (left, right)
        how = "，Ctrl+C看全号" if "reveal" in self.handlers() else ""
        super().show_title(f"{left} 只能查看{how}" if self._shut else left, right)

    def only_look(self) -> None:
        """Take no key: what stands there is masked, and must not be stored in the place of what it hides."""
        self._shut = self._shut or f"{self.what}现在只能查看，不能改动，请按Esc返回后再打开。"
        self.show_keys()

    def labels(self) -> Mapping[CommandId, str]:
        """What only changes the sheet is not offered where it is only looked at."""
        return dict.fromkeys(_CHANGING, "") if self.looks_only else {}

    @property
    def looks_only(self) -> bool:
        """Whether no key changes anything now."""
        return self.is_shut

    @property
    def is_shut(self) -> bool:
        """Whether it is only to be looked at."""
        return bool(self._shut)

    @property
    def pane(self) -> Pane:
        """The sheet."""
        return self.sheet

    @property
    def sheet(self) -> SheetPane:
        """The sheet, made when the day is known."""
        if self._sheet is None:
            self._sheet = self.make_sheet()
        return self._sheet

    def make_sheet(self) -> SheetPane:
        """The sheet with its columns."""
        raise NotImplementedError

    def draft(self) -> dict[str, Any] | None:
        """The row in hand, and what is finished and not stored yet."""
        in_hand = self.sheet.engine.draft()
        parts = {**({} if in_hand is None else {"in_hand": asdict(in_hand)}), **self.unstored()}
        return {"screen": self.name_in_keymap, "number": self.number, **parts} if parts else None

    def keep_draft(self) -> None:
        """Keep what is typed and not stored: once for a key, however much it changed."""
        if not self._is_draft_due:
            self._is_draft_due = True
            self.counter.call_next(self._keep_due_draft)

    def _keep_what_is_typed(self) -> None:
        """After every key: even what stands in the cell under the cursor outlives the program."""
        before, self._in_hand = self._in_hand, self.sheet.engine.draft()
        is_on_its_way = self._in_hand is None and self.unstored()
        if self._in_hand != before and not is_on_its_way:
            self.keep_draft_soon()

    def keep_draft_now(self) -> None:
        """Keep it before anything else happens."""
        self._is_draft_due = False
        super().keep_draft()

    def _keep_due_draft(self) -> None:
        if self._is_draft_due:
            self.keep_draft_now()

    def unstored(self) -> dict[str, Any]:
        """What is finished and on its way into the register, for the draft; empty where nothing is."""
        return {}

    def take_kept(self) -> dict[str, Any]:
        """What an earlier session left, once; empty where it left nothing."""
        if self._draft is None:
            self._draft = self.counter.kept_draft(self.name_in_keymap, self.number) or {}
        kept, self._draft = self._draft, {}
        return kept

    def resume_draft(self, kept: Mapping[str, Any]) -> None:
        """Go on with the row that an earlier session left unfinished."""
        if "in_hand" in kept:
            self.sheet.resume(Unfinished(**kept["in_hand"]))
            self.say("已恢复上次没有存下的一行。")

    def tell_refused(self, sentence: str) -> None:
        """The register did not take what was finished: say so where the clerk is now."""
        if self.is_attached:
            self.warn(sentence)
        else:
            self.counter.say_next(sentence)

    def tell_away(self) -> None:
        """The database is away: what was finished is in the draft, and is stored by itself when it is back."""
        self.keep_draft()
        self.counter.away.wait_with(self)

    def again(self) -> None:
        """The database is back: let it have what is finished."""
        raise NotImplementedError

    @property
    def rows_waiting(self) -> int:
        """How many finished rows wait for the register."""
        return len(next(iter(self.unstored().values()), ()))

    def may_change(self) -> bool:
        """Whether the sheet may be changed now; says why where it may not."""
        if self._shut:
            self.warn(self._shut)
        return not self._shut

    def before_key(self, key: str, character: str) -> bool:
        """Nothing is keyed into what is only to be looked at. Enter in an empty row asks what comes next."""
        if bool(character or key in _CHANGING_KEYS) and not self.may_change():
            return True
        engine = self.sheet.engine
        is_meant = key == "enter" and not engine.passes_over(key)
        if is_meant and engine.row == len(engine.rows) and engine.draft() is None:
            self.say(self._shut or "这一行还没有填；全部录完了，按F5审查。")
        return False

    def take(self, event: events.Key | events.Paste) -> None:
        """Count the key, then take it."""
        pause = 0.0 if self._last_key is None else event.time - self._last_key
        self._last_key = event.time
        self._tally.seconds += pause if pause < _LONGEST_PAUSE else 0.0
        self._tally.keystrokes += 1
        self._tally.corrections += isinstance(event, events.Key) and event.key in _CORRECTING_KEYS
        super().take(event)
        self._keep_what_is_typed()

    def follow(self, effect: Effect) -> None:
        """What the engine asks for."""
        self._tally.rows += isinstance(effect, RowStored | RowInserted)
        if isinstance(effect, InputRefused):
            self.refuse(effect)
        elif isinstance(effect, FieldLeft):
            self.keep_draft()
            self.field_left(effect)
        else:
            self.rows_changed(effect)

    def field_left(self, effect: FieldLeft) -> None:
        """A field was left with another value than it had."""

    def rows_changed(self, effect: RowStored | RowInserted | RowRemoved) -> None:
        """A row is finished, came in or went out: let the register have it."""
        raise NotImplementedError

    def finish(self) -> None:
        """Store the row in hand, and how the keying went."""
        self.sheet.finish()
        if self._tally.rows:
            self.write(keying_pace.record, self.number, self.name_in_keymap, self._tally, then=lambda _: None)
            self._tally = Tally()

    def leave(self) -> None:
        """Esc: nothing that was typed is lost."""
        self.finish()
        super().leave()

    def do_edit(self) -> None:
        """F2."""
        self.change("f2")

    def do_remove(self) -> None:
        """F7: what went is named, and how it comes back."""
        if not self.may_change():
            return
        engine = self.sheet.engine
        row, heads = engine.row, len(engine.rows)
        if row >= heads and engine.draft() is None:
            self.say("这一行是空的，没有可删的内容。")
            return
        named = self.row_named({field.key: engine.value(row, at) for at, field in enumerate(engine.fields)})
        called = engine.called(row)
        self.change("f7")
        if len(engine.rows) == max(heads, row + 1) - 1:
            self.say(f"已删去{called}{named}，按F8取回。")

    def row_named(self, row: Row) -> str:
        """Whom or what a row is about, for a sentence."""
        return next((f"“{text}”" for text in row.values() if text), "")

    def do_undo(self) -> None:
        """F8."""
        engine = self.sheet.engine
        is_edit = engine.is_edited
        self.change("f8")
        if is_edit:
            self.say(f"已撤销本行“{engine.field.label}”的改动，Ctrl+R重做。")

    def do_reveal(self) -> None:
        """Ctrl+C."""
        if self._shut:
            self.reveal(reveals.of_row, self.sheet.engine.row)
        else:
            self.say("正在录入，号码没有隐去。")

    def do_profile(self) -> None:
        """Ctrl+Y."""
        self.open_person(self.sheet.engine.row)

    def do_next(self) -> None:
        """On to the check."""
        self.do_check()

    def do_check(self) -> None:
        """F5."""
        raise NotImplementedError

    def change(self, key: str) -> None:
        """Press a key that changes rows, where they may be changed."""
        if self.may_change():
            self.sheet.press(key)
