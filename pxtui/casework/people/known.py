"""Search for people on file: by ID number, by name or its initials, or by the last four of the number."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from db.models import Case, Enrolment, OtherInitials, Person
from db.readings import begins_with, is_name
from db.seal import Vault
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.roster.edits import ID_NUMBER, ID_TAIL
from pxtui.identifiers.id_number import is_tail
from pxtui.identifiers.text import canonical, canonical_code

MOST_FOUND = 9
"""Longest list of results: the digits 1 to 9 pick one."""

_FEWEST_INITIALS = 2


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person on file: newest name, ID number and phone, in clear."""

    name: str
    id_number: str
    phone: str


def by_number(context: Context, id_number: str) -> KnownPerson | None:
    """The person on file with an ID number; None where there is none."""
    vault = context.vault
    key = vault.look_up_key(ID_NUMBER, canonical_code(id_number))
    wanted = select(Person).where(col(Person.id_key) == key, *_of_own_office(context))
    person = context.session.exec(wanted).first()
    return None if person is None else _known(vault, person)


def found_by(context: Context, text: str) -> list[KnownPerson]:
    """The people that typed text means, nine at most: a whole name, beginning initials, or the last four of a number.

    Exact initials come first, then those that begin so, of each the usual readings before the others.
    """
    vault = context.vault
    wanted = canonical(text)
    if is_tail(wanted.upper()):
        found = _people(context, col(Person.tail_key) == vault.look_up_key(ID_TAIL, wanted.upper()))
    elif wanted.isascii() and wanted.isalpha() and len(wanted) >= _FEWEST_INITIALS:
        found = _read(context, wanted.lower())
    elif wanted and not wanted.isascii():
        found = _people(context, is_name(text))
    else:
        return []
    return [_known(vault, person) for person in found]


def _people(context: Context, condition: ColumnElement[bool]) -> list[Person]:
    order = (col(Person.initials), col(Person.name), col(Person.id).desc())
    wanted = select(Person).where(condition, *_of_own_office(context))
    return list(context.session.exec(wanted.order_by(*order).limit(MOST_FOUND)))


def _read(context: Context, letters: str) -> list[Person]:
    """Two queries, each in the order of its index: one over both would sort everybody who is found."""
    usual = _people(context, begins_with(col(Person.initials), letters))
    others = context.session.exec(
        select(Person, OtherInitials.initials)
        .join(OtherInitials, col(OtherInitials.person_id) == col(Person.id))
        .where(begins_with(col(OtherInitials.initials), letters), *_of_own_office(context))
        .order_by(col(OtherInitials.initials), col(Person.name), col(Person.id).desc())
        .limit(MOST_FOUND)
    ).all()
    ranked = [
        *((person.initials != letters, False, person) for person in usual),
        *((initials != letters, True, person) for person, initials in others),
    ]
    ranked.sort(key=lambda found: found[:2])
    return list({person.id: person for _, _, person in ranked}.values())[:MOST_FOUND]


def _of_own_office(context: Context) -> tuple[ColumnElement[bool], ...]:
    """Conditions on people: that they stand in a roster of the acting person's office, or of all where he sees all."""
    seen = roles.of_seen_offices(context, Case.office_code)
    in_roster = select(Enrolment.id).join(Case).where(col(Enrolment.person_id) == col(Person.id), *seen)
    return (in_roster.exists(),) if seen else ()


def _known(vault: Vault, person: Person) -> KnownPerson:
    return KnownPerson(person.name, person.unseal(vault, "id_number"), person.unseal(vault, "phone"))
