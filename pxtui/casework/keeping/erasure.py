"""Erasure of the people of a case that is over: what is sealed is emptied, names become a mark, figures stay."""

from collections.abc import Sequence

from sqlmodel import col, select

from db.models import (
    Act,
    Applicant,
    BundleTraining,
    Case,
    Enrolment,
    JournalEntry,
    LearningResult,
    OtherInitials,
    OutsideAnswer,
    Person,
    Row,
    SealedRow,
)
from db.sealed_columns import sealed_columns
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context

MARK = "（已删）"
"""In the place of a name."""
PERSONAL = frozenset(
    {
        *(Act.CASE_FILE, Act.CASE_IMPORT, Act.CASE_AMEND, Act.CASE_PEOPLE, Act.CASE_CHANGE_PROPOSE),
        *(Act.CASE_CHANGE_DROP, Act.CASE_CORRECTION, Act.CASE_CORRECTION_PROPOSE, Act.CASE_CORRECTION_DROP),
        *(Act.ROSTER_REPLACE, Act.ROSTER_PUT, Act.ROSTER_INSERT, Act.ROSTER_REMOVE, Act.ROSTER_CORRECT),
        *(Act.ROSTER_UNDO, Act.SECOND_KEYING_DRAW, Act.SECOND_KEYING_ROW, Act.SECOND_KEYING_DECIDE),
        *(Act.IDENTITY_ON_FILE, Act.IDENTITY_KEYED, Act.HISTORY_CONFIRM, Act.CLAIM_DEDUCT, Act.CLAIM_PUT_BACK),
        *(Act.SIGN_DECIDE, Act.SPOT_RESULT),
        *(Act.LEARNING_IMPORT, Act.OFFLINE_HOURS, Act.OFFLINE_RESULTS, Act.READ_PERSON, Act.LISTS_DECIDE),
    }
)
"""Acts whose values name people. Those of moves and of money are figures and decisions, and stay."""
_STAYS = frozenset({("decision", "outcome"), ("payment_line", "account")})
"""Sealed columns of a case that name nobody: a verdict by row numbers, and the enterprise's account of a payment."""


def erase(context: Context, case: Case) -> None:
    """Erase the people of a case; of an applicant without any other case, who is to be reached there too."""
    rows = context.session.exec(select(Enrolment).where(col(Enrolment.case_id) == case.id)).all()
    people = {row.person_id for row in rows if row.person_id is not None}
    of_rows = select(LearningResult).where(col(LearningResult.enrolment_id).in_([row.id for row in rows]))
    for result in context.session.exec(of_rows).all():
        _empty(context, result, ("account", "password"))
    for row in rows:
        _erase_row(context, row)
    for told in context.session.exec(select(BundleTraining).where(col(BundleTraining.case_id) == case.id)):
        context.session.delete(told)
    for answer in context.session.exec(select(OutsideAnswer).where(col(OutsideAnswer.case_id) == case.id)):
        answer.id_key = None
        context.session.add(answer)
    for kind, columns in _sealed_of_cases():
        for sealed in context.session.exec(select(kind).where(col(kind.case_id) == case.id)):  # type: ignore[attr-defined]
            if not isinstance(sealed, JournalEntry) or sealed.action in PERSONAL:
                _empty(context, sealed, columns)
    context.session.flush()
    _forget_people(context, people)
    _forget_contact(context, case)
    journal.record(context, case, Act.RETENTION_ERASE, f"个人信息到期删去：{len(rows)}人，金额、决定和校验码保留")


def _erase_row(context: Context, row: Enrolment) -> None:
    row.name, row.remark = MARK, ""
    row.id_number = row.phone = b""
    row.phone_key = row.person_id = None
    if not row.approved:
        # Who was granted something is known again by this key alone: nobody gets the same twice.
        row.id_key = None
    context.session.add(row)


def _sealed_of_cases() -> list[tuple[type[SealedRow], tuple[str, ...]]]:
    """Every table with sealed columns about a case, and those of them that are emptied."""
    kinds = {str(kind.__tablename__): kind for kind in _all_below(SealedRow)}
    found = []
    for sealed in sealed_columns():
        kind = kinds[sealed.table]
        if kind not in (Enrolment, BundleTraining) and "case_id" in Row.metadata.tables[sealed.table].columns:
            found.append((kind, tuple(name for name in sealed.columns if (sealed.table, name) not in _STAYS)))
    return found


def _all_below(kind: type[SealedRow]) -> list[type[SealedRow]]:
    below = kind.__subclasses__()
    return [*below, *(deeper for one in below for deeper in _all_below(one))]


def _empty(context: Context, row: SealedRow, columns: Sequence[str]) -> None:
    full = [name for name in columns if getattr(row, name)]
    for name in full:
        setattr(row, name, b"")
    if full:
        context.session.add(row)


def _forget_people(context: Context, people: set[int]) -> None:
    """People who stand in no roster any more leave the file."""
    session = context.session
    standing = select(Enrolment.person_id).where(col(Enrolment.person_id).in_(people))
    gone = people - set(session.exec(standing))
    for initials in session.exec(select(OtherInitials).where(col(OtherInitials.person_id).in_(gone))).all():
        session.delete(initials)
    session.flush()
    for person in session.exec(select(Person).where(col(Person.id).in_(gone))).all():
        session.delete(person)


def _forget_contact(context: Context, case: Case) -> None:
    erased = select(JournalEntry.case_id).where(col(JournalEntry.action) == Act.RETENTION_ERASE)
    others = select(Case.id).where(
        col(Case.applicant_id) == case.applicant_id, col(Case.id) != case.id, col(Case.id).not_in(erased)
    )
    if context.session.exec(others).first() is not None:
        return
    applicant = context.session.get_one(Applicant, case.applicant_id)
    applicant.legal_representative = applicant.contact_name = ""
    applicant.phone_key = None
    _empty(context, applicant, ("legal_phone", "contact_phone"))
    context.session.add(applicant)
