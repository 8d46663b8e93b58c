"""The tables of a register as they stand in its database, and not as a model has them: also those that nobody knows."""

from collections.abc import Sequence

from sqlalchemy import Connection

from db.chain.content import Shape, Value, shape_of
from db.chain.statements import UNPROVEN, run
from db.kinds import kind_at
from db.kinds.raw import Catalog


def shapes(connection: Connection) -> list[Shape]:
    """All tables with proven rows, by their names, that of the tables themselves last."""
    catalog = kind_at(connection).catalog
    names = [name for (name,) in run(connection, catalog.tables)]
    found = [shape_in(catalog, name, run(connection, catalog.columns, (name,))) for name in names]
    return [*(shape for shape in found if shape.table not in UNPROVEN), catalog.objects]


def shape_in(catalog: Catalog, table: str, columns: Sequence[Sequence[object]]) -> Shape:
    """The shape by the rows of `Catalog.columns`; a table without a primary key has the number of its row for one."""
    names = [str(name) for name, _ in columns]
    ordered = sorted((int(str(place)), str(name)) for name, place in columns if place)
    keys = [name for _, name in ordered]
    return shape_of(table, names, keys) if keys else shape_of(table, [*names, catalog.row_number], [catalog.row_number])


def all_rows(catalog: Catalog, shape: Shape) -> str:
    """The statement for every row of a table, in the order of its key."""
    return f"{_select(catalog, shape)} ORDER BY {_listed(shape.key_columns)}"


def rows_after(catalog: Catalog, shape: Shape, last: Sequence[Value], most: int) -> tuple[str, tuple[Value, ...]]:
    """The statement and its values for the next rows behind a key; an empty one: from the first row on."""
    behind = f" WHERE ({_listed(shape.key_columns)}) > ({_placed(last)})" if last else ""
    order = f"ORDER BY {_listed(shape.key_columns)} LIMIT {most}"
    return f"{_select(catalog, shape)}{behind} {order}", given(last)


def row_with(catalog: Catalog, shape: Shape, key: Sequence[Value]) -> tuple[str, tuple[Value, ...]]:
    """The statement and its values for the row of a key."""
    return f"{_select(catalog, shape)} WHERE ({_listed(shape.key_columns)}) = ({_placed(key)})", given(key)


def given(key: Sequence[Value]) -> tuple[Value, ...]:
    """A key as the values of a statement."""
    return tuple(bytes(value) if isinstance(value, bytearray) else value for value in key)


def _select(catalog: Catalog, shape: Shape) -> str:
    # The names are out of the database itself.
    return f"SELECT {_listed(shape.columns)} FROM {catalog.source(shape)}"  # noqa: S608


def _listed(names: Sequence[str]) -> str:
    return ", ".join('"{}"'.format(name.replace('"', '""')) for name in names)


def _placed(key: Sequence[Value]) -> str:
    # Text that is none comes as bytes, and is compared as what it stands there for.
    return ", ".join("CAST(? AS TEXT)" if isinstance(value, str | bytearray) else "?" for value in key)
