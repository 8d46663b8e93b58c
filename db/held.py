"""Rows that every act asks for again and again, such as the settings: read once in a transaction."""

from typing import TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session, SQLModel

Table = TypeVar("Table", bound=SQLModel)

_HELD, _ABSENT = "rows held for this transaction", "rows that are not there"


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


@event.listens_for(Session, "after_flush")
def _after_flush(session: AnySession, _context: object) -> None:
    absent = session.info.get(_ABSENT)
    if absent:
        added = {type(row) for row in session.new}
        session.info[_ABSENT] = {wanted for wanted in absent if wanted[0] not in added}
