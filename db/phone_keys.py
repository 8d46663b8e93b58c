"""Phones and bank accounts are sealed, so they are found by look-up keys of their digits."""

from collections.abc import Callable, Sequence

from sqlalchemy import or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from db.models import Applicant, Enrolment, Row, SealedRow
from db.seal import Vault
from pxtui.errors import Damaged
from pxtui.identifiers import phone
from pxtui.identifiers.text import canonical_code

_FIELD = "phone"
"""Field name of the look-up keys of phones."""
_ACCOUNT = "bank-account"
_AT_ONCE = 1000
"""Rows of one statement."""


def phone_key(vault: Vault, text: str) -> bytes | None:
    """The look-up key of a phone, however its digits are set apart; None for a text without digits."""
    digits = phone.digits(text)
    return vault.look_up_key(_FIELD, digits) if digits else None


def account_key(vault: Vault, text: str) -> bytes | None:
    """The look-up key of a bank account, however its digits are set apart; None for an empty one."""
    digits = canonical_code(text).replace("-", "")
    return vault.look_up_key(_ACCOUNT, digits) if digits else None


def enter_keys(vault: Vault, applicant: Applicant, contact_phone: str, bank_account: str) -> None:
    """Enter the keys of an applicant's phone and account; an empty account leaves the one on file."""
    applicant.phone_key = phone_key(vault, contact_phone)
    applicant.account_key = account_key(vault, bank_account) or applicant.account_key


def fill_in(session: Session, vault: Vault) -> None:
    """Enter the keys of phones and accounts that were sealed before registers had them."""
    last = 0
    while rows := session.exec(_next(last)).all():
        for row in rows:
            row.phone_key = _of_sealed(vault, row, "phone", phone_key)
        last = rows[-1].id
        _store(session, rows)
    last = 0
    while applicants := session.exec(_next_applicants(last)).all():
        for applicant in applicants:
            applicant.phone_key = _of_sealed(vault, applicant, "contact_phone", phone_key)
            applicant.account_key = _of_sealed(vault, applicant, "bank_account", account_key)
        last = applicants[-1].id
        _store(session, applicants)


def _of_sealed(vault: Vault, row: SealedRow, column: str, key_of: Callable[[Vault, str], bytes | None]) -> bytes | None:
    """The key of what is sealed in a row; none where it does not open, which `verify` names and no opening hinders."""
    try:
        return key_of(vault, row.unseal(vault, column))
    except Damaged:
        return None


def _next_applicants(last: int) -> SelectOfScalar[Applicant]:
    """Who lacks either key; without a phone or an account there is none, which is looked at again each time."""
    id_column = col(Applicant.id)
    lacks = or_(col(Applicant.phone_key).is_(None), col(Applicant.account_key).is_(None))
    return select(Applicant).where(lacks, id_column > last).order_by(id_column).limit(_AT_ONCE)


def _next(last: int) -> SelectOfScalar[Enrolment]:
    key, id_column = col(Enrolment.phone_key), col(Enrolment.id)
    return select(Enrolment).where(key.is_(None), id_column > last).order_by(id_column).limit(_AT_ONCE)


def _store(session: Session, rows: Sequence[Row]) -> None:
    """Nothing stays in memory of what may be all rows of all years."""
    session.add_all(rows)
    session.flush()
    for row in rows:
        session.expunge(row)
