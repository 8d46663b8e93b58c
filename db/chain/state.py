"""The last proof of every row by the links so far; what is too much for the memory lies in a temporary table."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

_MOST_IN_MEMORY = 300_000

_MAKE = (
    "CREATE TABLE IF NOT EXISTS proven (name TEXT NOT NULL, row_key BLOB NOT NULL, proof BLOB NOT NULL, "
    "link INTEGER NOT NULL, PRIMARY KEY (name, row_key)) WITHOUT ROWID"
)
_STORE = "INSERT OR REPLACE INTO proven VALUES (?, ?, ?, ?)"
_FIND = "SELECT proof, link FROM proven WHERE name = ? AND row_key = ?"
_OF_TABLE = "SELECT row_key, proof, link FROM proven WHERE name = ?"


class Last(NamedTuple):
    """The last proof of a row, and the link that gave it."""

    proof: bytes
    """Empty: the row is gone."""
    link: int


class State:
    """The rows that the links so far have left."""

    def __init__(self) -> None:
        """No row."""
        # Without a name: a file of its own in SQLite's temporary folder, made where memory does not suffice, and gone
        # with the connection. Keys and proofs alone come there.
        self._scratch = sqlite3.connect("", isolation_level=None)
        self._recent: dict[tuple[str, bytes], Last] = {}
        self._is_spilled = False
        self.living: Counter[str] = Counter()
        """The number of rows by table."""

    def close(self) -> None:
        """Let go of the file."""
        self._scratch.close()

    def clear(self) -> None:
        """Forget every row."""
        self._recent.clear()
        self.living.clear()
        if self._is_spilled:
            self._scratch.execute("DELETE FROM proven")

    def last(self, table: str, key: bytes) -> Last | None:
        """The last proof of a row; None for one that was never there, or is gone."""
        found = self._recent.get((table, key))
        if found is None and self._is_spilled:
            stored = self._scratch.execute(_FIND, (table, key)).fetchone()
            found = stored and Last(*stored)
        return found if found is not None and found.proof else None

    def put(self, table: str, key: bytes, proof: bytes, link: int) -> bytes:
        """Note a row as a link left it; the proof before, empty for none."""
        before = self.last(table, key)
        self.living[table] += bool(proof) - (before is not None)
        self._recent[table, key] = Last(proof, link)
        if len(self._recent) > _MOST_IN_MEMORY:
            self._spill()
        return before.proof if before is not None else b""

    def of_table(self, table: str) -> Iterator[tuple[bytes, Last]]:
        """The rows of a table that are there, by their keys."""
        recent = {key: last for (name, key), last in self._recent.items() if name == table}
        if self._is_spilled:
            for key, proof, link in self._scratch.execute(_OF_TABLE, (table,)):
                if key not in recent and proof:
                    yield key, Last(proof, link)
        yield from ((key, last) for key, last in recent.items() if last.proof)

    def count(self) -> int:
        """The number of all rows."""
        return sum(self.living.values())

    def tables(self) -> list[str]:
        """The tables that have rows."""
        return sorted(table for table, count in self.living.items() if count)

    def _spill(self) -> None:
        self._scratch.execute(_MAKE)
        rows = sorted((*row, *last) for row, last in self._recent.items())
        self._scratch.executemany(_STORE, rows)
        self._recent.clear()
        self._is_spilled = True
