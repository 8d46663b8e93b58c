"""Which columns of the register are sealed and which hold look-up keys, and whether all that is sealed opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.faults import faults_in_chinese
from db.kinds import kind_of
from db.models import Row, SealedRow
from db.models.row import binary_columns, is_look_up
from db.seal import Vault, identity_of
from pxtui.errors import Damaged
from pxtui.home import Database

_AT_ONCE = 1_000
_NO_LOOK_UPS = frozenset({"register", "exchange_partner", "chain_link", "row_proof"})
"""Tables whose bytes are public keys, proofs, and what recognises the register's own key."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Some columns of a table."""

    table: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sealed(Columns):
    """The sealed columns of a table."""

    bound_to: tuple[str, ...]
    """The columns that they are bound to beside `uid`, the primary key first."""

    @property
    def key(self) -> str:
        """The column of the primary key, an integer."""
        return self.bound_to[0]

    def statement(self) -> str:
        """Reads `uid`, what the columns are bound to, and the columns, of every row; conditions may follow."""
        names = ", ".join(f'"{name}"' for name in ("uid", *self.bound_to, *self.columns))
        return f'SELECT {names} FROM "{self.table}"'  # noqa: S608 - names of the models

    def parts(self, row: Sequence[Any]) -> tuple[str, bytes, Mapping[str, bytes]]:
        """A row of `statement`: its `uid`, what its columns are bound to, and the ciphertexts by column."""
        uid, *rest = row
        values, blobs = rest[: len(self.bound_to)], rest[len(self.bound_to) :]
        filled = {name: blob or b"" for name, blob in zip(self.columns, blobs, strict=True)}
        return uid, identity_of(uid, values), filled


def sealed_columns() -> tuple[Sealed, ...]:
    """The tables with sealed columns."""
    kinds = {str(kind.__tablename__): kind for kind in _all_below(SealedRow)}
    tables = (table.name for table in Row.metadata.sorted_tables)
    return tuple(Sealed(name, kinds[name].sealed(), kinds[name].bound_to()) for name in tables if name in kinds)


def look_up_columns() -> tuple[Columns, ...]:
    """The tables with look-up keys, and which columns hold them."""
    tables = [table for table in Row.metadata.sorted_tables if table.name not in _NO_LOOK_UPS]
    found = [Columns(table.name, tuple(filter(is_look_up, binary_columns(table)))) for table in tables]
    return tuple(sealed for sealed in found if sealed.columns)


def _all_below(kind: type[SealedRow]) -> list[type[SealedRow]]:
    below = kind.__subclasses__()
    return [*below, *(deeper for kind_below in below for deeper in _all_below(kind_below))]


def require_all_open(register: Database, vault: Vault) -> int:
    """Unseal everything in a register of this program's revision; how many texts were read.

    Raises:
        PxtuiError: it cannot be read, is sealed with other keys, or one of them does not open.
    """
    count = 0
    with faults_in_chinese(register), kind_of(register).raw(register) as connection:
        statement = "SELECT key_version, look_up_version, key_check FROM register"
        version, look_up_version, check = next(iter(connection.rows(statement)), (1, 1, None))
        if check != vault.in_force(version, look_up_version).key_check:
            raise Damaged("密钥文件不是这份备份里台账的密钥，请用同一台账的密钥备份再试。")
        for sealed in sealed_columns():
            connection.begin()
            for some in connection.stream(sealed.statement(), _AT_ONCE):
                for row in some:
                    _, identity, blobs = sealed.parts(row)
                    for name, blob in blobs.items():
                        vault.unseal_in_row(sealed.table, identity, name, blob)
                        count += bool(blob)
            connection.end()
    return count
