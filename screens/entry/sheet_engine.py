"""The entry engine of sheets: keys in, a new state and effects out. It knows no screen and no database.

Whatever the order of keys, the rows it has told to store are the rows that were typed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from screens.entry.effects import Effect, InputRefused, Row, RowInserted, RowRemoved, RowStored
from screens.entry.fields import Alphabet, Field
from screens.entry.line import TextLine
from screens.entry.rows import Change, changed_column, empty_below
from screens.entry.sheet_state import SheetState


class SheetEngine(SheetState):
    """A sheet of rows with a cursor, one cell under edit, and undo of any depth."""

    def __init__(self, fields: Sequence[Field], rows: Iterable[Row] = (), *, grows: bool = True) -> None:
        """`grows`: behind the last row stands an empty one that becomes a row when something is typed."""
        super().__init__(fields, rows, grows=grows)
        self.keys: Mapping[str, Callable[[], list[Effect]]] = {
            "up": lambda: self.go_to(self.row - 1, self.column),
            "down": lambda: self.go_to(self.row + 1, self.column),
            "left": lambda: self._across(-1),
            "right": lambda: self._across(1),
            "ctrl+home": lambda: self.go_to(0, self.first),
            "ctrl+end": lambda: self.go_to(self.row_count - 1, self.first),
            "enter": self._enter,
            "tab": self._tab,
            "shift+tab": self._step_back,
            "home": self._home,
            "end": self._end,
            "backspace": self._backspace,
            "delete": self._delete,
            "f2": self._edit,
            "f4": self._repeat_above,
            "ctrl+w": self._fill_down,
            "insert": self._insert_row,
            "f7": self._remove_row,
            "f8": self._undo,
            "ctrl+r": self._redo,
        }
        """What each key does; other keys mean nothing to a sheet."""

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
            return [InputRefused(f"{field.label}不收“{text}”。")]
        if self.editing and field.is_full(self.line.text):
            return [InputRefused(f"{field.label}已满{field.length}位，请先改正：{field.fault(self.line.text)}")]
        # Typing on a cell that was only visited replaces it; F2 or an arrow within goes on with what stands there.
        line = self.line.insert(taken) if self.editing else TextLine.at_end(taken)
        if self.editing and (overrun := field.overrun(self.line.text, line.text)):
            return [InputRefused(overrun)]
        self.line = line
        self.editing = True
        if field.is_full(self.line.text):
            fault = field.fault(self.line.text)
            return [InputRefused(fault)] if fault else self._forward()
        return []

    def press(self, key: str) -> list[Effect]:
        """A key by its name; one that means nothing here has no effect."""
        self._narrowing.rest = ()
        is_late, self._went_on = key == "enter" and self._went_on, False
        if is_late:
            return self._late_enter()
        action = self.keys.get(key)
        return action() if action is not None else []

    def passes_over(self, key: str) -> bool:
        """Whether a key is an Enter that ended what the cursor has left by itself, and nothing stands here to keep."""
        return key == "enter" and self._went_on and not self.line.text

    def expect_enter(self) -> None:
        """The next Enter is meant for what stands under the cursor now."""
        self._went_on = False

    def _late_enter(self) -> list[Effect]:
        """Who ends every cell with Enter is told of it only where she may have meant to keep what stands here."""
        if not self.line.text:
            return []
        return [InputRefused(f"已自动到{self.field.label}，这个Enter没有算；保留这一格请按Tab。", rings=False)]

    def fill(self, values: Row) -> list[Effect]:
        """Take what is on file into the row in hand, and go on to the next row."""
        self._edit_row({**self._working, **values}, self.column)
        self._show_field()
        self._went_on = True
        return self.go_to(self.row + 1, self.first)

    # Keys, as the table above names them.

    def _enter(self) -> list[Effect]:
        return self._refused_if_faulty() or self._forward()

    def _tab(self) -> list[Effect]:
        return self._refused_if_faulty() or self._forward(every_field=True)

    def _step_back(self) -> list[Effect]:
        place = self.visited.index(self.column)
        if place > 0:
            return self.go_to(self.row, self.visited[place - 1])
        return self.go_to(self.row - 1, self.visited[-1]) if self.row > 0 else []

    def _home(self) -> list[Effect]:
        if not self.editing:
            return self.go_to(self.row, self.first)
        self.line = TextLine(self.line.text, 0)
        return []

    def _end(self) -> list[Effect]:
        if not self.editing:
            return self.go_to(self.row, self.visited[-1])
        self.line = TextLine.at_end(self.line.text)
        return []

    def _backspace(self) -> list[Effect]:
        if self._narrowing.typed:
            self._narrowing.backspace()
            return []
        self.editing = True
        self.line = self.line.backspace()
        return []

    def _delete(self) -> list[Effect]:
        self.line = self.line.delete() if self.editing else TextLine()
        self.editing = True
        return []

    def _edit(self) -> list[Effect]:
        self.editing = True
        self.line = TextLine.at_end(self.line.text)
        return []

    def _repeat_above(self) -> list[Effect]:
        """Repeat the cell above."""
        if self.row == 0:
            return [InputRefused("这是第一行，上面没有可照抄的内容。")]
        self.line = TextLine.at_end(self.rows[self.row - 1].get(self.field.key, ""))
        self.editing = True
        return self._forward()

    def _fill_down(self) -> list[Effect]:
        """Fill the column from here down, where it is empty: nothing that somebody keyed is written over."""
        field = self.field
        if fault := self._refused_if_faulty():
            return fault
        effects = self.finish()
        text = self.rows[self.row].get(field.key, "") if self.row < len(self.rows) else ""
        if not text:
            return [*effects, InputRefused(f"本行{field.label}是空的，没有可向下填的内容。")]
        empty = empty_below(self.rows, self.row, field.key)
        if not empty:
            return [*effects, InputRefused(f"下面没有空着的{field.label}。")]
        for row in empty:
            before, after = self.rows[row], {**self.rows[row], field.key: text}
            self.rows[row] = after
            joined = row != empty[0]
            self._history.remember(Change(row, before, after, joined))
            effects.append(RowStored(row, dict(after), joined=joined))
        return effects

    def _insert_row(self) -> list[Effect]:
        """Make room for a row that was overlooked."""
        if not self.grows:
            return [InputRefused("这张表的行是固定的，不能插行。")]
        effects = self.finish()
        if self.row < len(self.rows):
            self.rows.insert(self.row, {})
            self._history.remember(Change(self.row, None, {}))
            effects.append(RowInserted(self.row, {}))
            self._enter_row(self.row)
        return effects + self.go_to(self.row, self.first)

    def _remove_row(self) -> list[Effect]:
        """Take the row out."""
        if not self.grows:
            return [InputRefused("这张表的行是固定的，不能删行。")]
        effects = self.finish()
        if self.row >= len(self.rows):
            return effects
        self._history.remember(Change(self.row, self.rows.pop(self.row), None))
        effects.append(RowRemoved(self.row))
        self.column = self.first
        self._enter_row(self.row)
        return effects

    def _undo(self) -> list[Effect]:
        """Undo what was done last: cell by cell in the row in hand, then change by change of those before it."""
        if self.restore():
            return []
        if self._history.edits:
            self._take_back_edit()
            return []
        effects = self.finish()
        if not self._history.done:
            return [*effects, InputRefused("没有可撤销的改动。")]
        for change in self._history.take_back():
            effects += self._put(change.index, change.after, change.before, undoing=True)
        return effects

    def _redo(self) -> list[Effect]:
        """Redo."""
        is_typed = self.line.text != self._in_hand(self.field.key)
        if not self._history.undone or is_typed:
            return [InputRefused("没有可重做的改动。")]
        following = self._history.undone[-1]
        effects: list[Effect] = []
        if isinstance(following, Change) or following.row != self.row:
            effects += self._leave_row()
            self._enter_row(following.index if isinstance(following, Change) else following.row)
        for again in self._history.make_again():
            if isinstance(again, Change):
                effects += self._put(again.index, again.before, again.after, undoing=False)
                continue
            self._working, self.column = dict(again.after), again.column
            self._show_field()
        return effects

    # What the keys are made of.

    def _choose(self, text: str) -> list[Effect]:
        """Something typed in a fixed list: its only match is taken at once."""
        found = self._narrowing.type(self.field, text)
        if len(found) != 1:
            return [] if found else [InputRefused(self._narrowing.refusal(self.field))]
        self.editing = True
        self.line = TextLine.at_end(found[0][0])
        return self._forward()

    def _across(self, step: int) -> list[Effect]:
        if self.field.alphabet is Alphabet.CHOICE and self.editing:
            self._narrowing.typed = ""
            self.line = TextLine.at_end(self.field.stepped(self.line.text, step))
            return []
        if self.editing:
            self.line = self.line.move(step)
            return []
        place = self.visited.index(self.column) + step
        return self.go_to(self.row, self.visited[place]) if 0 <= place < len(self.visited) else []

    def _refused_if_faulty(self) -> list[Effect]:
        if self._narrowing.typed:
            return [InputRefused(self._narrowing.refusal(self.field))]
        text = self.field.completed(self.line.text)
        fault = self.field.fault(text) if text else ""
        return [InputRefused(fault)] if fault else []

    def _forward(self, *, every_field: bool = False) -> list[Effect]:
        """On to the next field of the path, or of all fields; behind the last one to the next row."""
        for column in self.visited[self.visited.index(self.column) + 1 :]:
            if every_field or self.fields[column].on_path:
                return self.go_to(self.row, column)
        return self.go_to(self.row + 1, self.first)

    def _put(self, index: int, now: Row | None, wanted: Row | None, *, undoing: bool) -> list[Effect]:
        """Bring the row at a place from what it is now to what is wanted: undone, or made again."""
        effect: Effect
        if wanted is None:
            self.rows.pop(index)
            effect = RowRemoved(index, undoing, not undoing)
        elif now is None:
            self.rows.insert(index, dict(wanted))
            effect = RowInserted(index, dict(wanted), undoing, not undoing)
        else:
            self.rows[index] = dict(wanted)
            effect = RowStored(index, dict(wanted), undoing, not undoing)
        changed = changed_column(self.fields, self.visited, now, wanted)
        self.column = self.first if changed is None else changed
        self._enter_row(index)
        return [effect]
