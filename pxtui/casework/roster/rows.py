"""Reading rows of rosters: one statement for a whole roster, sealed fields opened."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

# Not sqlmodel's: its types end at four columns.
from sqlalchemy import ColumnElement, select
from sqlmodel import col

from db.models import Case, Enrolment, LearningResult
from db.seal import Vault, identity_of
from pxtui.casework.office.context import Context
from pxtui.identifiers.text import canonical_code
from pxtui.policy.facts import ApplicationKind, Trainee

ID_NUMBER = "id-number"
"""Field name of the look-up keys of ID numbers."""

ID_TAIL = "id-tail"
"""Field name of the look-up keys of the last four characters of ID numbers."""

_ENROLMENT, _RESULT = str(Enrolment.__tablename__), str(LearningResult.__tablename__)
_COLUMNS: tuple[Any, ...] = (
    col(Enrolment.uid),
    col(Enrolment.id),
    col(Enrolment.case_id),
    col(Enrolment.position),
    col(Enrolment.seq),
    col(Enrolment.name),
    col(Enrolment.sex),
    col(Enrolment.age),
    col(Enrolment.id_number),
    col(Enrolment.phone),
    col(Enrolment.remark),
    col(LearningResult.uid).label("result_uid"),
    col(LearningResult.course_hours),
    col(LearningResult.completed_hours),
    col(LearningResult.account),
    col(LearningResult.password),
    col(LearningResult.passed),
)


def trainees(context: Context, case: Case, application: ApplicationKind) -> tuple[Trainee, ...]:
    """A roster in its order, the sealed fields in clear, without those who left the class after its approval."""
    return tuple(positioned(context, case, application, col(Enrolment.left_on).is_(None)).values())


@dataclass(frozen=True, slots=True)
class RowOfCase:
    """A row of some case's roster, with what it is known by."""

    case_id: int
    application: str
    id_key: bytes | None
    approved: bool | None
    left: bool
    trainee: Trainee


def of_cases(context: Context, case_ids: Sequence[int]) -> Iterator[RowOfCase]:
    """The rows of all rosters of some hundred cases, in the order of each, by one statement."""
    vault = context.vault
    besides = col(Enrolment.application), col(Enrolment.id_key), col(Enrolment.approved), col(Enrolment.left_on)
    statement = (
        select(*_COLUMNS, *besides)
        .join(LearningResult, isouter=True)
        .where(col(Enrolment.case_id).in_(case_ids))
        .order_by(col(Enrolment.case_id), col(Enrolment.application), col(Enrolment.position))
    )
    for *row, application, id_key, approved, left_on in context.session.execute(statement):
        yield RowOfCase(row[2], application, id_key, approved, left_on is not None, _trainee(vault, row))


def with_those_who_left(context: Context, case: Case) -> tuple[Trainee, ...]:
    """The roster of an opening with those who left the class after its approval."""
    return tuple(positioned(context, case, ApplicationKind.OPENING).values())


def who_left(context: Context, case: Case) -> tuple[tuple[Trainee, date], ...]:
    """Those who left a class after its approval, and when."""
    of_case = (col(Enrolment.case_id) == case.id) & col(Enrolment.left_on).is_not(None)
    days = context.session.execute(select(col(Enrolment.position), col(Enrolment.left_on)).where(of_case)).all()
    left: dict[int, date] = {position: day for position, day in days if day is not None}
    people = positioned(context, case, ApplicationKind.OPENING, of_case)
    return tuple((person, left[position]) for position, person in people.items())


def near(
    context: Context, case: Case, application: ApplicationKind, position: int, id_numbers: Iterable[str]
) -> dict[int, Trainee]:
    """By position, the rows that a change of a row affects: the row itself and rows with one of these ID numbers."""
    vault = context.vault
    keys = [vault.look_up_key(ID_NUMBER, number) for text in id_numbers if (number := canonical_code(text))]
    touched = (col(Enrolment.position) == position) | col(Enrolment.id_key).in_(keys)
    return positioned(context, case, application, touched)


def positioned(
    context: Context, case: Case, application: ApplicationKind, *conditions: ColumnElement[bool]
) -> dict[int, Trainee]:
    """By position, the rows of a roster that meet all conditions."""
    vault = context.vault
    # Columns and not objects: a check reads thousands of rows and changes none.
    statement = (
        select(*_COLUMNS)
        .join(LearningResult, isouter=True)
        .where(col(Enrolment.case_id) == case.id, col(Enrolment.application) == application.value, *conditions)
        .order_by(col(Enrolment.position))
    )
    return {row.position: _trainee(vault, row) for row in context.session.execute(statement).all()}


def _trainee(vault: Vault, row: Sequence[Any]) -> Trainee:
    """A row of `_COLUMNS`; those of the result are None where there is none."""
    # Taken apart at once: asking for seventeen columns by name takes longer than everything else.
    uid, number, case_id, _, seq, name, sex, age, id_number, phone, remark, *result = row
    result_uid, course, completed, account, password, passed = result
    # The columns of `Enrolment.bound_to` and `LearningResult.bound_to`.
    own, of_result = identity_of(uid, (number, case_id)), identity_of(result_uid, (number,))
    return Trainee(
        seq=seq,
        name=name,
        sex=sex,
        age=age,
        id_number=vault.unseal_in_row(_ENROLMENT, own, "id_number", id_number),
        phone=vault.unseal_in_row(_ENROLMENT, own, "phone", phone),
        remark=remark,
        course_hours=course,
        completed_hours=completed,
        account=vault.unseal_in_row(_RESULT, of_result, "account", account) if account else "",
        password=vault.unseal_in_row(_RESULT, of_result, "password", password) if password else "",
        passed=passed,
    )
