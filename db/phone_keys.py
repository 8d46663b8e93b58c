"""Phones are sealed, so they are found by a look-up key of their digits."""

from collections.abc import Sequence
from typing import TypeVar

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from db.models import Applicant, Enrolment, Row
from db.seal import Vault
from pxtui.identifiers import phone

Found = TypeVar("Found", Enrolment, Applicant)

_FIELD = "phone"
"""Field name of the look-up keys of phones."""
_AT_ONCE = 1000
"""Rows of one statement."""


def phone_key(vault: Vault, text: str) -> bytes | None:
    """The look-up key of a phone, however its digits are set apart; None for a text without digits."""
    digits = phone.digits(text)
    return vault.look_up_key(_FIELD, digits) if digits else None


def fill_in(session: Session, vault: Vault) -> None:
    """Enter the keys of phones that were sealed before registers had them."""
    last = 0
    while rows := session.exec(_next(Enrolment, last)).all():
        for row in rows:
            row.phone_key = phone_key(vault, row.unseal(vault, "phone"))
        last = rows[-1].id
        _store(session, rows)
    last = 0
    while applicants := session.exec(_next(Applicant, last)).all():
        for applicant in applicants:
            applicant.phone_key = phone_key(vault, applicant.unseal(vault, "contact_phone"))
        last = applicants[-1].id
        _store(session, applicants)


def _next(table: type[Found], last: int) -> SelectOfScalar[Found]:
    key, id_column = col(table.phone_key), col(table.id)
    return select(table).where(key.is_(None), id_column > last).order_by(id_column).limit(_AT_ONCE)


def _store(session: Session, rows: Sequence[Row]) -> None:
    """Nothing stays in memory of what may be all rows of all years."""
    session.add_all(rows)
    session.flush()
    for row in rows:
        session.expunge(row)
