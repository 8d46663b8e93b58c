"""Engine and transactions of the register: durable SQLite settings, one writer at a time."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from db.chain.keys import ChainKeys
from db.chain.renewal import bind_anew
from db.chain.session import BoundSession
from db.faults import faults_in_chinese
from db.models.office import Register
from db.private_files import require_private
from db.revision import HEAD, refuse_newer, stored_revision
from db.seal import Vault
from pxtui.errors import Refused

BUSY_TIMEOUT_MS = 5000
_VERSIONS = "SELECT key_version, look_up_version FROM register"
_VAULT = "vault of this transaction"
_SYNCHRONOUS_FULL = 2
_SYNCHRONOUS_EXTRA = 3


class Archive:
    """An open register's file. Sessions are short: none is open while a clerk thinks."""

    def __init__(self, path: Path, vault: Vault) -> None:
        """`path`: a register of this program's revision."""
        self.path = path
        self.vault = vault
        """As the last transaction found its versions in force."""
        self._keys = ChainKeys(vault)
        self._writer = private_engine(path)
        self._reader = self._writer.execution_options(read_only=True)

    @contextmanager
    def writing(self, staff_name: str = "", at: datetime | None = None) -> Iterator[Session]:
        """A write transaction (BEGIN IMMEDIATE), committed at the end with its link of the chain, rolled back on any
        error.

        Args:
            staff_name: who writes, for the link; empty: the program itself.
            at: the moment of it.

        Raises:
            PxtuiError: the register is locked, read-only, full, damaged, was changed past the program where this
                transaction writes, or refuses what is written.
        """
        session = BoundSession(self._writer, self._keys)
        with faults_in_chinese(self.path), session, session.begin():
            self._put_keys_in_force(session)
            yield session
            session.bind_writes(staff_name, at)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read-only transaction: one consistent view.

        Raises:
            PxtuiError: the register cannot be read.
        """
        session = Session(self._reader, expire_on_commit=False)
        with faults_in_chinese(self.path), session, session.begin():
            self._put_keys_in_force(session)
            yield session

    def bind_anew(
        self, at: datetime, *, draw: bool = False, first: Callable[[Connection], None] = lambda _: None
    ) -> str:
        """Prove every row anew, as after a change of keys; the head, see `db.chain.links.head_of`.

        Whoever calls it has verified the register.

        Args:
            draw: with a new key of the chain, so that whoever has the old one can write no links any more.
            first: what is changed in the same transaction, so much that it is not proven row by row.

        Raises:
            PxtuiError: the register is locked, read-only, full or damaged.
        """
        with faults_in_chinese(self.path), self._writer.begin() as connection:
            first(connection)
            return bind_anew(connection, self._keys, at, draw=draw).head

    def close(self) -> None:
        """Close the connections to the file."""
        self._writer.dispose()

    def _put_keys_in_force(self, session: Session) -> None:
        """Take the versions of the keys as this transaction sees them: another program may rotate them meanwhile."""
        found = session.connection().exec_driver_sql(_VERSIONS).first()
        vault = self.vault
        if found is not None and (found[0], found[1]) != (vault.version, vault.look_up_version):
            if found[0] not in vault.versions and vault.key_file is not None:
                vault = Vault.open(vault.key_file)
            vault = vault.in_force(found[0], found[1])
            self._keys.open_with(vault)
            self.vault = vault
        session.info[_VAULT] = vault


def vault_of(session: Session) -> Vault:
    """The vault of a transaction, with the versions that are in force in it."""
    vault: Vault = session.info[_VAULT]
    return vault


def open_archive(path: Path, vault: Vault) -> Archive:
    """Open the register with the key of its creation.

    Raises:
        PxtuiError: the register is missing, not upgraded yet, too new, open to other users, sealed with another key,
            or not readable.
    """
    require_private(path, "台账")
    with faults_in_chinese(path):
        revision = stored_revision(path)
    if revision != HEAD:
        refuse_newer(revision or "")
        raise Refused(f"台账“{path}”还没有升级到本程序的版本，请先升级台账。")
    archive = Archive(path, vault)
    with archive.reading() as session:
        register = session.get(Register, 1)
    if register is not None and register.key_check != archive.vault.key_check:
        archive.close()
        raise Refused("密钥文件不是这个台账的密钥，请换上建立台账时的密钥文件。")
    return archive


def private_engine(path: Path) -> Engine:
    """An engine whose transactions are IMMEDIATE, or read only under the execution option `read_only`."""
    # The file exists with mode 0600 before SQLite sees it, and its journals inherit that mode.
    engine = create_engine(URL.create("sqlite", database=str(path)), hide_parameters=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset fault (sqlite.org: fixed in 3.51.3, 3.50.7 and 3.44.6)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def _set_up(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # Only `_begin` begins: the driver's own transactions are deferred, and those fail as soon as two write.
    connection.isolation_level = None
    major, minor, patch = sqlite3.sqlite_version_info[:3]
    safe = wal_is_safe((major, minor, patch))
    settings: tuple[tuple[str, object, object], ...] = (
        ("busy_timeout", BUSY_TIMEOUT_MS, BUSY_TIMEOUT_MS),
        ("journal_mode", "WAL" if safe else "DELETE", "wal" if safe else "delete"),
        # Anything less lost acknowledged rows in simulated power cuts.
        ("synchronous", *(("FULL", _SYNCHRONOUS_FULL) if safe else ("EXTRA", _SYNCHRONOUS_EXTRA))),
        ("foreign_keys", "ON", 1),
        ("secure_delete", "ON", 1),
    )
    for name, wanted, expected in settings:
        connection.execute(f"PRAGMA {name} = {wanted}").close()
        (actual,) = connection.execute(f"PRAGMA {name}").fetchone()
        if actual != expected:
            raise Refused(f"台账不接受安全设置 {name} = {wanted}，请把台账放在本机磁盘上再试。")


def _begin(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
