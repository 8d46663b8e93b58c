"""Search for people on file: by ID number, by name or its initials, or by the last four of the number."""

from dataclasses import dataclass

from sqlmodel import col, select

from db.models import Person
from db.seal import Vault
from pxtui.casework.office.context import Context
from pxtui.casework.roster.edits import ID_NUMBER, ID_TAIL
from pxtui.identifiers.id_number import is_tail
from pxtui.identifiers.pinyin import initials
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
    person = context.session.exec(select(Person).where(col(Person.id_key) == key)).first()
    return None if person is None else _known(vault, person)


def found_by(context: Context, text: str) -> list[KnownPerson]:
    """The people that typed text means, nine at most: a whole name, beginning initials, or the last four of a number.

    Exact initials come first.
    """
    vault = context.vault
    wanted = canonical(text)
    if is_tail(wanted.upper()):
        condition = col(Person.tail_key) == vault.look_up_key(ID_TAIL, wanted.upper())
    elif wanted.isascii() and wanted.isalpha() and len(wanted) >= _FEWEST_INITIALS:
        letters = wanted.lower()
        # A range, not LIKE: the index serves it.
        condition = (col(Person.initials) >= letters) & (
            col(Person.initials) < letters[:-1] + chr(ord(letters[-1]) + 1)
        )
    elif wanted and not wanted.isascii():
        # Names have no index; their initials have one.
        condition = (col(Person.name) == wanted) & (col(Person.initials) == initials(wanted))
    else:
        return []
    order = (col(Person.initials), col(Person.name), col(Person.id).desc())
    people = context.session.exec(select(Person).where(condition).order_by(*order).limit(MOST_FOUND))
    return [_known(vault, person) for person in people]


def _known(vault: Vault, person: Person) -> KnownPerson:
    return KnownPerson(person.name, person.unseal(vault, "id_number"), person.unseal(vault, "phone"))
