"""Findings that two people confirmed: which of them a verification finds again, and rows proven as they stand."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from db.chain.content import encoded, proof_of
from db.chain.findings import LASTING, Confirmed, Finding
from db.chain.links import last_link
from db.chain.statements import run, shape_in_models, stored_rows
from db.kinds.raw import RawRows

TABLE = "accepted_finding"
_ROWS = (
    "SELECT id, mark, sentence, reason, proposed_by, proposed_at, accepted_by, accepted_at "
    "FROM accepted_finding ORDER BY id"
)
_STORE = "INSERT INTO row_proof (table_name, row_key, link_id, content, tags) VALUES (?, ?, ?, ?, ?)"
_FORGET = "DELETE FROM row_proof WHERE table_name = ? AND row_key = ?"


def read(file: RawRows, findings: Iterable[Finding]) -> list[Confirmed]:
    """What was confirmed, and waits for it; a row that was itself altered past the program confirms nothing."""
    altered = {finding.key for finding in findings if finding.table == TABLE}
    rows = file.rows(_ROWS)
    return [Confirmed(*map(_text, row[1:])) for row in rows if (row[0],) not in altered]  # type: ignore[arg-type]


def still_open(findings: Iterable[Finding], confirmed: Iterable[Confirmed]) -> list[Finding]:
    """The findings without those that last and were confirmed by two."""
    marks = {row.mark for row in confirmed if row.accepted_by is not None}
    return [finding for finding in findings if finding.what not in LASTING or finding.mark not in marks]


def put_proof_right(connection: Connection, key: bytes, finding: Finding) -> None:
    """Store the proof of a row as it stands, or take away one of no row; whoever calls it has verified the row itself.

    `key`: of the chain.
    """
    shape, row_key = shape_in_models(finding.table), encoded(finding.key)
    last = last_link(connection)
    run(connection, _FORGET, (finding.table, row_key))
    for _, row in stored_rows(connection, shape, [finding.key]):
        proof = proof_of(shape, row, key)
        run(connection, _STORE, (finding.table, row_key, last[0] if last else 0, proof.content, proof.tags))


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | bytearray) else str(value)
