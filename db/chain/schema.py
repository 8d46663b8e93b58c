"""The tables of a register as they stand in its file, and not as a model has them: also those that nobody knows."""

from collections.abc import Sequence

from sqlalchemy import Connection

from db.chain.content import Shape, Value, shape_of
from db.chain.statements import UNPROVEN, run

OBJECTS = shape_of("sqlite_master", ("type", "name", "tbl_name", "sql"), ("type", "name"))
"""Tables, indexes and triggers themselves are rows too: one that was dropped, added or changed is found like any."""

OBJECTS_THAT_COUNT = "name NOT LIKE 'sqlite!_stat%' ESCAPE '!'"
"""Condition on them: what SQLite counts for itself changes by itself."""

TABLES = f"SELECT name FROM sqlite_master WHERE type = 'table' AND {OBJECTS_THAT_COUNT} ORDER BY name"  # noqa: S608

COLUMNS = "SELECT * FROM pragma_table_xinfo(?)"


def shapes(connection: Connection) -> list[Shape]:
    """All tables with proven rows, by their names, that of the tables themselves last."""
    names = [name for (name,) in run(connection, TABLES)]
    found = [shape_in(name, run(connection, COLUMNS, (name,))) for name in names if name not in UNPROVEN]
    return [*found, OBJECTS]


def shape_in(table: str, columns: Sequence[Sequence[object]]) -> Shape:
    """The shape by the rows of `COLUMNS`; a table without a primary key has the number of its row for one."""
    names = [str(column[1]) for column in columns]
    ordered = sorted((int(str(column[5])), str(column[1])) for column in columns if column[5])
    keys = [name for _, name in ordered]
    return shape_of(table, names, keys) if keys else shape_of(table, [*names, "rowid"], ["rowid"])


def all_rows(shape: Shape) -> str:
    """The statement for every row of a table, in the order of its key."""
    return f"{_select(shape)} WHERE {_which(shape)} ORDER BY {_listed(shape.key_columns)}"


def rows_after(shape: Shape, last: Sequence[Value], most: int) -> tuple[str, tuple[Value, ...]]:
    """The statement and its values for the next rows behind a key; an empty one: from the first row on."""
    behind = f"({_listed(shape.key_columns)}) > ({_placed(last)}) AND " if last else ""
    order = f"ORDER BY {_listed(shape.key_columns)} LIMIT {most}"
    return f"{_select(shape)} WHERE {behind}{_which(shape)} {order}", _given(last)


def row_with(shape: Shape, key: Sequence[Value]) -> tuple[str, tuple[Value, ...]]:
    """The statement and its values for the row of a key."""
    return f"{_select(shape)} WHERE ({_listed(shape.key_columns)}) = ({_placed(key)})", _given(key)


def _select(shape: Shape) -> str:
    return f'SELECT {_listed(shape.columns)} FROM "{shape.table}"'  # noqa: S608 - names out of the database itself


def _which(shape: Shape) -> str:
    return OBJECTS_THAT_COUNT if shape is OBJECTS else "1"


def _listed(names: Sequence[str]) -> str:
    return ", ".join('"{}"'.format(name.replace('"', '""')) for name in names)


def _placed(key: Sequence[Value]) -> str:
    # Text that is none comes as bytes, and is compared as what it stands there for.
    return ", ".join("CAST(? AS TEXT)" if isinstance(value, str | bytearray) else "?" for value in key)


def _given(key: Sequence[Value]) -> tuple[Value, ...]:
    return tuple(bytes(value) if isinstance(value, bytearray) else value for value in key)
