"""What stands under seal in a register's file, and a register as it was before seals were bound to their rows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from db.chain.links import moment
from db.chain.renewal import renew
from db.engine import open_archive, private_engine
from db.seal import Vault
from db.sealed_columns import sealed_columns
from pxtui.home import Home
from tests.conftest import NOW
from tests.db.test_control_migration import of_revision

_OBJECTS = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"

Texts = dict[tuple[str, str, str], str]
"""By table, `uid` of the row and column."""


def texts_under_seal(home: Home, vault: Vault | None = None) -> Texts:
    """Everything that is filled and under seal, but the chain's own keys, which come and go.

    Raises:
        PxtuiError: something does not open.
    """
    vault = vault or Vault.open(home.key)
    found = {}
    with closing(sqlite3.connect(home.register)) as connection:
        for table in sealed_columns():
            for row in connection.execute(table.statement()):
                uid, identity, blobs = table.parts(row)
                for name, blob in blobs.items():
                    text = vault.unseal_in_row(table.table, identity, name, blob)
                    if text and table.table != "chain_key":
                        found[table.table, uid, name] = text
    return found


def seal_as_before(home: Home) -> None:
    """Make the register one of revision 0028: sealed by `uid` alone, and proven by its chain as it stands."""
    vault = Vault.open(home.key)
    archive = open_archive(home.register, vault)
    vault = archive.vault
    archive.close()
    with closing(sqlite3.connect(home.register, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement, values in _as_before(connection, vault):
            connection.execute(statement, values)
        for _, text in triggers:
            connection.execute(text)
        for statement in _back_to_before(connection, home):
            connection.execute(statement)
        connection.execute("COMMIT")
    bind_as_before(home)


def _back_to_before(connection: sqlite3.Connection, home: Home) -> list[str]:
    """Takes away the tables, columns and indexes that later revisions made, and makes those that they took away."""
    of_then = home.root / "of-then.sqlite"
    of_revision(of_then, "0028")
    with closing(sqlite3.connect(of_then)) as reference:
        then = {(kind, name): text for kind, name, text in reference.execute(_OBJECTS)}
        columns_then = _columns(reference)
    of_then.unlink()
    now = {(kind, name): text for kind, name, text in connection.execute(_OBJECTS)}
    gone = [f"DROP {kind} {name}" for kind, name in sorted(now, reverse=True) if (kind, name) not in then]
    indexes_first = sorted(gone, key=lambda statement: not statement.startswith("DROP index"))
    widened = {table for table, _ in _columns(connection) - columns_then if ("table", table) in then}
    narrower = [statement for table in sorted(widened) for statement in _made_anew(table, then, columns_then)]
    return [*indexes_first, *narrower, *(text for thing, text in then.items() if thing not in now)]


def _made_anew(table: str, then: dict[tuple[str, str], str], columns: set[tuple[str, str]]) -> Iterator[str]:
    """A table with the columns of then alone: SQLite drops none that a foreign key names."""
    names = ", ".join(f'"{column}"' for name, column in sorted(columns) if name == table)
    yield f"CREATE TEMP TABLE kept AS SELECT {names} FROM {table}"  # noqa: S608 - of the models
    yield f"DROP TABLE {table}"
    yield then["table", table]
    yield f"INSERT INTO {table} ({names}) SELECT {names} FROM kept"  # noqa: S608 - of the models
    yield "DROP TABLE kept"
    yield from (text for (kind, _), text in then.items() if kind == "index" and f" ON {table} " in text)


def _columns(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    asked = "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"
    return set(connection.execute(asked))


def _as_before(connection: sqlite3.Connection, vault: Vault) -> Iterator[tuple[str, tuple[object, ...]]]:
    for table in sealed_columns():
        for row in connection.execute(table.statement()).fetchall():
            uid, identity, blobs = table.parts(row)
            texts = {name: vault.unseal_in_row(table.table, identity, name, blob) for name, blob in blobs.items()}
            sealed = [vault.seal(table.table, uid, name, text) for name, text in texts.items()]
            changed = ", ".join(f"{name} = ?" for name in texts)
            yield f"UPDATE {table.table} SET {changed} WHERE uid = ?", (*sealed, uid)  # noqa: S608 - of the models


def bind_as_before(home: Home) -> None:
    """Take such a register as it stands for what the program of then wrote."""
    vault = Vault.open(home.key)
    with closing(sqlite3.connect(home.register)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0028'")
        version, uid, secret = connection.execute(
            "SELECT version, uid, secret FROM chain_key ORDER BY version DESC LIMIT 1"
        ).fetchone()
    key = bytes.fromhex(vault.unseal("chain_key", uid, "secret", secret))
    engine = private_engine(home.register)
    with engine.begin() as writing:
        renew(writing, key, version, ("", moment(NOW)))
    engine.dispose()
