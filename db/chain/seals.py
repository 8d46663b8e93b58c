"""Sealed rows as they go into the register: bound to their number and to what they belong to."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_state

from db.chain.statements import run
from db.kinds import kind_at
from db.locks import hold_chain
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


def is_without_gap(row: object) -> bool:
    """Whether a row is of a table whose rows are numbered without a gap and stay."""
    return getattr(row, "__tablename__", "") in _WITHOUT_GAP


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
    hold_chain(session)
    ((highest,),) = run(session.connection(), f'SELECT coalesce(max("{key}"), 0) FROM "{table}"')  # noqa: S608 - of the models
    return range(highest + 1, highest + 1 + count)


def _has_moved(row: SealedRow) -> bool:
    before = instance_state(row).committed_state
    return any(name in before and before[name] != getattr(row, name) for name in ("uid", *row.bound_to()))
