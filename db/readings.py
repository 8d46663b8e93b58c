"""Names by their readings: the usual initials stand with the name, the others in a table of their own."""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, String, type_coerce
from sqlalchemy.orm import Mapped
from sqlmodel import Session, and_, col, delete, func, select

from db.models import Applicant, NamePart, OtherInitials, Person
from db.name_parts import INSIDE, counted, pairs
from pxtui.identifiers.person_name import DOTS, POINTS, without_dots
from pxtui.identifiers.pinyin import contain, initials, other_initials, readings
from pxtui.identifiers.text import canonical

_MOST_AT_ONCE = 500
"""Names in one statement, well below the parameters that any SQLite allows."""


def read_people(session: Session, new: Iterable[Person], renamed: Sequence[Person]) -> None:
    """Enter the other readings of people whose names are new or changed; they are flushed and have their initials."""
    for start in range(0, len(renamed), _MOST_AT_ONCE):
        ids = [person.id for person in renamed[start : start + _MOST_AT_ONCE]]
        session.exec(delete(OtherInitials).where(col(OtherInitials.person_id).in_(ids)))
    session.add_all(
        OtherInitials(initials=letters, person_id=person.id)
        for person in (*new, *renamed)
        for letters in other_initials(person.initials, person.name)
    )


def read_applicant(session: Session, applicant: Applicant) -> None:
    """Enter the other readings of an applicant whose name is new or changed; it is flushed and has its initials."""
    session.exec(delete(OtherInitials).where(col(OtherInitials.applicant_id) == applicant.id))
    session.add_all(
        OtherInitials(initials=letters, applicant_id=applicant.id)
        for letters in other_initials(applicant.initials, applicant.name)
    )


def person_reads(letters: str) -> ColumnElement[bool]:
    """Condition on a person whose name can be read with initials that begin with these letters in lower case."""
    others = select(OtherInitials.id).where(
        col(OtherInitials.person_id) == col(Person.id), begins_with(col(OtherInitials.initials), letters)
    )
    return begins_with(col(Person.initials), letters) | others.correlate(Person).exists()


def applicant_reads(letters: str) -> ColumnElement[bool]:
    """Condition on an applicant whose name can be read so, without the place before it."""
    others = select(OtherInitials.id).where(
        col(OtherInitials.applicant_id) == col(Applicant.id), begins_with(col(OtherInitials.initials), letters)
    )
    return begins_with(col(Applicant.initials), letters) | others.correlate(Applicant).exists()


def applicants_read(letters: str) -> ColumnElement[bool]:
    """Condition on applicants whose names can be read so, without the place before them; all of them at once."""
    others = select(OtherInitials.applicant_id).where(begins_with(col(OtherInitials.initials), letters))
    return begins_with(col(Applicant.initials), letters) | col(Applicant.id).in_(others)


def applicants_read_inside(session: Session, letters: str) -> list[int]:
    """The ids of applicants whose names, without the place, can be read so from any character on, the newest first.

    500 at most, for two letters in lower case and more. Of those with the rarest two of the letters every one is read.
    """
    parts = [(INSIDE, pair) for pair in sorted(pairs(letters))]
    counts = counted(session.connection(), parts, _MOST_AT_ONCE)
    kind, pair = min(parts, key=counts.__getitem__)
    owner = col(NamePart.owner_id)
    named = select(Applicant.id, Applicant.name, Applicant.initials).join(NamePart, owner == col(Applicant.id))
    with_pair = named.where(col(NamePart.kind) == kind, col(NamePart.part) == pair, col(NamePart.case_id) == 0)
    found: list[int] = []
    older = owner > 0
    while some := session.exec(with_pair.where(older).order_by(owner.desc()).limit(_MOST_AT_ONCE)).all():
        found += [applicant for applicant, name, usual in some if contain(letters, readings(name)[-len(usual) :])]
        older = owner < some[-1][0]
        if len(found) >= _MOST_AT_ONCE or len(some) < _MOST_AT_ONCE:
            break
    return found[:_MOST_AT_ONCE]


def is_name(name: str) -> ColumnElement[bool]:
    """Condition on people of a name, however its dots are written. Names have no index; their initials have one."""
    return (col(Person.initials) == initials(name)) & (_without_dots(col(Person.name)) == without_dots(name))


def has_in_name(part: str) -> ColumnElement[bool]:
    """Condition on people with a part in their names, however dots are written where it has one."""
    name = col(Person.name)
    if without_dots(part) == canonical(part):
        return name.icontains(canonical(part), autoescape=True)
    # The pieces between the dots first: of all names, to take the dots out takes four times as long.
    pieces = (canonical(piece) for piece in re.split(f"[{re.escape(DOTS + POINTS)}]", part))
    with_pieces = [name.icontains(piece, autoescape=True) for piece in pieces if piece]
    return and_(*with_pieces, _without_dots(name).icontains(without_dots(part), autoescape=True))


def begins_with(column: Mapped[str], text: str) -> ColumnElement[bool]:
    """Condition on a column's beginning, as a range and not LIKE, so that an index serves it."""
    return (column >= text) & (column < text[:-1] + chr(ord(text[-1]) + 1))


def _without_dots(column: Mapped[str]) -> ColumnElement[str]:
    bare: ColumnElement[str] = type_coerce(column, String)
    for dot in DOTS + POINTS:
        bare = func.replace(bare, dot, "")
    return bare
