"""The sheet: rows of a class, drawn over the entry engine, one line a row however many there are."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from textual.geometry import Offset

from screens.entry.effects import Effect, Row
from screens.entry.fields import Alphabet, Field
from screens.entry.line import Line
from screens.entry.sheet_engine import SheetEngine
from screens.plain import fitted, plain, right_fitted
from screens.theme import BY_VERDICT, HEAD, HERE, TEXT
from screens.widgets.pane import Pane, Piece

_NUMBER_WIDTH = 5


class Sheet(Pane):
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

    def load(self, rows: Iterable[Row]) -> None:
        """Show other rows."""
        self.engine.load(rows)
        self._scroll()
        self.refresh()

    def resume(self, row: int, values: Row) -> None:
        """Go on with an unfinished row of an earlier session."""
        self.engine.take_draft(row, values)
        self._scroll()
        self.refresh()

    def fill(self, values: Row) -> None:
        """Take what is on file into the row in hand."""
        self._follow(self.engine.fill(values))

    def show_verdicts(self, verdicts: Mapping[int, str]) -> None:
        """Show what the check says, by row."""
        if verdicts != self._verdicts:
            self._verdicts = dict(verdicts)
            self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._scroll()
        self._drawn = (self.engine.row, self._top, self.engine.row_count)
        self.refresh()

    def pieces(self, y: int) -> Iterable[Piece]:
        """The head or a row."""
        if y == 0:
            return self._head()
        row = y - 1 + self._top
        return self._row(row) if row < self.engine.row_count else []

    def press(self, key: str) -> bool:
        """A key for the engine."""
        page = max(1, self._room - 1)
        if key == "pagedown":
            return self._follow(self.engine.go_to(self.engine.row + page, self.engine.column))
        if key == "pageup":
            return self._follow(self.engine.go_to(self.engine.row - page, self.engine.column))
        return self._follow(self.engine.press(key))

    def type(self, text: str) -> bool:
        """Typed characters for the engine."""
        return self._follow(self.engine.type(text))

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
        for effect in effects:
            self._follow_effect(effect)
        row, top, count = self._drawn
        self._scroll()
        engine = self.engine
        if (top, count) != (self._top, engine.row_count):
            self.refresh()
        else:
            self.repaint(row - top + 1, engine.row - top + 1)
        if engine.row != row:
            self._moved()
        self._drawn = (engine.row, self._top, engine.row_count)
        return True

    def _scroll(self) -> None:
        """Half a page at a time: line by line, every finished row would send the whole sheet again."""
        row, half = self.engine.row, self._room // 2
        if not self._top <= row < self._top + self._room:
            self._top = row - half
        self._top = max(0, min(self._top, self.engine.row_count - half))

    def _head(self) -> Iterable[Piece]:
        yield fitted("序号", _NUMBER_WIDTH), HEAD
        for field in self.engine.fields:
            yield fitted(field.label, field.width) + " ", HEAD
        if self._shows_verdicts:
            yield "审查", HEAD

    def _row(self, row: int) -> Iterable[Piece]:
        engine = self.engine
        here = row == engine.row
        yield right_fitted(str(row + 1), _NUMBER_WIDTH - 1) + " ", TEXT
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
        field, line = self.engine.field, self.engine.line
        if field.alphabet is Alphabet.CHOICE:
            line = Line(field.shown(line.text), 0)
        return line.mapped(plain).visible(field.width + 1)
