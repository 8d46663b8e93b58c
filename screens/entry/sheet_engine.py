"""The entry engine of sheets: keys in, a new state and effects out. It knows no screen and no database.

Whatever the order of keys, the rows it has told to store are the rows that were typed.
"""

from collections.abc import Iterable, Sequence

from screens.entry.effects import Effect, FieldLeft, Refused, Row, RowInserted, RowRemoved, RowStored
from screens.entry.fields import Alphabet, Field
from screens.entry.line import Line
from screens.entry.narrowing import Narrowing
from screens.entry.rows import Change, History, Unfinished, begun, carried_over, changed_column, empty_below, is_changed


class SheetEngine:
    """A sheet of rows with a cursor, one cell under edit, and undo of any depth."""

    def __init__(self, fields: Sequence[Field], rows: Iterable[Row] = (), *, grows: bool = True) -> None:
        """`grows`: behind the last row stands an empty one that becomes a row when something is typed."""
        self.fields = tuple(fields)
        self.grows = grows
        self.rows: list[Row] = [dict(row) for row in rows]
        self.visited = [index for index, field in enumerate(self.fields) if field.derived is None]
        self.first = next(index for index in self.visited if self.fields[index].on_path)
        self.row = len(self.rows) if grows else 0
        self.column = self.first
        self.line = Line()
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

    @property
    def drawn(self) -> Line:
        """The cell under the cursor as it is drawn."""
        return self._narrowing.drawn(self.field, self.line)

    def type(self, text: str) -> list[Effect]:
        """Typed characters; several at once where an input method commits them."""
        if not self.editing and self._narrowing.swallows(text):
            return []
        before = self.row, self.column
        effects = self._type(text)
        self._went_on = (self.row, self.column) != before
        return effects

    def _type(self, text: str) -> list[Effect]:
        field = self.field
        if field.alphabet is Alphabet.CHOICE:
            return self._choose(text)
        taken = field.accepted(text)
        if not taken:
            return [Refused(f"{field.label}不收“{text}”。")]
        if self.editing and field.is_full(self.line.text):
            return [Refused(f"{field.label}已满{field.length}位，请先改正：{field.fault(self.line.text)}")]
        # Typing on a cell that was only visited replaces it; F2 or an arrow within goes on with what stands there.
        self.line = self.line.insert(taken) if self.editing else Line.at_end(taken)
        self.editing = True
        if field.is_full(self.line.text):
            fault = field.fault(self.line.text)
            return [Refused(fault)] if fault else self._forward()
        return []

    def press(self, key: str) -> list[Effect]:
        """A key by its name; one that means nothing here has no effect."""
        self._narrowing.rest = ""
        is_late, self._went_on = key == "enter" and self._went_on, False
        if is_late:
            return []
        above, below, last = (self.row - 1, self.column), (self.row + 1, self.column), self.row_count - 1
        places = {"up": above, "down": below, "ctrl+home": (0, self.first), "ctrl+end": (last, self.first)}
        if key in places:
            return self.go_to(*places[key])
        if key in ("left", "right"):
            return self._across(1 if key == "right" else -1)
        action = getattr(self, f"_press_{key.replace('+', '_')}", None)
        return action() if action is not None else []

    def load(self, rows: Iterable[Row], earlier: Iterable[Change] = ()) -> None:
        """Take other rows in the place of these; `earlier` can be undone, newest last.

        What is in hand stays in hand: rows come from a slow archive while the clerk is already keying. Rows that are
        the same change nothing, so that a look at another page costs no undo.
        """
        taken = [dict(row) for row in rows]
        changes = list(earlier)
        is_same = len(taken) == len(self.rows) and not any(map(is_changed, self.rows, taken))
        if is_same and (self._history.done or not changes):
            return
        held = (self._working, self.line, self.editing) if self._is_in_hand() else None
        was_new = self.row >= len(self.rows)
        self.rows = taken
        self._history = History(changes)
        self._enter_row(len(taken) if held and was_new else self.row)
        if held:
            self._working, self.line, self.editing = held

    def go_to(self, row: int, column: int) -> list[Effect]:
        """Move the cursor; a changed row that is left is stored. A fault that is left behind is told."""
        place = f"第{self.row + 1}行"
        effects = self._leave_field()
        fault = self.field.fault(self.line.text) if effects and self.line.text else ""
        if row != self.row:
            effects += self._leave_row()
            self._enter_row(row)
        self.column = column
        self._show_field()
        return [*effects, Refused(f"{place}{fault}")] if fault else effects

    def finish(self) -> list[Effect]:
        """Store what is still in hand: the sheet is left."""
        effects = self._leave_field()
        return effects + self._leave_row()

    def draft(self) -> Unfinished | None:
        """The row in hand; None where nothing in it differs from what is stored."""
        if not self._is_in_hand():
            return None
        values = {key: text for key, text in self._with_line().items() if text}
        return Unfinished(self.row, values, self.field.key, self.line.caret)

    def take_draft(self, draft: Unfinished) -> None:
        """Go on with an unfinished row of an earlier session, at its very character."""
        self._enter_row(draft.row)
        self._working = dict(draft.values)
        self.column = next((at for at in self.visited if self.fields[at].key == draft.field), self.first)
        self._show_field()
        self.line = Line(self.line.text, min(draft.caret, len(self.line.text)))
        # The next key goes on with what stands there and does not type over it.
        self.editing = bool(self.line.text)

    @property
    def next_undo(self) -> Change | None:
        """The change that undo takes back next; None: there is none, or what is unfinished goes first."""
        return None if self._is_in_hand() or not self._history.done else self._history.done[-1]

    @property
    def undo_depth(self) -> int:
        """How many changes stand that undo takes back."""
        return len(self._history.done)

    @property
    def can_undo(self) -> bool:
        """Whether anything was changed here."""
        return bool(self._history.done) or self._is_in_hand()

    def fill(self, values: Row) -> list[Effect]:
        """Take what is on file into the row in hand, and go on to the next row."""
        self._working = {**self._working, **values}
        self._show_field()
        self._went_on = True
        return self.go_to(self.row + 1, self.first)

    # Keys.

    def _press_enter(self) -> list[Effect]:
        return self._refused_if_faulty() or self._forward()

    def _press_tab(self) -> list[Effect]:
        return self._refused_if_faulty() or self._forward(every_field=True)

    def _press_shift_tab(self) -> list[Effect]:
        place = self.visited.index(self.column)
        if place > 0:
            return self.go_to(self.row, self.visited[place - 1])
        return self.go_to(self.row - 1, self.visited[-1]) if self.row > 0 else []

    def _press_home(self) -> list[Effect]:
        if not self.editing:
            return self.go_to(self.row, self.first)
        self.line = Line(self.line.text, 0)
        return []

    def _press_end(self) -> list[Effect]:
        if not self.editing:
            return self.go_to(self.row, self.visited[-1])
        self.line = Line.at_end(self.line.text)
        return []

    def _press_backspace(self) -> list[Effect]:
        if self._narrowing.typed:
            self._narrowing.backspace()
            return []
        self.editing = True
        self.line = self.line.backspace()
        return []

    def _press_delete(self) -> list[Effect]:
        self.line = self.line.delete() if self.editing else Line()
        self.editing = True
        return []

    def _press_f2(self) -> list[Effect]:
        self.editing = True
        self.line = Line.at_end(self.line.text)
        return []

    def _press_f4(self) -> list[Effect]:
        """Repeat the cell above."""
        if self.row == 0:
            return [Refused("这是第一行，上面没有可照抄的内容。")]
        self.line = Line.at_end(self.rows[self.row - 1].get(self.field.key, ""))
        self.editing = True
        return self._forward()

    def _press_ctrl_w(self) -> list[Effect]:
        """Fill the column from here down, where it is empty: nothing that somebody keyed is written over."""
        field = self.field
        if fault := self._refused_if_faulty():
            return fault
        effects = self.finish()
        text = self.rows[self.row].get(field.key, "") if self.row < len(self.rows) else ""
        if not text:
            return [*effects, Refused(f"本行{field.label}是空的，没有可向下填的内容。")]
        empty = empty_below(self.rows, self.row, field.key)
        if not empty:
            return [*effects, Refused(f"下面没有空着的{field.label}。")]
        for row in empty:
            before, after = self.rows[row], {**self.rows[row], field.key: text}
            self.rows[row] = after
            joined = row != empty[0]
            self._history.remember(Change(row, before, after, joined))
            effects.append(RowStored(row, dict(after), joined=joined))
        return effects

    def _press_insert(self) -> list[Effect]:
        """Make room for a row that was overlooked."""
        if not self.grows:
            return [Refused("这张表的行是固定的，不能插行。")]
        effects = self.finish()
        if self.row < len(self.rows):
            self.rows.insert(self.row, {})
            self._history.remember(Change(self.row, None, {}))
            effects.append(RowInserted(self.row, {}))
            self._enter_row(self.row)
        return effects + self.go_to(self.row, self.first)

    def _press_f7(self) -> list[Effect]:
        """Take the row out."""
        if not self.grows:
            return [Refused("这张表的行是固定的，不能删行。")]
        effects = self.finish()
        if self.row >= len(self.rows):
            return effects
        self._history.remember(Change(self.row, self.rows.pop(self.row), None))
        effects.append(RowRemoved(self.row))
        self.column = self.first
        self._enter_row(self.row)
        return effects

    def _press_f8(self) -> list[Effect]:
        """Undo row by row. What is in hand is stored first, so that redo brings back even that."""
        effects = self.finish()
        if not self._history.done:
            return [*effects, Refused("没有可撤销的改动。")]
        for change in self._history.take_back():
            effects += self._put(change.index, change.after, change.before, undoing=True)
        return effects

    _press_ctrl_u = _press_f8

    def _press_ctrl_r(self) -> list[Effect]:
        """Redo."""
        if not self._history.undone or self._is_in_hand():
            return [Refused("没有可重做的改动。")]
        effects: list[Effect] = []
        for change in self._history.make_again():
            effects += self._put(change.index, change.before, change.after, undoing=False)
        return effects

    # What the keys are made of.

    def _choose(self, text: str) -> list[Effect]:
        """Something typed in a fixed list: its only match is taken at once."""
        found = self._narrowing.type(self.field, text)
        if len(found) != 1:
            return [] if found else [Refused(self._narrowing.refusal(self.field))]
        self.editing = True
        self.line = Line.at_end(found[0][0])
        return self._forward()

    def _across(self, step: int) -> list[Effect]:
        if self.field.alphabet is Alphabet.CHOICE and self.editing:
            self._narrowing.typed = ""
            self.line = Line.at_end(self.field.stepped(self.line.text, step))
            return []
        if self.editing:
            self.line = self.line.move(step)
            return []
        place = self.visited.index(self.column) + step
        return self.go_to(self.row, self.visited[place]) if 0 <= place < len(self.visited) else []

    def _refused_if_faulty(self) -> list[Effect]:
        if self._narrowing.typed:
            return [Refused(self._narrowing.refusal(self.field))]
        text = self.field.completed(self.line.text)
        fault = self.field.fault(text) if text else ""
        return [Refused(fault)] if fault else []

    def _forward(self, *, every_field: bool = False) -> list[Effect]:
        """On to the next field of the path, or of all fields; behind the last one to the next row."""
        for column in self.visited[self.visited.index(self.column) + 1 :]:
            if every_field or self.fields[column].on_path:
                return self.go_to(self.row, column)
        return self.go_to(self.row + 1, self.first)

    def _leave_field(self) -> list[Effect]:
        before = self._in_hand(self.field.key)
        now = self.field.completed(self.line.text)
        self.line = Line.at_end(now)
        self.editing = False
        self._narrowing.typed = ""
        if now == before:
            return []
        self._working = self._with_line()
        return [FieldLeft(self.row, dict(self._working))]

    def _leave_row(self) -> list[Effect]:
        working = {key: text for key, text in self._working.items() if text}
        stored = self.rows[self.row] if self.row < len(self.rows) else None
        if not is_changed(stored or {}, working):
            return []
        if stored is None:
            self.rows.append(working)
        else:
            self.rows[self.row] = working
        self._history.remember(Change(self.row, stored, working))
        return [RowStored(self.row, dict(working))]

    def _put(self, index: int, now: Row | None, wanted: Row | None, *, undoing: bool) -> list[Effect]:
        """Bring the row at a place from what it is now to what is wanted."""
        effect: Effect
        if wanted is None:
            self.rows.pop(index)
            effect = RowRemoved(index, undoing)
        elif now is None:
            self.rows.insert(index, dict(wanted))
            effect = RowInserted(index, dict(wanted), undoing)
        else:
            self.rows[index] = dict(wanted)
            effect = RowStored(index, dict(wanted), undoing)
        changed = changed_column(self.fields, self.visited, now, wanted)
        self.column = self.first if changed is None else changed
        self._enter_row(index)
        return [effect]

    def _enter_row(self, row: int) -> None:
        """Take a row in hand as it is stored."""
        self.row = max(0, min(self.row_count - 1, row))
        self._working = dict(self.rows[self.row]) if self.row < len(self.rows) else {}
        self._show_field()

    def _show_field(self) -> None:
        self.line = Line.at_end(self._in_hand(self.field.key))
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
