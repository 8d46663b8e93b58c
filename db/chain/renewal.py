"""All rows proven anew: at the beginning of a chain, after an upgrade, and with a new key."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection

from db.chain import links
from db.chain.content import Proof, Shape, encoded, proof_of
from db.chain.keys import ChainKeys
from db.chain.links import Kind, Link, Write
from db.chain.schema import all_rows, shapes
from db.chain.statements import chunks, run, run_many, stream
from db.kinds import kind_at

_ROWS_A_LINK = 5_000
_STORE = "INSERT INTO row_proof (table_name, row_key, link_id, content, tags) VALUES (?, ?, ?, ?, ?)"


def bind_anew(connection: Connection, keys: ChainKeys, at: datetime | None, *, draw: bool = False) -> Link:
    """Bind all of the register as it stands, in the transaction that has just changed its tables; the last link.

    A register of before the chain has its first link by this: from here on it is bound, and what was altered before
    nobody can tell.

    Args:
        at: the moment, with its zone.
        draw: with a new key of the chain; one who has the old ones can then write no links any more.
    """
    last = links.last_link(connection)
    version = last[2] if last else 0
    if draw or last is None:
        version += 1
        key = keys.draw(connection, version)
    else:
        key = keys.of(connection, version)
    return renew(connection, key, version, ("", links.moment(at)))


def renew(connection: Connection, key: bytes, version: int, signed: tuple[str, str | None]) -> Link:
    """Prove every row as it stands, whatever was proven of it before; the last of the links.

    Whoever calls it has verified the register, or has just made it. `signed`: by whom, and the moment in UTC or None.
    """
    run(connection, "DELETE FROM row_proof")
    kind, link = Kind.RENEWAL, None
    proofs = (row for shape in shapes(connection) for row in _proofs(connection, shape, key))
    for some in chunks(proofs, _ROWS_A_LINK):
        writes = [Write(table, row_key, b"", proof.bound(key)) for table, row_key, proof in some]
        link = links.append(connection, key, version, signed, kind, writes, links.last_link(connection))
        run_many(connection, _STORE, [(table, row_key, link.id, *proof) for table, row_key, proof in some])
        kind = Kind.RENEWAL_GOES_ON
    assert link is not None, "the tables themselves are rows"
    return link


def _proofs(connection: Connection, shape: Shape, key: bytes) -> Iterator[tuple[str, bytes, Proof]]:
    for row in stream(connection, all_rows(kind_at(connection).catalog, shape), _ROWS_A_LINK):
        row_key = encoded(row[place] for place in shape.key_places)
        yield shape.table, row_key, proof_of(shape, row, key)
