"""Rows of a sheet as values: what changed, what is carried into a new one, where a column is empty."""

from collections.abc import Sequence
from dataclasses import dataclass

from screens.entry.effects import Row
from screens.entry.fields import Field


@dataclass(frozen=True, slots=True)
class Change:
    """A change that can be undone: the row at a place before and after; None: there was none."""

    index: int
    before: Row | None
    after: Row | None
    joined: bool = False
    """Made at one stroke with the change before it, and undone with it."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The row in hand as it stands, with the place in it where the next character goes."""

    row: int
    values: Row
    field: str
    caret: int


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


def empty_below(rows: Sequence[Row], row: int, key: str) -> list[int]:
    """The places under a row where a column is empty."""
    return [place for place in range(row + 1, len(rows)) if not rows[place].get(key)]
