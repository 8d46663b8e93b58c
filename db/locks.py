"""Which acts go on beside others on a server, and what they wait for: the case, the people, the chain.

An act alone in the register is right without any thought, and so is every act that is not declared here. One declared
`about_one_case` shares the register with others of its kind: it holds its case, and asks for the people whose entries
it changes before it looks at them; a link is written last, under a lock of its own, so that links have the order of the
commits. Locks are asked for by what they are about, in the order of `Of`, and all end with the transaction. In a file
there is one writer anyhow, and nobody waits here.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from functools import partial
from hashlib import blake2b
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.kinds import kind_at
from pxtui.identifiers.text import canonical_code

Act = TypeVar("Act", bound=Callable[..., Any])

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
_DECLARED = "is about one case"
_PIECES = re.compile("[0-9]+|[A-Z]+")
_GROUPS_OF_PEOPLE = 2_048
"""A server has room for some thousand locks in all, and an import has some hundred people: never more than these."""


class Of(IntEnum):
    """What a lock is about; in this order they are asked for, so that two never wait for each other."""

    CASE = 1
    PERSON = 2
    CHAIN = 3


def about_one_case(act: Act) -> Act:
    """Declare an act that takes the number of a case first, behind the context.

    It writes rows of that case and entries of people alone, decides nothing by what other cases hold, changes no
    setting, gives no number of a series, and does the same when it is repeated because its transaction was lost.
    """
    act.__dict__[_DECLARED] = True
    return act


def case_of(function: Callable[..., Any], arguments: Sequence[object]) -> str | None:
    """The number of the one case that an act is about; None: it goes alone."""
    while isinstance(function, partial):
        arguments = (*function.args, *arguments)
        function = function.func
    is_declared = getattr(function, "__dict__", {}).get(_DECLARED, False)
    return arguments[0] if is_declared and arguments and isinstance(arguments[0], str) else None


def lock_of_case(number: str) -> int:
    """The lock of a case, however its number is written: 2020-DQ-0017, 线培〔2020〕DQ-0017."""
    pieces = [piece.lstrip("0") for piece in _PIECES.findall(canonical_code(number))]
    return _key(Of.CASE, "-".join(pieces).encode())


def beside(engine: Engine, locks: Iterable[int]) -> Engine:
    """The engine of a transaction that shares the register and waits for some locks as it begins."""
    return engine.execution_options(**{BESIDE: True, HOLDS: sorted(locks)})


def hold_people(session: Session, keys: Iterable[bytes]) -> None:
    """Wait for people by the look-up keys of their numbers, before their entries are looked at."""
    _hold(session, {(Of.PERSON << 32) + _hashed(key) % _GROUPS_OF_PEOPLE for key in keys})


def hold_chain(session: Session, then: str) -> list[tuple[Any, ...]] | None:
    """Wait for the end of the chain and of the journal, where numbers have no gap; the last that is waited for.

    Args:
        then: a statement that reads them, on the same way to the server.

    Returns:
        Its rows; None: the transaction is alone, or holds them already, and has to ask for itself.
    """
    return _hold(session, {_key(Of.CHAIN, b"")}, then)


def _hold(session: Session, keys: set[int], then: str = "") -> list[tuple[Any, ...]] | None:
    connection = session.connection()
    options = connection.get_execution_options()
    held: set[int] = session.info.setdefault(_HELD, set(options.get(HOLDS, ())))
    if not keys - held or not options.get(BESIDE, False):
        return None
    found = kind_at(connection).hold(connection, sorted(keys - held), then)
    held |= keys
    return found


def held_by(session: Session) -> frozenset[int]:
    """The locks that a transaction holds."""
    return frozenset(session.info.get(_HELD, ()))


def let_go(session: Session, kept: frozenset[int]) -> None:
    """The transaction went back to an earlier point: what it has held since then is free again."""
    session.info[_HELD] = set(kept)


def _key(of: Of, name: bytes) -> int:
    return (of << 32) + _hashed(name)


def _hashed(name: bytes) -> int:
    return int.from_bytes(blake2b(name, digest_size=4).digest())
