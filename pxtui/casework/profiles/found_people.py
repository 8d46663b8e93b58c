"""Search for people by what a clerk types: a number or its end, a phone, a name or a part of it, initials, or several.

By a whole number everybody is found of whom anything is known; by all else whoever stands in a roster that the acting
person sees.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from db.models import Case, Enrolment, NamePart, OtherInitials, Person
from db.name_parts import NAMES, folded
from db.phone_keys import phone_key
from db.readings import begins_with, has_in_name, is_name
from pxtui.casework.desk.search_words import LETTERS_ALONE, rarest_part
from pxtui.casework.exchange import told_trainings
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.profiles.person import keys_of_number
from pxtui.casework.roster.rows import ID_NUMBER, ID_TAIL
from pxtui.identifiers import id_number, phone
from pxtui.identifiers.person_name import same_name, without_dots
from pxtui.identifiers.pinyin import begin_with, readings
from pxtui.identifiers.text import canonical_code

_TAIL, _WHOLE = 4, 18
_LOOKED_AT = 300
"""Rows that one word may give where another word or a longer end of a number chooses among them."""


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody who was meant."""

    key: bytes
    """Look-up key of the number, by which the page opens."""
    name: str
    """Empty: only lists know the number."""
    masked_number: str
    masked_phone: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A word: how it finds people, and whether somebody is meant by it."""

    rank: int
    """The smaller, the fewer people it finds."""
    find: Callable[[int], list[Person]]
    """So many people at most, those that are meant best first."""
    means: Callable[[Person], bool]


def people(context: Context, text: str, *, most: int) -> list[FoundPerson]:
    """So many people at most whom all the words of a text mean."""
    words = text.split()
    whole = canonical_code(text)
    if len(id_number.with_century(whole)) == _WHOLE and whole[:-1].isdigit():
        return _by_whole_number(context, whole)
    meant = [word for word in (_word(context, each) for each in words) if word is not None]
    if not meant or len(meant) < len(words):
        return []
    driver, *others = sorted(meant, key=lambda word: word.rank)
    found = driver.find(_LOOKED_AT if others else most)
    return [_shown(context, each) for each in found if all(word.means(each) for word in others)][:most]


def _by_whole_number(context: Context, number: str) -> list[FoundPerson]:
    keys = keys_of_number(context, number)
    on_file = context.session.exec(select(Person).where(col(Person.id_key).in_(keys))).first()
    if on_file is None:
        told = told_trainings.of_number(context, number)
        if not told:
            return []
        written = canonical_code(told[0].id_number)
        return [FoundPerson(context.vault.look_up_key(ID_NUMBER, written), "", id_number.masked(number), "")]
    standing = select(Enrolment.id).join(Case).where(col(Enrolment.id_key).in_(keys), *_seen(context)).limit(1)
    shown = _shown(context, on_file)
    if context.session.exec(standing).first() is None:
        return [FoundPerson(shown.key, "", shown.masked_number, "")]
    return [shown]


def _word(context: Context, text: str) -> _Word | None:
    wanted = canonical_code(text)
    if phone.is_valid(phone.digits(wanted)):
        digits = phone.digits(wanted)
        return _Word(
            0,
            lambda most: _with_phone(context, wanted, most),
            lambda person: phone.digits(person.unseal(context.vault, "phone")) == digits,
        )
    if id_number.is_tail(wanted[-_TAIL:]) and wanted[:-1].isdigit() and wanted.isascii():
        return _Word(
            1,
            lambda most: _with_tail(context, wanted, most),
            lambda person: person.unseal(context.vault, "id_number").endswith(wanted),
        )
    if LETTERS_ALONE.fullmatch(wanted):
        letters = wanted.lower()
        return _Word(
            3, lambda most: _read(context, letters, most), lambda person: begin_with(letters, readings(person.name))
        )
    bare = without_dots(text)
    if len(bare) > 1 and not bare.isascii():
        return _Word(2, lambda most: _called(context, text, most), lambda person: bare in without_dots(person.name))
    return None


def _with_phone(context: Context, text: str, most: int) -> list[Person]:
    key = phone_key(context.vault, text)
    rows = (
        select(Person)
        .join(Enrolment, col(Enrolment.person_id) == col(Person.id))
        .join(Case, col(Case.id) == col(Enrolment.case_id))
        .where(col(Enrolment.phone_key) == key, *_seen(context))
        .order_by(col(Enrolment.id).desc())
        .limit(_LOOKED_AT)
    )
    return _once(context.session.exec(rows), most)


def _with_tail(context: Context, tail: str, most: int) -> list[Person]:
    of_tail = col(Person.tail_key) == context.vault.look_up_key(ID_TAIL, tail[-_TAIL:])
    many = _LOOKED_AT if len(tail) > _TAIL else most
    rows = context.session.exec(
        select(Person).where(of_tail, *_in_seen_roster(context)).order_by(col(Person.id).desc()).limit(many)
    )
    return [row for row in rows if row.unseal(context.vault, "id_number").endswith(tail)][:most]


def _read(context: Context, letters: str, most: int) -> list[Person]:
    """Two queries, each in the order of its index: one over both would sort everybody who is found."""
    seen = _in_seen_roster(context)
    order = (col(Person.initials), col(Person.name), col(Person.id).desc())
    usual = select(Person).where(begins_with(col(Person.initials), letters), *seen).order_by(*order).limit(most)
    other = (
        select(Person)
        .join(OtherInitials, col(OtherInitials.person_id) == col(Person.id))
        .where(begins_with(col(OtherInitials.initials), letters), *seen)
        .order_by(col(OtherInitials.initials), col(Person.name), col(Person.id).desc())
        .limit(most)
    )
    found = [*context.session.exec(usual), *context.session.exec(other)]
    # Initials that are meant whole come before those that only begin so, the usual readings before the others.
    found.sort(key=lambda person: len(person.initials) != len(letters))
    return _once(found, most)


def _called(context: Context, text: str, most: int) -> list[Person]:
    kind, part = rarest_part(context, NAMES, folded(without_dots(text)))
    of_part = (col(NamePart.kind) == kind, col(NamePart.part) == part)
    rows = (
        select(Person)
        .join(NamePart, col(NamePart.owner_id) == col(Person.id))
        .join(Case, col(Case.id) == col(NamePart.case_id))
        .where(*of_part, has_in_name(text) | is_name(text), *_seen(context))
        .order_by(col(NamePart.case_id).desc())
        .limit(_LOOKED_AT)
    )
    found = _once(context.session.exec(rows), _LOOKED_AT)
    found.sort(key=lambda person: not same_name(person.name, text))
    return found[:most]


def _once(rows: Iterable[Person], most: int) -> list[Person]:
    return list({row.id: row for row in rows}.values())[:most]


def _seen(context: Context) -> Sequence[ColumnElement[bool]]:
    return roles.of_seen_offices(context, Case.office_code)


def _in_seen_roster(context: Context) -> tuple[ColumnElement[bool], ...]:
    seen = _seen(context)
    standing = select(Enrolment.id).join(Case).where(col(Enrolment.person_id) == col(Person.id), *seen)
    return (standing.exists(),) if seen else ()


def _shown(context: Context, person: Person) -> FoundPerson:
    number, digits = (person.unseal(context.vault, column) for column in ("id_number", "phone"))
    return FoundPerson(person.id_key, person.name, id_number.masked(number), phone.masked(digits))
