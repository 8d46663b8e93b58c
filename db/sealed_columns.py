"""Which columns of the register are sealed and which hold look-up keys, and whether all that is sealed opens."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import LargeBinary, Table

from db.faults import faults_in_chinese
from db.models import Row
from db.seal import Vault
from pxtui.errors import Damaged

_LOOK_UP = "_key"
"""Ending of the columns that hold look-up keys."""
_UID = "uid"
"""Column of the tables with sealed columns."""
_NO_LOOK_UPS = frozenset({"register", "exchange_partner", "chain_link", "row_proof"})
"""Tables whose bytes are public keys, proofs, and what recognises the register's own key."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Some columns of a table."""

    table: str
    columns: tuple[str, ...]


def sealed_columns() -> tuple[Columns, ...]:
    """The tables with sealed columns, whose rows bear a `uid`."""
    bearing = [table for table in Row.metadata.sorted_tables if _UID in table.columns]
    return tuple(
        Columns(table.name, tuple(name for name in _binary(table) if not name.endswith(_LOOK_UP))) for table in bearing
    )


def look_up_columns() -> tuple[Columns, ...]:
    """The tables with look-up keys, and which columns hold them."""
    tables = [table for table in Row.metadata.sorted_tables if table.name not in _NO_LOOK_UPS]
    found = [Columns(table.name, tuple(name for name in _binary(table) if name.endswith(_LOOK_UP))) for table in tables]
    return tuple(sealed for sealed in found if sealed.columns)


def _binary(table: Table) -> list[str]:
    return [column.name for column in table.columns if isinstance(column.type, LargeBinary)]


def require_all_open(register: Path, vault: Vault) -> int:
    """Unseal everything in a register's file of this program's revision; how many texts were read.

    Raises:
        PxtuiError: the file cannot be read, is sealed with other keys, or one of them does not open.
    """
    count = 0
    with (
        faults_in_chinese(register),
        closing(sqlite3.connect(f"{register.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        statement = "SELECT key_version, look_up_version, key_check FROM register"
        version, look_up_version, check = connection.execute(statement).fetchone() or (1, 1, None)
        if check != vault.in_force(version, look_up_version).key_check:
            raise Damaged("密钥文件不是这份备份里台账的密钥，请用同一台账的密钥备份再试。")
        for sealed in sealed_columns():
            wanted = ", ".join(f'"{name}"' for name in sealed.columns)
            rows = connection.execute(f'SELECT uid, {wanted} FROM "{sealed.table}"')  # noqa: S608
            for uid, *blobs in rows:
                for name, blob in zip(sealed.columns, blobs, strict=True):
                    vault.unseal(sealed.table, uid, name, blob or b"")
                    count += bool(blob)
    return count
