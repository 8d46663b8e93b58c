"""That a case was compared is noted: by an import for every open case, by each step of a review for its own.

What an auditor asks for later, when the list is out of its term and its lines are erased, stands here: with which list
of which day, who was compared, who was found.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_
from sqlalchemy import select as selected
from sqlmodel import col, select

from db.models import Case, Enrolment, OutsideComparison, OutsideList
from db.seal import identity_of
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.context import Context
from pxtui.casework.outside_lists import comparing, matching, packing
from pxtui.casework.outside_lists.comparing import OVER, Compared, found_in
from pxtui.casework.outside_lists.kinds import covers, label
from pxtui.casework.outside_lists.matching import Opened, Parts, Said, Subject
from pxtui.policy import codec
from pxtui.policy.facts import ApplicationKind, Trainee
from pxtui.progress import Watch

if TYPE_CHECKING:
    from sqlmodel.sql.expression import SelectOfScalar

_ROWS_AT_ONCE = 2_000
_OPEN = frozenset(Stage) - OVER
_OF_CLAIMS = frozenset(stage for stage in _OPEN if application_of(stage) is ApplicationKind.CLAIM)


@dataclass(frozen=True, slots=True)
class FoundThen:
    """Somebody whom a list had."""

    seq: int | None
    name: str
    key: str
    text: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """Who was compared, by marks, and who was found; it is kept under seal."""

    marks: tuple[str, ...]
    found: tuple[FoundThen, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """How much was compared."""

    cases: int = 0
    people: int = 0
    hits: int = 0


def every_open_case(context: Context, found: Opened, parts: Parts, watch: Watch) -> Noted:
    """Compare every case in which something may still be paid with a new list, and note it.

    Raises:
        Cancelled: `watch` says so.
    """
    cases = [case for case in context.session.exec(_open_cases()) if covers(found.row, case)]
    people = _people(context) if cases else iter(())
    watch.done, watch.total = 0, len(cases)
    noted = Noted()
    rows = next(people, None)
    for case in cases:
        watch.check()
        of_case: Sequence[Subject] = ()
        while rows is not None and rows[0] <= case.id:
            of_case = rows[1] if rows[0] == case.id else of_case
            rows = next(people, None)
        subjects = matching.subjects_of(found.row.kind, case, of_case)
        hits = [_then(subject, said) for subject, said in found_in(found, parts, subjects, case)]
        row = _row(context, found.row, case)
        _fill(context, row, subjects, hits)
        noted = Noted(noted.cases + 1, noted.people + len(subjects), noted.hits + len(hits))
        watch.done += 1
    return noted


def of_step(context: Context, case: Case, people: Sequence[Trainee]) -> Compared:
    """Compare a case at a step of its review with the lists in force, and note it; what was found."""
    now = comparing.compared(context, case, people)
    if not now.lists:
        return now
    known = select(OutsideComparison).where(col(OutsideComparison.case_id) == case.id)
    application = application_of(case.stage).value
    rows = {row.list_id: row for row in context.session.exec(known) if row.application == application}
    looked_for = matching.people_of(people)
    for found in now.lists:
        row = rows.get(found.id) or _row(context, found, case)
        hits = [
            FoundThen(hit.seq, hit.name, hit.key, hit.said.text, hit.said.line)
            for hit in now.hits
            if hit.of_list == label(found)
        ]
        row.compared_on, row.compared_by = context.today, context.clerk
        _fill(context, row, matching.subjects_of(found.kind, case, looked_for), hits)
    context.session.flush()
    return now


def told_in(context: Context, row: OutsideComparison) -> Told:
    """What a comparison noted; nobody where it is erased."""
    text = row.unseal(context.vault, "told")
    return codec.load_text(Told, text) if text else Told((), ())


def _open_cases() -> "SelectOfScalar[Case]":
    # Lists are of the whole register, and so are comparisons; who sees which is asked where they are shown.
    return select(Case).where(col(Case.stage).in_(_OPEN)).order_by(col(Case.id))


def _people(context: Context) -> Iterator[tuple[int, list[Subject]]]:
    """By number of the case, in its order, whoever stands in its present roster and can be looked for."""
    columns = (Enrolment.case_id, Enrolment.id, Enrolment.uid, Enrolment.seq, Enrolment.name, Enrolment.id_number)
    is_claim = col(Case.stage).in_(_OF_CLAIMS)
    present = or_(
        and_(is_claim, col(Enrolment.application) == ApplicationKind.CLAIM.value),
        and_(~is_claim, col(Enrolment.application) == ApplicationKind.OPENING.value),
    )
    wanted = selected(*map(col, columns)).join(Case, col(Case.id) == col(Enrolment.case_id))
    wanted = wanted.where(col(Case.stage).in_(_OPEN), present).order_by(col(Enrolment.case_id), col(Enrolment.position))
    table, vault = str(Enrolment.__tablename__), context.vault
    rows = context.session.execute(wanted.execution_options(yield_per=_ROWS_AT_ONCE))
    of_case: list[Subject] = []
    case_id: int | None = None
    for number, row_id, uid, seq, name, blob in rows:
        if case_id is not None and number != case_id:
            yield case_id, of_case
            of_case = []
        case_id = number
        id_number = vault.unseal_in_row(table, identity_of(uid, (row_id, number)), "id_number", blob)
        if key := matching.key_of_person(id_number):
            of_case.append(Subject(seq, name, (key,)))
    if case_id is not None:
        yield case_id, of_case


def _row(context: Context, found: OutsideList, case: Case) -> OutsideComparison:
    return OutsideComparison(
        list_id=found.id,
        case_id=case.id,
        application=application_of(case.stage).value,
        compared_on=context.today,
        compared_by=context.clerk,
        people=0,
        hits=0,
    )


def _fill(context: Context, row: OutsideComparison, subjects: Sequence[Subject], hits: Iterable[FoundThen]) -> None:
    told = Told(packing.people_in(subject.keys[0] for subject in subjects), tuple(hits))
    row.people, row.hits = len(subjects), len(told.found)
    row.seal(context.vault, told=codec.dump_text(Told, told))
    context.session.add(row)


def _then(subject: Subject, said: Said) -> FoundThen:
    return FoundThen(subject.seq, subject.name, subject.keys[0], said.text, said.line)
