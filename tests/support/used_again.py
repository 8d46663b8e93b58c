"""Databases of one content that tests have one after the other, for a new one takes the server longer than most tests.

What a test wrote is taken out again, and the rows of the beginning are put back. A database whose tables, triggers,
functions or rights somebody changed is given to nobody else. A connection to one of them that the program closes
stays open for the next test, since the server begins each with a process of its own.
"""

import os
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus

from tests.support import database_server

_CATALOGS = ("pg_attribute", "pg_attrdef", "pg_index", "pg_constraint", "pg_trigger", "pg_proc", "pg_rewrite")
_COUNTED = " UNION ALL ".join(f"SELECT count(*), max(xmin::text::bigint) FROM {name}" for name in _CATALOGS)  # noqa: S608
_SHAPE = f"{_COUNTED} UNION ALL SELECT count(*), sum(hashtext(relname || coalesce(relacl::text, ''))) FROM pg_class"  # noqa: S608
"""What changes with every definition that somebody changes."""
_FILLED = """
    SELECT relname::text, pg_relation_size(oid) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0 ORDER BY 1
"""
_MOST = 4 * 2**20
"""Bytes of tables from which on a database is dropped: rows that were deleted still take their room."""
_SEQUENCES = "SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'"
_NUMBERED = """
    SELECT setval(name::regclass, value, called)
    FROM unnest(%s::text[], %s::bigint[], %s::bool[]) AS beginning (name, value, called)
"""
_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> ALL(%s)
"""
_AS_NEW = "RESET ALL; UNLISTEN *; SELECT pg_advisory_unlock_all()"

_Administrator = psycopg.Connection[Any]
_numbers = count()


@dataclass(frozen=True)
class _Content:
    """The rows that a database begins with."""

    tables: dict[str, bytes]
    sequences: tuple[list[str], list[int], list[bool]]


@dataclass(frozen=True)
class _Database:
    name: str
    content: _Content
    administrator: _Administrator
    shape: list[Any]


class _Line(psycopg.Connection[Any]):
    """A connection that is kept for the next one who connects when it is closed."""

    database = ""
    process = 0
    settings: Any = None

    def close(self) -> None:
        """Keep it where it is in no transaction, and waits for nothing."""
        is_idle = not self.closed and self.info.transaction_status == TransactionStatus.IDLE
        if self.database in _known and self.process == os.getpid() and is_idle and not self._notify_handlers:
            if self not in _lines[self.database]:
                _lines[self.database].append(self)
        else:
            self.end()

    def end(self) -> None:
        """Close it in truth."""
        super().close()


_contents: dict[str, _Content] = {}
_known: dict[str, _Database] = {}
_free: defaultdict[str, list[_Database]] = defaultdict(list)
_lines: defaultdict[str, list[_Line]] = defaultdict(list)


def taken(template: str) -> str:
    """The name of a database with the content of another one, to which nobody may be connected."""
    while _free[template]:
        database = _free[template].pop()
        # Whoever copied it has ended all connections.
        with suppress(psycopg.Error):
            if _is_as_new(database):
                return database.name
        _drop(database)
    name = f"again_{os.getpid()}_{next(_numbers)}"
    if template not in _contents:
        _contents[template] = _content_of(template)
    database_server.administer(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    administrator = _administrator(name)
    # Triggers refuse that the journal is deleted.
    administrator.execute("SET session_replication_role = replica")
    _known[name] = _Database(name, _contents[template], administrator, administrator.execute(_SHAPE).fetchall())
    return name


def give_back(name: str, template: str) -> None:
    """Its test is over."""
    _free[template].append(_known[name])


def connect(url: str = "", **settings: Any) -> psycopg.Connection[Any]:
    """As `psycopg.connect`, to these databases over a connection that was closed before."""
    name = url.partition("?")[0].rpartition("/")[2]
    if name not in _known:
        return psycopg.Connection.connect(url, **settings)
    autocommit = settings.pop("autocommit", False)
    while _lines[name]:
        line = _lines[name].pop()
        with suppress(psycopg.Error):
            if (line.process, line.settings) == (os.getpid(), settings):
                line.autocommit = True
                line.execute(_AS_NEW)
                line.autocommit = autocommit
                return line
        line.end()
    made = _Line.connect(url, autocommit=autocommit, **settings)
    made.database, made.process, made.settings = name, os.getpid(), settings
    return made


def leave() -> None:
    """Close all connections."""
    for database in _known.values():
        _end_lines(database.name)
        database.administrator.close()
    _known.clear()


def _administrator(name: str) -> _Administrator:
    return psycopg.Connection.connect(database_server.database(name).url, autocommit=True)


def _content_of(name: str) -> _Content:
    with _administrator(name) as administrator:
        tables = {}
        for table, _ in administrator.execute(_FILLED).fetchall():
            with administrator.cursor().copy(_of_table("COPY {} TO STDOUT (FORMAT binary)", table)) as rows:
                tables[table] = b"".join(bytes(block) for block in rows)
        names = [name for (name,) in administrator.execute(_SEQUENCES).fetchall()]
        values = [administrator.execute(f"SELECT last_value, is_called FROM {name}").fetchall()[0] for name in names]  # noqa: S608
    return _Content(tables, (names, [value for value, _ in values], [is_called for _, is_called in values]))


def _is_as_new(database: _Database) -> bool:
    """Whether a database could be made as it was at the beginning."""
    administrator, content = database.administrator, database.content
    administrator.execute(_OTHERS, ([line.info.backend_pid for line in _lines[database.name]],))
    filled = administrator.execute(_FILLED).fetchall()
    if sum(size for _, size in filled) > _MOST or administrator.execute(_SHAPE).fetchall() != database.shape:
        return False
    with administrator.transaction():
        administrator.execute(sql.SQL("; ").join(_of_table("DELETE FROM {}", table) for table, _ in filled))
        for table, rows in content.tables.items():
            with administrator.cursor().copy(_of_table("COPY {} FROM STDIN (FORMAT binary)", table)) as copied:
                copied.write(rows)
        administrator.execute(_NUMBERED, content.sequences)
    return True


def _of_table(statement: str, table: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(table))


def _drop(database: _Database) -> None:
    del _known[database.name]
    _end_lines(database.name)
    database.administrator.close()
    database_server.administer(f"DROP DATABASE {database.name} WITH (FORCE)")


def _end_lines(name: str) -> None:
    for line in _lines.pop(name, []):
        line.end()
