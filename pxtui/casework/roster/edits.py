"""Edits of a case's rosters, of the opening (Attachment 2) and of the claim (Attachment 4), with their journal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from sqlalchemy import func
from sqlmodel import col, delete, select

from db.about import about_one_case
from db.models import Act, Case, Enrolment, LearningResult
from db.phone_keys import phone_key
from db.seal import Vault
from pxtui.casework.lifecycle.cases import find, require_stage
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, OPENING_ENTRY, application_of
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.roster import lease, passwords, people_on_file
from pxtui.casework.roster.rows import ID_NUMBER as ID_NUMBER
from pxtui.casework.roster.rows import ID_TAIL as ID_TAIL
from pxtui.casework.roster.rows import near as near
from pxtui.casework.roster.rows import positioned
from pxtui.casework.roster.rows import trainees as trainees
from pxtui.errors import NotFound
from pxtui.papers.reading.rosters import RosterReading as RosterReading
from pxtui.policy import codec, words
from pxtui.policy.facts import ApplicationKind, Trainee
from pxtui.progress import Watch

CHANGES = (
    Act.ROSTER_REPLACE,
    Act.ROSTER_PUT,
    Act.ROSTER_INSERT,
    Act.ROSTER_REMOVE,
    Act.ROSTER_CORRECT,
    Act.ROSTER_UNDO,
)
"""The journal's acts that change a roster."""

TOLD = "told"
"""Name in an entry's values after: what was told to both sides of an import."""

_ROWS_AT_ONCE = 200
"""Rows written between two checks of `Watch`."""

_KEYS_A_QUERY = 500
"""Look-up keys in one statement, well below the parameters that any SQLite allows."""


class Manner(StrEnum):
    """The origin of a change of a roster."""

    KEYED = "keyed"
    JOINED = "joined"
    """Made together with the change before it, and undone together with it."""
    UNDOING = "undoing"
    """Undoes the newest change that is not undone."""
    REDOING = "redoing"
    """Makes again what was undone last."""
    CORRECTING = "correcting"
    """Corrects a row after its second keying; the clerk does not count as a first keyer."""


_VERBS = {
    Act.ROSTER_PUT: "改动",
    Act.ROSTER_INSERT: "录入",
    Act.ROSTER_REMOVE: "删去",
    Act.ROSTER_CORRECT: "更正",
}


def rows(context: Context, number: str) -> tuple[Trainee, ...]:
    """The roster of the case's present application, in its order."""
    case = find(context, number)
    return trainees(context, case, application_of(case.stage))


def heads_changed(before: int, after: int) -> str:
    """How many people a roster has after a change, for the journal."""
    return f"花名册有改动，仍为{after}人" if before == after else f"花名册由{before}人改为{after}人"


def replace_all(
    context: Context,
    number: str,
    people: Sequence[Trainee],
    *,
    manner: Manner = Manner.KEYED,
    summary: str = "",
    told: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
) -> int:
    """Replace the roster of the case's present application; returns how many rows it had before.

    `manner`, here and below: the origin of the change; `summary`: the journal's line, where not the head-counts;
    `told`: what an import says of its changes, kept with the entry under `TOLD`.

    Raises:
        PxtuiError: the roster is decided already, or another program has held it since this one read it.
        Cancelled: `watch` says so.
    """
    case = find(context, number)
    application = application_being_entered(context, case)
    lease.require_seen(context, case)
    before = trainees(context, case, application)
    clear(context, case, application)
    enrol(context, case, application, people, watch=watch)
    journal.record(
        context,
        case,
        Act.ROSTER_UNDO if manner is Manner.UNDOING else Act.ROSTER_REPLACE,
        summary or heads_changed(len(before), len(people)),
        before={
            "application": application.value,
            "rows": [_values(row) for row in before],
            **passwords.noted(before, people),
        },
        after={"rows": [_values(row) for row in people]} | ({} if told is None else {TOLD: told}),
    )
    return len(before)


def put_row(
    context: Context,
    number: str,
    position: int,
    trainee: Trainee,
    *,
    manner: Manner = Manner.KEYED,
) -> str:
    """Write a row at a position (from 0) over the row there; returns the time of writing, HH:MM, China time.

    Raises:
        PxtuiError: the roster is decided already.
    """
    case = find(context, number)
    application = application_being_entered(context, case)
    existing = _row_at(context, case, application, position)
    if existing is None:
        return _insert(context, case, application, position, trainee, manner)
    result = context.session.get(LearningResult, existing.id)
    before = positioned(context, case, application, col(Enrolment.position) == position)[position]
    for row in (result, existing):
        if row is not None:
            context.session.delete(row)
            context.session.flush()
    # What is undone comes back from the journal, which keeps no passwords.
    password = trainee.password or (before.password if before.id_number == trainee.id_number else "")
    stored = replace(trainee, seq=before.seq, password=password)
    enrol(context, case, application, [stored], first_position=position)
    action = Act.ROSTER_CORRECT if manner is Manner.CORRECTING else Act.ROSTER_PUT
    return _row_recorded(context, case, action, position, before, stored, manner)


def insert_row(context: Context, number: str, position: int, trainee: Trainee, *, manner: Manner = Manner.KEYED) -> str:
    """Insert a row before a position (from 0), or append it; returns the time of writing, HH:MM, China time.

    Raises:
        PxtuiError: the roster is decided already.
    """
    case = find(context, number)
    return _insert(context, case, application_being_entered(context, case), position, trainee, manner)


def _insert(
    context: Context, case: Case, application: ApplicationKind, position: int, trainee: Trainee, manner: Manner
) -> str:
    heads, last_seq = context.session.exec(
        select(func.count(), func.coalesce(func.max(Enrolment.seq), 0)).where(
            col(Enrolment.case_id) == case.id, col(Enrolment.application) == application.value
        )
    ).one()
    stored = replace(trainee, seq=last_seq + 1)
    if position >= heads:
        enrol(context, case, application, [stored], first_position=heads)
    else:
        people = trainees(context, case, application)
        _rewrite(context, case, application, people, [*people[:position], stored, *people[position:]])
    return _row_recorded(context, case, Act.ROSTER_INSERT, position, None, stored, manner)


def remove_row(context: Context, number: str, position: int, *, manner: Manner = Manner.KEYED) -> str:
    """Delete the row at a position (from 0); returns the time of writing, HH:MM, China time.

    Raises:
        PxtuiError: the roster is decided already, or there is no such row.
    """
    case = find(context, number)
    application = application_being_entered(context, case)
    people = trainees(context, case, application)
    if not 0 <= position < len(people):
        raise NotFound(f"花名册没有第{position + 1}行，请刷新后再试。")
    _rewrite(context, case, application, people, [*people[:position], *people[position + 1 :]])
    return _row_recorded(context, case, Act.ROSTER_REMOVE, position, people[position], None, manner)


@about_one_case
def complete_all(context: Context, number: str) -> int:
    """Fill in all course hours and a pass for every row of the claim; returns the number of rows.

    Raises:
        PxtuiError: the claim is decided already.
    """
    case = find(context, number)
    people = trainees(context, case, application_being_entered(context, case))
    completed = [replace(row, completed_hours=row.course_hours or case.course_hours, passed=True) for row in people]
    hours = {row.course_hours or case.course_hours for row in people}
    hours_text = f"{words.hours(hours.pop())}学时" if len(hours) == 1 else "课程学时"
    return replace_all(context, number, completed, summary=f"全员按{hours_text}、合格填入，{len(people)}人")


@about_one_case
def wait_for_writes(context: Context, number: str) -> str:
    """A write that changes nothing: when it returns, all writes queued before it are stored. Returns the number."""
    return find(context, number).number


def _rewrite(
    context: Context, case: Case, application: ApplicationKind, before: Sequence[Trainee], after: Sequence[Trainee]
) -> None:
    """Replace the rows of a roster; a roster numbered 1, 2, 3 is numbered anew."""
    clear(context, case, application)
    enrol(context, case, application, renumbered(after) if _is_numbered(before) else after)


def _row_recorded(
    context: Context,
    case: Case,
    action: Act,
    position: int,
    before: Trainee | None,
    after: Trainee | None,
    manner: Manner,
) -> str:
    place = {"application": application_of(case.stage).value, "position": position}
    if manner is Manner.JOINED:
        place["joined"] = True
    if manner is Manner.REDOING:
        place["redone"] = True
    undoing = manner is Manner.UNDOING
    note = {} if before is None else passwords.noted([before], [] if after is None else [after])
    journal.record(
        context,
        case,
        Act.ROSTER_UNDO if undoing else action,
        f"{_VERBS[action]}花名册第{position + 1}行{'（撤销）' if undoing else ''}",
        before={**place, "row": None if before is None else _values(before), **note},
        after={**place, "row": None if after is None else _values(after)},
    )
    return f"{context.at:%H:%M}"


def renumbered(people: Iterable[Trainee]) -> list[Trainee]:
    """The rows with 序号 1, 2, 3 in their order."""
    return [replace(trainee, seq=seq) for seq, trainee in enumerate(people, start=1)]


def enrol(
    context: Context,
    case: Case,
    application: ApplicationKind,
    people: Sequence[Trainee],
    *,
    first_position: int = 0,
    approved: bool | None = None,
    watch: Watch | None = None,
) -> None:
    """Insert rows into a roster, in few statements, and enter their people in the register.

    Raises:
        Cancelled: `watch` says so.
    """
    watch = watch or Watch()
    person_ids = people_on_file.entered(context, people, watch)
    for some in watch.chunks(people, _ROWS_AT_ONCE):
        _enrol(context, case, application, some, person_ids, first_position, approved)
        first_position += len(some)


def _enrol(
    context: Context,
    case: Case,
    application: ApplicationKind,
    people: Sequence[Trainee],
    person_ids: Mapping[bytes, int],
    first_position: int,
    approved: bool | None,
) -> None:
    vault = context.vault
    enrolments = []
    for position, trainee in enumerate(people, start=first_position):
        key = people_on_file.key_of(context, trainee)
        row = Enrolment(
            case_id=case.id,
            application=application.value,
            position=position,
            seq=trainee.seq,
            name=trainee.name,
            sex=trainee.sex,
            age=trainee.age,
            id_key=key,
            phone_key=phone_key(context.vault, trainee.phone),
            remark=trainee.remark,
            person_id=None if key is None else person_ids.get(key),
            approved=approved,
        )
        row.seal(vault, id_number=trainee.id_number, phone=trainee.phone)
        enrolments.append(row)
    context.session.add_all(enrolments)
    context.session.flush()
    if application is ApplicationKind.CLAIM:
        context.session.add_all(_result(vault, row, trainee) for row, trainee in zip(enrolments, people, strict=True))
        context.session.flush()


def clear(context: Context, case: Case, application: ApplicationKind) -> None:
    """Delete all rows of a roster."""
    ids = select(Enrolment.id).where(col(Enrolment.case_id) == case.id, col(Enrolment.application) == application.value)
    context.session.exec(delete(LearningResult).where(col(LearningResult.enrolment_id).in_(ids)))
    context.session.exec(delete(Enrolment).where(col(Enrolment.id).in_(ids)))


def application_being_entered(context: Context, case: Case) -> ApplicationKind:
    """The application, opening or claim, whose roster this clerk may change now.

    Raises:
        PxtuiError: the application is under review or decided, or somebody else holds the roster's lease.
    """
    require_stage(case, OPENING_ENTRY | CLAIM_ENTRY, "改动花名册")
    lease.require(context, case)
    return application_of(case.stage)


def _row_at(context: Context, case: Case, application: ApplicationKind, position: int) -> Enrolment | None:
    return context.session.exec(
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


def _is_numbered(people: Sequence[Trainee]) -> bool:
    return [trainee.seq for trainee in people] == list(range(1, len(people) + 1))


def _values(trainee: Trainee) -> dict[str, Any]:
    """A row for the journal, without its password: passwords are deleted later, the journal never is."""
    return {key: value for key, value in codec.dump(Trainee, trainee).items() if key != "password"}


def approved_seqs(context: Context, case: Case, application: ApplicationKind) -> frozenset[int]:
    """The 序号 of the approved rows of a roster."""
    approved = select(Enrolment.seq).where(
        col(Enrolment.case_id) == case.id,
        col(Enrolment.application) == application.value,
        col(Enrolment.approved).is_(True),
    )
    return frozenset(context.session.exec(approved))
