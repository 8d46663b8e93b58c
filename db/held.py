"""Rows that every act asks for again and again, such as the settings: read once in a transaction."""

from collections.abc import Callable
from typing import TypeVar, cast

from sqlalchemy import event
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session, SQLModel

Table = TypeVar("Table", bound=SQLModel)
Found = TypeVar("Found")

_HELD, _ABSENT = "rows held for this transaction", "rows that are not there"
_LOOKED_UP = "values looked up in a table"


def held(session: Session, table: type[Table], key: object) -> Table | None:
    """The row with a primary key as `Session.get` gives it; a session alone forgets a row that nobody holds."""
    wanted = table, key
    absent = session.info.setdefault(_ABSENT, set())
    # What is added or merged meanwhile is looked for again.
    if wanted in absent and not any(isinstance(row, table) for row in session.new):
        return None
    row = session.get(table, key)
    if row is None:
        absent.add(wanted)
    else:
        session.info.setdefault(_HELD, {})[wanted] = row
    return row


def looked_up(session: Session, table: type[SQLModel], look: Callable[[Session], Found]) -> Found:
    """What a function finds in a table, once in a transaction; again where rows of it were written since."""
    known = session.info.setdefault(_LOOKED_UP, {})
    is_written = any(isinstance(row, table) for row in (*session.new, *session.dirty))
    if is_written or (table, look) not in known:
        known[table, look] = look(session)
    return cast(Found, known[table, look])


@event.listens_for(Session, "after_flush")
def _after_flush(session: AnySession, _context: object) -> None:
    written = {type(row) for row in (*session.new, *session.dirty)}
    looked = session.info.get(_LOOKED_UP, {})
    session.info[_LOOKED_UP] = {wanted: found for wanted, found in looked.items() if wanted[0] not in written}
    absent = session.info.get(_ABSENT)
    if absent:
        added = {type(row) for row in session.new}
        session.info[_ABSENT] = {wanted for wanted in absent if wanted[0] not in added}
