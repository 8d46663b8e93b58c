"""Rosters of a case: who is to be trained (Attachment 2), and whom the claim is for (Attachment 4)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from db.models import Case, Enrolment, LearningResult, Person
from db.seal import Vault
from pxtui.casework.lifecycle.cases import find, require_stage
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, OPENING_ENTRY, application_of
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import journal
from pxtui.casework.office.acting import Acting
from pxtui.casework.roster import lease
from pxtui.casework.roster.rows import ID_NUMBER as ID_NUMBER
from pxtui.casework.roster.rows import ID_TAIL as ID_TAIL
from pxtui.casework.roster.rows import near as near
from pxtui.casework.roster.rows import positioned
from pxtui.casework.roster.rows import trainees as trainees
from pxtui.errors import PxtuiError
from pxtui.identifiers import id_number
from pxtui.identifiers.pinyin import initials
from pxtui.identifiers.text import canonical_code, same
from pxtui.papers.reading.rosters import RosterReading as RosterReading
from pxtui.policy import words
from pxtui.policy.facts import Stage as ApplicationStage
from pxtui.policy.facts import Trainee
from pxtui.progress import Watch

REPLACED, TAKEN_BACK = "roster.replace", "roster.undo"
_PUT, _INSERTED, _REMOVED = "roster.put", "roster.insert", "roster.remove"
CORRECTED = "roster.correct"
"""A row was put right after its second keying."""

CHANGES = (REPLACED, _PUT, _INSERTED, _REMOVED, CORRECTED, TAKEN_BACK)
"""The journal's names of what becomes of a roster."""

_ROWS_AT_ONCE = 200
"""Written between two looks at whether somebody still wants it."""

_KEYS_A_QUERY = 500
"""Well below the parameters that any SQLite allows in one statement."""


class Manner(StrEnum):
    """How a change of a roster comes about."""

    KEYED = "keyed"
    JOINED = "joined"
    """At one stroke with the change before it, and undone with it."""
    UNDOING = "undoing"
    """It takes back the newest change that stands."""
    CORRECTING = "correcting"
    """After its second keying; who does so does not count as one who keyed the roster."""


def rows(session: Session, number: str) -> tuple[Trainee, ...]:
    """The roster of the application that the case is at."""
    case = find(session, number)
    return trainees(session, case, application_of(Stage(case.stage)))


def replace_all(
    session: Session,
    acting: Acting,
    number: str,
    people: Sequence[Trainee],
    *,
    manner: Manner = Manner.KEYED,
    summary: str = "",
    watch: Watch | None = None,
) -> int:
    """Put `people` in the place of the roster that may be changed now; how many stood there before.

    `manner`, here and below: how the change came about; `summary`: the journal's line, if not of the numbers.

    Raises:
        PxtuiError: the roster is decided already.
        Cancelled: `watch` says so.
    """
    case = find(session, number)
    application = application_being_entered(session, acting, case)
    before = trainees(session, case, application)
    clear(session, case, application)
    enrol(session, case, application, people, watch=watch)
    journal.record(
        session,
        acting,
        case,
        TAKEN_BACK if manner is Manner.UNDOING else REPLACED,
        summary or f"花名册由{len(before)}人改为{len(people)}人",
        before={"application": application.value, "rows": [_values(row) for row in before]},
        after={"rows": [_values(row) for row in people]},
    )
    return len(before)


def put_row(
    session: Session,
    acting: Acting,
    number: str,
    position: int,
    trainee: Trainee,
    *,
    manner: Manner = Manner.KEYED,
) -> str:
    """Store one row at its place, in the place of the row that stands there; the time, for the clerk.

    Raises:
        PxtuiError: the roster is decided already.
    """
    case = find(session, number)
    application = application_being_entered(session, acting, case)
    existing = _row_at(session, case, application, position)
    if existing is None:
        return insert_row(session, acting, number, position, trainee, manner=manner)
    result = session.get(LearningResult, existing.id)
    before = positioned(session, case, application, col(Enrolment.position) == position)[position]
    for row in (result, existing):
        if row is not None:
            session.delete(row)
            session.flush()
    # What is undone comes back from the journal, which keeps no passwords.
    password = trainee.password or (before.password if before.id_number == trainee.id_number else "")
    stored = replace(trainee, seq=before.seq, password=password)
    enrol(session, case, application, [stored], first_position=position)
    action = CORRECTED if manner is Manner.CORRECTING else _PUT
    return _row_recorded(session, acting, case, action, position, before, stored, manner)


def insert_row(
    session: Session, acting: Acting, number: str, position: int, trainee: Trainee, *, manner: Manner = Manner.KEYED
) -> str:
    """Put a row before the one that stands at a place, or behind the last; the time, for the clerk.

    Raises:
        PxtuiError: the roster is decided already.
    """
    case = find(session, number)
    application = application_being_entered(session, acting, case)
    heads, last_seq = session.exec(
        select(func.count(), func.coalesce(func.max(Enrolment.seq), 0)).where(
            col(Enrolment.case_id) == case.id, col(Enrolment.application) == application.value
        )
    ).one()
    stored = replace(trainee, seq=last_seq + 1)
    if position >= heads:
        enrol(session, case, application, [stored], first_position=heads)
    else:
        people = trainees(session, case, application)
        _rewrite(session, case, application, people, [*people[:position], stored, *people[position:]])
    return _row_recorded(session, acting, case, _INSERTED, position, None, stored, manner)


def remove_row(session: Session, acting: Acting, number: str, position: int, *, manner: Manner = Manner.KEYED) -> str:
    """Take one row out, those below move up; the time, for the clerk.

    Raises:
        PxtuiError: the roster is decided already, or there is no such row.
    """
    case = find(session, number)
    application = application_being_entered(session, acting, case)
    people = trainees(session, case, application)
    if not 0 <= position < len(people):
        raise PxtuiError(f"花名册没有第{position + 1}行，请刷新后再试。")
    _rewrite(session, case, application, people, [*people[:position], *people[position + 1 :]])
    return _row_recorded(session, acting, case, _REMOVED, position, people[position], None, manner)


def complete_all(session: Session, acting: Acting, number: str) -> int:
    """Give every row of the claim all hours and a pass, to be corrected row by row; how many rows.

    Raises:
        PxtuiError: the claim is decided already.
    """
    case = find(session, number)
    people = trainees(session, case, application_being_entered(session, acting, case))
    completed = [replace(row, completed_hours=row.course_hours or case.course_hours, passed=True) for row in people]
    hours = {row.course_hours or case.course_hours for row in people}
    told = f"{words.hours(hours.pop())}学时" if len(hours) == 1 else "课程学时"
    return replace_all(session, acting, number, completed, summary=f"全员按{told}、合格填入，{len(people)}人")


def settle(session: Session, acting: Acting, number: str) -> str:
    """Nothing but a place in the order of writes: when it is done, every row before it is stored."""
    return find(session, number).number


def _rewrite(
    session: Session, case: Case, application: ApplicationStage, before: Sequence[Trainee], after: Sequence[Trainee]
) -> None:
    """Put another order of rows in the place of the roster; rows numbered 1, 2, 3 stay so."""
    clear(session, case, application)
    enrol(session, case, application, renumbered(after) if _is_numbered(before) else after)


def _row_recorded(
    session: Session,
    acting: Acting,
    case: Case,
    action: str,
    position: int,
    before: Trainee | None,
    after: Trainee | None,
    manner: Manner,
) -> str:
    place = {"application": application_of(Stage(case.stage)).value, "position": position}
    if manner is Manner.JOINED:
        place["joined"] = True
    undoing = manner is Manner.UNDOING
    verb = {_PUT: "改动", _INSERTED: "录入", _REMOVED: "删去", CORRECTED: "更正"}[action]
    journal.record(
        session,
        acting,
        case,
        TAKEN_BACK if undoing else action,
        f"{verb}花名册第{position + 1}行{'（撤销）' if undoing else ''}",
        before={**place, "row": None if before is None else _values(before)},
        after={**place, "row": None if after is None else _values(after)},
    )
    return f"{acting.at:%H:%M}"


def renumbered(people: Iterable[Trainee]) -> list[Trainee]:
    """The rows numbered 1, 2, 3 in their order."""
    return [replace(trainee, seq=seq) for seq, trainee in enumerate(people, start=1)]


def enrol(
    session: Session,
    case: Case,
    application: ApplicationStage,
    people: Sequence[Trainee],
    *,
    first_position: int = 0,
    approved: bool | None = None,
    watch: Watch | None = None,
) -> None:
    """Write rows that are not there yet, in a few statements however many they are.

    Raises:
        Cancelled: `watch` says so.
    """
    watch = watch or Watch()
    person_ids = _known_people(session, people, watch)
    for some in watch.chunks(people, _ROWS_AT_ONCE):
        _enrol(session, case, application, some, person_ids, first_position, approved)
        first_position += len(some)


def _enrol(
    session: Session,
    case: Case,
    application: ApplicationStage,
    people: Sequence[Trainee],
    person_ids: Mapping[bytes, int],
    first_position: int,
    approved: bool | None,
) -> None:
    vault = session.info["vault"]
    enrolments = []
    for position, trainee in enumerate(people, start=first_position):
        key = _key(session, trainee)
        row = Enrolment(
            case_id=case.id,
            application=application.value,
            position=position,
            seq=trainee.seq,
            name=trainee.name,
            sex=trainee.sex,
            age=trainee.age,
            id_key=key,
            remark=trainee.remark,
            person_id=None if key is None else person_ids.get(key),
            approved=approved,
        )
        row.seal(vault, id_number=trainee.id_number, phone=trainee.phone)
        enrolments.append(row)
    session.add_all(enrolments)
    session.flush()
    if application is ApplicationStage.CLAIM:
        session.add_all(_result(vault, row, trainee) for row, trainee in zip(enrolments, people, strict=True))
        session.flush()


def clear(session: Session, case: Case, application: ApplicationStage) -> None:
    """Take a whole roster out."""
    ids = select(Enrolment.id).where(col(Enrolment.case_id) == case.id, col(Enrolment.application) == application.value)
    session.exec(delete(LearningResult).where(col(LearningResult.enrolment_id).in_(ids)))
    session.exec(delete(Enrolment).where(col(Enrolment.id).in_(ids)))


def application_being_entered(session: Session, acting: Acting, case: Case) -> ApplicationStage:
    """The application whose roster may be changed now, by this clerk.

    Raises:
        PxtuiError: it is decided already, or somebody else keys it.
    """
    require_stage(case, OPENING_ENTRY | CLAIM_ENTRY, "改动花名册")
    lease.require(session, acting, case)
    return application_of(Stage(case.stage))


def _row_at(session: Session, case: Case, application: ApplicationStage, position: int) -> Enrolment | None:
    return session.exec(
        select(Enrolment).where(
            col(Enrolment.case_id) == case.id,
            col(Enrolment.application) == application.value,
            col(Enrolment.position) == position,
        )
    ).first()


def _result(vault: Vault, row: Enrolment, trainee: Trainee) -> LearningResult:
    result = LearningResult(
        enrolment_id=row.id,
        course_hours=trainee.course_hours,
        completed_hours=trainee.completed_hours,
        passed=trainee.passed,
    )
    result.seal(vault, account=trainee.account, password=trainee.password)
    return result


def _known_people(session: Session, people: Sequence[Trainee], watch: Watch) -> dict[bytes, int]:
    """The register's entries of the people by look-up key, with the newest phone.

    A name on file that another row bears stays until somebody decides between the two (`identity`), and the phone
    with it. Numbers whose check character is wrong make no entry: nobody is to be known again by a slip.
    """
    vault: Vault = session.info["vault"]
    first: dict[bytes, Trainee] = {}
    for trainee in people:
        if id_number.has_check_character(trainee.id_number) and (key := _key(session, trainee)) is not None:
            first.setdefault(key, trainee)
    known = {person.id_key: person for person in _people_under(session, list(first))}
    others = [key for key, person in known.items() if (name := first[key].name) and not same(name, person.name)]
    undecided = _borne_elsewhere(session, others)
    for key, trainee in first.items():
        watch.check()
        person = known.get(key)
        if key in undecided:
            continue
        if person is None:
            person = known[key] = Person(id_key=key, name=trainee.name)
            person.seal(vault, id_number=canonical_code(trainee.id_number), phone=trainee.phone)
            session.add(person)
        person.name = trainee.name or person.name
        person.initials = initials(person.name)
        person.tail_key = vault.look_up_key(ID_TAIL, id_number.tail(trainee.id_number))
        if trainee.phone and person.unseal(vault, "phone") != trainee.phone:
            person.seal(vault, phone=trainee.phone)
    session.flush()
    return {key: person.id for key, person in known.items()}


def _borne_elsewhere(session: Session, keys: Sequence[bytes]) -> set[bytes]:
    """The keys that rows of any roster bear now."""
    found: set[bytes | None] = set()
    for start in range(0, len(keys), _KEYS_A_QUERY):
        some = keys[start : start + _KEYS_A_QUERY]
        found.update(session.exec(select(col(Enrolment.id_key)).where(col(Enrolment.id_key).in_(some))))
    return {key for key in found if key is not None}


def _people_under(session: Session, keys: Sequence[bytes]) -> Iterator[Person]:
    for start in range(0, len(keys), _KEYS_A_QUERY):
        some = keys[start : start + _KEYS_A_QUERY]
        yield from session.exec(select(Person).where(col(Person.id_key).in_(some)))


def _key(session: Session, trainee: Trainee) -> bytes | None:
    number = canonical_code(trainee.id_number)
    vault: Vault = session.info["vault"]
    return vault.look_up_key(ID_NUMBER, number) if number else None


def _is_numbered(people: Sequence[Trainee]) -> bool:
    return [trainee.seq for trainee in people] == list(range(1, len(people) + 1))


def _values(trainee: Trainee) -> dict[str, Any]:
    """A row for the journal. Passwords stay out: they are deleted once checked, the journal never is."""
    return {key: value for key, value in asdict(trainee).items() if key != "password"}


def approved_seqs(session: Session, case: Case, application: ApplicationStage) -> frozenset[int]:
    """The 序号 of the rows that were approved."""
    approved = select(Enrolment.seq).where(
        col(Enrolment.case_id) == case.id,
        col(Enrolment.application) == application.value,
        col(Enrolment.approved).is_(True),
    )
    return frozenset(session.exec(approved))
