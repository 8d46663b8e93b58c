"""Search for cases by number, applicant, occupation or trainee; the found trainees are named."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_, select

from db.models import Applicant, Case, Enrolment, Person
from db.phone_keys import phone_key
from db.readings import applicants_read, applicants_read_inside, has_in_name, is_name, people_read
from pxtui.casework.desk.queues import MOST_LISTED, CaseList, cases, listed
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.roster.rows import ID_NUMBER, ID_TAIL
from pxtui.casework.staff.sight import require_people
from pxtui.errors import NotFound
from pxtui.identifiers import id_number, phone
from pxtui.identifiers.firm_name import spellings
from pxtui.identifiers.text import canonical

_END_OF_NUMBER = re.compile("(?:([A-Z]{2})-?)?([0-9]{1,5})")
_PHONE = re.compile("[+]?[0-9-]+")
_LETTERS = re.compile("[A-Za-z]{2,}")
_TAIL = 4
"""Length of the indexed end of an ID number; longer ends are compared after unsealing."""
_WHOLE = 18
_FEWEST_OF_NAME = 2


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a word means: conditions on cases, and on rows of their rosters; None: it means none of these."""

    of_cases: ColumnElement[bool] | None
    of_rows: ColumnElement[bool] | None

    @property
    def condition(self) -> ColumnElement[bool]:
        """On cases, by themselves or by their rows."""
        meant = [] if self.of_cases is None else [self.of_cases]
        if self.of_rows is not None:
            meant.append(col(Case.id).in_(select(Enrolment.case_id).where(self.of_rows)))
        return or_(*meant)


def search(context: Context, text: str, *, most: int = MOST_LISTED) -> CaseList:
    """Cases by case number or its end, by a part of the applicant's name or its initials, by the occupation, or by a
    trainee: ID number or its last four or more, phone, a part of the name or its initials. Whoever sees nothing of
    people finds cases by their numbers alone.

    Of several words every one must mean the case, unless all of them are one name or number that was set apart.
    """
    wanted = canonical(text)
    if not wanted:
        return cases(context, most=most)
    try:
        return listed(context, [find(context, wanted)], most)
    except NotFound:
        require_people(context)
    words = text.split()
    of_letters = any(_LETTERS.fullmatch(canonical(word)) for word in words)
    found = CaseList((), False)
    # Letters are looked for inside of names only where nothing begins with them, as in every list.
    for inside in (False, True) if of_letters else (False,):
        for texts in ([text], words) if len(words) > 1 else ([text],):
            found = _found(context, [_meaning(context, part, inside=inside) for part in texts], most)
            if found.cases:
                return found
    return found


def _meaning(context: Context, text: str, *, inside: bool = False) -> _Meaning:
    wanted = canonical(text)
    number = id_number.with_century(wanted)
    of_serial, of_rows = _serial(number), _bearers(context, number)
    if _PHONE.fullmatch(wanted) and phone.is_valid(phone.digits(wanted)):
        key = phone_key(context.vault, wanted)
        of_phone = col(Enrolment.phone_key) == key
        of_contact = col(Case.applicant_id).in_(select(Applicant.id).where(col(Applicant.phone_key) == key))
        return _Meaning(of_contact, of_phone if of_rows is None else of_phone | of_rows)
    if of_serial is not None or of_rows is not None:
        return _Meaning(of_serial, of_rows)
    of_words = [*(col(Case.applicant_name).contains(part, autoescape=True) for part in spellings(wanted))]
    of_words.append(col(Case.occupation).contains(wanted, autoescape=True))
    of_rows = _called(text)
    if _LETTERS.fullmatch(wanted):
        letters = wanted.lower()
        read_so = (
            applicants_read_inside(context.session, letters)
            if inside
            else select(Applicant.id).where(applicants_read(letters))
        )
        of_words.append(col(Case.applicant_id).in_(read_so))
        of_rows = of_rows | col(Enrolment.person_id).in_(select(Person.id).where(people_read(letters)))
    return _Meaning(or_(*of_words), of_rows)


def _found(context: Context, meanings: Sequence[_Meaning], most: int) -> CaseList:
    """The cases that all words mean; those that the first one means by themselves come first."""
    newest = col(Case.id).desc()
    seen = roles.of_seen_offices(context, Case.office_code)
    chosen = select(Case).where(and_(*(meaning.condition for meaning in meanings)), *seen)
    # The end of a case number means the case first; trainees whose ID numbers end alike come behind it.
    first = meanings[0].of_cases
    ordered = chosen.order_by(newest) if first is None else chosen.order_by(first.desc(), newest)
    cases_found = list(context.session.exec(ordered.limit(most + 1)))
    of_rows = [meaning.of_rows for meaning in meanings if meaning.of_rows is not None]
    people = _people(context, or_(*of_rows), cases_found[:most]) if of_rows else {}
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
        # A roster keeps the number as it was handed in: one of 15 digits stays one.
        forms = (number, number[:6] + number[8:-1]) if number[6:8] == "19" else (number,)
        return col(Enrolment.id_key).in_([vault.look_up_key(ID_NUMBER, form) for form in forms])
    of_tail = select(Person).where(col(Person.tail_key) == vault.look_up_key(ID_TAIL, number[-_TAIL:]))
    bearers = [
        person.id for person in context.session.exec(of_tail) if person.unseal(vault, "id_number").endswith(number)
    ]
    return col(Enrolment.person_id).in_(bearers)


def _called(name: str) -> ColumnElement[bool]:
    """Condition on rows by name; a text of two characters or more also matches as a part of a name on file."""
    as_typed = col(Enrolment.name) == canonical(name)
    if len(canonical(name)) < _FEWEST_OF_NAME:
        return as_typed
    return as_typed | col(Enrolment.person_id).in_(select(Person.id).where(has_in_name(name) | is_name(name)))


def _people(context: Context, of_rows: ColumnElement[bool], found: list[Case]) -> dict[str, str]:
    """By case number, the people of the matching rows: 陈志强…3010."""
    numbers = {case.id: case.number for case in found}
    rows = context.session.exec(select(Enrolment).where(of_rows, col(Enrolment.case_id).in_(numbers)))
    people: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        number = row.unseal(context.vault, "id_number")
        people[numbers[row.case_id]][f"{row.name}…{id_number.tail(number)}"] = None
    return {number: "、".join(bearers) for number, bearers in people.items()}
