"""Sealed rows as they go into the register: bound to their number and to what they belong to."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import FromClause
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.sql import visitors

from db.chain import ends
from db.kinds import kind_at
from db.models.row import SealedRow
from db.seal import Vault

_WITHOUT_GAP = frozenset({"journal_entry"})
"""Tables of which a missing number says that a row was taken out."""


def bind_new(session: Session, vault: Vault) -> None:
    """Give the new sealed rows of a flush their numbers and bind what is sealed in them."""
    new = [row for row in session.new if isinstance(row, SealedRow)]
    _number(session, new)
    for row in new:
        row.bind_seals(vault)


def without_gap(rows: Iterable[object]) -> list[SealedRow]:
    """Those of tables whose rows are numbered without a gap and stay."""
    return [row for row in rows if isinstance(row, SealedRow) and row.__tablename__ in _WITHOUT_GAP]


def are_read_by(statement: Any) -> bool:
    """Whether a statement looks for rows of such a table, at whatever depth."""
    return any(name in _WITHOUT_GAP for element in visitors.iterate(statement) for name in _tables_of(element))


def require_bound(changed: Iterable[object], vault: Vault) -> None:
    """Refuse changed rows that went to somebody else without being sealed anew for him.

    Raises:
        Damaged: what is sealed in one of them belongs to another row.
    """
    for row in changed:
        if isinstance(row, SealedRow) and _has_moved(row):
            for column in row.sealed():
                row.unseal(vault, column)


def _number(session: Session, rows: Iterable[SealedRow]) -> None:
    unnumbered: dict[tuple[str, str], list[SealedRow]] = {}
    for row in rows:
        table, key = str(row.__tablename__), row.bound_to()[0]
        if getattr(row, key) is None:
            unnumbered.setdefault((table, key), []).append(row)
    for (table, key), new in unnumbered.items():
        for row, number in zip(new, _new_numbers(session, table, key, len(new)), strict=True):
            setattr(row, key, number)


def _new_numbers(session: Session, table: str, key: str, count: int) -> Sequence[int]:
    if table not in _WITHOUT_GAP:
        return kind_at(session.connection()).new_numbers(session.connection(), table, key, count)
    # Behind the highest, and nobody else until the commit: what is taken back leaves no gap.
    end = ends.held(session)
    first, end.entry = end.entry + 1, end.entry + count
    return range(first, first + count)


def _tables_of(element: Any) -> Iterator[str]:
    """The names of the table that a part of a statement is, or is a column of."""
    table = element if isinstance(element, FromClause) else getattr(element, "table", None)
    while table is not None:
        yield getattr(table, "name", "")
        table = getattr(table, "element", None)


def _has_moved(row: SealedRow) -> bool:
    before = instance_state(row).committed_state
    return any(name in before and before[name] != getattr(row, name) for name in ("uid", *row.bound_to()))
