"""Which acts go on beside others on a server, and what they wait for: the case, the people, the chain.

An act alone in the register is right without any thought, and so is every act that is not declared here. One declared
`about_one_case` shares the register with others of its kind: it holds its case, and asks for the people whose entries
it changes before it looks at them; a link is written last, under a lock of its own, so that links have the order of the
commits. Locks are asked for by what they are about, in the order of `Of`, and all end with the transaction. In a file
there is one writer anyhow, and nobody waits here.
"""

import re
from collections.abc import Iterable
from enum import IntEnum
from hashlib import blake2b
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.kinds import kind_at
from pxtui.identifiers.text import canonical_code

BESIDE = "beside"
"""Name of the execution option of a transaction that shares the register."""
HOLDS = "holds"
"""Name of the one with the locks that it waits for at its beginning, in order."""
MAY_WRITE = frozenset(
    {
        "enrolment",
        "journal_entry",
        "keying_session",
        "learning_result",
        "other_initials",
        "person",
        "roster_lease",
        "second_keyed_row",
        "second_keying",
        "voucher",
    }
)
"""The tables that such a transaction may write: rows of its own case, and of people whom it holds."""
_HELD = "locks held by this transaction"
_PIECES = re.compile("[0-9]+|[A-Z]+")
_GROUPS = 2_048
"""A server has room for some thousand locks in all, and an import has some hundred people: never more than these."""


class Of(IntEnum):
    """What a lock is about; in this order they are asked for, so that two never wait for each other."""

    NAME = 1
    """What there is one of in the register, such as a fund, or an enterprise that is not on file yet."""
    BATCH = 2
    CASE = 3
    FIRM = 4
    PERSON = 5
    VOUCHER = 6
    SERIES = 7
    CHAIN = 8


def lock_of_case(number: str) -> int:
    """The lock of a case, however its number is written: 2020-DQ-0017, 线培〔2020〕DQ-0017."""
    pieces = [piece.lstrip("0") for piece in _PIECES.findall(canonical_code(number))]
    return lock_of(Of.CASE, "-".join(pieces).encode())


def beside(engine: Engine, locks: Iterable[int]) -> Engine:
    """The engine of a transaction that shares the register and waits for some locks as it begins."""
    return engine.execution_options(**{BESIDE: True, HOLDS: sorted(locks)})


def is_beside(session: Session) -> bool:
    """Whether a transaction shares the register, so that what it does not hold may change."""
    connection = session.connection()
    return kind_at(connection).holds and bool(connection.get_execution_options().get(BESIDE, False))


def hold(session: Session, keys: Iterable[int]) -> None:
    """Wait for locks in their order."""
    _hold(session, set(keys))


def hold_people(session: Session, keys: Iterable[bytes]) -> None:
    """Wait for people by the look-up keys of their numbers, before their entries are looked at."""
    _hold(session, set(map(lock_of_person, keys)))


def hold_series(session: Session, name: str) -> None:
    """Wait for a series of numbers, such as those of an office's cases of a year, before the last one is read."""
    _hold(session, {lock_of(Of.SERIES, name.encode())})


def hold_chain(session: Session, then: str) -> list[tuple[Any, ...]] | None:
    """Wait for the end of the chain and of the journal, where numbers have no gap; the last that is waited for.

    Args:
        then: a statement that reads them, on the same way to the server.

    Returns:
        Its rows; None: the transaction is alone, or holds them already, and has to ask for itself.
    """
    return _hold(session, {lock_of(Of.CHAIN, b"")}, then)


def _hold(session: Session, keys: set[int], then: str = "") -> list[tuple[Any, ...]] | None:
    held = _known(session)
    if not keys - held or not is_beside(session):
        return None
    connection = session.connection()
    found = kind_at(connection).hold(connection, sorted(keys - held), then)
    held |= keys
    return found


def _known(session: Session) -> set[int]:
    held: set[int] | None = session.info.get(_HELD)
    if held is None:
        held = session.info[_HELD] = set(session.connection().get_execution_options().get(HOLDS, ()))
    return held


def held_by(session: Session) -> frozenset[int]:
    """The locks that a transaction holds."""
    return frozenset(_known(session))


def let_go(session: Session, kept: frozenset[int]) -> None:
    """The transaction went back to an earlier point: what it has held since then is free again."""
    session.info[_HELD] = set(kept)


def lock_of(of: Of, name: bytes) -> int:
    """The lock of what bears a name."""
    return (of << 32) + _hashed(name)


def lock_in_groups(of: Of, name: bytes) -> int:
    """The same of what a case may have thousands of."""
    return (of << 32) + _hashed(name) % _GROUPS


def lock_of_person(key: bytes) -> int:
    """The lock of a person by the look-up key of his number."""
    return lock_in_groups(Of.PERSON, key)


def _hashed(name: bytes) -> int:
    return int.from_bytes(blake2b(name, digest_size=4).digest())
