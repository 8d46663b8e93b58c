"""The ends of journal and chain: whoever adds to them waits for both, reads both, and keeps others out to his commit.

It is the one place where transactions that share the register stand in line, so it is entered last, and both ends are
read in the way in which the lock is asked for.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.chain.statements import run
from db.locks import hold_chain

_READ = (
    "SELECT (SELECT coalesce(max(id), 0) FROM journal_entry), id, mac, key_version FROM chain_link "
    "WHERE id = (SELECT max(id) FROM chain_link)"
)
_ENTRIES = "SELECT coalesce(max(id), 0) FROM journal_entry"
_HELD = "ends of journal and chain"


@dataclass(slots=True)
class Ends:
    """What comes last in both, as the transaction that holds them knows."""

    entry: int
    """Number of the newest entry; 0: there is none."""
    link: tuple[int, bytes, int] | None
    """See `db.chain.links.last_link`."""


def held(session: Session) -> Ends:
    """Both ends, waited for where the transaction does not hold them yet."""
    known: Ends | None = session.info.get(_HELD)
    if known is None:
        found = hold_chain(session, _READ)
        if found is None:
            found = run(session.connection(), _READ)
        if found:
            ((entry, *link),) = found
            known = Ends(entry, (link[0], link[1], link[2]))
        else:
            ((entry,),) = run(session.connection(), _ENTRIES)
            known = Ends(entry, None)
        session.info[_HELD] = known
    return known


def forget(session: Session) -> None:
    """Read them anew: what was added is taken back."""
    session.info.pop(_HELD, None)
