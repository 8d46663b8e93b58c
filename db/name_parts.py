"""Parts of names: what is found by a part of a name is found by an index on these, and then compared exactly.

Of the applicant's name as it was filed and of the occupation there is every character and every two that stand
together; of the name on file of everybody in a roster every two without dots, and of initials the first two letters.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sqlalchemy import Connection, Row, Select, delete, select
from sqlmodel import col

from db.chain.statements import chunks, run
from db.models import Applicant, Case, Enrolment, NamePart, Person
from pxtui.identifiers.person_name import DOTS, POINTS
from pxtui.identifiers.pinyin import other_initials, readings

WORDS = "w"
"""Parts of the applicant's name as filed, and of the occupation."""
LETTERS = "l"
"""First initials of the applicant as it is called on file."""
NAMES = "n"
"""Parts of the names of people."""
INITIALS = "i"
"""First initials of people."""
INSIDE = "a"
"""Any two initials of an applicant, by the applicant and not by its cases."""

Part = tuple[str, str]
"""A kind and a part."""
Key = tuple[str, str, int, int]
"""A row: kind, part, case and owner."""

_INSERT = "INSERT INTO name_part (kind, part, case_id, owner_id) VALUES {} ON CONFLICT DO NOTHING"
_DELETE = "DELETE FROM name_part WHERE {}"
_IS_KEY = "(kind = ? AND part = ? AND case_id = ? AND owner_id = ?)"
_COUNTED = "SELECT {} AS place, count(*) FROM (SELECT 1 FROM name_part WHERE kind = ? AND part = ? LIMIT {}) AS limited"
_AT_ONCE = 200
"""Rows of one statement: four parameters each, below what any SQLite allows."""
_CASES_AT_ONCE = 500
_NO_DOTS = str.maketrans("", "", DOTS + POINTS)
_NARROW = str.maketrans("（）", "()")
_FIRST = 2
"""Letters, and characters of a person's name: fewer are never looked for."""


def folded(text: str) -> str:
    """A text as its parts are taken from it: without case, and with narrow brackets."""
    return text.translate(_NARROW).casefold()


def pairs(text: str) -> set[str]:
    """Every two characters that stand together in a text that was folded."""
    return {text[at : at + 2] for at in range(len(text) - 1)}


def of_case(applicant_name: str, occupation: str, called: str, initials: str) -> set[Part]:
    """The parts of a case's own names.

    Args:
        applicant_name: as filed.
        called: the applicant's name on file, and `initials` its initials there.
    """
    words = (folded(applicant_name), folded(occupation))
    found = {(WORDS, part) for text in words for part in (*text, *pairs(text))}
    return found | {(LETTERS, part) for part in _first_letters(called, initials)}


def of_person(name: str, initials: str) -> set[Part]:
    """The parts of the name on file of somebody in a roster."""
    bare = folded(name.translate(_NO_DOTS))
    found = {(NAMES, part) for part in pairs(bare)}
    return found | {(INITIALS, part) for part in _first_letters(name, initials)}


def of_applicant(called: str, initials: str) -> set[Part]:
    """The parts of an applicant by itself, however the characters of its name are read."""
    of_each = readings(called)[-len(initials) :] if initials else ()
    return {(INSIDE, one + other) for some, more in pairwise(of_each) for one in some for other in more}


def _first_letters(name: str, initials: str) -> set[str]:
    read = (initials, *other_initials(initials, name))
    return {letters[:_FIRST] for letters in read if len(letters) >= _FIRST}


def store(connection: Connection, keys: Iterable[Key]) -> None:
    """Store rows, but those that are there."""
    for some in chunks(keys, _AT_ONCE):
        run(connection, _INSERT.format(", ".join(["(?, ?, ?, ?)"] * len(some))), _flat(some))


def remove(connection: Connection, keys: Iterable[Key]) -> None:
    """Delete rows, where they are there."""
    for some in chunks(keys, _AT_ONCE):
        run(connection, _DELETE.format(" OR ".join([_IS_KEY] * len(some))), _flat(some))


def counted(connection: Connection, parts: Sequence[Part], most: int) -> dict[Part, int]:
    """How many rows each part has, counted only up to `most`."""
    statement = " UNION ALL ".join(_COUNTED.format(place, most) for place in range(len(parts)))
    rows = run(connection, statement, [value for part in parts for value in part]) if parts else []
    return {parts[place]: count for place, count in rows}


def rebuild(connection: Connection) -> None:
    """Make all parts anew out of the names, as an upgrade does and whoever stores rows past the session."""
    connection.execute(delete(NamePart))
    for some in wanted(connection):
        store(connection, some)


def wanted(connection: Connection) -> Iterator[list[Key]]:
    """All rows that there have to be, of some cases at a time."""
    last = 0
    while cases := connection.execute(
        select(col(Case.id)).where(col(Case.id) > last).order_by(col(Case.id)).limit(_CASES_AT_ONCE)
    ).all():
        ids = [case_id for (case_id,) in cases]
        own = (key for row in own_names(connection, ids) for key in case_keys(row))
        people = (key for row in _rosters(connection, ids) for key in person_keys(*row))
        yield sorted({*own, *people})
        last = ids[-1]
    last = 0
    while applicants := connection.execute(_on_file().where(col(Applicant.id) > last).limit(_CASES_AT_ONCE)).all():
        yield sorted({key for row in applicants for key in applicant_keys(*row)})
        last = applicants[-1][0]


def own_names(connection: Connection, cases: Sequence[int]) -> Sequence[Row[int, str, str, str, str]]:
    """Of cases: id, applicant's name as filed, occupation, and name and initials of the applicant on file."""
    columns = (col(Case.id), col(Case.applicant_name), col(Case.occupation), col(Applicant.name))
    named = select(*columns, col(Applicant.initials)).join(Applicant, col(Applicant.id) == col(Case.applicant_id))
    return connection.execute(named.where(col(Case.id).in_(cases))).all()


def case_keys(row: Sequence[object]) -> Iterator[Key]:
    """The rows of a case out of a row of `own_names`."""
    case_id, *names = row
    assert isinstance(case_id, int)
    return ((kind, part, case_id, 0) for kind, part in of_case(*map(str, names)))


def person_keys(case_id: int, person_id: int, name: str, initials: str) -> Iterator[Key]:
    """The rows of somebody in the rosters of a case."""
    return ((kind, part, case_id, person_id) for kind, part in of_person(name, initials))


def applicants_on_file(connection: Connection, applicants: Sequence[int]) -> Sequence[Row[int, str, str]]:
    """Of applicants: id, name and initials on file."""
    return connection.execute(_on_file().where(col(Applicant.id).in_(applicants))).all()


def applicant_keys(applicant_id: int, called: str, initials: str) -> Iterator[Key]:
    """The rows of an applicant by itself."""
    return ((kind, part, 0, applicant_id) for kind, part in of_applicant(called, initials))


def _on_file() -> Select[int, str, str]:
    return select(col(Applicant.id), col(Applicant.name), col(Applicant.initials)).order_by(col(Applicant.id))


def _rosters(connection: Connection, cases: Sequence[int]) -> Sequence[Row[int, int, str, str]]:
    standing = select(col(Enrolment.case_id), col(Person.id), col(Person.name), col(Person.initials)).distinct()
    named = standing.join(Person, col(Person.id) == col(Enrolment.person_id))
    return connection.execute(named.where(col(Enrolment.case_id).in_(cases))).all()


def _flat(keys: Sequence[Key]) -> list[object]:
    return [value for key in keys for value in key]
