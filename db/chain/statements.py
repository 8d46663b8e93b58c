"""Statements past the types of SQLAlchemy: a proof is of what is stored, and not of what a model makes of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection

from db.chain.content import Shape, Value, shape_of
from db.kinds import kind_at
from db.models import Row

Item = TypeVar("Item")
Key = tuple[Value, ...]
"""The values of a primary key."""

DERIVED = frozenset({"name_part"})
"""The tables whose rows follow from those of others."""
UNPROVEN = frozenset({"chain_link", "row_proof"}) | DERIVED
"""The tables whose rows have no proof: a link has its hash, a proof is held against the links, and a part of a name
against the name."""

_KEYS_AT_ONCE = 300
"""Keys in one statement, well below the parameters that any SQLite allows."""


def run(connection: Connection, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement with `?` for its values, as the driver gives them."""
    with kind_at(connection).raw_of(connection) as rows:
        return rows.rows(statement, values)


def run_many(connection: Connection, statement: str, values: Sequence[Sequence[Any]]) -> None:
    """A statement for each of several values."""
    with kind_at(connection).raw_of(connection) as rows:
        rows.many(statement, values)


def stream(connection: Connection, statement: str, at_once: int) -> Iterator[Sequence[Any]]:
    """The rows of a statement without values, of which only so many are in memory at once."""
    with kind_at(connection).raw_of(connection) as rows:
        for some in rows.stream(statement, at_once):
            yield from some


@cache
def shape_in_models(table: str) -> Shape:
    """The shape of a table as the models have it."""
    found = Row.metadata.tables[table]
    return shape_of(table, found.columns.keys(), [column.name for column in found.primary_key.columns])


def stored_rows(connection: Connection, shape: Shape, keys: Iterable[Key]) -> Iterator[tuple[Key, Sequence[Value]]]:
    """The rows of some keys, with their values in the order of the shape's columns; those that are there."""
    columns = ", ".join(f'"{name}"' for name in shape.columns)
    for some in chunks(keys, _KEYS_AT_ONCE):
        condition, values = _condition(shape, some)
        for row in run(connection, f'SELECT {columns} FROM "{shape.table}" WHERE {condition}', values):  # noqa: S608
            yield tuple(row[place] for place in shape.key_places), row


def by_table(keys: Iterable[tuple[str, Key]]) -> Mapping[str, list[Key]]:
    """Keys under the names of their tables, in their order."""
    tables: dict[str, list[Key]] = {}
    for table, key in keys:
        tables.setdefault(table, []).append(key)
    return tables


def chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _condition(shape: Shape, keys: Sequence[Key]) -> tuple[str, list[Value]]:
    values = [value for key in keys for value in key]
    if len(shape.key_columns) == 1:
        return f'"{shape.key_columns[0]}" IN ({", ".join("?" * len(keys))})', values
    same = " AND ".join(f'"{name}" = ?' for name in shape.key_columns)
    return " OR ".join([f"({same})"] * len(keys)), values
