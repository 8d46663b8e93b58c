"""The line to a server of PostgreSQL: which of several hosts writes, and how soon an end of it is noticed."""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from pxtui.errors import Refused
from pxtui.home import Database, Server

_LINE = {
    "connect_timeout": 4,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 5000,
}
"""What libpq is told where the address says nothing else: a cable that was cut without a word is noticed within nine
seconds, where the system's own values take hours. Seconds, only the last one milliseconds."""
_SETTINGS = {"search_path": "public", "lock_timeout": "5000", "idle_in_transaction_session_timeout": "60000"}
"""For every transaction anew, and not only when a line is made: a pooler gives each one another line to the server."""
_OF_SESSION = {
    "DateStyle": "ISO",
    "TimeZone": "UTC",
    "client_min_messages": "warning",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "2",
    "tcp_user_timeout": "5000",
}
"""A pooler carries the first two along by itself. By the last four the server lets go, as soon as the client does, of
what a transaction holds whose cable was cut: everybody else would wait for it."""
_OLDEST = 150_000
_ORDERS = frozenset({"C", "POSIX", "C.UTF-8", "C.utf8", "C.UTF8"})
"""Collations that order text by its characters' numbers, as Python does and ranges over beginnings need it."""

SETTINGS_OF_TRANSACTION = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in _SETTINGS.items())
"""Columns that have them hold until the end of a transaction."""
SET_LOCALLY = "; ".join(f"SET LOCAL {name} = {value}" for name, value in _SETTINGS.items())
"""The same as statements, for a transaction that may not begin with a column."""
_SET_NOW = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in (_OF_SESSION | _SETTINGS).items())
_ASKED = f"""
    SELECT current_setting('server_version_num')::int, current_setting('fsync'), current_setting('full_page_writes'),
        current_setting('synchronous_commit'), pg_encoding_to_char(encoding), datcollate, {_SET_NOW}
    FROM pg_database WHERE datname = current_database()
"""  # noqa: S608 - of the constants above
_COLUMNS = 6


class _Integers(psycopg.adapt.Loader):
    """Sums of integers, which PostgreSQL gives as numeric; the register has no columns of that type."""

    def load(self, data: psycopg.abc.Buffer) -> int:
        """The integer."""
        return int(bytes(data))


def connected(database: Database, *, autocommit: bool = False) -> psycopg.Connection[Any]:
    """A new connection, of several hosts to the one that writes.

    Raises:
        Refused: the server is too old or not durable, or the database orders text otherwise.
        psycopg.Error: it cannot be reached.
    """
    assert isinstance(database, Server)
    # A pooler may hand the next transaction to a line of the server that has not heard of a prepared statement.
    connection: psycopg.Connection[Any] = psycopg.connect(
        database.url, autocommit=True, client_encoding="utf8", prepare_threshold=None, **_line_to(database)
    )
    try:
        _require_sound(connection, database)
        connection.adapters.register_loader("numeric", _Integers)
        connection.autocommit = autocommit
    except BaseException:
        connection.close()
        raise
    return connection


def _line_to(database: Server) -> dict[str, Any]:
    said = conninfo_to_dict(database.url)
    wanted = dict[str, Any](_LINE)
    if "," in f"{said.get('host', '')}{said.get('hostaddr', '')}":
        # A standby among them reads, and is the one that writes once it is promoted.
        wanted["target_session_attrs"] = "read-write"
    return {name: value for name, value in wanted.items() if name not in said}


def _require_sound(connection: psycopg.Connection[Any], database: Server) -> None:
    found = connection.execute(_ASKED).fetchone()
    assert found is not None
    version, *durable, encoding, order = found[:_COLUMNS]
    if version < _OLDEST:
        raise Refused(f"数据库服务器是PostgreSQL {version // 10_000}，本程序需要15或更新的，请管理员升级。")
    for name, value in zip(("fsync", "full_page_writes", "synchronous_commit"), durable, strict=True):
        if value == "off":
            raise Refused(f"数据库服务器的{name}是off，断电会丢失已保存的内容，请管理员改为on再用。")
    if encoding != "UTF8" or order not in _ORDERS:
        raise Refused(
            f"数据库“{database}”的编码是{encoding}、排序是{order}，本程序需要UTF8和C，请管理员按deploy/README.md重建。"
        )
