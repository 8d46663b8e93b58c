"""The session of a transaction that writes: it knows every row that was written, and binds them before the commit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, event, inspect, select
from sqlalchemy.orm import ORMExecuteState, SessionTransaction
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session

from db import about
from db.chain import confirmed, ends, links, renewal, seals
from db.chain.content import encoded, proof_of
from db.chain.findings import OF_ROWS, Finding, What
from db.chain.keys import ChainKeys
from db.chain.links import Kind, Link, Write
from db.chain.proven import proofs_of, require_proven
from db.chain.statements import Key, by_table, chunks, run, run_many, shape_in_models, stored_rows
from db.changes import concern_lists
from db.kinds import kind_at
from db.locks import held_by, let_go
from db.models.row import SealedRow
from db.seal import Vault
from db.texts import keep_only_seen
from pxtui.errors import Damaged

NO_CHAIN = "台账的校验链不见了，没有保存；请停止使用，并请管理员运行 pxtui verify 查明、用备份核对。"

_KEYS_AT_ONCE = 300
_STORE = (
    "INSERT INTO row_proof (table_name, row_key, link_id, content, tags) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (table_name, row_key) DO UPDATE SET "
    "link_id = excluded.link_id, content = excluded.content, tags = excluded.tags"
)
_FORGET = "DELETE FROM row_proof WHERE table_name = ? AND row_key = ?"


@dataclass(frozen=True, slots=True)
class _Changes:
    """What a transaction has changed."""

    stored: list[tuple[str, bytes, tuple[bytes, bytes]]] = field(default_factory=list)
    """The proofs to store."""
    gone: list[tuple[str, bytes]] = field(default_factory=list)
    """The rows to forget."""
    writes: list[Write] = field(default_factory=list)
    """For the link."""


class _Point(NamedTuple):
    """How far a transaction is where it may go back to."""

    put_off: list[tuple[SealedRow, dict[str, Any]]]
    """The entries that are still to be written, with their sealed columns."""
    before: dict[tuple[str, Key], bytes]
    held: frozenset[int]


class BoundSession(Session):
    """A session whose transaction ends with a link of the chain."""

    def __init__(self, bind: Any, keys: ChainKeys) -> None:
        """`keys`: of the register."""
        super().__init__(bind, expire_on_commit=False)
        self._keys = keys
        self._before: dict[tuple[str, Key], bytes] = {}
        """The rows that were written, each with the proof of what stood there before the transaction."""
        self._key: tuple[int, bytes] | None = None
        self._put_off: list[SealedRow] = []
        """New rows of the journal: numbered without a gap, so written last, while others wait for its end."""
        self._writes_all = False
        self._points: dict[SessionTransaction, _Point] = {}

    @property
    def vault(self) -> Vault:
        """The vault with the versions that are in force."""
        return self._keys.vault

    def bind_writes(self, staff_name: str, at: datetime | None) -> Link | None:
        """Write the link of this transaction: the last thing that it does. None: it has changed nothing.

        Raises:
            Damaged: the register has lost its chain.
        """
        connection = self.connection()
        signed = (staff_name, links.moment(at))
        if self._newest_key(connection) is None:
            self.write_journal()
            return self._begin(connection, signed) if self._before else None
        version, key = self._key or (0, b"")
        self.flush()
        changes = _Changes()
        self._add_changes(changes, connection, key, ready := list(self._before))
        # From the first of these on others wait for the end of journal and chain.
        self.write_journal()
        self._add_changes(changes, connection, key, [row for row in self._before if row not in set(ready)])
        if not changes.writes:
            return None
        about.require_own_tables(self, (write.table for write in changes.writes))
        last, kind = ends.held(self).link, kind_at(connection)
        with kind.together(connection):
            link = links.append(connection, key, version, signed, Kind.WRITES, changes.writes, last)
            run_many(connection, _STORE, [(name, row_key, link.id, *proof) for name, row_key, proof in changes.stored])
            run_many(connection, _FORGET, changes.gone)
            if concern_lists(table for table, _ in self._before):
                kind.tell(connection)
        return link

    def write_journal(self) -> None:
        """Write the entries of the journal that were put off; others wait from here on until the commit."""
        # Those of the last act, which no flush has put off yet, come behind those of the acts before.
        self.put_off_journal()
        self.add_all(self._put_off)
        self._put_off.clear()
        self._writes_all = True
        try:
            self.flush()
        finally:
            self._writes_all = False

    def commit(self) -> None:
        """Commit, also where no link ends the session, as in a copy whose chain is made behind it."""
        if self._put_off or seals.without_gap(self.new):
            self.write_journal()
        super().commit()

    def put_off_journal(self) -> None:
        """Leave the new entries of the journal out of a flush, unless it is their turn."""
        if self._writes_all:
            return
        for row in seals.without_gap(self.new):
            self.expunge(row)
            self._put_off.append(row)

    def note_point(self, transaction: SessionTransaction) -> None:
        """Note how far a transaction is that may go back to this point."""
        sealed = [(row, {name: getattr(row, name) for name in row.sealed()}) for row in self._put_off]
        self._points[transaction] = _Point(sealed, dict(self._before), held_by(self))

    def back_to_point(self, transaction: SessionTransaction) -> None:
        """Be again where a transaction was at a point: what was held and written since then is free and gone."""
        point = self._points.pop(transaction)
        for row, columns in point.put_off:
            for name, value in {**columns, row.bound_to()[0]: None}.items():
                setattr(row, name, value)
        self._put_off = [row for row, _ in point.put_off]
        self._before = point.before
        let_go(self, point.held)
        ends.forget(self)

    def reads_journal(self, statement: Any) -> None:
        """Write what was put off before a statement that looks for it."""
        waits = self._put_off or seals.without_gap(self.new)
        if waits and not self._writes_all and seals.are_read_by(statement):
            self.write_journal()

    def require_proven(self, rows: Iterable[tuple[str, Key]]) -> None:
        """Refuse rows that are about to be changed and are not as their last link left them.

        Raises:
            Damaged: somebody has changed one past the program.
        """
        unseen = by_table(row for row in rows if row not in self._before)
        if not unseen:
            return
        connection = self.connection()
        key = self._newest_key(connection)
        if key is None:
            raise Damaged(NO_CHAIN)
        for table, keys in unseen.items():
            for some in chunks(keys, _KEYS_AT_ONCE):
                for row_key, proof in proofs_of(connection, key, table, some).items():
                    self._before[table, row_key] = proof.bound(key)

    def require_unaltered(self, rows: Iterable[tuple[str, Key]]) -> None:
        """The same for rows that are read and not changed: they are not looked at again before the commit.

        Raises:
            Damaged: see `require_proven`.
        """
        self.flush()
        require_proven(self, self._keys, [row for row in rows if row not in self._before])

    def added(self, rows: Iterable[tuple[str, Key]]) -> None:
        """Note rows that were not there."""
        for row in rows:
            self._before.setdefault(row, b"")

    def prove_as_they_stand(self, findings: Iterable[Finding]) -> None:
        """Bind rows as somebody left them past the program: its link says what the chain had, and what stands there.

        Whoever calls it has verified them in this transaction, and two people have confirmed it.
        """
        self.flush()
        of_rows = [finding for finding in findings if finding.what in OF_ROWS]
        for finding in of_rows:
            if finding.what is not What.PROOF_CHANGED:
                self._before[finding.table, finding.key] = finding.known
        key = self._newest_key(self.connection())
        assert key is not None
        for finding in of_rows:
            if finding.what is What.PROOF_CHANGED and (finding.table, finding.key) not in self._before:
                confirmed.put_proof_right(self.connection(), key, finding)

    def written(self) -> Mapping[tuple[str, bytes], bytes]:
        """The rows that this transaction has written, each with its proof before; empty for one that was not there."""
        return {(table, encoded(key)): before for (table, key), before in self._before.items()}

    def _newest_key(self, connection: Connection) -> bytes | None:
        """The key that this transaction binds with; None for a register without a chain."""
        if self._key is None:
            if (last := links.last_link(connection)) is None:
                return None
            self._key = last[2], self._keys.of(connection, last[2])
        return self._key[1]

    def _begin(self, connection: Connection, signed: tuple[str, str | None]) -> Link:
        """The first link of a register that is being made."""
        if ("register", (1,)) not in self._before and run(connection, "SELECT 1 FROM register"):
            raise Damaged(NO_CHAIN)
        version = 1
        return renewal.renew(connection, self._keys.draw(connection, version), version, signed)

    def _add_changes(
        self, changes: _Changes, connection: Connection, key: bytes, rows: Iterable[tuple[str, Key]]
    ) -> None:
        for table, keys in by_table(rows).items():
            shape = shape_in_models(table)
            found = {row_key: proof_of(shape, row, key) for row_key, row in stored_rows(connection, shape, keys)}
            for row_key in keys:
                before, proof, packed_key = self._before[table, row_key], found.get(row_key), encoded(row_key)
                after = b"" if proof is None else proof.bound(key)
                if before == after:
                    continue
                changes.writes.append(Write(table, packed_key, before, after))
                if proof is None:
                    changes.gone.append((table, packed_key))
                else:
                    changes.stored.append((table, packed_key, (proof.content, proof.tags)))


@event.listens_for(BoundSession, "after_transaction_create")
def _after_begin(session: AnySession, transaction: SessionTransaction) -> None:
    assert isinstance(session, BoundSession)
    if transaction.nested:
        session.note_point(transaction)


@event.listens_for(BoundSession, "after_soft_rollback")
def _after_rollback(session: AnySession, previous: SessionTransaction) -> None:
    assert isinstance(session, BoundSession)
    if previous.nested:
        session.back_to_point(previous)


@event.listens_for(BoundSession, "before_flush")
def _before_flush(session: AnySession, _context: object, _instances: object) -> None:
    assert isinstance(session, BoundSession)
    session.put_off_journal()
    changed = [row for row in session.dirty if session.is_modified(row)]
    # Before anything is bound: forms, commands, files and other offices all write through here.
    keep_only_seen((*session.new, *changed))
    session.require_proven(_row_of(row) for row in (*changed, *session.deleted))
    about.require_held(session, (*session.new, *changed, *session.deleted))
    seals.bind_new(session, session.vault)
    seals.require_bound(changed, session.vault)


@event.listens_for(BoundSession, "after_flush")
def _after_flush(session: AnySession, _context: object) -> None:
    assert isinstance(session, BoundSession)
    session.added(_row_of(row) for row in session.new)
    about.note_made(session, session.new)


@event.listens_for(BoundSession, "do_orm_execute")
def _before_statement(state: ORMExecuteState) -> None:
    """Turn a deletion or change of many rows into its rows."""
    session = state.session
    statement: Any = state.statement
    if state.is_select:
        assert isinstance(session, BoundSession)
        session.reads_journal(statement)
        return
    if not state.is_orm_statement or not (state.is_delete or state.is_update):
        raise TypeError("what is written past the session is bound to no link; add rows to the session")
    assert isinstance(session, BoundSession)
    assert state.bind_mapper is not None
    table: Any = state.bind_mapper.local_table
    session.flush()
    chosen = select(*table.primary_key.columns)
    if statement.whereclause is not None:
        chosen = chosen.where(statement.whereclause)
    session.require_proven((table.name, tuple(key)) for key in session.connection().execute(chosen).all())


def _row_of(row: object) -> tuple[str, Key]:
    state = inspect(row, raiseerr=True)
    mapper = state.mapper
    return str(mapper.local_table.name), tuple(mapper.primary_key_from_instance(row))
