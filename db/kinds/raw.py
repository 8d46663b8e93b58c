"""Stored rows past the types of SQLAlchemy: a proof is of what is stored, and not of what a model makes of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from db.chain.content import Shape, shape_of


class Unreadable(Exception):
    """The database refuses a statement: a table is gone, or is not what it was."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """How a database tells of its own tables."""

    tables: str
    """The statement for their names, in order."""
    columns: str
    """The statement for the columns of one table: the name and the place in the primary key, 0 for none."""
    objects: Shape
    """Tables, indexes, triggers and the like are rows too: one that was dropped, added or changed is found like any."""
    objects_source: str
    """Where these rows are read, as it stands behind FROM."""
    row_number: str
    """What tells apart the rows of a table without a primary key."""

    def source(self, shape: Shape) -> str:
        """Where the rows of a table are read, as it stands behind FROM."""
        if shape.table == self.objects.table:
            return self.objects_source
        return '"{}"'.format(shape.table.replace('"', '""'))


OBJECT_TABLES = frozenset({"sqlite_master", "pg_catalog"})
"""The names under which findings know the objects of either database."""


def objects_shape(table: str) -> Shape:
    """The shape of a catalogue's objects under the name that findings know them by."""
    return shape_of(table, ("type", "name", "tbl_name", "sql"), ("type", "name"))


class RawRows:
    """A connection of a driver, for statements with `?` in the place of their values."""

    faults: tuple[type[Exception], ...] = ()
    """What the driver raises."""

    def __init__(self, connection: Any, catalog: Catalog) -> None:
        """`connection`: of the driver."""
        self.connection = connection
        self.catalog = catalog

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a statement, none for one that has none. The faults are the driver's own."""
        cursor = self.cursor()
        try:
            cursor.execute(self.placed(statement), values)
            return cursor.fetchall() if cursor.description else []
        finally:
            cursor.close()

    def asked(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The same of tables that somebody may have dropped or mutilated.

        Raises:
            Unreadable: the database refuses it.
        """
        try:
            return self.rows(statement, values)
        except self.faults as fault:
            raise Unreadable from fault

    def many(self, statement: str, values: Sequence[Sequence[Any]]) -> None:
        """A statement for each of several values."""
        if not values:
            return
        cursor = self.cursor()
        try:
            cursor.executemany(self.placed(statement), values)
        finally:
            cursor.close()

    def stream(self, statement: str, at_once: int) -> Iterator[Sequence[tuple[Any, ...]]]:
        """The rows of a statement without values, some at a time; other statements may come between."""
        cursor = self.cursor(streams=True)
        try:
            cursor.execute(self.placed(statement), ())
            while some := cursor.fetchmany(at_once):
                yield some
        finally:
            cursor.close()

    def cursor(self, *, streams: bool = False) -> Any:
        """A cursor of the driver; `streams`: that does not hold all rows in memory."""
        return self.connection.cursor()

    def placed(self, statement: str) -> str:
        """The statement with the driver's own places for values."""
        return statement

    def begin(self) -> None:
        """Begin a view of one moment."""
        self.rows("BEGIN")

    def end(self) -> None:
        """End it."""
        self.rows("COMMIT")
