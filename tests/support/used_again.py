"""Databases of one content that tests have one after the other, for a new one takes the server longer than most tests.

What a test wrote is taken out again, and the rows of the beginning are put back. A database whose tables, triggers,
functions or rights somebody changed is given to nobody else. A connection to one of them that the program closes
stays open for the next test, since the server begins each with a process of its own.
"""

import os
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
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
    SELECT relname::text, pg_relation_size(oid), NOT EXISTS (SELECT 1 FROM pg_constraint WHERE confrelid = pg_class.oid)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0 ORDER BY 1
"""
_MUCH, _MOST = 2**18, 2**22
"""Bytes from which on a table is emptied at once and a database dropped: rows that were deleted take their room."""
_SEQUENCES = """
    SELECT quote_ident(sequencename), coalesce(last_value, start_value), last_value IS NOT NULL
    FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1
"""
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
class Content:
    """The rows of a database, as COPY writes them, and where its sequences stand."""

    tables: dict[str, bytes]
    sequences: tuple[list[str], list[int], list[bool]]

    @property
    def rows(self) -> bytes:
        """The same for the same rows in any order, whatever numbers were drawn for rows that were taken back."""
        rows = [(table, sorted(lines.split(b"\n"))) for table, lines in self.tables.items() if lines]
        return sha256(repr(rows).encode()).digest()


@dataclass(frozen=True)
class _Database:
    name: str
    template: str
    content: Content
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

    def __del__(self, *_: Any) -> None:
        """A test that is left out half-way has closed nothing, and the next one is not to blame."""
        if hasattr(self, "pgconn"):
            self.pgconn.finish()


_contents: dict[str, Content] = {}
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
        with _administrator(template) as reader:
            _contents[template] = _read(reader)
    database_server.administer(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    administrator = _administrator(name)
    # Triggers refuse that the journal is deleted.
    administrator.execute("SET session_replication_role = replica")
    _known[name] = _Database(
        name, template, _contents[template], administrator, administrator.execute(_SHAPE).fetchall()
    )
    return name


def copied(name: str) -> str | None:
    """The name of a database with the rows that another of these has now; None: it is none of them."""
    if name not in _known:
        return None
    copy = taken(_known[name].template)
    Rows(_known[copy].administrator).put(Rows(_known[name].administrator).content())
    return copy


def give_back(name: str) -> bool:
    """Take a database for the next test; False: it is none of these."""
    if name in _known:
        _free[_known[name].template].append(_known[name])
    return name in _known


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


class Rows:
    """All rows of one of these databases, and where its sequences stand."""

    def __init__(self, administrator: _Administrator) -> None:
        self._administrator = administrator

    def fingerprint(self) -> str:
        """The same for the same rows in any order."""
        content = self.content()
        return sha256(content.rows + repr(content.sequences).encode()).hexdigest()

    def content(self) -> Content:
        """As they are now."""
        return _read(self._administrator)

    def put(self, content: Content) -> None:
        """In the place of those that there are."""
        _write(self._administrator, content, self._administrator.execute(_FILLED).fetchall())


def rows_of(name: str) -> Rows | None:
    """The rows of a database; None: it is none of these."""
    return Rows(_known[name].administrator) if name in _known else None


def _read(administrator: _Administrator) -> Content:
    tables = {}
    with administrator.transaction():
        for table, *_ in administrator.execute(_FILLED).fetchall():
            with administrator.cursor().copy(_of_table("COPY {} TO STDOUT", table)) as rows:
                tables[table] = b"".join(bytes(block) for block in rows)
        names, values, called = zip(*administrator.execute(_SEQUENCES).fetchall(), strict=True)
    return Content(tables, (list(names), list(values), list(called)))


def _write(administrator: _Administrator, content: Content, filled: list[Any]) -> None:
    emptied = [
        _of_table("TRUNCATE {}" if size > _MUCH and is_apart else "DELETE FROM {}", table)
        for table, size, is_apart in filled
    ]
    with administrator.transaction():
        administrator.execute(sql.SQL("; ").join(emptied))
        for table, rows in content.tables.items():
            if rows:
                with administrator.cursor().copy(_of_table("COPY {} FROM STDIN", table)) as copied:
                    copied.write(rows)
        administrator.execute(_NUMBERED, content.sequences)


def _is_as_new(database: _Database) -> bool:
    """Whether a database could be made as it was at the beginning."""
    administrator, content = database.administrator, database.content
    administrator.execute(_OTHERS, ([line.info.backend_pid for line in _lines[database.name]],))
    filled = administrator.execute(_FILLED).fetchall()
    if sum(size for _, size, _ in filled) > _MOST or administrator.execute(_SHAPE).fetchall() != database.shape:
        return False
    _write(administrator, content, filled)
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
