"""Applicants on file: found by the beginning of a name, by initials, or by either end of the credit code."""

import re

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped
from sqlmodel import col, or_, select

from db.models import Applicant
from pxtui.casework.office.context import Context
from pxtui.identifiers.firm_name import firm_initials, spellings
from pxtui.identifiers.text import canonical

MOST_FOUND = 9
"""As many as digits pick."""
_TAIL_LENGTH = 4
_CODE = re.compile("[0-9A-Z]*[0-9][0-9A-Z]*")


def name_applicant(applicant: Applicant, name: str) -> None:
    """Give an applicant a name, and what it is found by."""
    applicant.name = name
    applicant.initials = firm_initials(name)
    applicant.code_tail = applicant.credit_code_key[-_TAIL_LENGTH:]


def matching(context: Context, text: str) -> list[Applicant]:
    """Whom typed text means, nine at most. Initials leave the place out: `hlj` is 攀枝花市恒力机械有限公司.

    What begins so comes from an index; only where nothing does, the names are read for those that contain it.
    """
    wanted = canonical(text)
    if not wanted:
        return []
    if wanted.isascii():
        return _found(context, _by_letters(wanted))
    called = firm_initials(wanted)
    written = spellings(wanted)
    begins = or_(*(_begins_with(col(Applicant.name), part) for part in written))
    contains = or_(*(col(Applicant.name).contains(part, autoescape=True) for part in written))
    if called:
        # Names have no index by the part that they are called by; the initials of that part have one.
        begins |= _begins_with(col(Applicant.initials), called) & contains
    return _found(context, begins) or _found(context, contains)


def _by_letters(wanted: str) -> ColumnElement[bool]:
    code = wanted.upper()
    if _CODE.fullmatch(code) is None:
        return _begins_with(col(Applicant.initials), wanted.lower())
    if len(code) == _TAIL_LENGTH:
        return _begins_with(col(Applicant.credit_code_key), code) | (col(Applicant.code_tail) == code)
    return _begins_with(col(Applicant.credit_code_key), code)


def _found(context: Context, condition: ColumnElement[bool]) -> list[Applicant]:
    order = (col(Applicant.name), col(Applicant.id))
    return list(context.session.exec(select(Applicant).where(condition).order_by(*order).limit(MOST_FOUND)))


def _begins_with(column: Mapped[str], text: str) -> ColumnElement[bool]:
    """A range, not LIKE: an index serves it."""
    return (column >= text) & (column < text[:-1] + chr(ord(text[-1]) + 1))
