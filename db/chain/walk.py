"""The whole verification: the chain from its first link, and every table of the register held against it.

The database is read in short transactions, so that clerks write meanwhile; what they write is taken in before each of
them.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

from db.about import Unheld
from db.chain import confirmed, schema
from db.chain import keys as chain_keys
from db.chain.content import Proof, Shape, Value, changed_columns, decoded, encoded, proof_of
from db.chain.findings import MOST, Finding, Seen, Verified, What
from db.chain.links import FIRST_MAC, Kind, Link, Write, head_of, mac_of, unpacked
from db.chain.session import BoundSession
from db.chain.state import Last, State
from db.chain.statements import DERIVED, UNPROVEN
from db.kinds import kind_at, kind_of
from db.kinds.raw import OBJECT_TABLES, RawRows
from db.locks import is_beside
from db.revision import FIRST_BOUND_TO_ROWS
from db.seal import Vault
from pxtui.errors import PxtuiError
from pxtui.home import Database

Progress = Callable[[int, int], None]
"""What is told of it: done and all, in links and rows."""

_AT_ONCE = 4_000
_LINKS = "SELECT id, at, staff_name, kind, key_version, writes, mac FROM chain_link WHERE id > ? ORDER BY id LIMIT ?"
_PROOFS = "SELECT table_name, row_key, content, tags FROM row_proof "
_JOURNAL = "journal_entry"


def verify(
    database: Database,
    vault: Vault,
    *,
    anchors: Sequence[str] = (),
    only: frozenset[str] = frozenset(),
    progress: Progress = lambda _done, _all: None,
) -> Verified:
    """Verify a register, of whatever revision that has a chain.

    Args:
        anchors: heads that were printed or noted, such as `1600:9f2c58d01b6e7a43`.
        only: hold these tables alone against the chain; empty: all of them.
        progress: told now and then.

    Raises:
        Exception: of the driver, see `db.faults`; the database cannot be read.
    """
    with kind_of(database).raw(database, undecoded=True) as file, closing(State()) as state:
        return _Walk(file, vault, anchors, only, progress, state).verified()


def verify_before_writes(
    session: BoundSession, vault: Vault, only: frozenset[str] = frozenset(), anchors: Sequence[str] = ()
) -> Verified:
    """Verify some tables, or all, out of a transaction that writes, as they stood before it.

    Raises:
        Exception: of the driver, see `db.faults`; the database cannot be read.
    """
    session.flush()
    connection = session.connection()
    written = session.written()
    if written and is_beside(session):
        # It does not see one moment, and another view would not see what it has written.
        raise Unheld
    with kind_at(connection).view_of(connection, undecoded=True) as file, closing(State()) as state:
        return _Walk(file, vault, anchors, only, lambda _done, _all: None, state, written).verified()


class _Walk:
    """One verification of one register."""

    def __init__(
        self,
        file: RawRows,
        vault: Vault,
        anchors: Sequence[str],
        only: frozenset[str],
        progress: Progress,
        state: State,
        written: Mapping[tuple[str, bytes], bytes] | None = None,
    ) -> None:
        self._file = file
        self._vault = vault
        self._anchors = set(anchors)
        # What was confirmed counts only while its own rows are whole.
        self._only = only and only | {confirmed.TABLE}
        self._written = written
        self._tell = progress
        self._done = self._all = 0
        self._keys: dict[int, bytes] = {}
        self._key = b""
        self._state = state
        self._seen: Counter[str] = Counter()
        self._bound_objects: set[str] = set()
        """The kinds of databases whose own tables, indexes and triggers the chain has bound."""
        self._link = 0
        self._mac = FIRST_MAC
        self._result = Verified()

    def verified(self) -> Verified:
        """All of it."""
        missing = {"chain_key", *UNPROVEN} - DERIVED - set(self._tables())
        for table in sorted(missing):
            self._found(Finding(What.NO_CHAIN, table))
        if missing:
            return self._result
        with self._reading():
            self._all = sum(self._count(table) for table in self._tables())
        self._read_keys()
        while self._walk_links():
            pass
        if not self._result.links:
            self._found(Finding(What.NO_CHAIN))
            return self._result
        for shape in self._shapes():
            self._hold_table(shape)
        for table in self._state.tables():
            if self._is_here(table) and self._state.living[table] != self._seen[table]:
                self._look_for_removed(table)
        if not self._only:
            self._hold_proofs()
        for anchor in sorted(self._anchors):
            self._found(Finding(What.ANCHOR, about=anchor, link=self._link))
        self._result.head = head_of(self._link, self._mac)
        if confirmed.TABLE in self._tables():
            self._result.confirmed = confirmed.read(self._file, self._result.findings)
            self._result.findings = confirmed.still_open(self._result.findings, self._result.confirmed)
        self._name_links()
        return self._result

    def _is_here(self, table: str) -> bool:
        """Whether a table can be in this database: a copy in a file of a register on a server has its rows alone."""
        ours = self._file.catalog.objects.table
        return table not in OBJECT_TABLES or (table == ours and table in self._bound_objects)

    def _found(self, finding: Finding) -> None:
        if len(self._result.findings) < MOST:
            self._result.findings.append(finding)

    def _advance(self, count: int) -> None:
        self._done += count
        self._tell(self._done, max(self._done, self._all))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One view of the file, with the links that were written since the last one."""
        if self._written is not None:
            # Inside a transaction there is one already.
            yield
            return
        self._file.begin()
        try:
            yield
        finally:
            self._file.end()

    def _rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._file.rows(statement, values)

    def _tables(self) -> list[str]:
        return [_text(name) for (name,) in self._rows(self._file.catalog.tables)]

    def _count(self, table: str) -> int:
        ((count,),) = self._rows(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - a name of the database
        return int(count)

    # The chain.

    def _read_keys(self) -> None:
        revisions = self._rows("SELECT version_num FROM alembic_version")
        is_bound = not revisions or _text(revisions[0][0]) >= FIRST_BOUND_TO_ROWS
        for version, uid, secret in self._rows("SELECT version, uid, secret FROM chain_key ORDER BY version"):
            try:
                self._keys[version] = chain_keys.unsealed(self._vault, version, (_text(uid), secret), is_bound=is_bound)
            except (PxtuiError, ValueError, TypeError, AttributeError):
                self._found(Finding(What.NO_KEY, "chain_key", (version,)))

    def _walk_links(self) -> int:
        """Take in the next links; how many."""
        rows = self._rows(_LINKS, (self._link, _AT_ONCE))
        for number, at, staff_name, kind, version, writes, mac in rows:
            # Of another type than the program wrote, none of these is what it was.
            kinds = ((version, int), (writes, bytes), (mac, bytes))
            are_ours = all(isinstance(value, kind_of) for value, kind_of in kinds)
            link = Link(number, at, staff_name, _text(kind), version, writes, mac) if are_ours else None
            self._take(number, link)
        self._result.links += len(rows)
        self._advance(len(rows))
        return len(rows)

    def _take(self, number: int, link: Link | None) -> None:
        if number != self._link + 1:
            about = f"{self._link + 1}—{number - 1}"
            gone = encoded((link.mac,)) if link else b""
            self._found(Finding(What.LINK_GONE, "chain_link", link=self._link or None, about=about, found=gone))
        key = self._keys.get(link.key_version) if link else None
        writes = _writes(link.writes) if link else None
        if link is None or key is None or writes is None or mac_of(key, self._mac, link) != link.mac:
            said = (link.at, link.staff_name, link.kind, link.key_version, link.writes, link.mac) if link else ()
            self._found(
                Finding(What.LINK_FORGED, "chain_link", (number,), (), self._link or None, "", self._mac, encoded(said))
            )
        self._link, self._mac = number, link.mac if link else b""
        self._anchors.discard(head_of(number, self._mac))
        if link is not None and link.kind == Kind.RENEWAL:
            self._state.clear()
        self._key = key or self._key
        for write in writes or ():
            if write.table in OBJECT_TABLES:
                self._bound_objects.add(write.table)
            if not self._only or write.table in self._only:
                self._take_write(number, write)

    def _take_write(self, link: int, write: Write) -> None:
        last = self._state.last(write.table, write.key)
        if (was := self._state.put(write.table, write.key, write.after, link)) != write.before:
            known = last.link if last is not None else None
            key = decoded(write.key)
            self._found(Finding(What.WRITTEN_OVER, write.table, key, (), known, str(link), was, write.before))

    # The tables.

    def _shapes(self) -> list[Shape]:
        catalog = self._file.catalog
        names = [name for name in self._tables() if name not in UNPROVEN]
        found = []
        for name in names:
            columns = [[_plain(value) for value in row] for row in self._rows(catalog.columns, (name,))]
            found.append(schema.shape_in(catalog, name, columns))
        wanted = (*found, catalog.objects) if self._is_here(catalog.objects.table) else found
        return [shape for shape in wanted if not self._only or shape.table in self._only]

    def _hold_table(self, shape: Shape) -> None:
        found = 0
        last: tuple[Value, ...] = ()
        while True:
            with self._reading():
                while self._walk_links():
                    pass
                rows = self._rows(*schema.rows_after(self._file.catalog, shape, last, _AT_ONCE))
            for row in rows:
                found += self._is_known(shape, row)
            self._result.rows += len(rows)
            self._advance(len(rows))
            if len(rows) < _AT_ONCE:
                break
            last = tuple(rows[-1][place] for place in shape.key_places)
        self._seen[shape.table] = found

    def _is_known(self, shape: Shape, row: Sequence[Value]) -> bool:
        """Whether a link wrote this row; it is found where it is not as that one left it."""
        key = encoded(row[place] for place in shape.key_places)
        last = self._state.last(shape.table, key)
        if self._written and (before := self._written.get((shape.table, key))) is not None:
            if before != (last.proof if last else b""):
                of = last or Last(b"", 0)
                self._found(
                    Finding(What.CHANGED, shape.table, _decoded(row, shape), (), of.link or None, "", of.proof, before)
                )
            return last is not None
        if last is None:
            found = proof_of(shape, row, self._key).bound(self._key)
            self._found(Finding(What.ADDED, shape.table, _decoded(row, shape), found=found))
            return False
        proof = proof_of(shape, row, self._key)
        if (found := proof.bound(self._key)) != last.proof:
            columns = self._changed(shape, key, proof, last.proof)
            about = _decoded(row, shape)
            self._found(Finding(What.CHANGED, shape.table, about, columns, last.link, "", last.proof, found))
        return True

    def _changed(self, shape: Shape, key: bytes, found: Proof, proven: bytes) -> tuple[str, ...]:
        """The columns that differ, where the kept proof is the one of the link."""
        kept = self._rows(f"{_PROOFS} WHERE table_name = ? AND row_key = ?", (shape.table, key))
        for _, _, content, tags in kept:
            if (
                isinstance(content, bytes)
                and isinstance(tags, bytes)
                and Proof(content, tags).bound(self._key) == proven
            ):
                return changed_columns(shape, tags, found.tags)
        return ()

    def _look_for_removed(self, table: str) -> None:
        """Look for rows of a table that are not there; only where their number says that there are some."""
        shapes = {shape.table: shape for shape in self._shapes()}
        with self._reading():
            while self._walk_links():
                pass
            shape = shapes.get(table)
            for key, last in self._state.of_table(table):
                values = decoded(key)
                if self._written and self._written.get((table, key)) == last.proof:
                    continue
                if shape is None or not self._rows(*schema.row_with(self._file.catalog, shape, values)):
                    self._found(Finding(What.REMOVED, table, values, link=last.link, known=last.proof))

    def _hold_proofs(self) -> None:
        """Hold the kept proofs against the links."""
        last: tuple[Any, ...] = ()
        found = 0
        while True:
            with self._reading():
                while self._walk_links():
                    pass
                after = "WHERE (table_name, row_key) > (CAST(? AS TEXT), ?) " if last else ""
                rows = self._rows(f"{_PROOFS}{after}ORDER BY table_name, row_key LIMIT {_AT_ONCE}", last)
            for table, key, content, tags in rows:
                found += self._is_good_proof(_text(table), key, content, tags)
            self._advance(len(rows))
            if len(rows) < _AT_ONCE:
                break
            last = schema.given(rows[-1][:2])
        if found != self._state.count():
            self._look_for_missing_proofs()

    def _is_good_proof(self, table: str, key: Any, content: Any, tags: Any) -> bool:
        last = self._state.last(table, key) if isinstance(key, bytes) else None
        are_bytes = isinstance(content, bytes) and isinstance(tags, bytes)
        if last is not None and are_bytes and Proof(content, tags).bound(self._key) == last.proof:
            return True
        about, of = _safely_decoded(key), last or Last(b"", 0)
        found = content + tags if are_bytes else b""
        self._found(Finding(What.PROOF_CHANGED, table, about, (), of.link or None, "", of.proof, found))
        return False

    def _look_for_missing_proofs(self) -> None:
        asked = f"{_PROOFS} WHERE table_name = ? AND row_key = ?"
        with self._reading():
            while self._walk_links():
                pass
            for table in self._state.tables():
                for key, last in self._state.of_table(table):
                    if not self._rows(asked, (table, key)):
                        self._found(Finding(What.PROOF_CHANGED, table, decoded(key), link=last.link, known=last.proof))

    def _name_links(self) -> None:
        """Who and when, for the links that the findings name."""
        for number in {finding.link for finding in self._result.findings if finding.link is not None}:
            for at, staff_name, writes in self._rows(
                "SELECT at, staff_name, writes FROM chain_link WHERE id = ?", (number,)
            ):
                written = _writes(writes) or () if isinstance(writes, bytes) else ()
                keys = [_safely_decoded(write.key) for write in written if write.table == _JOURNAL]
                entries = tuple(key[0] for key in keys if key and isinstance(key[0], int))
                self._result.seen[number] = Seen(number, at and _text(at), _text(staff_name), entries)


def _decoded(row: Sequence[Value], shape: Shape) -> tuple[Value, ...]:
    return tuple(_plain(row[place]) for place in shape.key_places)


def _writes(content: Any) -> list[Write] | None:
    """The writes of a link; None where these are no such bytes."""
    try:
        return list(unpacked(content))
    except (ValueError, IndexError, TypeError):
        return None


def _safely_decoded(key: Any) -> tuple[Value, ...]:
    try:
        return decoded(key)
    except (ValueError, TypeError, IndexError):
        return ()


def _text(value: Any) -> str:
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | bytearray) else str(value)


def _plain(value: Any) -> Any:
    return _text(value) if isinstance(value, bytearray) else value
