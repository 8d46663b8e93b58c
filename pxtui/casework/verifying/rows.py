"""What a decision or a payment rests on is held against its proofs where it is used.

Sealed fields are bound to the `uid` of their row, and whoever exchanges both of two rows exchanges the accounts of two
enterprises unseen by the seal. The proof of a row is of all its columns with its number: it does not go along.
"""

from collections.abc import Iterable, Iterator

from sqlmodel import col, select

from db.chain.keys import ChainKeys
from db.chain.proven import require_proven
from db.chain.session import BoundSession
from db.chain.statements import Key
from db.models import Applicant, Case, Enrolment, LearningResult, RowDeduction, Voucher
from pxtui.casework.office.context import Context


def require_account(context: Context, applicant: Applicant) -> None:
    """Refuse the account of an applicant that somebody altered past the program.

    Raises:
        Damaged: it was.
    """
    _require(context, [("applicant", (applicant.id,))])


def require_case(context: Context, case: Case) -> None:
    """Refuse a case of which a row was altered past the program: itself, its applicant, roster, results or vouchers.

    Raises:
        Damaged: one was.
    """
    _require(context, _rows(context, case))


def _rows(context: Context, case: Case) -> Iterator[tuple[str, Key]]:
    yield "training_case", (case.id,)
    yield "applicant", (case.applicant_id,)
    enrolled = select(Enrolment.id).where(col(Enrolment.case_id) == case.id)
    for row in context.session.exec(enrolled).all():
        yield "enrolment", (row,)
    for row in context.session.exec(
        select(LearningResult.enrolment_id).where(col(LearningResult.enrolment_id).in_(enrolled))
    ).all():
        yield "learning_result", (row,)
    for row in context.session.exec(select(Voucher.id).where(col(Voucher.case_id) == case.id)).all():
        yield "voucher", (row,)
    for row in context.session.exec(select(RowDeduction.id).where(col(RowDeduction.case_id) == case.id)).all():
        yield "row_deduction", (row,)


def _require(context: Context, rows: Iterable[tuple[str, Key]]) -> None:
    if isinstance(context.session, BoundSession):
        context.session.require_unaltered(rows)
    else:
        require_proven(context.session, ChainKeys(context.vault), rows)
