"""Parts of names follow the names: what a transaction changes in them is noted, and brought over before it ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, event, select
from sqlalchemy.orm import ORMExecuteState, PassiveFlag
from sqlalchemy.orm import Session as AnySession
from sqlalchemy.orm.attributes import get_history
from sqlmodel import col

from db import name_parts
from db.chain.session import BoundSession
from db.chain.statements import chunks, run
from db.models import Applicant, Case, Enrolment, Person

_NOTED = "names that this transaction changed"
_AT_ONCE = 300
_OF_CASES = ("applicant_name", "occupation", "applicant_id")
_ON_FILE = ("name", "initials")

# Past SQLAlchemy, which would take longer than the database: this is part of every row that is stored.
_ON_FILE_SQL = "SELECT id, name, initials FROM person WHERE id IN ({})"
_STANDING_SQL = (
    "SELECT DISTINCT enrolment.case_id, person.id, person.name, person.initials "
    "FROM enrolment JOIN person ON person.id = enrolment.person_id "
    "WHERE enrolment.case_id IN ({}) AND enrolment.person_id IN ({})"
)

Names = tuple[str, str]
"""A name and its initials."""
Pair = tuple[int, int]
"""A case and somebody who stands or stood in one of its rosters."""


@dataclass(slots=True)
class _Noted:
    """What was changed, each with its values before the transaction."""

    pairs: set[Pair] = field(default_factory=set)
    people: dict[int, Names] = field(default_factory=dict)
    """Name and initials of who was renamed or left the file."""
    cases: dict[int, tuple[str, str, int] | None] = field(default_factory=dict)
    """Applicant's name, occupation and applicant; None: there was no such case."""
    applicants: dict[int, Names | None] = field(default_factory=dict)
    """Name and initials; None: it is new."""


@event.listens_for(BoundSession, "after_flush")
def _after_flush(session: AnySession, _context: object) -> None:
    noted = _noted(session)
    for row in session.new:
        if isinstance(row, Enrolment):
            _note_pairs(noted, row, [row.person_id])
        elif isinstance(row, Case):
            noted.cases.setdefault(row.id, None)
        elif isinstance(row, Applicant):
            noted.applicants.setdefault(row.id, None)
    for row in session.dirty:
        _note_change(noted, row)
    for row in session.deleted:
        if isinstance(row, Enrolment):
            _note_pairs(noted, row, [row.person_id])
        elif isinstance(row, Person):
            noted.people.setdefault(row.id, (row.name, row.initials))


def _note_change(noted: _Noted, row: object) -> None:
    if isinstance(row, Enrolment):
        if _was(row, ("person_id",)) != (row.person_id,):
            _note_pairs(noted, row, [*_was(row, ("person_id",)), row.person_id])
    elif isinstance(row, Person):
        if (was := _was(row, _ON_FILE)) != (row.name, row.initials):
            noted.people.setdefault(row.id, was)
    elif isinstance(row, Applicant):
        if (was := _was(row, _ON_FILE)) != (row.name, row.initials):
            noted.applicants.setdefault(row.id, was)
    elif isinstance(row, Case) and (was := _was(row, _OF_CASES)) != tuple(getattr(row, name) for name in _OF_CASES):
        noted.cases.setdefault(row.id, was)


def _note_pairs(noted: _Noted, row: Enrolment, people: Iterable[int | None]) -> None:
    noted.pairs.update((row.case_id, person_id) for person_id in people if person_id is not None)


def _was(row: Any, names: Iterable[str]) -> Any:
    """The values of columns before the flush."""
    found = []
    for name in names:
        before = get_history(row, name, PassiveFlag.PASSIVE_NO_INITIALIZE).deleted
        found.append(before[0] if before else getattr(row, name))
    return tuple(found)


@event.listens_for(BoundSession, "do_orm_execute")
def _before_statement(state: ORMExecuteState) -> None:
    """Note whom a statement takes out of rosters."""
    if state.is_select or state.bind_mapper is None or not (state.is_delete or state.is_update):
        return
    kind, statement = state.bind_mapper.class_, state.statement
    if kind is Enrolment and state.is_delete:
        standing = select(col(Enrolment.case_id), col(Enrolment.person_id)).where(col(Enrolment.person_id).is_not(None))
        condition = getattr(statement, "whereclause", None)
        chosen = standing if condition is None else standing.where(condition)
        _noted(state.session).pairs.update(_pairs_in(state.session.connection(), chosen))
    elif kind in (Enrolment, Person, Case, Applicant):
        raise TypeError("names are changed row by row, so that what a search goes by follows them")


@event.listens_for(BoundSession, "before_commit")
def bring_over(session: AnySession) -> None:
    """Write the parts of all names that were changed so far; at the latest before the commit."""
    session.flush()
    noted: _Noted | None = session.info.pop(_NOTED, None)
    if noted is not None:
        connection = session.connection()
        _keep_people(connection, noted)
        _keep_cases(connection, noted)
        _keep_applicants(connection, noted)


def _noted(session: AnySession) -> _Noted:
    noted: _Noted = session.info.setdefault(_NOTED, _Noted())
    return noted


def _keep_people(connection: Connection, noted: _Noted) -> None:
    pairs = noted.pairs | _pairs_of(connection, list(noted.people))
    if not pairs:
        return
    standing = _standing(connection, pairs)
    wanted = {key for pair, names in standing.items() for key in name_parts.person_keys(*pair, *names)}
    gone = pairs - standing.keys()
    on_file = _named(connection, {person_id for _, person_id in gone})
    before = {
        key
        for case_id, person_id in gone | {pair for pair in pairs if pair[1] in noted.people}
        for names in (noted.people.get(person_id), on_file.get(person_id))
        if names is not None
        for key in name_parts.person_keys(case_id, person_id, *names)
    }
    name_parts.remove(connection, sorted(before - wanted))
    name_parts.store(connection, sorted(wanted))


def _pairs_of(connection: Connection, people: list[int]) -> set[Pair]:
    found: set[Pair] = set()
    for some in chunks(people, _AT_ONCE):
        rosters = select(col(Enrolment.case_id), col(Enrolment.person_id)).where(col(Enrolment.person_id).in_(some))
        found |= _pairs_in(connection, rosters.distinct())
    return found


def _pairs_in(connection: Connection, rosters: Select[int, int | None]) -> set[Pair]:
    return {(case_id, person_id) for case_id, person_id in connection.execute(rosters) if person_id is not None}


def _named(connection: Connection, people: set[int]) -> dict[int, Names]:
    found: dict[int, Names] = {}
    for some in chunks(sorted(people), _AT_ONCE):
        rows = run(connection, _ON_FILE_SQL.format(_places(some)), some)
        found.update({person_id: (name, initials) for person_id, name, initials in rows})
    return found


def _standing(connection: Connection, pairs: set[Pair]) -> dict[Pair, Names]:
    """Those who still stand in a roster of the case, with name and initials on file."""
    found: dict[Pair, Names] = {}
    for some in chunks(sorted(pairs), _AT_ONCE):
        cases, people = sorted({case_id for case_id, _ in some}), sorted({person_id for _, person_id in some})
        rows = run(connection, _STANDING_SQL.format(_places(cases), _places(people)), [*cases, *people])
        found.update({(case_id, person_id): (name, initials) for case_id, person_id, name, initials in rows})
    return {pair: names for pair, names in found.items() if pair in pairs}


def _places(values: Sequence[int]) -> str:
    return ", ".join("?" * len(values))


def _keep_cases(connection: Connection, noted: _Noted) -> None:
    renamed = [applicant_id for applicant_id, was in noted.applicants.items() if was is not None]
    cases = {*noted.cases, *_cases_of(connection, renamed)}
    for some in chunks(sorted(cases), _AT_ONCE):
        rows = name_parts.own_names(connection, some)
        wanted = {key for row in rows for key in name_parts.case_keys(row)}
        before = _keys_before(connection, noted, some)
        name_parts.remove(connection, sorted(before - wanted))
        name_parts.store(connection, sorted(wanted - before))


def _cases_of(connection: Connection, applicants: list[int]) -> set[int]:
    found: set[int] = set()
    for some in chunks(applicants, _AT_ONCE):
        found.update(connection.execute(select(col(Case.id)).where(col(Case.applicant_id).in_(some))).scalars())
    return found


def _keys_before(connection: Connection, noted: _Noted, cases: list[int]) -> set[name_parts.Key]:
    """The rows of cases that were there before the transaction."""
    there = [case_id for case_id in cases if noted.cases.get(case_id, ()) is not None]
    columns = (col(Case.id), col(Case.applicant_name), col(Case.occupation), col(Case.applicant_id))
    now = connection.execute(select(*columns).where(col(Case.id).in_(there))).all()
    were = {case_id: noted.cases.get(case_id) or (name, work, owner) for case_id, name, work, owner in now}
    owners = {owner for _, _, owner in were.values()}
    called = {owner: names for owner, *names in name_parts.applicants_on_file(connection, sorted(owners))}
    called |= {owner: list(was) for owner, was in noted.applicants.items() if was is not None}
    return {
        key
        for case_id, (name, work, owner) in were.items()
        for key in name_parts.case_keys((case_id, name, work, *called[owner]))
    }


def _keep_applicants(connection: Connection, noted: _Noted) -> None:
    for some in chunks(sorted(noted.applicants), _AT_ONCE):
        rows = name_parts.applicants_on_file(connection, some)
        wanted = {key for row in rows for key in name_parts.applicant_keys(*row)}
        were = ((applicant_id, noted.applicants[applicant_id]) for applicant_id in some)
        before = {key for applicant_id, was in were if was for key in name_parts.applicant_keys(applicant_id, *was)}
        name_parts.remove(connection, sorted(before - wanted))
        name_parts.store(connection, sorted(wanted - before))
