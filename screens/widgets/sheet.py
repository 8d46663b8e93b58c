"""The sheet: rows of a class, drawn over the entry engine, one line a row however many there are."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from textual.geometry import Offset

from screens.entry.described import described
from screens.entry.effects import Effect, InputRefused, Row, RowStored
from screens.entry.fields import Field
from screens.entry.rows import Change, Unfinished
from screens.entry.sheet_engine import SheetEngine
from screens.terminal.plain import fitted, plain, right_fitted
from screens.terminal.theme import BY_VERDICT, HEAD, HERE, TEXT
from screens.widgets.pane import Pane, Piece

_NUMBER_WIDTH = 5


class SheetPane(Pane):
    """Rows under edit; behind them a column for what the check says of each."""

    def __init__(
        self,
        fields: Sequence[Field],
        follow: Callable[[Effect], None],
        moved: Callable[[], None] = lambda: None,
        *,
        grows: bool = True,
        verdicts: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name for it
    ) -> None:
        """`follow` does what the engine asks for, at once and in order; `moved` hears of another row."""
        super().__init__(id=id)
        self.engine = SheetEngine(fields, grows=grows)
        self._verdicts: Mapping[int, str] = {}
        self._shows_verdicts = verdicts
        self._follow_effect = follow
        self._moved = moved
        self._top = 0
        self._drawn = (0, 0, 0)
        """Row, first row and count of rows at the last key: what has changed since is drawn again."""

    def load(self, rows: Iterable[Row], earlier: Iterable[Change] = (), undone: Iterable[Change] = ()) -> None:
        """Show other rows; `earlier` changes of them can be undone, `undone` ones made again."""
        self.engine.load(rows, earlier, undone)
        self._scroll()
        self.refresh()

    def resume(self, draft: Unfinished) -> None:
        """Go on with an unfinished row of an earlier session."""
        self.engine.take_draft(draft)
        self._scroll()
        self.refresh()

    def fill(self, values: Row) -> None:
        """Take what is on file into the row in hand."""
        self._follow(self.engine.fill(values))

    def go_to(self, row: int, key: str) -> None:
        """Move to a field of a row; in the column of the cursor where the sheet never stops at such a field."""
        engine = self.engine
        column = next((at for at in engine.visited if engine.fields[at].key == key), engine.column)
        self._follow(engine.go_to(row, column))

    def show_verdicts(self, verdicts: Mapping[int, str]) -> None:
        """Show what the check says, by row."""
        before, self._verdicts = self._verdicts, dict(verdicts)
        self._repaint_rows(row for row in before.keys() | verdicts.keys() if before.get(row) != verdicts.get(row))

    def on_resize(self) -> None:
        """Keep the cursor in sight, and no room empty that rows above can fill."""
        self._top = max(0, min(self._top, self.engine.row_count - self._room))
        self._scroll()
        self._drawn = (self.engine.row, self._top, self.engine.row_count)
        self.refresh()

    def pieces(self, y: int) -> Iterable[Piece]:
        """The head or a row."""
        if y == 0:
            return self._head()
        row = y - 1 + self._top
        return self._row(row) if row < self.engine.row_count else []

    def field_texts(self) -> tuple[str, ...]:
        """What the field under the cursor is."""
        return described(self.engine.field)

    def press(self, key: str) -> bool:
        """A key for the engine."""
        page = max(1, self._room - 1)
        if key == "pagedown":
            return self._follow(self.engine.go_to(self.engine.row + page, self.engine.column))
        if key == "pageup":
            return self._follow(self.engine.go_to(self.engine.row - page, self.engine.column))
        return self._follow(self.engine.press(key))

    def passes_over(self, key: str) -> bool:
        """An Enter behind a cell that was left by itself, where nothing stands yet."""
        return self.engine.passes_over(key)

    def type(self, text: str) -> bool:
        """Typed characters for the engine."""
        return self._follow(self.engine.type(text))

    def restore(self) -> str:
        """The cell as it was; redo brings back what was typed."""
        if not self.engine.restore():
            return ""
        self._follow(())
        return "这一格恢复了原样，Ctrl+R取回刚才输入的；再按Esc返回。"

    def finish(self) -> None:
        """Store what is in hand: the sheet is left."""
        self._follow(self.engine.finish())

    def cursor(self) -> Offset | None:
        """Behind the caret's text, in the cell under edit."""
        engine = self.engine
        left = _NUMBER_WIDTH + sum(field.width + 1 for field in engine.fields[: engine.column])
        _, caret = self._visible_line()
        return Offset(left + caret, engine.row - self._top + 1)

    @property
    def _room(self) -> int:
        return max(1, self.size.height - 1)

    def _follow(self, effects: Iterable[Effect]) -> bool:
        is_refused, stored = False, set[int]()
        for effect in effects:
            self._follow_effect(effect)
            is_refused |= isinstance(effect, InputRefused)
            if isinstance(effect, RowStored):
                stored.add(effect.index)
        row, top, count = self._drawn
        self._scroll()
        engine = self.engine
        has_grown = engine.row == count == engine.row_count - 1
        if self._top != top or (engine.row_count != count and not has_grown):
            self.refresh()
        else:
            self._repaint_rows({row, engine.row, *stored})
        if engine.row != row and not is_refused:
            # What was wrong with the row that was left is not talked over.
            self._moved()
        self._drawn = (engine.row, self._top, engine.row_count)
        return True

    def _repaint_rows(self, rows: Iterable[int]) -> None:
        self.repaint(*(row - self._top + 1 for row in rows if self._top <= row < self._top + self._room))

    def _scroll(self) -> None:
        """Line by line, which the terminal does by itself; half a page where the sheet grows, so that it is rare."""
        row, last = self.engine.row, self.engine.row_count - 1
        half = self._room // 2
        if row >= self._top + self._room:
            self._top = row - half if row == last else row - self._room + 1
        self._top = max(0, min(self._top, row, last + 1 - half))

    def _head(self) -> Iterable[Piece]:
        yield fitted("序号", _NUMBER_WIDTH), HEAD
        for field in self.engine.fields:
            yield fitted(field.label, field.width) + " ", HEAD
        if self._shows_verdicts:
            yield "审查", HEAD

    def _row(self, row: int) -> Iterable[Piece]:
        engine = self.engine
        here = row == engine.row
        yield right_fitted(engine.number(row), _NUMBER_WIDTH - 1) + " ", TEXT
        for column, field in enumerate(engine.fields):
            text = field.shown(engine.value(row, column))
            if here and column == engine.column:
                # One cell more than the column: a full field shows whole with the caret behind it.
                text, _ = self._visible_line()
                yield fitted(text, field.width + 1), HERE
            else:
                yield fitted(text, field.width) + " ", TEXT
        if self._shows_verdicts:
            verdict = self._verdicts.get(row, "")
            room = self.size.width - _NUMBER_WIDTH - sum(field.width + 1 for field in engine.fields)
            yield fitted(verdict, max(4, room)), BY_VERDICT.get(verdict, TEXT)

    def _visible_line(self) -> tuple[str, int]:
        return self.engine.drawn.mapped(plain).visible(self.engine.field.width + 1)
