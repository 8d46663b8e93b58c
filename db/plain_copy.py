"""An SQLite file of plain tables for others: it bears nothing of the register's own tables, keys or seals."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table: its columns with their types, and its rows."""

    name: str
    columns: Sequence[tuple[str, str]]
    """Name and type, TEXT or INTEGER; both the program's own."""
    rows: Iterable[Sequence[Cell]]


def write(path: Path, tables: Iterable[PlainTable]) -> None:
    """Write the tables into a new file.

    Raises:
        sqlite3.Error: the disk refuses.
    """
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in tables:
            columns = ", ".join(f"{name} {kind}" for name, kind in table.columns)
            connection.execute(f"CREATE TABLE {table.name} ({columns})")
            places = ", ".join("?" * len(table.columns))
            connection.executemany(f"INSERT INTO {table.name} VALUES ({places})", table.rows)  # noqa: S608 - own names


def rows_of(path: Path, table: str) -> Iterator[Sequence[Cell]]:
    """The rows of a table in the order in which they were written; `table` is the program's own name."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        yield from connection.execute(f"SELECT * FROM {table} ORDER BY rowid")  # noqa: S608 - own name
