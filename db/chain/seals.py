"""Sealed rows as they go into the register: bound to their number and to what they belong to."""

from collections.abc import Iterable

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_state

from db.chain.statements import run
from db.models.row import SealedRow
from db.seal import Vault


def bind_new(session: Session, vault: Vault) -> None:
    """Give the new sealed rows of a flush their numbers and bind what is sealed in them.

    A transaction that writes is alone in the register, and so the number after the highest is free.
    """
    last: dict[str, int] = {}
    for row in session.new:
        if isinstance(row, SealedRow):
            _number(session, row, last)
            row.bind_seals(vault)


def require_bound(changed: Iterable[object], vault: Vault) -> None:
    """Refuse changed rows that went to somebody else without being sealed anew for him.

    Raises:
        Damaged: what is sealed in one of them belongs to another row.
    """
    for row in changed:
        if isinstance(row, SealedRow) and _has_moved(row):
            for column in row.sealed():
                row.unseal(vault, column)


def _number(session: Session, row: SealedRow, last: dict[str, int]) -> None:
    table, key = str(row.__tablename__), row.bound_to()[0]
    if getattr(row, key) is not None:
        return
    if table not in last:
        ((highest,),) = run(session.connection(), f'SELECT max("{key}") FROM "{table}"')  # noqa: S608 - of the models
        last[table] = highest or 0
    last[table] += 1
    setattr(row, key, last[table])


def _has_moved(row: SealedRow) -> bool:
    before = instance_state(row).committed_state
    return any(name in before and before[name] != getattr(row, name) for name in ("uid", *row.bound_to()))
