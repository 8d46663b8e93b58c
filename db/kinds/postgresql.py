"""A register in a database of PostgreSQL, 15 or newer."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any

import psycopg
from psycopg.types.string import TextLoader
from sqlalchemy import BinaryExpression, Connection, Engine, create_engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg

from db.kinds.postgresql_catalog import CATALOG
from db.kinds.postgresql_faults import LOST, is_away, sentence_of
from db.kinds.postgresql_line import SET_LOCALLY, SETTINGS_OF_TRANSACTION, connected
from db.kinds.raw import RawRows
from pxtui.errors import Refused
from pxtui.home import Database

WRITING_LOCK = 0x7078747569
"""Key of the advisory lock of the register; those of `db.locks` are below it."""
_NUMBERED = """
    SELECT quote_ident(table_name), quote_ident(column_name) FROM information_schema.columns
    WHERE table_schema = 'public' AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL
"""
_CHANNEL = "pxtui_stored"
_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_IS_READ_ONLY = "on"


class Postgresql:
    """See `db.kinds.Kind`."""

    catalog = CATALOG
    holds = True

    def is_there(self, database: Database) -> bool:
        """Whether the database has a register: tables alone, without an office, are none yet."""
        with self.raw(database) as file:
            has_table = bool(file.rows("SELECT 1 WHERE to_regclass('register') IS NOT NULL"))
            return has_table and bool(file.rows("SELECT 1 FROM register"))

    def stored_revision(self, database: Database) -> str | None:
        """See `db.revision.stored_revision`."""
        with self.raw(database) as file:
            tables = {name for (name,) in file.rows(CATALOG.tables)}
            found = file.rows("SELECT version_num FROM alembic_version") if "alembic_version" in tables else []
        if tables and not found:
            raise Refused(f"数据库“{database}”里不是本程序的台账，请核对PXTUI_DATABASE_URL。")
        return found[0][0] if found else None

    def engine(self, database: Database) -> Engine:
        """See `db.kinds.Kind.engine`."""
        engine = create_engine(
            "postgresql+psycopg://", creator=partial(connected, database), hide_parameters=True, pool_pre_ping=True
        )
        engine.dialect.statement_compiler = _Compiler
        event.listen(engine, "begin", _begin)
        return engine

    @contextmanager
    def raw(self, database: Database, *, undecoded: bool = False) -> Iterator[RawRows]:
        """See `db.kinds.Kind.raw`; the server lets no text in that is none."""
        connection = connected(database, autocommit=True)
        try:
            yield _Rows(connection, CATALOG)
        finally:
            connection.close()

    @contextmanager
    def raw_of(self, connection: Connection, *, undecoded: bool = False) -> Iterator["_Rows"]:
        """See `db.kinds.Kind.raw_of`."""
        yield _Rows(connection.connection.driver_connection, CATALOG)

    @contextmanager
    def view_of(self, connection: Connection, *, undecoded: bool = False) -> Iterator["_Rows"]:
        """See `db.kinds.Kind.view_of`; where others write beside it, on another line."""
        if not connection.get_execution_options().get("beside", False):
            with self.raw_of(connection) as rows:
                yield rows
            return
        with connection.engine.execution_options(read_only=True).begin() as view, self.raw_of(view) as rows:
            yield rows

    def may_change_tables(self, database: Database) -> bool:
        """Whether it is the owner's."""
        with self.raw(database) as file:
            owned = "pg_has_role(current_user, relowner, 'USAGE')"
            return bool(file.rows(f"SELECT 1 FROM pg_class WHERE oid = to_regclass('register') AND {owned}"))  # noqa: S608

    def hold(self, connection: Connection, keys: Sequence[int], then: str = "") -> list[tuple[Any, ...]] | None:
        """See `db.kinds.Kind.hold`; a statement of its own, for it sees what was committed before it began alone."""
        asked = f"SELECT pg_advisory_xact_lock(key) FROM unnest('{{{','.join(map(str, keys))}}}'::bigint[]) AS key"  # noqa: S608 - numbers
        with self.raw_of(connection) as rows:
            found = rows.rows_of_last(asked, then) if then else rows.rows(asked)
        return found if then else None

    def together(self, connection: Connection) -> AbstractContextManager[object]:
        """See `db.kinds.Kind.together`."""
        line: Any = connection.connection.driver_connection
        pipeline: AbstractContextManager[object] = line.pipeline()
        return pipeline

    def new_numbers(self, connection: Connection, table: str, column: str, count: int) -> Sequence[int]:
        """The next of the table's sequence; one that is not used after all is given to nobody."""
        drawn = "SELECT nextval(pg_get_serial_sequence(?, ?)) FROM generate_series(1, ?)"
        with self.raw_of(connection) as rows:
            return [number for (number,) in rows.rows(drawn, (f'"{table}"', column, count))]

    def numbers_go_on(self, connection: Connection) -> None:
        """See `db.kinds.Kind.numbers_go_on`; only whose the tables are may do it."""
        for table, column in connection.exec_driver_sql(_NUMBERED).all():
            highest = f"(SELECT max({column}) FROM {table})"  # noqa: S608 - of the catalogue
            sequence = f"pg_get_serial_sequence('{table}', '{column}')"
            connection.exec_driver_sql(f"SELECT setval({sequence}, coalesce({highest}, 1), {highest} IS NOT NULL)")

    def size(self, database: Database) -> int:
        """Bytes of the whole database."""
        with self.raw(database) as file:
            ((size,),) = file.rows("SELECT pg_database_size(current_database())")
        return int(size)

    def is_lost(self, error: BaseException) -> bool:
        """See `db.kinds.Kind.is_lost`."""
        return isinstance(error, psycopg.Error) and error.sqlstate in LOST

    def tell(self, connection: Connection) -> None:
        """See `db.kinds.Kind.tell`."""
        with self.raw_of(connection) as rows:
            rows.rows(f"NOTIFY {_CHANNEL}")

    @contextmanager
    def changes(self, database: Database) -> Iterator["_Changes"]:
        """See `db.kinds.Kind.changes`."""
        connection = connected(database, autocommit=True)
        try:
            connection.execute(f"LISTEN {_CHANNEL}")
            yield _Changes(connection)
        finally:
            connection.close()

    def sentence(self, error: BaseException, database: Database) -> str | None:
        """See `db.kinds.Kind.sentence`."""
        return sentence_of(error, database) if isinstance(error, psycopg.Error) else None

    def is_away(self, error: BaseException) -> bool:
        """See `db.kinds.Kind.is_away`."""
        return isinstance(error, psycopg.Error) and is_away(error)


class _Rows(RawRows):
    """Of a database."""

    faults = (psycopg.Error,)

    def cursor(self, *, streams: bool = False) -> Any:
        """With days as SQLite stores them, so that a row has one proof on both."""
        cursor = self.connection.cursor(name="stream") if streams else self.connection.cursor()
        cursor.adapters.register_loader("date", TextLoader)
        return cursor

    def placed(self, statement: str) -> str:
        """With %s."""
        return statement.replace("%", "%%").replace("?", "%s")

    def rows_of_last(self, *statements: str) -> list[tuple[Any, ...]]:
        """The rows of the last of several statements without values that go on one way."""
        with self.cursor() as cursor:
            cursor.execute("; ".join(statements))
            while cursor.nextset():
                pass
            return list(cursor.fetchall())

    def begin(self) -> None:
        """Begin a view of one moment."""
        self.rows(f"{_READING}; {SET_LOCALLY}")


class _Changes:
    """What the server tells by itself: nothing goes over the line as long as nobody stores."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def wait(self, seconds: float) -> bool:
        """See `db.kinds.Changes.wait`."""
        return bool(list(self._connection.notifies(timeout=seconds, stop_after=1)))


class _Compiler(PGCompiler_psycopg):
    """Looks for parts of names as SQLite does, which takes Latin letters for the same whether large or small."""

    def visit_like_op_binary(self, binary: BinaryExpression[Any], operator: Any, **kw: Any) -> str:
        """ILIKE."""
        ilike: Any = self.visit_ilike_op_binary
        return str(ilike(binary, operator, **kw))


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("read_only", False):
        connection.exec_driver_sql(f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; {SET_LOCALLY}")
        return
    # One way, because a network may lie between. The time that a lock may take counts from the first column on.
    options = connection.get_execution_options()
    shared = "_shared" if options.get("beside", False) else ""
    begun = f"SELECT {SETTINGS_OF_TRANSACTION}, current_setting('transaction_read_only'), pg_advisory_xact_lock{shared}"
    held = [f"SELECT pg_advisory_xact_lock({key})" for key in options.get("holds", ())]
    if connection.exec_driver_sql("; ".join([f"{begun}({WRITING_LOCK})", *held])).one()[-2] == _IS_READ_ONLY:
        raise psycopg.errors.ReadOnlySqlTransaction("a standby, or a server that is set to be read only")
