"""A register copied into another database row by row, sealed anew under another key, and held against what it was.

Rows keep their numbers and the chain its links: the copy goes on where the register stood, as after a rotation of its
key, so that heads on papers are found in it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, insert, select
from sqlmodel import Session

from db.chain.content import Value, encoded
from db.chain.keys import ChainKeys
from db.chain.links import head_of, last_link
from db.chain.renewal import bind_anew
from db.chain.schema import all_rows
from db.chain.session import BoundSession
from db.chain.statements import shape_in_models, stream
from db.chain.walk import verify_before_writes
from db.engine import private_engine
from db.faults import faults_in_chinese
from db.kinds import kind_at
from db.models import Row
from db.seal import Vault, identity_of, new_key
from db.sealed_columns import Sealed, look_up_columns, sealed_columns
from pxtui.errors import Damaged
from pxtui.home import Database

_AT_ONCE = 2_000
_PROOFS = "row_proof"
"""Made anew: they are of what is stored, and every ciphertext is another one."""
_OF_THE_KEY = ("key_check", "key_version", "look_up_version", "resealed_version")
"""Columns of `register` that say which key it is."""
_MONEY = "_fen"
"""Ending of the columns that hold amounts, integer fen."""

Said = Callable[[str], None]
"""What is being done, in Chinese."""
Last = Callable[[Session, "Copied"], None]
"""Entered behind the last row that was copied, in the same transaction."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied and found in the copy again, field by field."""

    head: str
    """Of the chain as it stood, see `db.chain.links.head_of`."""
    rows: Mapping[str, int]
    """By table."""
    sums: Mapping[str, int]
    """Fen, by `table.column`, of every column with amounts."""


def with_next_key(vault: Vault, known: Mapping[int, bytes]) -> Vault:
    """The keys of a copy: those of the register and another one, which seals.

    The earlier ones stay, because what was noted under seal names look-up keys of its time, and backups need them.

    Args:
        vault: of the register, with its versions in force.
        known: the keys that an attempt before has left; none where there was none.
    """
    version = max(vault.versions) + 1
    keys = dict(known) if _goes_on(vault, known) else {**vault.keys(), version: new_key()}
    return Vault(keys).in_force(version, version)


def _goes_on(vault: Vault, known: Mapping[int, bytes]) -> bool:
    return len(known) == len(vault.versions) + 1 and all(known.get(at) == key for at, key in vault.keys().items())


def copy_register(
    source: Database, vault: Vault, target: Database, anew: Vault, at: datetime, last: Last, tell: Said
) -> Copied:
    """Copy a register into the tables of another database, in one transaction of each; nothing is changed in it.

    Whoever calls it has verified the register; the copy is verified before it is committed.

    Args:
        target: with the tables of a register and no row.
        anew: the keys of the copy, see `with_next_key`.
        last: what is entered behind the last row.

    Raises:
        PxtuiError: one of the two cannot be read or written, something does not open, or the copy is not the same.
    """
    with _beginning(source, reads=True) as read, _beginning(target) as written:
        copied = _copy_rows(read, vault, written, anew, tell)
        kind_at(written).numbers_go_on(written)
        keys = ChainKeys(anew)
        with _within(written, keys) as session:
            last(session, copied)
        tell("核对复制后的台账")
        bind_anew(written, keys, at, draw=True)
        with _within(written, keys) as session:
            if not verify_before_writes(session, anew, anchors=[copied.head]).is_whole:
                raise Damaged("复制后的台账没有通过核验，没有启用，请再试一次。")
    return copied


@contextmanager
def _within(connection: Connection, keys: ChainKeys) -> Iterator[BoundSession]:
    """A session in a transaction that ends elsewhere, with the proofs of all its rows."""
    with closing(BoundSession(connection, keys)) as session:
        yield session
        session.commit()


@contextmanager
def _beginning(database: Database, *, reads: bool = False) -> Iterator[Connection]:
    engine = private_engine(database)
    try:
        with faults_in_chinese(database), engine.execution_options(read_only=reads).begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _copy_rows(read: Connection, vault: Vault, written: Connection, anew: Vault, tell: Said) -> Copied:
    found = last_link(read)
    if found is None:
        raise Damaged("台账没有校验链，没有复制，请管理员运行 pxtui verify 查明。")
    rows: dict[str, int] = {}
    sums: dict[str, int] = {}
    for table in Row.metadata.sorted_tables:
        if table.name == _PROOFS:
            continue
        fields = _Fields(table, vault, anew)
        before = fields.counted(read, vault)
        for some in fields.stored(read):
            written.execute(insert(table), [fields.anew(row) for row in some])
        if fields.counted(written, anew) != before:
            raise Damaged(f"表{table.name}复制后与原来不一致，没有启用，请再试一次。")
        rows[table.name] = before.rows
        sums |= {f"{table.name}.{name}": amount for name, amount in before.sums.items()}
        tell(f"已复制：{table.name}（{before.rows}行）")
    return Copied(head_of(found[0], found[1]), rows, sums)


@dataclass(frozen=True, slots=True)
class _Counted:
    rows: int
    sums: Mapping[str, int]
    digest: str
    """SHA-256 over all fields, with the texts that are under seal and the look-up keys as the copy has them."""


class _Fields:
    """The columns of a table, and what becomes of those that depend on the key."""

    def __init__(self, table: Table, vault: Vault, anew: Vault) -> None:
        self._table = table
        self._vault = vault
        self._anew = anew
        self._sealed: Sealed | None = next((kind for kind in sealed_columns() if kind.table == table.name), None)
        self._look_ups = next((kind.columns for kind in look_up_columns() if kind.table == table.name), ())
        self._of_the_key = frozenset(_OF_THE_KEY) if table.name == "register" else frozenset()

    def stored(self, connection: Connection) -> Iterator[Sequence[RowMapping]]:
        """The rows with their types, some at a time."""
        every = select(self._table).order_by(*self._table.primary_key.columns).execution_options(stream_results=True)
        return connection.execute(every).mappings().partitions(_AT_ONCE)

    def anew(self, row: RowMapping) -> dict[str, Any]:
        """A row as the copy has it."""
        changed = dict(row)
        for name in self._look_ups:
            changed[name] = self._look_up(row[name])
        for name, text in self._texts(row, self._vault).items():
            changed[name] = self._anew.seal_in_row(self._table.name, self._identity(row), name, text)
        if self._of_the_key:
            version = self._anew.version
            changed |= {"key_check": self._anew.key_check, "key_version": version}
            changed |= {"look_up_version": version, "resealed_version": version}
        return changed

    def counted(self, connection: Connection, vault: Vault) -> _Counted:
        """What is stored, past the types: rows, amounts, and every field. `vault`: the one that it is sealed with."""
        shape = shape_in_models(self._table.name)
        money = [name for name in shape.columns if name.endswith(_MONEY)]
        count, sums, digest = 0, dict.fromkeys(money, 0), sha256()
        for values in stream(connection, all_rows(kind_at(connection).catalog, shape), _AT_ONCE):
            row = dict(zip(shape.columns, values, strict=True))
            digest.update(encoded(self._comparable(row, vault)))
            count += 1
            for name in money:
                sums[name] += row[name] or 0
        return _Counted(count, sums, digest.hexdigest())

    def _comparable(self, row: Mapping[str, Any], vault: Vault) -> Iterator[Value]:
        texts = self._texts(row, vault)
        is_source = vault is self._vault
        for name, value in row.items():
            if name in self._look_ups:
                yield self._look_up(value) if is_source else value
            elif name not in self._of_the_key:
                yield texts.get(name, value)

    def _texts(self, row: Mapping[str, Any] | RowMapping, vault: Vault) -> dict[str, str]:
        if self._sealed is None:
            return {}
        identity = self._identity(row)
        return {
            name: vault.unseal_in_row(self._table.name, identity, name, row[name] or b"")
            for name in self._sealed.columns
        }

    def _identity(self, row: Mapping[str, Any] | RowMapping) -> bytes:
        assert self._sealed is not None
        return identity_of(row["uid"], [row[name] for name in self._sealed.bound_to])

    def _look_up(self, key: bytes | None) -> bytes | None:
        """The look-up key of the copy out of that of the register."""
        if key is None:
            return None
        for version in range(self._vault.look_up_version + 1, self._anew.look_up_version + 1):
            key = self._anew.next_look_up_key(version, key)
        return key
