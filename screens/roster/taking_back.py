"""F8 in a roster: row by row, then an import as a whole; what somebody else did only if it is meant."""

from collections.abc import Callable, Iterable
from functools import partial

from pxtui.casework.roster import undo as roster_undo
from pxtui.casework.roster.undo import MadeChange, PutBack, Undoable
from screens.entry.rows import Change, called
from screens.frame.sheet import SheetScreen
from screens.roster.columns import as_change, named


class TakingBack:
    """What of a roster can be taken back."""

    def __init__(self, screen: SheetScreen, undo: Callable[[], None], again: Callable[[], None]) -> None:
        """`undo`: takes back the last change of the sheet; `again`: loads it anew."""
        self._screen = screen
        self._undo_last = undo
        self._again = again
        self._earlier: list[MadeChange] = []
        """What stood when the sheet was read and can be undone, newest last."""
        self._replaced, self._loss = False, ""
        """The roster was imported as a whole, and that can be undone."""

    def loaded(self, undoable: Undoable, *, numbered: bool) -> tuple[Iterable[Change], Iterable[Change]]:
        """What the register says can be taken back and made again; both for the sheet."""
        self._earlier = list(undoable.changes)
        self._replaced, self._loss = undoable.replaced is not None, undoable.loss
        as_shown = partial(as_change, numbered=numbered)
        return map(as_shown, undoable.changes), map(as_shown, undoable.undone)

    def begin(self) -> None:
        """Take back what was done last; what somebody else did or what was done on another day only if it is meant."""
        engine, counter = self._screen.sheet.engine, self._screen.counter
        next_undo, depth = engine.next_undo, engine.undo_depth
        if next_undo is None or not self._screen.may_change():
            self._undo()
            return
        made = self._earlier[depth - 1] if depth <= len(self._earlier) else None
        standing = counter.standing
        why = []
        if made is not None and standing is not None and (made.by, made.on) != (standing.clerk, standing.today):
            why.append(f"{engine.called(next_undo.index)}是{made.by}{made.on:%m-%d}录入的")
        if made is not None and made.loss:
            why.append(made.loss)
        if not why:
            self._undo_change(next_undo)
            return
        self._screen.ask(f"{'；'.join(why)}：Enter撤销，Esc不动。", lambda _: self._undo_change(next_undo))

    def _undo_change(self, change: Change) -> None:
        self._undo()
        del self._earlier[self._screen.sheet.engine.undo_depth :]
        self._screen.say(f"{_taken_back(change)}，Ctrl+R重做。")

    def _undo(self) -> None:
        """Row by row, then the import as a whole."""
        if not self._replaced or self._screen.sheet.engine.can_undo:
            self._undo_last()
        elif self._screen.may_change():
            if self._loss:
                self._screen.ask(f"{self._loss}：Enter整体撤销，Esc不动。", lambda _: self._undo_replacement())
            else:
                self._undo_replacement()

    def _undo_replacement(self) -> None:
        self._screen.write(roster_undo.undo_replacement, self._screen.number, then=self._put_back, hold=True)

    def _put_back(self, put_back: PutBack) -> None:
        self._again()
        self._screen.say(f"已整体撤销，花名册恢复为{put_back.heads}人。{f'{put_back.loss}。' if put_back.loss else ''}")


def _taken_back(change: Change) -> str:
    """What undo has done, for the clerk."""
    row = called(change.before or change.after or {}, change.index)
    if change.after is None:
        return f"已取回{row}{named(change.before or {})}"
    return f"已撤销{row}的改动"
