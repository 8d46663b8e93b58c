"""Rows of a sheet as values: what changed, what is carried into a new one, where a column is empty."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from screens.entry.effects import Row
from screens.entry.fields import Field

Known = TypeVar("Known")

NUMBER = "seq"
"""The key of a row's own 序号, by which the check and the papers name it, where it does not follow from its place."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that can be undone: the row at a place before and after; None: there was none."""

    index: int
    before: Row | None
    after: Row | None
    joined: bool = False
    """Made at one stroke with the change before it, and undone with it."""


@dataclass(frozen=True, slots=True)
class CellEdit:
    """An edit of the row in hand: the row as the edit found it and as it left it."""

    row: int
    column: int
    before: Row
    after: Row


@dataclass(frozen=True, slots=True)
class SheetLeft:
    """A sheet as it was left: its rows, what can be undone, and what can be made again; the next of each last."""

    rows: tuple[Row, ...]
    done: tuple[Change, ...]
    undone: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The row in hand as it stands, with the place in it where the next character goes."""

    row: int
    values: Row
    field: str
    caret: int


class History:
    """What was changed in a sheet and can be undone, and what was undone and can be made again.

    Edits of the row in hand come before the changes of rows that are stored: they are newer.
    """

    def __init__(self, done: Iterable[Change] = (), undone: Iterable[Change] = ()) -> None:
        """`done`: the newest last; `undone`: what is made again next stands last."""
        self.done = list(done)
        self.undone: list[Change | CellEdit] = list(undone)
        self.edits: list[CellEdit] = []
        """Of the row in hand, the newest last."""

    @property
    def is_empty(self) -> bool:
        """Whether no change that was stored can be undone or made again."""
        return not (self.done or self.undone)

    def remember(self, change: Change) -> None:
        """A change was made: what was undone before it is gone."""
        self.done.append(change)
        self.undone.clear()

    def remember_edit(self, edit: CellEdit) -> None:
        """The row in hand was changed: what was undone before is gone."""
        self.edits.append(edit)
        self.undone.clear()

    def take_back_edit(self) -> CellEdit:
        """The newest edit of the row in hand."""
        edit = self.edits.pop()
        self.undone.append(edit)
        return edit

    def take_back(self) -> Iterator[Change]:
        """The newest changes that were made at one stroke, the last one first."""
        joined = True
        while joined:
            change = self.done.pop()
            self.undone.append(change)
            joined = change.joined
            yield change

    def make_again(self) -> Iterator[Change | CellEdit]:
        """What was undone last, at one stroke as it was made."""
        joined = True
        while joined:
            again = self.undone.pop()
            if isinstance(again, CellEdit):
                self.edits.append(again)
                yield again
                return
            self.done.append(again)
            following = self.undone[-1] if self.undone else None
            joined = isinstance(following, Change) and following.joined
            yield again


def row_states(fields: Sequence[Field], stored: Row, edits: Iterable[CellEdit], working: Row) -> Iterator[Row]:
    """The states of a row between which undo stops, the last of them `working`.

    What was filled in one cell after the other was keyed as one; what was there and was corrected is a change of its
    own.
    """
    before, was_filled = stored, False
    for edit in edits:
        is_filled = not edit.before.get(fields[edit.column].key)
        if not (is_filled and was_filled) and is_changed(before, edit.before):
            before = {key: text for key, text in edit.before.items() if text}
            yield before
        was_filled = is_filled
    if is_changed(before, working):
        yield working


def changed_column(
    fields: Sequence[Field], visited: Sequence[int], before: Row | None, after: Row | None
) -> int | None:
    """The first of some columns in which two rows differ; None where none does, or one row is not there."""
    if before is None or after is None:
        return None
    keys = ((column, fields[column].key) for column in visited)
    return next((column for column, key in keys if before.get(key, "") != after.get(key, "")), None)


def shifted(by_row: Mapping[int, Known], place: int, step: int) -> dict[int, Known]:
    """What is known of rows by their places, after a row came in at one (1) or went out of it (-1)."""
    return {row + step * (row >= place): known for row, known in by_row.items() if step > 0 or row != place}


def is_changed(stored: Row, working: Row) -> bool:
    """Whether two rows say different things; what is missing is empty."""
    keys = stored.keys() | working.keys()
    return any(stored.get(key, "") != working.get(key, "") for key in keys)


def carried_over(fields: Sequence[Field], above: Row) -> Row:
    """What a new row begins with under another one."""
    return {field.key: above[field.key] for field in fields if field.carry and above.get(field.key)}


def begun(carried: Row, row: Row) -> Row:
    """A new row as it is kept: what was carried counts as soon as there is something else.

    Until then only what was taken out of it is known.
    """
    is_own = any(text and text != carried.get(key) for key, text in row.items())
    return row if is_own else {key: "" for key in carried if not row.get(key)}


def called(row: Row, place: int) -> str:
    """A row for a sentence: 第7号 by its own 序号, 第6行 where it has only its place, counted from 0."""
    own = row.get(NUMBER, "")
    return f"第{own}号" if own else f"第{place + 1}行"


def empty_below(rows: Sequence[Row], row: int, key: str) -> list[int]:
    """The places under a row where a column is empty."""
    return [place for place in range(row + 1, len(rows)) if not rows[place].get(key)]
