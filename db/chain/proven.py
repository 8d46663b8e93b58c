"""Rows that are used for what cannot be taken back are first held against their proofs."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection
from sqlmodel import Session

from db.chain import links
from db.chain.content import Proof, encoded, proof_of
from db.chain.keys import ChainKeys
from db.chain.statements import Key, by_table, chunks, run, shape_in_models, stored_rows
from pxtui.errors import Damaged

ALTERED = "要用的内容已被程序以外的途径改动过，这一步没有做；请停止办理这个案件，并请管理员运行 pxtui verify 查明。"

_KEYS_AT_ONCE = 300
_KEY = "key of the chain in this transaction"
_PROOFS = "SELECT row_key, content, tags FROM row_proof WHERE table_name = ? AND row_key IN"


def require_proven(session: Session, keys: ChainKeys, rows: Iterable[tuple[str, Key]]) -> None:
    """Refuse rows that are not as their last link left them, out of a transaction that has not written them.

    Args:
        rows: names of tables and values of primary keys.

    Raises:
        Damaged: somebody has changed, added or removed one past the program.
    """
    connection = session.connection()
    # Whoever draws another key is alone in the register: in one transaction it stays the same.
    secret: bytes | None = session.info.get(_KEY)
    if secret is None:
        if (last := links.last_link(connection)) is None:
            return
        secret = session.info[_KEY] = keys.of(connection, last[2])
    for table, wanted in by_table(rows).items():
        for some in chunks(wanted, _KEYS_AT_ONCE):
            proofs_of(connection, secret, table, some)


def proofs_of(connection: Connection, secret: bytes, table: str, keys: Sequence[Key]) -> Mapping[Key, Proof]:
    """The proofs of rows as they stand, of those that are there; at most some hundred keys.

    Raises:
        Damaged: one is not as its last link left it.
    """
    shape = shape_in_models(table)
    proven = {
        row_key: Proof(content, tags)
        for row_key, content, tags in run(
            connection, f"{_PROOFS} ({', '.join('?' * len(keys))})", (table, *map(encoded, keys))
        )
    }
    found: dict[Key, Proof] = {}
    for key, values in stored_rows(connection, shape, keys):
        found[key] = proof_of(shape, values, secret)
        if proven.pop(encoded(key), None) != found[key]:
            raise Damaged(ALTERED)
    if proven:
        # Proven, and not there any more.
        raise Damaged(ALTERED)
    return found
