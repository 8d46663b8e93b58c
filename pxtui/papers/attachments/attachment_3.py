"""Attachment 3, the claim of the subsidy (notice 四(二)). The notice shows no layout: this one is ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pxtui.identifiers.text import in_fours
from pxtui.papers.writing import form, sheet
from pxtui.papers.writing.capital_numerals import in_capitals
from pxtui.papers.writing.form import FIELD_AMOUNT, Block, amount, money
from pxtui.papers.writing.sheet import FIGURES, LABEL, TEXT_FIGURES, VALUE, Cell, Page, Paper, SheetRow
from pxtui.papers.writing.wording import UNWRITTEN, Money, Opinion, Words, day, plain

_PAGE = Page(210, 297, side_margin=15, top_margin=12, bottom_margin=14)
_WIDTHS = (9.0, 27.0, 28.0, 25.0, 27.0, 23.0, 17.0, 24.0)
_SPANS = (1, 2, 1, 3)
_ALL = len(_WIDTHS)
_LINE, _TWO_LINES = 8, 10.5
_FEWEST_VOUCHER_ROWS = 3

_APPLICANT = (
    (_LINE, ("applicant_name",)),
    (_TWO_LINES, ("credit_code", "size")),
    (_LINE, ("address",)),
    (_LINE, ("legal_representative", "legal_phone")),
    (_LINE, ("contact", "contact_mobile")),
)
_OPENING = (
    (_LINE, ("filing_number", "approved_by")),
    (_LINE, ("approved_on", "course_hours")),
    (_TWO_LINES, ("occupation", "course")),
    (_LINE, ("platform",)),
    (_TWO_LINES, ("provider",)),
    (_LINE, ("training_days",)),
)
_HEADS = (
    ("approved_heads", 1),
    ("trained_heads", 1),
    ("completed_heads", 2),
    ("passed_heads", 1),
    ("claimed_heads", 2),
)
_FEE = ((_TWO_LINES, ("contract_fen", "paid_fen")), (_TWO_LINES, ("voucher_count", "covered_heads")))
_DAY = replace(TEXT_FIGURES, size=9)
_VOUCHER = (
    ("voucher_code", TEXT_FIGURES),
    ("voucher_number", TEXT_FIGURES),
    ("voucher_issued_on", _DAY),
    ("voucher_seller", VALUE),
    ("voucher_amount", replace(FIELD_AMOUNT, horizontal="right")),
    ("voucher_payment", TEXT_FIGURES),
    ("voucher_paid_on", _DAY),
)
_CLAIM = ((_TWO_LINES, ("per_head_fen", "standard_fen")), (_TWO_LINES, ("claimed_fen",)))
_BANK = ((11, ("account_name", "account")), (11, ("bank_name", "bank_number")))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidInvoice:
    """Invoice with the slip that paid it."""

    code: str = ""
    number: str = ""
    issued_on: date | None = None
    seller: str = ""
    amount_fen: int | None = None
    payment: str = ""
    paid_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment3:
    """Content of the paper; a field that is not given leaves room to write.

    Fields said to be codes name an option of the wording.
    """

    version: str
    """Short code of the state of the case that is printed."""
    case_number: str = ""
    """At the foot of every page."""

    applicant_name: str = ""
    filed_on: date | str | None = None
    acceptance_number: str = ""
    credit_code: str = ""
    size: str = ""
    """Code."""
    address: str = ""
    legal_representative: str = ""
    legal_phone: str = ""
    contact: str = ""
    contact_mobile: str = ""

    filing_number: str = ""
    """开班备案号."""
    approved_by: str = ""
    approved_on: date | None = None
    course: str = ""
    occupation: str = ""
    """With its level."""
    platform: str = ""
    """With its domain."""
    provider: str = ""
    provider_credit_code: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    course_hours: Decimal | None = None

    approved_heads: int | None = None
    trained_heads: int | None = None
    completed_heads: int | None = None
    passed_heads: int | None = None
    claimed_heads: int | None = None

    contract_fen: int | None = None
    paid_fen: int | None = None
    vouchers: Sequence[PaidInvoice] = ()
    covered_heads: int | None = None
    """People whom the purchased service covers."""
    per_head_fen: int | None = None
    standard_fen: int | None = None
    claimed_fen: int | None = None

    account_name: str = ""
    account: str = ""
    bank_name: str = ""
    bank_number: str = ""
    """联行号."""

    pledged_on: date | None = None
    applicant_opinion: Opinion = UNWRITTEN
    first_review: Opinion = UNWRITTEN
    checked: frozenset[str] = frozenset()
    """Codes."""
    reduced_heads: int | None = None
    reduced_fen: int | None = None
    reduction_reason: str = ""
    second_review: Opinion = UNWRITTEN
    publicity_address: str = ""
    publicity_starts_on: date | str | None = None
    publicity_ends_on: date | None = None
    publicity_working_days: int | None = None
    objection: str = ""
    """Code."""
    objection_handling: str = ""
    approval: Opinion = UNWRITTEN
    is_refused: bool = False
    granted_heads: int | None = None
    granted_standard_fen: int | None = None
    granted_fen: int | None = None
    shares: str = ""
    """What each person gets, in Chinese."""
    payment_on: date | None = None
    payment_voucher: str = ""


def page(paper: Attachment3, words: Words) -> Paper:
    """The paper ready to be written, on at most two pages.

    Raises:
        PxtuiError: a code or a text that the wording does not have, or a negative amount to be written in capitals.
    """
    line = words.filled(
        "line",
        filed_on=day(paper.filed_on),
        acceptance_number=paper.acceptance_number,
    )
    values = _values(paper, words)
    rows = (
        *form.head_rows(words, paper.applicant_name, line, _ALL),
        *form.grouped(words.label("applicant"), form.field_rows(_APPLICANT, words, values, _SPANS)),
        *form.grouped(words.label("opening"), form.field_rows(_OPENING, words, values, _SPANS)),
        *form.grouped(words.label("heads"), _head_rows(words, values)),
        *form.grouped(words.label("costs"), _cost_rows(paper, words, values)),
        *form.grouped(words.label("bank"), form.field_rows(_BANK, words, values, _SPANS)),
        *form.pledge_rows(words, paper.pledged_on, _ALL - 1, 16, 9),
        *_decisions(paper, words),
        *form.note_rows(words, ("materials",), _ALL, 10),
    )
    return sheet.form(
        name="附件3",
        page=_PAGE,
        widths=_WIDTHS,
        rows=rows,
        version=paper.version,
        about=paper.case_number,
        pages_tall=2,
    )


def _values(paper: Attachment3, words: Words) -> dict[str, str | Money | None]:
    return {
        "applicant_name": paper.applicant_name,
        "credit_code": paper.credit_code,
        "size": words.ticks("size", paper.size),
        "address": paper.address,
        "legal_representative": paper.legal_representative,
        "legal_phone": paper.legal_phone,
        "contact": paper.contact,
        "contact_mobile": paper.contact_mobile,
        "filing_number": paper.filing_number,
        "approved_by": paper.approved_by,
        "approved_on": day(paper.approved_on),
        "course": paper.course,
        "occupation": paper.occupation,
        "platform": paper.platform,
        "provider": words.filled("provider_text", provider=paper.provider, code=paper.provider_credit_code),
        "training_days": words.filled("training_days_text", starts_on=day(paper.starts_on), ends_on=day(paper.ends_on)),
        "course_hours": plain(paper.course_hours),
        "approved_heads": plain(paper.approved_heads),
        "trained_heads": plain(paper.trained_heads),
        "completed_heads": plain(paper.completed_heads),
        "passed_heads": plain(paper.passed_heads),
        "claimed_heads": plain(paper.claimed_heads),
        "contract_fen": amount(paper.contract_fen),
        "paid_fen": amount(paper.paid_fen),
        "voucher_count": plain(len(paper.vouchers) or None),
        "covered_heads": plain(paper.covered_heads),
        "per_head_fen": amount(paper.per_head_fen),
        "standard_fen": amount(paper.standard_fen),
        "claimed_fen": words.filled(
            "claimed_fen_text", figures=money(paper.claimed_fen), capitals=_capitals(paper.claimed_fen)
        ),
        "account_name": paper.account_name,
        "account": in_fours(paper.account),
        "bank_name": paper.bank_name,
        "bank_number": paper.bank_number,
    }


def _capitals(fen: int | None) -> str:
    return "" if fen is None else in_capitals(fen)


def _head_rows(words: Words, values: Mapping[str, str | Money | None]) -> tuple[SheetRow, SheetRow]:
    return (
        SheetRow(_LINE, tuple(Cell(words.label(key), LABEL, columns) for key, columns in _HEADS)),
        SheetRow(_LINE, tuple(Cell(str(values[key]), FIGURES, columns) for key, columns in _HEADS)),
    )


def _cost_rows(paper: Attachment3, words: Words, values: Mapping[str, str | Money | None]) -> tuple[SheetRow, ...]:
    blank = (PaidInvoice(),) * (_FEWEST_VOUCHER_ROWS - len(paper.vouchers))
    return (
        *form.field_rows(_FEE, words, values, _SPANS),
        SheetRow(7, tuple(Cell(words.label(key), LABEL) for key, _ in _VOUCHER)),
        *(_voucher_row(voucher) for voucher in (*paper.vouchers, *blank)),
        _voucher_sum(paper, words),
        *form.field_rows(_CLAIM, words, values, _SPANS),
    )


def _voucher_row(voucher: PaidInvoice) -> SheetRow:
    texts = (
        voucher.code,
        voucher.number,
        plain(voucher.issued_on),
        voucher.seller,
        None if voucher.amount_fen is None else Money(voucher.amount_fen).yuan,
        voucher.payment,
        plain(voucher.paid_on),
    )
    cells = tuple(Cell(text, look) for text, (_, look) in zip(texts, _VOUCHER, strict=True))
    if voucher.number and not voucher.code:
        # A fully digital invoice has no code and a number of twenty digits.
        cells = (replace(cells[1], columns=2), *cells[2:])
    return SheetRow(7, cells)


def _voucher_sum(paper: Attachment3, words: Words) -> SheetRow:
    known = [voucher.amount_fen for voucher in paper.vouchers if voucher.amount_fen is not None]
    before = next(at for at, (key, _) in enumerate(_VOUCHER) if key == "voucher_amount")
    label = Cell(words.label("voucher_sum"), LABEL, before)
    rest = (Cell("", look) for _, look in _VOUCHER[before + 1 :])
    return SheetRow(7, (label, Cell(Money(sum(known)).yuan if known else None, _VOUCHER[before][1]), *rest))


def _decisions(paper: Attachment3, words: Words) -> tuple[SheetRow, ...]:
    def block(key: str, text: str, signature: str, height: float) -> tuple[SheetRow, SheetRow]:
        return form.block_rows((Block(words.label(key), text, signature, 2, _ALL - 2),), height, 9)

    def opinion(key: str, given: Opinion, text: str, height: float) -> tuple[SheetRow, SheetRow]:
        return block(key, text, words.signed(f"{key}_signature", given), height)

    first, *others = (
        *opinion("applicant_opinion", paper.applicant_opinion, paper.applicant_opinion.text, 32),
        *opinion("first_review", paper.first_review, _first_review(paper, words), 38),
        *opinion("second_review", paper.second_review, paper.second_review.text, 30),
        *block("publicity", _publicity(paper, words), _objection(paper, words), 26),
        *opinion("approval", paper.approval, _approval(paper, words), 38),
        *block(
            "payment",
            words.filled("payment_text", voucher=paper.payment_voucher),
            words.filled("payment_signature", day=day(paper.payment_on)),
            18,
        ),
    )
    return (replace(first, starts_page=True), *others)


def _first_review(paper: Attachment3, words: Words) -> str:
    return words.filled(
        "first_review_text",
        ticks=words.ticks("first_review", *paper.checked),
        heads=paper.reduced_heads,
        amount=amount(paper.reduced_fen),
        reason=paper.reduction_reason,
        text=paper.first_review.text or " ",
    )


def _publicity(paper: Attachment3, words: Words) -> str:
    return words.filled(
        "publicity_text",
        address=paper.publicity_address,
        starts_on=day(paper.publicity_starts_on),
        ends_on=day(paper.publicity_ends_on),
        working_days=paper.publicity_working_days,
    )


def _objection(paper: Attachment3, words: Words) -> str:
    return words.filled(
        "publicity_result",
        ticks=words.ticks("publicity", paper.objection),
        handling=paper.objection_handling,
    )


def _approval(paper: Attachment3, words: Words) -> str:
    if paper.is_refused:
        return words.filled("refusal_text", text=paper.approval.text)
    return words.filled(
        "approval_text",
        heads=paper.granted_heads,
        standard=amount(paper.granted_standard_fen),
        figures=money(paper.granted_fen),
        capitals=_capitals(paper.granted_fen),
        shares=paper.shares,
        text=paper.approval.text or " ",
    )
