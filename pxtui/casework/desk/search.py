"""Search for cases by number, applicant or trainee; the found trainees are named."""

import re
from collections import defaultdict
from dataclasses import replace

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select

from db.models import Case, Enrolment, Person
from pxtui.casework.desk.queues import MOST_LISTED, CaseList, cases, listed
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Context
from pxtui.casework.roster.rows import ID_NUMBER, ID_TAIL
from pxtui.errors import NotFound
from pxtui.identifiers import id_number
from pxtui.identifiers.firm_name import spellings
from pxtui.identifiers.text import canonical

_END_OF_NUMBER = re.compile("(?:([A-Z]{2})-?)?([0-9]{1,5})")
_TAIL = 4
"""Length of the indexed end of an ID number; longer ends are compared after unsealing."""
_WHOLE = 18
_FEWEST_OF_NAME = 2


def search(context: Context, text: str, *, most: int = MOST_LISTED) -> CaseList:
    """Cases by case number or its end, by a trainee's ID number or its last four or more, or by a part of a name."""
    wanted = canonical(text)
    if not wanted:
        return cases(context, most=most)
    try:
        return listed(context, [find(context, wanted)], most)
    except NotFound:
        pass
    number = id_number.with_century(wanted)
    of_serial, of_rows = _serial(number), _bearers(context, number)
    if of_serial is None and of_rows is None:
        of_applicant = or_(*(col(Case.applicant_name).contains(part, autoescape=True) for part in spellings(wanted)))
        return _found(context, [of_applicant], _called(wanted), most)
    return _found(context, [] if of_serial is None else [of_serial], of_rows, most)


def _found(
    context: Context, of_cases: list[ColumnElement[bool]], of_rows: ColumnElement[bool] | None, most: int
) -> CaseList:
    """The cases that meet `of_cases` or have rows that meet `of_rows`; matches of the first condition come first."""
    meant, newest = list(of_cases), col(Case.id).desc()
    if of_rows is not None:
        meant.append(col(Case.id).in_(select(Enrolment.case_id).where(of_rows)))
    # The end of a case number means the case first; trainees whose ID numbers end alike come behind it.
    chosen = select(Case).where(or_(*meant)).order_by(meant[0].desc(), newest).limit(most + 1)
    cases_found = list(context.session.exec(chosen))
    people = {} if of_rows is None else _people(context, of_rows, cases_found[:most])
    return replace(listed(context, cases_found, most), people=people)


def _serial(text: str) -> ColumnElement[bool] | None:
    """Condition on cases by the end of their number; None where the text is no such end."""
    match = _END_OF_NUMBER.fullmatch(text)
    if match is None:
        return None
    letter, serial = match.groups()
    of_serial: ColumnElement[bool] = col(Case.serial) == int(serial)
    return of_serial & (col(Case.letter) == letter) if letter else of_serial


def _bearers(context: Context, number: str) -> ColumnElement[bool] | None:
    """Condition on rows by ID number or its end; None where the text is neither."""
    vault = context.vault
    if not id_number.is_tail(number[-_TAIL:]) or not (number[:-1].isdigit() and number.isascii()):
        return None
    if len(number) == _WHOLE:
        key: bytes = vault.look_up_key(ID_NUMBER, number)
        return col(Enrolment.id_key) == key
    of_tail = select(Person).where(col(Person.tail_key) == vault.look_up_key(ID_TAIL, number[-_TAIL:]))
    bearers = [
        person.id for person in context.session.exec(of_tail) if person.unseal(vault, "id_number").endswith(number)
    ]
    return col(Enrolment.person_id).in_(bearers)


def _called(name: str) -> ColumnElement[bool]:
    """Condition on rows by name; a text of two characters or more also matches as a part of a name on file."""
    as_typed = col(Enrolment.name) == name
    if len(name) < _FEWEST_OF_NAME:
        return as_typed
    known = select(Person.id).where(col(Person.name).contains(name, autoescape=True))
    return as_typed | col(Enrolment.person_id).in_(known)


def _people(context: Context, of_rows: ColumnElement[bool], found: list[Case]) -> dict[str, str]:
    """By case number, the people of the matching rows: 陈志强…3010."""
    numbers = {case.id: case.number for case in found}
    rows = context.session.exec(select(Enrolment).where(of_rows, col(Enrolment.case_id).in_(numbers)))
    people: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        number = row.unseal(context.vault, "id_number")
        people[numbers[row.case_id]][f"{row.name}…{id_number.tail(number)}"] = None
    return {number: "、".join(bearers) for number, bearers in people.items()}
