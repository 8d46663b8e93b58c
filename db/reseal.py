"""Sealed columns and look-up keys go over to the key in force, some rows at a time, each time with their proofs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from db.chain.session import BoundSession
from db.chain.statements import run, run_many
from db.models import Row
from db.seal import Vault
from db.sealed_columns import Columns, look_up_columns, sealed_columns

_AT_ONCE = 400
"""Rows of one transaction: clerks go between two of them and wait no longer than for a colleague."""
_HEADER_BYTES = 3


def reseal_some(session: Session, vault: Vault, table: Columns, after: int) -> int | None:
    """Seal the next rows of a table that an older key sealed anew with the one in force.

    Args:
        after: the number of the row (rowid) behind which to look; 0: from the first one on.

    Returns: the number of the last row; None: there are no more.

    Raises:
        PxtuiError: a row was altered past the program, or one of its texts does not open.
    """
    assert isinstance(session, BoundSession)
    connection = session.connection()
    keys = _key_columns(table)
    columns = _listed(("rowid", *keys, "uid", *table.columns))
    which = f'SELECT {columns} FROM "{table.table}" WHERE rowid > ? AND ({_is_older(table)})'  # noqa: S608
    header = vault.header
    rows = run(connection, f"{which} ORDER BY rowid LIMIT {_AT_ONCE}", (after, *[header] * len(table.columns)))
    if not rows:
        return None
    session.require_proven((table.table, tuple(row[1 : 1 + len(keys)])) for row in rows)
    sealed = []
    for row in rows:
        uid, *blobs = row[1 + len(keys) :]
        texts = (vault.unseal(table.table, uid, name, blob or b"") for name, blob in _named(table, blobs))
        anew = [vault.seal(table.table, uid, name, text) for name, text in zip(table.columns, texts, strict=True)]
        sealed.append((*anew, row[0]))
    _update(connection, table, sealed)
    last: int = rows[-1][0]
    return last


def left_over(session: Session, vault: Vault) -> int:
    """How many rows are still sealed with another key than the one in force."""
    count = 0
    for table in sealed_columns():
        statement = f'SELECT count(*) FROM "{table.table}" WHERE {_is_older(table)}'  # noqa: S608
        ((some,),) = run(session.connection(), statement, [vault.header] * len(table.columns))
        count += some
    return count


def renew_look_ups(connection: Connection, vault: Vault, version: int) -> None:
    """Make the look-up keys of all tables those of the next version.

    All in one transaction, because they are compared across the tables, and without their proofs: whoever calls it
    proves every row anew in the same one. Nothing is done where they are of this version.
    """
    if run(connection, "SELECT look_up_version FROM register") == [(version,)]:
        return
    for table in look_up_columns():
        filled = " OR ".join(f'"{name}" IS NOT NULL' for name in table.columns)
        rows = run(connection, f'SELECT rowid, {_listed(table.columns)} FROM "{table.table}" WHERE {filled}')  # noqa: S608
        renewed = ([None if key is None else vault.next_look_up_key(version, key) for key in keys] for _, *keys in rows)
        _update(connection, table, [(*new, row[0]) for row, new in zip(rows, renewed, strict=True)])
    run(connection, "UPDATE register SET look_up_version = ?", (version,))


def _key_columns(table: Columns) -> tuple[str, ...]:
    return tuple(column.name for column in Row.metadata.tables[table.table].primary_key.columns)


def _is_older(table: Columns) -> str:
    """The condition that a column is filled and sealed with another header than the one that is asked for."""
    return " OR ".join(
        f'(length("{name}") > 0 AND substr("{name}", 1, {_HEADER_BYTES}) <> ?)' for name in table.columns
    )


def _named(table: Columns, blobs: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    return zip(table.columns, blobs, strict=True)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _update(connection: Connection, table: Columns, values: Sequence[Sequence[Any]]) -> None:
    changed = ", ".join(f'"{name}" = ?' for name in table.columns)
    with _without_triggers(connection, table.table):
        run_many(connection, f'UPDATE "{table.table}" SET {changed} WHERE rowid = ?', values)  # noqa: S608


@contextmanager
def _without_triggers(connection: Connection, table: str) -> Iterator[None]:
    """What may never be changed is not: the text under the seal stays. The triggers come back in the transaction."""
    triggers = run(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,))
    for name, _ in triggers:
        run(connection, f'DROP TRIGGER "{name}"')
    yield
    for _, statement in triggers:
        run(connection, statement)
