"""Which columns of the register are sealed and which hold look-up keys, and whether all that is sealed opens."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import LargeBinary

from db.faults import faults_in_chinese
from db.models import Row
from db.seal import Vault
from pxtui.errors import Damaged

_LOOK_UP = "_key"
"""Ending of the columns that hold look-up keys."""
_NEITHER = frozenset({("register", "key_check"), ("exchange_partner", "box_key"), ("exchange_partner", "sign_key")})
"""Public keys and what recognises the register's own."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """The sealed columns of a table."""

    table: str
    columns: tuple[str, ...]


def sealed_columns() -> tuple[Sealed, ...]:
    """The tables with sealed columns, whose rows bear a `uid`."""
    found = [
        Sealed(table, tuple(name for name in columns if not name.endswith(_LOOK_UP))) for table, columns in _binary()
    ]
    return tuple(sealed for sealed in found if sealed.columns)


def look_up_columns() -> tuple[tuple[str, str], ...]:
    """Table and column of every look-up key."""
    return tuple((table, name) for table, columns in _binary() for name in columns if name.endswith(_LOOK_UP))


def _binary() -> list[tuple[str, list[str]]]:
    return [
        (
            table.name,
            [
                column.name
                for column in table.columns
                if isinstance(column.type, LargeBinary) and (table.name, column.name) not in _NEITHER
            ],
        )
        for table in Row.metadata.sorted_tables
    ]


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
        (check,) = connection.execute("SELECT key_check FROM register").fetchone() or (None,)
        if check != vault.key_check:
            raise Damaged("密钥文件不是这份备份里台账的密钥，请用同一台账的密钥备份再试。")
        for sealed in sealed_columns():
            wanted = ", ".join(f'"{name}"' for name in sealed.columns)
            rows = connection.execute(f'SELECT uid, {wanted} FROM "{sealed.table}"')  # noqa: S608
            for uid, *blobs in rows:
                for name, blob in zip(sealed.columns, blobs, strict=True):
                    vault.unseal(sealed.table, uid, name, blob or b"")
                    count += bool(blob)
    return count
