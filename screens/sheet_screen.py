"""What the screens with a sheet share: its keys, the unfinished row, and how the keying goes."""

from datetime import date
from typing import Any

from textual import events

from pxtui.casework import keying
from pxtui.casework.keying import Tally
from screens.case_screen import CaseScreen
from screens.entry.effects import RowInserted, RowStored
from screens.widgets.pane import Pane
from screens.widgets.sheet import Sheet

_CORRECTING_KEYS = ("backspace", "delete", "f7", "f8")
_LONGEST_PAUSE = 30.0
"""Seconds; who is silent longer was not keying."""


class SheetScreen(CaseScreen):
    """A screen about one case whose work is a sheet."""

    def __init__(self, number: str, draft: dict[str, Any] | None = None) -> None:
        super().__init__(number)
        self._draft = draft
        self._sheet: Sheet | None = None
        self._tally = Tally()
        self._last_key: float | None = None

    @property
    def pane(self) -> Pane:
        """The sheet."""
        return self.sheet

    @property
    def sheet(self) -> Sheet:
        """The sheet, made when the day is known."""
        if self._sheet is None:
            self._sheet = self.make_sheet()
        return self._sheet

    def make_sheet(self) -> Sheet:
        """The sheet with its columns."""
        raise NotImplementedError

    @property
    def today(self) -> date:
        """The day on which is keyed."""
        standing = self.counter.standing
        assert standing is not None
        return standing.today

    def draft(self) -> dict[str, Any] | None:
        """The row in hand."""
        values = self.sheet.engine.draft()
        if not values:
            return None
        return {"screen": self.name_in_registry, "number": self.number, "row": self.sheet.engine.row, "values": values}

    def resume_draft(self) -> None:
        """Go on with the row that an earlier session left unfinished."""
        if self._draft is not None:
            draft, self._draft = self._draft, None
            self.sheet.resume(int(draft["row"]), draft["values"])
            self.say("已恢复上次没有存下的一行。")

    def may_change(self) -> bool:
        """Whether the sheet may be changed now; says why where it may not."""
        return True

    def take(self, event: events.Key | events.Paste) -> None:
        """Count the key, then take it."""
        pause = 0.0 if self._last_key is None else event.time - self._last_key
        self._last_key = event.time
        self._tally.seconds += pause if pause < _LONGEST_PAUSE else 0.0
        self._tally.keystrokes += 1
        self._tally.corrections += isinstance(event, events.Key) and event.key in _CORRECTING_KEYS
        super().take(event)

    def count_row(self, effect: object) -> None:
        """Count a row that was keyed."""
        self._tally.rows += isinstance(effect, RowStored | RowInserted)

    def finish(self) -> None:
        """Store the row in hand, and how the keying went."""
        self.sheet.finish()
        if self._tally.rows:
            self.write(keying.record, self.number, self.name_in_registry, self._tally, then=lambda _: None)
            self._tally = Tally()

    def leave(self) -> None:
        """Esc: nothing that was typed is lost."""
        self.finish()
        super().leave()

    def do_edit(self) -> None:
        """F2."""
        self._change("f2")

    def do_ditto(self) -> None:
        """F4."""
        self._change("f4")

    def do_remove(self) -> None:
        """F7."""
        self._change("f7")

    def do_undo(self) -> None:
        """F8."""
        self._change("f8")

    def do_redo(self) -> None:
        """Ctrl+R."""
        self._change("ctrl+r")

    def do_next(self) -> None:
        """On to the check."""
        self.do_check()

    def do_check(self) -> None:
        """F5."""
        raise NotImplementedError

    def _change(self, key: str) -> None:
        if self.may_change():
            self.sheet.press(key)
