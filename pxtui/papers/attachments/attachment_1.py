"""Attachment 1, the application for an opening (notice 四(一)). The notice shows no layout: this one is ours."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pxtui.papers.writing import form, sheet
from pxtui.papers.writing.form import Block, amount
from pxtui.papers.writing.sheet import Page, Paper, SheetRow
from pxtui.papers.writing.wording import UNWRITTEN, Opinion, Words, day, plain

_PAGE = Page(210, 297, side_margin=15, top_margin=8, bottom_margin=12)
_WIDTHS = (9.0, 39.5, 50.0, 32.0, 49.5)
_SPANS = (1, 1, 1, 1)
_ALL = len(_WIDTHS)
_LINE, _TWO_LINES = 6.3, 10.4

_APPLICANT = (
    (_LINE, ("applicant_name",)),
    (_LINE, ("credit_code", "industry")),
    (_LINE, ("kind",)),
    (_LINE, ("size",)),
    (_LINE, ("scale",)),
    (_TWO_LINES, ("main_business",)),
    (_LINE, ("address",)),
    (_TWO_LINES, ("jurisdiction",)),
    (_LINE, ("legal_representative", "legal_phone")),
    (_LINE, ("contact", "contact_mobile")),
)
_TRAINING = (
    (_LINE, ("course",)),
    (_LINE, ("occupation", "planned_heads")),
    (_LINE, ("level",)),
    (_TWO_LINES, ("route",)),
    (_LINE, ("trainees",)),
    (_TWO_LINES, ("formats",)),
    (_LINE, ("methods",)),
    (_LINE, ("platform", "domain")),
    (_LINE, ("provider", "provider_credit_code")),
    (_LINE, ("starts_on", "ends_on")),
    (_LINE, ("course_hours", "total_hours")),
    (_LINE, ("exam", "contract_number")),
    (_LINE, ("process",)),
    (_LINE, ("fee",)),
    (_TWO_LINES, ("relevance",)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment1:
    """Content of the paper; a field that is not given leaves room to write.

    Fields said to be codes name an option of the wording: (kind), (size) and so on.
    """

    version: str
    """Short code of the state of the case that is printed."""
    case_number: str = ""
    """At the foot of every page."""

    applicant_name: str = ""
    filled_on: date | str | None = None
    """A text where it is marked; like the days of Attachment 3."""
    filing_number: str = ""
    """开班备案号, given by the office."""
    credit_code: str = ""
    kind: str = ""
    """Code."""
    size: str = ""
    """Code."""
    industry: str = ""
    employees: int | None = None
    revenue: Decimal | None = None
    """万元."""
    assets: Decimal | None = None
    """万元."""
    figures_of_year: int | None = None
    """The year whose end the three figures describe."""
    main_business: str = ""
    address: str = ""
    jurisdiction: str = ""
    """Code."""
    legal_representative: str = ""
    legal_phone: str = ""
    contact: str = ""
    contact_mobile: str = ""

    course: str = ""
    occupation: str = ""
    """With its code of the 职业分类大典."""
    level: str = ""
    """Code."""
    route: str = ""
    """Code."""
    trainees: str = ""
    """Code."""
    key_group: str = ""
    planned_heads: int | None = None
    formats: frozenset[str] = frozenset()
    """Codes."""
    methods: frozenset[str] = frozenset()
    """Codes."""
    platform: str = ""
    domain: str = ""
    provider: str = ""
    provider_credit_code: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    course_hours: Decimal | None = None
    total_hours: Decimal | None = None
    theory_hours: Decimal | None = None
    practice_hours: Decimal | None = None
    exam: str = ""
    process: frozenset[str] = frozenset()
    """Codes."""
    fee_per_head_fen: int | None = None
    fee_total_fen: int | None = None
    contract_number: str = ""
    relevance: str = ""

    pledged_on: date | None = None
    zone_opinion: Opinion = UNWRITTEN
    first_review: Opinion = UNWRITTEN
    second_review: Opinion = UNWRITTEN
    approval: Opinion = UNWRITTEN
    approval_result: str = ""
    """Code."""


def page(paper: Attachment1, words: Words) -> Paper:
    """The paper ready to be written, on one page.

    Raises:
        PxtuiError: a code or a text that the wording does not have.
    """
    rows = (
        *form.head_rows(words, paper.applicant_name, _line(paper, words), _ALL),
        *form.grouped(words.label("applicant"), form.field_rows(_APPLICANT, words, _applicant(paper, words), _SPANS)),
        *form.grouped(words.label("training"), form.field_rows(_TRAINING, words, _training(paper, words), _SPANS)),
        *form.pledge_rows(words, paper.pledged_on, _ALL - 1, 11, 7),
        *_opinions(paper, words),
        *form.note_rows(words, ("materials", "copies"), _ALL, 5),
    )
    return sheet.form(
        name="附件1",
        page=_PAGE,
        widths=_WIDTHS,
        rows=rows,
        version=paper.version,
        about=paper.case_number,
        pages_tall=1,
    )


def _line(paper: Attachment1, words: Words) -> str:
    return words.filled(
        "line",
        filled_on=day(paper.filled_on),
        filing_number=paper.filing_number,
    )


def _applicant(paper: Attachment1, words: Words) -> dict[str, str]:
    return {
        "applicant_name": paper.applicant_name,
        "credit_code": paper.credit_code,
        "industry": paper.industry,
        "kind": words.ticks("kind", paper.kind),
        "size": words.ticks("size", paper.size),
        "scale": words.filled(
            "scale_text",
            employees=paper.employees,
            revenue=paper.revenue,
            assets=paper.assets,
            figures_of_year=paper.figures_of_year,
        ),
        "main_business": paper.main_business,
        "address": paper.address,
        "jurisdiction": words.ticks("jurisdiction", paper.jurisdiction),
        "legal_representative": paper.legal_representative,
        "legal_phone": paper.legal_phone,
        "contact": paper.contact,
        "contact_mobile": paper.contact_mobile,
    }


def _training(paper: Attachment1, words: Words) -> dict[str, str]:
    return {
        "course": paper.course,
        "occupation": paper.occupation,
        "planned_heads": plain(paper.planned_heads),
        "level": words.ticks("level", paper.level),
        "route": words.ticks("route", paper.route),
        "trainees": words.filled(
            "trainees_text", ticks=words.ticks("trainees", paper.trainees), key_group=paper.key_group
        ),
        "formats": words.ticks("formats", *paper.formats),
        "methods": words.ticks("methods", *paper.methods),
        "platform": paper.platform,
        "domain": paper.domain,
        "provider": paper.provider,
        "provider_credit_code": paper.provider_credit_code,
        "starts_on": day(paper.starts_on),
        "ends_on": day(paper.ends_on),
        "course_hours": words.filled("course_hours_text", course_hours=paper.course_hours),
        "total_hours": words.filled(
            "total_hours_text", total=paper.total_hours, theory=paper.theory_hours, practice=paper.practice_hours
        ),
        "exam": paper.exam,
        "contract_number": paper.contract_number,
        "process": words.ticks("process", *paper.process),
        "fee": words.filled("fee_text", per_head=amount(paper.fee_per_head_fen), total=amount(paper.fee_total_fen)),
        "relevance": paper.relevance,
    }


def _opinions(paper: Attachment1, words: Words) -> tuple[SheetRow, ...]:
    def block(key: str, opinion: Opinion, text: str, label_columns: int) -> Block:
        return Block(words.label(key), text, words.signed(f"{key}_signature", opinion), label_columns, 1)

    approval = words.filled(
        "approval_text",
        ticks=words.ticks("approval", paper.approval_result),
        text=paper.approval.text or " ",
    )
    return (
        *form.block_rows(
            (
                block("zone_opinion", paper.zone_opinion, paper.zone_opinion.text, 2),
                block("first_review", paper.first_review, paper.first_review.text, 1),
            ),
            10,
            _TWO_LINES,
        ),
        *form.block_rows(
            (
                block("second_review", paper.second_review, paper.second_review.text, 2),
                block("approval", paper.approval, approval, 1),
            ),
            10,
            _TWO_LINES,
        ),
    )
