"""A register in a file of SQLite: durable settings, one writer at a time."""

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import ConnectionPoolEntry

from db.kinds.raw import Catalog, RawRows, objects_shape
from db.kinds.sqlite_faults import is_busy, sentence_of
from db.kinds.sqlite_turn import in_turn
from pxtui.errors import Refused
from pxtui.home import Database

BUSY_TIMEOUT_MS = 5000
_POLL_SECONDS = 0.001
_SYNCHRONOUS_FULL = 2
_SYNCHRONOUS_EXTRA = 3
_COUNTED = "name NOT LIKE 'sqlite!_stat%' ESCAPE '!'"
"""Condition on tables: what SQLite counts for itself changes by itself."""

CATALOG = Catalog(
    tables=f"SELECT name FROM sqlite_master WHERE type = 'table' AND {_COUNTED} ORDER BY name",  # noqa: S608
    columns="SELECT name, pk FROM pragma_table_xinfo(?)",
    objects=objects_shape("sqlite_master"),
    objects_source=f"(SELECT type, name, tbl_name, sql FROM sqlite_master WHERE {_COUNTED})",  # noqa: S608
    row_number="rowid",
)


class Sqlite:
    """See `db.kinds.Kind`."""

    catalog = CATALOG
    holds = False

    def is_there(self, database: Database) -> bool:
        """Whether the file is there."""
        return _path(database).exists()

    def stored_revision(self, database: Database) -> str | None:
        """See `db.revision.stored_revision`."""
        path = _path(database)
        # Where the folder cannot be entered, Path.exists raises and this says no.
        if not os.path.exists(path):
            return None
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables:
                return None
            row: tuple[str] | None = None
            if "alembic_version" in tables:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if row is None:
            raise Refused(f"“{path}”不是本程序的台账，请核对路径。")
        return row[0]

    def engine(self, database: Database) -> Engine:
        """An engine whose transactions are IMMEDIATE, or read only under the execution option `read_only`."""
        return sqlite_engine(_path(database))

    @contextmanager
    def raw(self, database: Database, *, undecoded: bool = False) -> Iterator[RawRows]:
        """See `db.kinds.Kind.raw`."""
        uri = f"{_path(database).absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as file:
            file.text_factory = bytearray if undecoded else _replaced
            yield _Rows(file, CATALOG)

    @contextmanager
    def raw_of(self, connection: Connection, *, undecoded: bool = False) -> Iterator[RawRows]:
        """See `db.kinds.Kind.raw_of`."""
        file: Any = connection.connection.driver_connection
        kept = file.text_factory
        if undecoded:
            file.text_factory = bytearray
        try:
            yield _Rows(file, CATALOG)
        finally:
            file.text_factory = kept

    def view_of(self, connection: Connection, *, undecoded: bool = False) -> AbstractContextManager[RawRows]:
        """See `db.kinds.Kind.view_of`: nobody else writes."""
        return self.raw_of(connection, undecoded=undecoded)

    def may_change_tables(self, database: Database) -> bool:
        """Whoever may write the file may do that."""
        return True

    def hold(self, connection: Connection, keys: Sequence[int], then: str = "") -> None:
        """Whoever writes in a file is alone."""

    def together(self, connection: Connection) -> AbstractContextManager[object]:
        """There is no way between."""
        return nullcontext()

    def new_numbers(self, connection: Connection, table: str, column: str, count: int) -> Sequence[int]:
        """Those behind the highest, for whoever writes is alone."""
        highest = f'SELECT coalesce(max("{column}"), 0) FROM "{table}"'  # noqa: S608 - of the models
        last = connection.exec_driver_sql(highest).scalar_one()
        return range(last + 1, last + 1 + count)

    def numbers_go_on(self, connection: Connection) -> None:
        """A file gives the number behind the highest by itself."""

    def size(self, database: Database) -> int:
        """Bytes of the file."""
        return _path(database).stat().st_size

    def is_lost(self, error: BaseException) -> bool:
        """Nobody's, for whoever writes is alone."""
        return False

    def tell(self, connection: Connection) -> None:
        """A file counts its changes by itself."""

    @contextmanager
    def changes(self, database: Database) -> Iterator["_Changes"]:
        """See `db.kinds.Kind.changes`."""
        uri = f"{_path(database).absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=0)) as file:
            yield _Changes(file)

    def sentence(self, error: BaseException, database: Database) -> str | None:
        """See `db.kinds.Kind.sentence`."""
        return sentence_of(error, _path(database)) if isinstance(error, sqlite3.Error) else None

    def is_away(self, error: BaseException) -> bool:
        """A file on this machine is there or gone for good."""
        return False


class _Rows(RawRows):
    """Of a file."""

    faults = (sqlite3.Error,)


class _Changes:
    """The counter in the head of the file, which every commit raises: 100 bytes are read, and no statement is."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        self._version = 0
        self._version = self._read()

    def wait(self, seconds: float) -> bool:
        """See `db.kinds.Changes.wait`."""
        time.sleep(seconds)
        before, self._version = self._version, self._read()
        return self._version != before

    def _read(self) -> int:
        try:
            (version,) = self._file.execute("PRAGMA data_version").fetchone()
        except sqlite3.OperationalError as fault:
            if is_busy(fault):
                # Somebody commits just now; it is seen the next time.
                return self._version
            raise
        return int(version)


def sqlite_engine(path: Path) -> Engine:
    """An engine on a file, see `Sqlite.engine`."""
    # The file exists with mode 0600 before SQLite sees it, and its journals inherit that mode.
    engine = create_engine(URL.create("sqlite", database=str(path)), hide_parameters=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset fault (sqlite.org: fixed in 3.51.3, 3.50.7 and 3.44.6)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def _path(database: Database) -> Path:
    assert isinstance(database, Path)
    return database


def _replaced(content: bytes) -> str:
    """Text, also where somebody wrote past the program what is none."""
    return content.decode(errors="replace")


def _set_up(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # Only `_begin` begins: the driver's own transactions are deferred, and those fail as soon as two write.
    connection.isolation_level = None
    major, minor, patch = sqlite3.sqlite_version_info[:3]
    safe = wal_is_safe((major, minor, patch))
    settings: tuple[tuple[str, object, object], ...] = (
        ("busy_timeout", BUSY_TIMEOUT_MS, BUSY_TIMEOUT_MS),
        ("journal_mode", "WAL" if safe else "DELETE", "wal" if safe else "delete"),
        # Anything less lost acknowledged rows in simulated power cuts.
        ("synchronous", *(("FULL", _SYNCHRONOUS_FULL) if safe else ("EXTRA", _SYNCHRONOUS_EXTRA))),
        ("foreign_keys", "ON", 1),
        ("secure_delete", "ON", 1),
    )
    for name, wanted, expected in settings:
        connection.execute(f"PRAGMA {name} = {wanted}").close()
        (actual,) = connection.execute(f"PRAGMA {name}").fetchone()
        if actual != expected:
            raise Refused(f"台账不接受安全设置 {name} = {wanted}，请把台账放在本机磁盘上再试。")


def _begin(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
    if read_only:
        connection.exec_driver_sql("BEGIN")
        return
    patience = BUSY_TIMEOUT_MS / 1_000
    end = time.monotonic() + patience
    file: Any = connection.connection.driver_connection
    with in_turn(Path(connection.engine.url.database or "").parent, patience) as is_head:
        # At the head nobody else asks, so that SQLite's own longer and longer pauses would only lose time.
        left = 0 if is_head else max(end - time.monotonic(), 0)
        file.execute(f"PRAGMA busy_timeout = {int(left * 1_000)}").close()
        try:
            while not _has_begun(file, end):
                time.sleep(_POLL_SECONDS)
        finally:
            file.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}").close()


def _has_begun(file: Any, end: float) -> bool:
    try:
        file.execute("BEGIN IMMEDIATE").close()
    except sqlite3.OperationalError as fault:
        if not is_busy(fault) or time.monotonic() >= end:
            raise
        return False
    return True
