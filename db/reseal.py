"""Sealed columns and look-up keys go over to the key in force, some rows at a time, each time with their proofs."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from db.chain.session import BoundSession
from db.chain.statements import run, run_many
from db.kinds import kind_at
from db.seal import Vault
from db.sealed_columns import Columns, Sealed, look_up_columns, sealed_columns
from pxtui.errors import Damaged, Refused

_AT_ONCE = 400
"""Rows of one transaction: clerks go between two of them and wait no longer than for a colleague."""
_HEADER_BYTES = 3


def reseal_some(session: Session, vault: Vault, table: Sealed, after: int) -> int | None:
    """Seal the next rows of a table that an older key sealed anew with the one in force.

    Args:
        after: the primary key of the row behind which to look; 0: from the first one on.

    Returns: the primary key of the last row; None: there are no more.

    Raises:
        PxtuiError: a row was altered past the program, or one of its texts does not open.
    """
    assert isinstance(session, BoundSession)
    connection = session.connection()
    header = [vault.header] * len(table.columns)
    wanted = f"{table.statement()} WHERE {_next(table)} AND ({_is_older(table)}) {_some(table)}"
    rows = run(connection, wanted, (after, *header))
    if not rows:
        return None
    session.require_proven((table.table, (_number(row),)) for row in rows)
    sealed = []
    for row in rows:
        _, identity, blobs = table.parts(row)
        texts = ((name, vault.unseal_in_row(table.table, identity, name, blob)) for name, blob in blobs.items())
        anew = [vault.seal_in_row(table.table, identity, name, text) for name, text in texts]
        sealed.append((*anew, _number(row)))
    _update(connection, table, sealed, table.key)
    return _number(rows[-1])


def bind_to_rows(connection: Connection, vault: Vault | None) -> None:
    """Bind everything that is sealed by its `uid` alone to its row, in the transaction of an upgrade.

    Whoever calls it has verified the register, and proves every row anew in the same transaction. What did not open
    before stays as it is, and does not open afterwards either.

    Args:
        vault: with the keys of the register, whatever versions are in force in it; None only where nothing is sealed.

    Raises:
        Refused: it is not the vault of the register, or there is none.
    """
    in_force = _in_force(connection, vault)
    for table in sealed_columns():
        after = 0
        while rows := run(connection, f"{table.statement()} WHERE {_next(table)} {_some(table)}", (after,)):
            after = _number(rows[-1])
            sealed = [row for row in rows if any(table.parts(row)[2].values())]
            if sealed and in_force is None:
                raise Refused("台账里有加密的内容，要有它的密钥才能升级。")
            if in_force is not None:
                _update(connection, table, [_bound(in_force, table, row) for row in sealed], table.key)


def _in_force(connection: Connection, vault: Vault | None) -> Vault | None:
    found = run(connection, "SELECT key_version, look_up_version, key_check FROM register")
    if vault is None or not found:
        return vault
    version, look_up_version, check = found[0]
    in_force = vault.in_force(version, look_up_version)
    if in_force.key_check != check:
        raise Refused("密钥文件不是这个台账的密钥，没有升级，请换上建立台账时的密钥文件。")
    return in_force


def _bound(vault: Vault, table: Sealed, row: Sequence[Any]) -> list[Any]:
    uid, identity, blobs = table.parts(row)
    anew = []
    for name, blob in blobs.items():
        with suppress(Damaged):
            blob = vault.seal_in_row(table.table, identity, name, vault.unseal(table.table, uid, name, blob))
        anew.append(blob)
    return [*anew, _number(row)]


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
    number = kind_at(connection).catalog.row_number
    for table in look_up_columns():
        filled = " OR ".join(f'"{name}" IS NOT NULL' for name in table.columns)
        rows = run(connection, f'SELECT "{number}", {_listed(table.columns)} FROM "{table.table}" WHERE {filled}')  # noqa: S608
        renewed = ([None if key is None else vault.next_look_up_key(version, key) for key in keys] for _, *keys in rows)
        _update(connection, table, [(*new, row[0]) for row, new in zip(rows, renewed, strict=True)], number)
    run(connection, "UPDATE register SET look_up_version = ?", (version,))


def _next(table: Sealed) -> str:
    return f'"{table.key}" > ?'


def _some(table: Sealed) -> str:
    return f'ORDER BY "{table.key}" LIMIT {_AT_ONCE}'


def _number(row: Sequence[Any]) -> int:
    """The primary key in a row of `Sealed.statement`."""
    number: int = row[1]
    return number


def _is_older(table: Columns) -> str:
    """The condition that a column is filled and sealed with another header than the one that is asked for."""
    return " OR ".join(
        f'(length("{name}") > 0 AND substr("{name}", 1, {_HEADER_BYTES}) <> ?)' for name in table.columns
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _update(connection: Connection, table: Columns, values: Sequence[Sequence[Any]], key: str) -> None:
    changed = ", ".join(f'"{name}" = ?' for name in table.columns)
    run_many(connection, f'UPDATE "{table.table}" SET {changed} WHERE "{key}" = ?', values)  # noqa: S608
