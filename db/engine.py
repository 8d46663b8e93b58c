"""An open register and its transactions, each of which ends with its link of the chain."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from db import parts_kept
from db.about import About, hold
from db.chain.keys import ChainKeys
from db.chain.renewal import bind_anew
from db.chain.session import BoundSession
from db.faults import faults_in_chinese
from db.kinds import Changes, kind_of
from db.locks import beside
from db.models.office import Register
from db.private_files import require_private
from db.revision import HEAD, refuse_newer, stored_revision
from db.seal import Vault
from pxtui.errors import DatabaseAway, Refused
from pxtui.home import Database

_VERSIONS = "SELECT key_version, look_up_version FROM register"
_VAULT = "vault of this transaction"
_LINK = "SELECT mac FROM chain_link WHERE id = {:d}"
_AGAIN = 0.5
"""Seconds until a database that is away is asked again."""
_IN_DOUBT = "数据库“{}”在保存时断开了，这一步存下没有还不知道；请等它恢复后先查看，没有存下的再办一次。"


class Archive:
    """An open register. Sessions are short: none is open while a clerk thinks."""

    settles_within = 20.0
    """Seconds for which it is asked whether a transaction stands whose end was not answered."""

    def __init__(self, database: Database, vault: Vault) -> None:
        """`database`: with a register of this program's revision."""
        self.database = database
        self.vault = vault
        """As the last transaction found its versions in force."""
        self._keys = ChainKeys(vault)
        self._writer = private_engine(database)
        self._reader = self._writer.execution_options(read_only=True)

    @contextmanager
    def writing(
        self, staff_name: str = "", at: datetime | None = None, *, about: About | None = None
    ) -> Iterator[Session]:
        """A write transaction, committed at the end with its link of the chain, rolled back on any error.

        Args:
            staff_name: who writes, for the link; empty: the program itself.
            at: the moment of it.
            about: what it is about, so that it goes on beside others; None: it is alone.

        Raises:
            Unheld: it is about what is not there, or writes what it does not hold, and has to be done alone.
            Overtaken: it was ended for another one's sake, and may be begun anew.
            PxtuiError: the register is locked, read-only, full, damaged, was changed past the program where this
                transaction writes, or refuses what is written.
            DatabaseAway: it cannot be reached; where that was at the end and it did not come back in time, it is not
                known whether the transaction stands, and the error bears its doubt.
        """
        bind = self._writer if about is None else beside(self._writer, about.at_once)
        session = BoundSession(bind, self._keys)
        link = None
        try:
            with faults_in_chinese(self.database), session, session.begin():
                if about is not None:
                    hold(session, about)
                self._put_keys_in_force(session)
                yield session
                # Before the end of the chain, where others begin to wait for this one.
                parts_kept.bring_over(session)
                link = session.bind_writes(staff_name, at)
        except DatabaseAway as away:
            if link is None:
                raise
            self._settle((link.id, link.mac), away)

    def stands(self, doubt: tuple[int, bytes]) -> bool:
        """Whether a transaction is stored, by number and hash of its link.

        Raises:
            DatabaseAway: the database cannot be reached.
        """
        # A transaction that writes comes after the one in doubt, should the server not have ended that yet.
        with self.writing() as session:
            found = session.connection().exec_driver_sql(_LINK.format(doubt[0])).first()
        return found is not None and bytes(found[0]) == doubt[1]

    def _settle(self, doubt: tuple[int, bytes], away: DatabaseAway) -> None:
        """Ask whether the transaction stands; quietly if it does.

        Raises:
            DatabaseAway: it does not, or nobody knows.
        """
        end = time.monotonic() + self.settles_within
        while time.monotonic() < end:
            try:
                stands = self.stands(doubt)
            except Refused:
                # Away still, or so busy that nobody can be asked either.
                time.sleep(_AGAIN)
                continue
            if stands:
                return
            raise away
        in_doubt = DatabaseAway(_IN_DOUBT.format(self.database))
        in_doubt.doubt = doubt
        raise in_doubt from away

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read-only transaction: one consistent view.

        Raises:
            PxtuiError: the register cannot be read.
        """
        session = Session(self._reader, expire_on_commit=False)
        with faults_in_chinese(self.database, reads=True), session, session.begin():
            self._put_keys_in_force(session)
            yield session

    def changes(self) -> AbstractContextManager[Changes]:
        """Listen to what is stored from now on, by whomever; see `db.changes`."""
        return kind_of(self.database).changes(self.database)

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
        with faults_in_chinese(self.database), self._writer.begin() as connection:
            first(connection)
            return bind_anew(connection, self._keys, at, draw=draw).head

    def close(self) -> None:
        """Close the connections to it."""
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


def open_archive(database: Database, vault: Vault) -> Archive:
    """Open the register with the key of its creation.

    Raises:
        PxtuiError: the register is missing, not upgraded yet, too new, open to other users, sealed with another key,
            or not readable.
    """
    if isinstance(database, Path):
        require_private(database, "台账")
    with faults_in_chinese(database, reads=True):
        revision = stored_revision(database)
    if revision != HEAD:
        refuse_newer(revision or "")
        raise Refused(f"台账“{database}”还没有升级到本程序的版本，请先升级台账。")
    archive = Archive(database, vault)
    with archive.reading() as session:
        register = session.get(Register, 1)
    if register is not None and register.key_check != archive.vault.key_check:
        archive.close()
        raise Refused("密钥文件不是这个台账的密钥，请换上建立台账时的密钥文件。")
    return archive


def private_engine(database: Database) -> Engine:
    """An engine whose transactions write one after the other, or only read under the option `read_only`."""
    return kind_of(database).engine(database)
