"""What a keyed word may mean: where cases are found by it, newest first, and how a case is known to be meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import col, or_

from db.models import Applicant, Case, Enrolment, NamePart, Person
from db.name_parts import INITIALS, LETTERS, NAMES, WORDS, Part, counted, folded, pairs
from db.phone_keys import phone_key
from db.readings import applicant_reads, applicants_read_inside, has_in_name, is_name, person_reads
from pxtui.casework.office.context import Context
from pxtui.casework.roster.rows import ID_NUMBER, ID_TAIL
from pxtui.identifiers import id_number, phone
from pxtui.identifiers.firm_name import spellings
from pxtui.identifiers.person_name import without_dots
from pxtui.identifiers.text import canonical

_END_OF_NUMBER = re.compile("(?:([A-Z]{2})-?)?([0-9]{1,5})")
_PHONE = re.compile("[+]?[0-9-]+")
LETTERS_ALONE = re.compile("[A-Za-z]{2,}")
_TAIL = 4
"""Length of the indexed end of an ID number; longer ends are compared after unsealing."""
_WHOLE = 18
_FEWEST_OF_NAME = 2
_MOST_COUNTED = 1_000
"""Rows that are counted to tell which part of a word is the rarest; more are simply many."""
_LOOKED_AT = 20
"""Characters of a word whose parts are counted: among so many one is rare."""


@dataclass(frozen=True, slots=True)
class Source:
    """Cases that an index gives, the newest first; what it gives is compared exactly."""

    cases: Select[int]
    """The number of the case, perhaps more than once: of rows that are joined with it, or of parts of names."""
    part: Part | None = None
    """The kind and part that it goes by; None: it goes by something that few have."""

    def newest(self, conditions: Sequence[ColumnElement[bool]], most: int) -> Select[int]:
        """So many of its cases that fulfil these conditions, each once."""
        (number,) = self.cases.selected_columns
        of_case = [_looked_up(Case, number, and_(*conditions))] if self.part and conditions else conditions
        return self.cases.where(*of_case).distinct().order_by(number.desc()).limit(most)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to mean a case: by itself, or by somebody in its rosters."""

    sources: tuple[Source, ...]
    """Together they give all cases that are meant."""
    condition: ColumnElement[bool]
    """On a case."""
    of_rows: ColumnElement[bool] | None = None
    """On a row of a roster: whether it is of somebody who was meant; None: the case itself is."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means."""

    itself: Way | None
    people: Way | None

    @property
    def ways(self) -> tuple[Way, ...]:
        """Those that there are."""
        return tuple(way for way in (self.itself, self.people) if way is not None)

    @property
    def condition(self) -> ColumnElement[bool]:
        """On cases, whichever way they are meant."""
        return or_(*(way.condition for way in self.ways))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Of all ways."""
        return tuple(source for way in self.ways for source in way.sources)


def meaning(context: Context, text: str, *, inside: bool = False) -> Meaning:
    """What a word means: a number or its end, a phone, or a part of a name or of an occupation.

    Args:
        inside: of letters: they stand inside of the applicant's initials; else these begin so.
    """
    wanted = canonical(text)
    number = id_number.with_century(wanted)
    of_serial, of_rows = _serial(number), _bearers(context, number)
    if _PHONE.fullmatch(wanted) and phone.is_valid(phone.digits(wanted)):
        key = phone_key(context.vault, wanted)
        of_contact = col(Case.applicant_id).in_(select(col(Applicant.id)).where(col(Applicant.phone_key) == key))
        return Meaning(_of_cases(of_contact), _of_rows([col(Enrolment.phone_key) == key, *of_rows]))
    if of_serial is not None or of_rows:
        return Meaning(None if of_serial is None else _of_cases(of_serial), _of_rows(of_rows) if of_rows else None)
    return Meaning(_named(context, wanted, inside=inside), _called(context, text))


def rarest(context: Context, meanings: Sequence[Meaning]) -> Meaning:
    """The meaning with the fewest cases to look at."""
    if len(meanings) == 1:
        return meanings[0]
    parts = {source.part for found in meanings for source in found.sources if source.part is not None}
    counts = counted(context.session.connection(), sorted(parts), _MOST_COUNTED)
    return min(meanings, key=lambda found: sum(counts[source.part] for source in found.sources if source.part))


def rarest_part(context: Context, kind: str, text: str) -> Part:
    """Of the parts of a text the one that the fewest names have."""
    parts = [(kind, part) for part in sorted(pairs(text[:_LOOKED_AT]) or {text})]
    if len(parts) == 1:
        return parts[0]
    counts = counted(context.session.connection(), parts, _MOST_COUNTED)
    return min(parts, key=counts.__getitem__)


def _of_cases(condition: ColumnElement[bool]) -> Way:
    return Way((Source(select(col(Case.id)).where(condition)),), condition)


def _of_rows(conditions: Sequence[ColumnElement[bool]]) -> Way:
    """By rows that fulfil one of these conditions, each of which has an index."""
    row = or_(*conditions)
    here = select(col(Enrolment.id)).where(col(Enrolment.case_id) == col(Case.id), row)
    return Way(tuple(map(_rows_with, conditions)), here.correlate(Case).exists(), row)


def _rows_with(condition: ColumnElement[bool]) -> Source:
    joined = select(col(Enrolment.case_id)).join(Case, col(Case.id) == col(Enrolment.case_id))
    return Source(joined.where(condition))


def _serial(text: str) -> ColumnElement[bool] | None:
    """Condition on cases by the end of their number; None where the text is no such end."""
    match = _END_OF_NUMBER.fullmatch(text)
    if match is None:
        return None
    letter, serial = match.groups()
    of_serial: ColumnElement[bool] = col(Case.serial) == int(serial)
    return of_serial & (col(Case.letter) == letter) if letter else of_serial


def _bearers(context: Context, number: str) -> list[ColumnElement[bool]]:
    """Condition on rows by ID number or its end; none where the text is neither."""
    vault = context.vault
    if not id_number.is_tail(number[-_TAIL:]) or not (number[:-1].isdigit() and number.isascii()):
        return []
    if len(number) == _WHOLE:
        # A roster keeps the number as it was handed in: one of 15 digits stays one.
        forms = (number, number[:6] + number[8:-1]) if number[6:8] == "19" else (number,)
        return [col(Enrolment.id_key).in_([vault.look_up_key(ID_NUMBER, form) for form in forms])]
    of_tail = select(Person).where(col(Person.tail_key) == vault.look_up_key(ID_TAIL, number[-_TAIL:]))
    bearers = [
        person.id for person in context.session.scalars(of_tail) if person.unseal(vault, "id_number").endswith(number)
    ]
    return [col(Enrolment.person_id).in_(bearers)]


def _named(context: Context, wanted: str, *, inside: bool) -> Way:
    """By the applicant's name as filed, by the occupation, or by letters of the applicant's name on file."""
    named = [col(Case.applicant_name).icontains(part, autoescape=True) for part in spellings(wanted)]
    conditions: list[ColumnElement[bool]] = [or_(*named, col(Case.occupation).icontains(wanted, autoescape=True))]
    sources = [_cases_with(rarest_part(context, WORDS, folded(wanted)), conditions[0])]
    if LETTERS_ALONE.fullmatch(wanted):
        letters = wanted.lower()
        read_so: ColumnElement[bool]
        if inside:
            read_so = col(Case.applicant_id).in_(applicants_read_inside(context.session, letters))
            sources.append(Source(select(col(Case.id)).where(read_so)))
        else:
            on_file = select(col(Applicant.id)).where(
                col(Applicant.id) == col(Case.applicant_id), applicant_reads(letters)
            )
            read_so = on_file.correlate(Case).exists()
            sources.append(_cases_with((LETTERS, letters[:2]), read_so))
        conditions.append(read_so)
    return Way(tuple(sources), or_(*conditions))


def _cases_with(part: Part, condition: ColumnElement[bool]) -> Source:
    of_part = aliased(NamePart)
    with_part = select(col(of_part.case_id)).where(col(of_part.kind) == part[0], col(of_part.part) == part[1])
    return Source(with_part.where(_looked_up(Case, col(of_part.case_id), condition)), part)


def _looked_up(
    kind: type[Case | Person], number: Mapped[int] | ColumnElement[int], condition: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Whether a condition holds of the row with a number, for one part of a name after the other.

    As a value and not as a join: PostgreSQL believes that hardly anybody is called so, and would rather begin with
    all cases or people there are.
    """
    asked = select(condition).select_from(kind).where(col(kind.id) == number)
    return asked.scalar_subquery().is_(True)


def _called(context: Context, name: str) -> Way:
    """By people of a name; a text of two characters or more also matches as a part of a name on file."""
    as_typed = col(Enrolment.name) == canonical(name)
    ways = [_of_rows([as_typed])]
    bare = folded(without_dots(name))
    if len(bare) >= _FEWEST_OF_NAME:
        ways.append(_on_file(rarest_part(context, NAMES, bare), has_in_name(name) | is_name(name)))
    if LETTERS_ALONE.fullmatch(wanted := canonical(name)):
        letters = wanted.lower()
        ways.append(_on_file((INITIALS, letters[:2]), person_reads(letters)))
    sources = tuple(source for way in ways for source in way.sources)
    of_rows = or_(*(way.of_rows for way in ways if way.of_rows is not None))
    return Way(sources, or_(*(way.condition for way in ways)), of_rows)


def _on_file(part: Part, condition: ColumnElement[bool]) -> Way:
    """By people on file with a part in their names, of whom a condition holds."""
    of_part = aliased(NamePart)
    with_part = (col(of_part.kind) == part[0], col(of_part.part) == part[1])
    joined = select(col(of_part.case_id)).join(Person, col(Person.id) == col(of_part.owner_id))
    people = joined.where(*with_part, condition)
    in_case = people.where(col(of_part.case_id) == col(Case.id)).correlate(Case).exists()
    same_row = (col(of_part.case_id) == col(Enrolment.case_id), col(of_part.owner_id) == col(Enrolment.person_id))
    in_row = people.where(*same_row).correlate(Enrolment).exists()
    on_file = select(col(of_part.case_id)).where(*with_part, _looked_up(Person, col(of_part.owner_id), condition))
    return Way((Source(on_file, part),), in_case, in_row)
