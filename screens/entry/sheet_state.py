"""The state of a sheet under the cursor: rows that are stored, the one in hand, and what can be undone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from screens.entry.effects import Effect, FieldLeft, InputRefused, Row, RowStored
from screens.entry.fields import Field
from screens.entry.line import TextLine
from screens.entry.narrowing import Narrowing
from screens.entry.rows import (
    NUMBER,
    CellEdit,
    Change,
    History,
    SheetLeft,
    Unfinished,
    begun,
    called,
    carried_over,
    is_changed,
    row_states,
)


class SheetState:
    """Rows with a cursor, and the row and cell under it as they are typed; moving the cursor stores what it leaves."""

    def __init__(self, fields: Sequence[Field], rows: Iterable[Row] = (), *, grows: bool = True) -> None:
        """`grows`: behind the last row stands an empty one that becomes a row when something is typed."""
        self.fields = tuple(fields)
        self.grows = grows
        self.rows: list[Row] = [dict(row) for row in rows]
        self._is_numbered = any(NUMBER in row for row in self.rows)
        self.visited = [index for index, field in enumerate(self.fields) if field.derived is None]
        self.first = next(index for index in self.visited if self.fields[index].on_path)
        self.row = len(self.rows) if grows else 0
        self.column = self.first
        self.line = TextLine()
        self.editing = False
        self._working: Row = {}
        self._history = History()
        self._narrowing = Narrowing()
        self._went_on = False
        """The cursor went on by itself with the last key: an Enter now ends what was left, and passes over nothing."""
        self.first_row: Row = {}
        """What the first row begins with in the columns that are carried."""
        self._enter_row(self.row)

    @property
    def field(self) -> Field:
        """The field under the cursor."""
        return self.fields[self.column]

    @property
    def row_count(self) -> int:
        """The rows, the empty one at the end included."""
        return len(self.rows) + self.grows

    def value(self, row: int, column: int) -> str:
        """The text of a cell as it stands, the one under edit included."""
        field = self.fields[column]
        values = self._working if row == self.row else self.rows[row] if row < len(self.rows) else {}
        if row == self.row and column == self.column:
            return self.line.text
        if field.derived is not None:
            return field.derived(self._with_line() if row == self.row else values)
        return self._in_hand(field.key) if row == self.row else values.get(field.key, "")

    def number(self, row: int) -> str:
        """The 序号 of a row: its own, as the check and the papers name it, else its place.

        Empty for a new row among those with numbers of their own: the register gives it one.
        """
        if not self._is_numbered:
            return str(row + 1)
        return self.rows[row].get(NUMBER, "") if row < len(self.rows) else ""

    def called(self, row: int) -> str:
        """A row by its number, for a sentence."""
        return called(self.rows[row] if row < len(self.rows) else {}, row)

    @property
    def drawn(self) -> TextLine:
        """The cell under the cursor as it is drawn."""
        return self._narrowing.drawn(self.field, self.line)

    def load(self, rows: Iterable[Row], earlier: Iterable[Change] = (), undone: Iterable[Change] = ()) -> None:
        """Take other rows in the place of these; `earlier` can be undone, newest last, `undone` made again, next last.

        What is in hand stays in hand: rows come from a slow archive while the clerk is already keying. Rows that are
        the same change nothing, so that a look at another page costs no undo.
        """
        taken = [dict(row) for row in rows]
        history = History(earlier, undone)
        is_same = len(taken) == len(self.rows) and not any(map(is_changed, self.rows, taken))
        if is_same and (history.is_empty or not self._history.is_empty):
            return
        held = (self._working, self.line, self.editing) if self._is_in_hand() else None
        was_new = self.row >= len(self.rows)
        self.rows = taken
        self._is_numbered = any(NUMBER in row for row in taken)
        edits = self._history.edits
        self._history = history
        self._enter_row(len(taken) if held and was_new else self.row)
        if held:
            self._working, self.line, self.editing = held
            history.edits = [replace(edit, row=self.row) for edit in edits]

    def go_to(self, row: int, column: int) -> list[Effect]:
        """Move the cursor; a changed row that is left is stored. A fault that is left behind is told."""
        place = self.called(self.row)
        effects = self._leave_field()
        fault = self.field.fault(self.line.text) if effects and self.line.text else ""
        if row != self.row:
            effects += self._leave_row()
            self._enter_row(row)
        self.column = column
        self._show_field()
        return [*effects, InputRefused(f"{place}{fault}")] if fault else effects

    def finish(self) -> list[Effect]:
        """Store what is still in hand: the sheet is left."""
        effects = self._leave_field()
        return effects + self._leave_row()

    def restore(self) -> bool:
        """Put the cell back as it was when the cursor came to it; False where nothing was typed in it.

        Redo brings back what was typed.
        """
        if self._narrowing.typed:
            self._narrowing.typed = ""
            return True
        if self.line.text == self._in_hand(self.field.key):
            return False
        edits = len(self._history.edits)
        self._leave_field()
        if len(self._history.edits) > edits:
            self._take_back_edit()
        self._show_field()
        return True

    def draft(self) -> Unfinished | None:
        """The row in hand; None where nothing in it differs from what is stored."""
        if not self._is_in_hand():
            return None
        values = {key: text for key, text in self._with_line().items() if text}
        return Unfinished(self.row, values, self.field.key, self.line.caret)

    def take_draft(self, draft: Unfinished) -> None:
        """Go on with an unfinished row of an earlier session, at its very character."""
        self._enter_row(draft.row)
        self.column = next((at for at in self.visited if self.fields[at].key == draft.field), self.first)
        stored = dict(self._working)
        typed = draft.values.get(self.field.key, "")
        for column, field in enumerate(self.fields):
            # What was typed in other cells is undone cell by cell, as if it had been keyed here.
            if column != self.column and draft.values.get(field.key, "") != stored.get(field.key, ""):
                self._edit_row({**self._working, field.key: draft.values.get(field.key, "")}, column)
        self._working = {**draft.values, self.field.key: stored.get(self.field.key, "")}
        self.line = TextLine(typed, min(draft.caret, len(typed)))
        # The next key goes on with what stands there and does not type over it.
        self.editing = bool(self.line.text)

    def left(self) -> SheetLeft:
        """Rows and changes as they are left, for whoever comes back to them."""
        undone = tuple(change for change in self._history.undone if isinstance(change, Change))
        return SheetLeft(tuple(self.rows), tuple(self._history.done), undone)

    @property
    def next_undo(self) -> Change | None:
        """The change that undo takes back next; None: there is none, or what is unfinished goes first."""
        return None if self.is_edited or not self._history.done else self._history.done[-1]

    @property
    def is_edited(self) -> bool:
        """Whether undo takes back an edit of the row in hand."""
        return bool(self._history.edits) or self._is_in_hand()

    @property
    def undo_depth(self) -> int:
        """How many changes stand that undo takes back."""
        return len(self._history.done)

    @property
    def can_undo(self) -> bool:
        """Whether anything was changed here."""
        return bool(self._history.done) or self.is_edited

    def _leave_field(self) -> list[Effect]:
        before = self._in_hand(self.field.key)
        now = self.field.completed(self.line.text)
        self.line = TextLine.at_end(now)
        self.editing = False
        self._narrowing.typed = ""
        if now == before:
            return []
        self._edit_row(self._with_line(), self.column)
        return [FieldLeft(self.row, dict(self._working))]

    def _edit_row(self, row: Row, column: int) -> None:
        """The row in hand after an edit of a cell."""
        self._history.remember_edit(CellEdit(self.row, column, dict(self._working), dict(row)))
        self._working = row

    def _take_back_edit(self) -> None:
        """Undo the newest edit of the row in hand, and stand where it was made."""
        edit = self._history.take_back_edit()
        self._working, self.column = dict(edit.before), edit.column
        self._show_field()

    def _leave_row(self) -> list[Effect]:
        working = {key: text for key, text in self._working.items() if text}
        stored = self.rows[self.row] if self.row < len(self.rows) else None
        edits, self._history.edits = self._history.edits, []
        if not is_changed(stored or {}, working):
            return []
        if stored is None:
            self.rows.append(working)
            states: list[Row] = [working]
        else:
            self.rows[self.row] = working
            states = list(row_states(self.fields, stored, edits, working))
        for before, after in zip((stored, *states), states, strict=False):
            # Not a new change that would end what can be made again: the edits have done so.
            self._history.done.append(Change(self.row, before, after))
        return [RowStored(self.row, dict(state)) for state in states]

    def _enter_row(self, row: int) -> None:
        """Take a row in hand as it is stored."""
        self.row = max(0, min(self.row_count - 1, row))
        self._history.edits = []
        self._working = dict(self.rows[self.row]) if self.row < len(self.rows) else {}
        self._show_field()

    def _show_field(self) -> None:
        self.line = TextLine.at_end(self._in_hand(self.field.key))
        self.editing = False
        self._narrowing.typed = ""

    def _is_in_hand(self) -> bool:
        return is_changed(self.rows[self.row] if self.row < len(self.rows) else {}, self._with_line())

    def _with_line(self) -> Row:
        """The row in hand with the cell under edit. What was carried alone is no row."""
        row = {**self._carried(), **self._working, self.field.key: self.line.text}
        return row if self.row < len(self.rows) else begun(self._carried_over(), row)

    def _in_hand(self, key: str) -> str:
        """The text of a cell of the row in hand, as it was when the cursor came to it."""
        return self._working.get(key, self._carried().get(key, ""))

    def _carried(self) -> Row:
        """What the new row begins with, as long as nothing is typed in it."""
        return {} if self.row < len(self.rows) or any(self._working.values()) else self._carried_over()

    def _carried_over(self) -> Row:
        return carried_over(self.fields, self.rows[-1] if self.rows else self.first_row)
