"""A paper as it would look now, with the office's own wording and template: shown, not issued."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select

from db.models import Case
from pxtui.casework.lifecycle.batches import BatchKind
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.payment.batches import PAYMENT_BATCHES
from pxtui.casework.printed import entering, issue_rules
from pxtui.casework.printed.asking import Asking, Content
from pxtui.casework.printed.catalogue import BY_FORM, OFFICE_KINDS, OfficeKind, PaperKind
from pxtui.casework.printed.fund_approval import batch_approval
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.casework.printed.own_wording import places_of
from pxtui.casework.printed.payment import batch_table
from pxtui.casework.printed.publicity import batch_notice
from pxtui.casework.publicity.batches import PUBLICITY_BATCHES
from pxtui.errors import PxtuiError, Refused
from pxtui.papers.writing.file_names import file_name

SAMPLE = "样张"
_LOOKED_AT = 50
"""The newest cases that are asked for one that can have the paper."""


class NothingToShow(Refused):
    """No case, batch or day of the register has the paper: a sample needs another register."""


def sample_of(context: Context, form: str, number: str = "") -> tuple[str, bytes]:
    """The name and the bytes of a sample; it bears no number, and nothing of it is recorded.

    Args:
        number: of the case whose facts it shows; empty: the newest one, or the newest batch, that can have the paper.

    Raises:
        NothingToShow: no number is given, and nothing here can have the paper.
        PxtuiError: there is no such paper, the case cannot have it, or the wording or template has a mistake.
    """
    name = places_of(form).name.split()[0]
    if form in OFFICE_KINDS:
        kind: PaperKind | OfficeKind = OFFICE_KINDS[form]
        content, about = _of_office(context, OFFICE_KINDS[form], context.today), ""
    elif form in _OF_BATCHES:
        kind = BY_FORM[form]
        content, about = _of_newest_batch(context, form)
    else:
        kind = BY_FORM[form]
        case = find(context, number) if number else _newest_with(context, form)
        content, about = _of_case(context, BY_FORM[form], case), case.number
    facts = entering.as_issued(context, content.facts, SAMPLE)
    return file_name(SAMPLE, name, about, kind.extension), entering.written(context, kind, content, facts)


def _of_office(context: Context, kind: OfficeKind, day: date) -> Content:
    try:
        return kind.gather(OfficeAsking(context, *kind.days(day)))
    except Refused as fault:
        raise NothingToShow(fault.sentence) from fault


def _of_newest_batch(context: Context, form: str) -> tuple[Content, str]:
    """The paper of the newest batch that still has something in it, and the batch's number."""
    batches, gather = _OF_BATCHES[form]
    for batch in batches.newest(context, _LOOKED_AT):
        number = batches.number(context, batch)
        content = gather(context, number)
        if any(content.facts.tables.values()):
            return content, number
    raise NothingToShow(f"还没有批次可以出“{BY_FORM[form].name}”的样张。")


def _of_case(context: Context, kind: PaperKind, case: Case) -> Content:
    asking = Asking(context, case, SAMPLE)
    if why_not := issue_rules.why_not(asking, kind.form):
        raise Refused(f"{case.number}没有“{kind.name}”：{why_not}；请换一个案件。")
    return kind.gather(asking)


def _newest_with(context: Context, form: str) -> Case:
    newest = select(Case).where(*roles.of_seen_offices(context, Case.office_code)).order_by(col(Case.id).desc())
    for case in context.session.exec(newest.limit(_LOOKED_AT)):
        try:
            if not issue_rules.why_not(Asking(context, case, SAMPLE), form):
                return case
        except PxtuiError:
            # A year without a calendar decides nothing here: another case shows the paper as well.
            continue
    raise NothingToShow(f"最近的案件都没有“{BY_FORM[form].name}”，请用--case写明案件编号。")


_OF_BATCHES: Mapping[str, tuple[BatchKind[Any, Any], Callable[[Context, str], Content]]] = {
    "public-notice": (PUBLICITY_BATCHES, batch_notice),
    "payment-table": (PAYMENT_BATCHES, batch_table),
    "fund-approval": (PAYMENT_BATCHES, batch_approval),
}
"""By form, the batches that have the paper, and what stands on it."""
