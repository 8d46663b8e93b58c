"""Search for applicants on file: by a part of the name, its initials, or either end of the credit code."""

import re

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select

from db.about import About
from db.models import Applicant
from db.readings import applicants_read, applicants_read_inside, begins_with
from pxtui.casework.office.context import Context
from pxtui.identifiers.firm_name import firm_initials, spellings
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.policy import facts

MOST_FOUND = 9
"""Longest list of results: the digits 1 to 9 pick one."""
_TAIL_LENGTH = 4
_FEWEST_INSIDE = 2
_CODE = re.compile("[0-9A-Z]*[0-9][0-9A-Z]*")


def about(applicant: facts.Applicant, *numbers: str) -> About:
    """What the filing of cases of an applicant is about: two who come first at once are one entry on file."""
    names = (canonical_code(applicant.credit_code), applicant.name)
    return About(cases=numbers, names=tuple(f"firm {name}" for name in names if name))


def name_applicant(applicant: Applicant, name: str) -> None:
    """Set an applicant's name and its search columns, initials and end of the credit code."""
    applicant.name = name
    applicant.initials = firm_initials(name)
    applicant.code_tail = applicant.credit_code_key[-_TAIL_LENGTH:]


def matching(context: Context, text: str) -> list[Applicant]:
    """The applicants that typed text means, nine at most. Initials omit the place: `hlj` is 攀枝花市恒力机械有限公司.

    Beginnings are found by an index; only without a match are all names searched for the text or letters.
    """
    wanted = canonical(text)
    if not wanted:
        return []
    if wanted.isascii():
        return _found(context, _by_code_or_letters(wanted)) or _read_inside(context, wanted.lower())
    called = firm_initials(wanted)
    written = spellings(wanted)
    begins = or_(*(begins_with(col(Applicant.name), part) for part in written))
    contains = or_(*(col(Applicant.name).contains(part, autoescape=True) for part in written))
    if called:
        # Names have no index by the part that they are called by; the initials of that part have one.
        begins |= begins_with(col(Applicant.initials), called) & contains
    return _found(context, begins) or _found(context, contains)


def _by_code_or_letters(wanted: str) -> ColumnElement[bool]:
    code = wanted.upper()
    if _CODE.fullmatch(code) is None:
        return applicants_read(wanted.lower())
    if len(code) == _TAIL_LENGTH:
        return begins_with(col(Applicant.credit_code_key), code) | (col(Applicant.code_tail) == code)
    return begins_with(col(Applicant.credit_code_key), code)


def _read_inside(context: Context, letters: str) -> list[Applicant]:
    """Of one letter, half of the register would be found."""
    if len(letters) < _FEWEST_INSIDE or not letters.isalnum():
        return []
    return _found(context, col(Applicant.id).in_(applicants_read_inside(context.session, letters)))


def _found(context: Context, condition: ColumnElement[bool]) -> list[Applicant]:
    order = (col(Applicant.name), col(Applicant.id))
    return list(context.session.exec(select(Applicant).where(condition).order_by(*order).limit(MOST_FOUND)))
