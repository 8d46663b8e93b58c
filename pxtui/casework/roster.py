"""Rosters of a case: who is to be trained (Attachment 2), and whom the claim is for (Attachment 4)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, delete, select

from db.models import Case, Enrolment, LearningResult, Person
from db.seal import Vault
from pxtui.casework import journal, lease
from pxtui.casework.acting import Acting
from pxtui.casework.cases import find, require_stage
from pxtui.casework.stages import CLAIM_ENTRY, OPENING_ENTRY, Stage, application_of
from pxtui.errors import PxtuiError
from pxtui.identifiers import id_number
from pxtui.identifiers.pinyin import initials
from pxtui.identifiers.text import canonical_code
from pxtui.papers.read import RosterReading as RosterReading
from pxtui.policy.facts import Stage as ApplicationStage
from pxtui.policy.facts import Trainee

ID_NUMBER = "id-number"
"""The field name under which ID numbers are looked up."""

ID_TAIL = "id-tail"
"""The field name under which the ends of ID numbers are looked up."""

TAIL_LENGTH = 4
_KEYS_A_QUERY = 500
"""Well below the parameters that any SQLite allows in one statement."""


def rows(session: Session, number: str) -> tuple[Trainee, ...]:
    """The roster of the application that the case is at."""
    case = find(session, number)
    return trainees(session, case, application_of(Stage(case.stage)))


def trainees(session: Session, case: Case, application: ApplicationStage) -> tuple[Trainee, ...]:
    """A roster in its order, the sealed fields in clear."""
    return tuple(_positioned(session, case, application).values())


def near(
    session: Session, case: Case, application: ApplicationStage, position: int, id_numbers: Iterable[str]
) -> dict[int, Trainee]:
    """The row at a place and those with one of these ID numbers, by their places: what a change of a row touches."""
    vault: Vault = session.info["vault"]
    keys = [vault.look_up_key(ID_NUMBER, number) for text in id_numbers if (number := canonical_code(text))]
    touched = (col(Enrolment.position) == position) | col(Enrolment.id_key).in_(keys)
    return _positioned(session, case, application, touched)


def _positioned(
    session: Session, case: Case, application: ApplicationStage, *conditions: ColumnElement[bool]
) -> dict[int, Trainee]:
    vault = session.info["vault"]
    enrolled = session.exec(
        select(Enrolment, LearningResult)
        .join(LearningResult, isouter=True)
        .where(col(Enrolment.case_id) == case.id, col(Enrolment.application) == application.value, *conditions)
        .order_by(col(Enrolment.position))
    )
    return {row.position: _trainee(vault, row, result) for row, result in enrolled}


def replace_all(session: Session, acting: Acting, number: str, people: Sequence[Trainee]) -> int:
    """Put `people` in the place of the roster that may be changed now; how many stood there before.

    Raises:
        PxtuiError: the roster is decided already.
    """
    case = find(session, number)
    application = application_being_entered(session, acting, case)
    before = trainees(session, case, application)
    clear(session, case, application)
    enrol(session, case, application, people)
    journal.record(
        session,
        acting,
        case,
        "roster.replace",
        f"花名册由{len(before)}人改为{len(people)}人",
        before={"rows": [_values(row) for row in before]},
        after={"rows": [_values(row) for row in people]},
    )
    return len(before)


def put_row(session: Session, acting: Acting, number: str, position: int, trainee: Trainee) -> str:
    """Store one row at its place, in the place of the row that stands there; the time, for the clerk.

    Raises:
        PxtuiError: the roster is decided already.
    """
    case = find(session, number)
    application = application_being_entered(session, acting, case)
    existing = _row_at(session, case, application, position)
    if existing is None:
        return insert_row(session, acting, number, position, trainee)
    result = session.get(LearningResult, existing.id)
    before = _trainee(session.info["vault"], existing, result)
    for row in (result, existing):
        if row is not None:
            session.delete(row)
            session.flush()
    stored = replace(trainee, seq=before.seq)
    enrol(session, case, application, [stored], first_position=position)
    return _row_recorded(session, acting, case, "roster.put", position, before, stored)


def insert_row(session: Session, acting: Acting, number: str, position: int, trainee: Trainee) -> str:
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
    return _row_recorded(session, acting, case, "roster.insert", position, None, stored)


def remove_row(session: Session, acting: Acting, number: str, position: int) -> str:
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
    return _row_recorded(session, acting, case, "roster.remove", position, people[position], None)


def complete_all(session: Session, acting: Acting, number: str) -> int:
    """Give every row of the claim all hours and a pass, to be corrected row by row; how many rows.

    Raises:
        PxtuiError: the claim is decided already.
    """
    case = find(session, number)
    people = trainees(session, case, application_being_entered(session, acting, case))
    completed = [replace(row, completed_hours=row.course_hours or case.course_hours, passed=True) for row in people]
    return replace_all(session, acting, number, completed)


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
) -> str:
    verb = {"roster.put": "改动", "roster.insert": "录入", "roster.remove": "删去"}[action]
    journal.record(
        session,
        acting,
        case,
        action,
        f"{verb}花名册第{position + 1}行",
        before=None if before is None else _values(before),
        after=None if after is None else _values(after),
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
) -> None:
    """Write rows that are not there yet, in a few statements however many they are."""
    vault = session.info["vault"]
    person_ids = _known_people(session, people)
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


def _known_people(session: Session, people: Sequence[Trainee]) -> dict[bytes, int]:
    """The register's entries of the people by look-up key, with the newest name and phone.

    Numbers whose check character is wrong make no entry: nobody is to be known again by a slip.
    """
    vault: Vault = session.info["vault"]
    newest = {
        key: trainee
        for trainee in people
        if id_number.has_check_character(trainee.id_number) and (key := _key(session, trainee)) is not None
    }
    known = {person.id_key: person for person in _people_under(session, list(newest))}
    for key, trainee in newest.items():
        person = known.get(key)
        if person is None:
            person = known[key] = Person(id_key=key, name=trainee.name)
            person.seal(vault, id_number=canonical_code(trainee.id_number), phone=trainee.phone)
            session.add(person)
        person.name = trainee.name or person.name
        person.initials = initials(person.name)
        person.tail_key = vault.look_up_key(ID_TAIL, canonical_code(trainee.id_number)[-TAIL_LENGTH:])
        if trainee.phone and person.unseal(vault, "phone") != trainee.phone:
            person.seal(vault, phone=trainee.phone)
    session.flush()
    return {key: person.id for key, person in known.items()}


def _people_under(session: Session, keys: Sequence[bytes]) -> Iterator[Person]:
    for start in range(0, len(keys), _KEYS_A_QUERY):
        some = keys[start : start + _KEYS_A_QUERY]
        yield from session.exec(select(Person).where(col(Person.id_key).in_(some)))


def _key(session: Session, trainee: Trainee) -> bytes | None:
    number = canonical_code(trainee.id_number)
    vault: Vault = session.info["vault"]
    return vault.look_up_key(ID_NUMBER, number) if number else None


def _trainee(vault: Vault, row: Enrolment, result: LearningResult | None) -> Trainee:
    return Trainee(
        seq=row.seq,
        name=row.name,
        sex=row.sex,
        age=row.age,
        id_number=row.unseal(vault, "id_number"),
        phone=row.unseal(vault, "phone"),
        remark=row.remark,
        course_hours=None if result is None else result.course_hours,
        completed_hours=None if result is None else result.completed_hours,
        account="" if result is None else result.unseal(vault, "account"),
        password="" if result is None else result.unseal(vault, "password"),
        passed=None if result is None else result.passed,
    )


def _is_numbered(people: Sequence[Trainee]) -> bool:
    return [trainee.seq for trainee in people] == list(range(1, len(people) + 1))


def _values(trainee: Trainee) -> dict[str, Any]:
    """A row for the journal. Passwords stay out: they are deleted once checked, the journal never is."""
    return {key: value for key, value in asdict(trainee).items() if key != "password"}
