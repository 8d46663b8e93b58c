"""Volume cover and list of documents for the archive: one class, one volume."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import col, select

from db.models import DayOf, PaperIssued
from pxtui.casework.lifecycle.decided import claim_decided_on, opening_decided_on
from pxtui.casework.lifecycle.moves import CLAIM_TURNED_DOWN, OPENING_TURNED_DOWN, SETTLED, TAKEN_BACK
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.lifecycle.stated_days import MARK
from pxtui.casework.printed.asking import Asking, Content, common, letter
from pxtui.casework.printed.hand_ins import Per, per_what
from pxtui.casework.printed.issued_titles import IssuedTitles
from pxtui.casework.printed.published import batch_number, papers_of_batch, payment_batch_number, payment_lines
from pxtui.clock import CHINA
from pxtui.papers.writing.wording import Filling, dates_in_words
from pxtui.papers.writing.wording import day as in_words
from pxtui.policy import words
from pxtui.policy.facts import Material

PAYMENT_YEARS = 30
"""Years of retention of a volume with payment records, as of accounting vouchers (会计档案管理办法, 2015)."""
OTHER_YEARS = 10
"""Years of retention of any other volume: practice of comparable offices, the notice is silent."""

_COVER = "volume-cover"
_OF_BATCHES = ("public-notice", "fund-approval", "payment-table")
_APPLICANT = "申请单位"
_BLANK_LINES = 8

_ATTACHMENTS = {
    "attachment-1": Material.ATTACHMENT_1,
    "attachment-2": Material.ATTACHMENT_2,
    "attachment-3": Material.ATTACHMENT_3,
    "attachment-4": Material.ATTACHMENT_4,
}
_ORDER: tuple[str | Material, ...] = (
    *("opening-approval", "opening-refusal", "change-notice", "offline-transfer", "approval-table", "claim-refusal"),
    "return-order",
    *(Material.ATTACHMENT_1, Material.ATTACHMENT_2),
    *(Material.BUSINESS_LICENCE, Material.LABOUR_CONTRACTS, Material.IDENTITY_PROOFS),
    *(Material.ATTACHMENT_3, Material.ATTACHMENT_4, Material.TEACHING_RECORDS, Material.COST_VOUCHERS),
    *("verification-report", "check-record", "public-notice", "page-proof"),
    *("objection-record", "objection-finding", "fund-approval", "payment-table", "payment-extract", "payment-slip"),
    *("bounce-notice", "delivery-receipt"),
)
"""Order of the documents in a volume: results, applications with their proofs, checks, publication, payment.

Other documents are correspondence and come last.
"""
_PLACES = {what: place for place, what in enumerate(_ORDER)}

_Document = tuple[str | Material, dict[str, Filling]]


def volume_cover(asking: Asking) -> Content:
    """档案袋封面 and 卷内目录, with blank lines for later documents."""
    case = asking.case
    documents = _documents(asking)
    values = common(asking) | {
        "opening_received_day": asking.received_day(DayOf.OPENING_RECEIVED, with_reason=True),
        "opening_decided_day": opening_decided_on(case),
        "claim_received_day": asking.received_day(DayOf.CLAIM_RECEIVED, with_reason=True),
        "claim_decided_day": claim_decided_on(case),
        "retention": _retention(case.stage),
        "documents_count": len(documents),
        "state_of_volume": dates_in_words("；".join(found.sentence for found in asking.corrections)) or None,
        **dict.fromkeys(("pages_count", "filed_by", "filed_day", "state_day")),
    }
    lines = [line | {"seq": seq} for seq, line in enumerate(documents, start=1)]
    return letter("volume-cover", values, documents=[*lines, *({} for _ in range(_BLANK_LINES))])


def nothing_to_file(asking: Asking) -> str:
    """Why a case has no documents to archive, in Chinese; empty where it has."""
    return "" if _documents(asking) else "本案还没有可以归档的材料和文书"


def _documents(asking: Asking) -> list[dict[str, Filling]]:
    found = [*_handed_in(asking), *_issued(asking)]
    found.sort(key=lambda document: _PLACES.get(document[0], len(_ORDER)))
    return [line for _, line in found]


def _handed_in(asking: Asking) -> Iterator[_Document]:
    case = asking.case
    received = dict.fromkeys(map(Material, case.opening_materials), (DayOf.OPENING_RECEIVED, case.opening_received_on))
    received |= dict.fromkeys(map(Material, case.claim_materials), (DayOf.CLAIM_RECEIVED, case.claim_received_on))
    for material, (what, day) in received.items():
        number = case.display_number if material in _ATTACHMENTS.values() else None
        mark = MARK if what in asking.stated_days else ""
        yield material, _line(words.MATERIALS[material], _APPLICANT, number, day, mark)


def _issued(asking: Asking) -> Iterator[_Document]:
    """The issued papers, each once, those that a later one took the place of as replaced.

    Attachments are filed as handed in. Of public notices and payment tables only those of the case's batches lie in
    the volume: one that was printed for a case alone was never published, and nobody paid on it.
    """
    office = asking.context.rulebook.latest.office(asking.case.office_code).short_name
    of_case = select(PaperIssued).where(
        col(PaperIssued.case_id) == asking.case.id, col(PaperIssued.form).not_in((*_ATTACHMENTS, *_OF_BATCHES, _COVER))
    )
    # The newest first: what comes after one for the same has been replaced by it.
    papers = [
        (paper, (paper.form, _purpose(asking, paper)))
        for paper in asking.context.session.exec(of_case.order_by(col(PaperIssued.id).desc()))
    ]
    for form, batches in _batches(asking).items():
        for batch in batches:
            papers += [(paper, (form, batch)) for paper in papers_of_batch(asking.context, form, batch)]
    titles = IssuedTitles(asking)
    seen: set[tuple[str, object]] = set()
    found: list[_Document] = []
    for paper, purpose in papers:
        name = titles.of(paper) + ("（已替换）" if purpose in seen else titles.mark(paper))
        seen.add(purpose)
        day = paper.issued_at.astimezone(CHINA).date()
        found.append((paper.form, _line(name, office, paper.number or None, day)))
    yield from reversed(found)


def _purpose(asking: Asking, paper: PaperIssued) -> object:
    """What a paper is for; another one of its form for the same takes its place."""
    per = per_what(paper.form)
    return paper.id if per is Per.ISSUE else asking.course.place(per, paper.issued_at)


def _batches(asking: Asking) -> dict[str, list[str]]:
    """By form, the numbers of the batches in which the case is, with what is printed of them."""
    context, case = asking.context, asking.case
    published_in = batch_number(context, case)
    paid_in = dict.fromkeys(payment_batch_number(context, line) for line in payment_lines(context, case))
    return {
        "public-notice": [published_in] if published_in else [],
        "fund-approval": list(paid_in),
        "payment-table": list(paid_in),
    }


def _line(name: str, author: str, number: str | None, day: date | None, mark: str = "") -> dict[str, Filling]:
    return {"name": name, "author": author, "number": number, "day": None if day is None else f"{in_words(day)}{mark}"}


def _retention(stage: Stage) -> str | None:
    """The retention in Chinese; None while it is undecided whether a subsidy is paid."""
    if stage in SETTLED:
        return f"{PAYMENT_YEARS}年"
    without_payment = OPENING_TURNED_DOWN | CLAIM_TURNED_DOWN | TAKEN_BACK | {Stage.TERMINATED}
    return f"{OTHER_YEARS}年" if stage in without_payment else None
