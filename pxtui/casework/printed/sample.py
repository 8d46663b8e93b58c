"""A paper as it would look now, with the office's own wording and template: shown, not issued."""

from datetime import date
from pathlib import Path

from sqlmodel import col, select

from db.models import Case
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Context
from pxtui.casework.printed import entering, issue_rules
from pxtui.casework.printed.asking import Asking, Content
from pxtui.casework.printed.catalogue import BY_FORM, OFFICE_KINDS, OfficeKind, PaperKind
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.casework.printed.own_wording import places_of
from pxtui.errors import PxtuiError, Refused
from pxtui.papers.writing.file_names import file_name
from pxtui.papers.writing.workbook_file import store

SAMPLE = "样张"
_OF_BATCHES = frozenset({"public-notice", "payment-table"})
_LOOKED_AT = 50
"""The newest cases that are asked for one that can have the paper."""


def sample_of(context: Context, form: str, number: str = "") -> tuple[str, bytes]:
    """The name and the bytes of a sample; it bears no number, and nothing of it is recorded.

    Args:
        number: of the case whose facts it shows; empty: the newest one that can have the paper.

    Raises:
        PxtuiError: there is no such paper, the case cannot have it, or the wording or template has a mistake.
    """
    name = places_of(form).name.split()[0]
    if form in OFFICE_KINDS:
        kind: PaperKind | OfficeKind = OFFICE_KINDS[form]
        content = _of_office(context, OFFICE_KINDS[form], context.today)
        about = ""
    elif form in _OF_BATCHES:
        raise Refused(
            f"“{name}”按批次出具，没有单个案件的样张；"
            "请在文书用语一页（F10、0、0）或用“pxtui wording check”核对用语和模板。"
        )
    else:
        kind = BY_FORM[form]
        case = find(context, number) if number else _newest_with(context, form)
        content, about = _of_case(context, BY_FORM[form], case), case.number
    facts = entering.as_issued(context, content.facts, SAMPLE)
    return file_name(SAMPLE, name, about, kind.extension), entering.written(context, kind, content, facts)


def put_sample(context: Context, form: str) -> Path:
    """Write a sample among the papers of the data folder, over the one before; where it is.

    Raises:
        PxtuiError: as `sample_of`, or the disk refuses.
    """
    name, content = sample_of(context, form)
    path = entering.folder_for(context, None, SAMPLE) / name
    store(content, path)
    return path


def _of_office(context: Context, kind: OfficeKind, day: date) -> Content:
    return kind.gather(OfficeAsking(context, *kind.days(day)))


def _of_case(context: Context, kind: PaperKind, case: Case) -> Content:
    asking = Asking(context, case, SAMPLE)
    if why_not := issue_rules.why_not(asking, kind.form):
        raise Refused(f"{case.number}没有“{kind.name}”：{why_not}；请换一个案件。")
    return kind.gather(asking)


def _newest_with(context: Context, form: str) -> Case:
    for case in context.session.exec(select(Case).order_by(col(Case.id).desc()).limit(_LOOKED_AT)):
        try:
            if not issue_rules.why_not(Asking(context, case, SAMPLE), form):
                return case
        except PxtuiError:
            # A year without a calendar decides nothing here: another case shows the paper as well.
            continue
    raise Refused(f"最近的案件都没有“{BY_FORM[form].name}”，请在演练台账里试，或用--case写明案件编号。")
