"""Practice cases with mistakes that were put right: a class that was filed twice, and an address that was wrong."""

from collections.abc import Sequence

from sqlmodel import col, select

from db.models import Case
from pxtui.casework.decision import corrections, voiding
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.context import Context
from pxtui.casework.opening import filing as opening_filing


def put_right(context: Context) -> None:
    """File the newest draft once more and void it, and correct the address of the oldest approved class."""
    draft = _at(context, Stage.DRAFT)[-1]
    twice = opening_filing.file(context, opening_filing.filing_of(context, draft), "重复登记的演练")
    voiding.void(context, twice, "同一份申请登记了两次")
    approved = _at(context, Stage.OPENED)[0]
    address = opening_filing.filing_of(context, approved).details.address
    corrections.correct(context, approved.number, "address", f"{address}2栋", "附件1上写有栋号，录入时漏了")


def _at(context: Context, stage: Stage) -> Sequence[Case]:
    """The cases at a stage, the oldest first."""
    return context.session.exec(select(Case).where(col(Case.stage) == stage).order_by(col(Case.id))).all()
