"""What every list, table and paper says of random claims adds up to what the register has, to the fen.

The papers are read back from their workbooks by another reader than the library that writes them.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import col, select

from db.models import Applicant, Case, Enrolment, PaymentLine, PublicityItem
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register
from pxtui.casework.printed import attachments, review
from pxtui.casework.printed.asking import Asking, Content
from pxtui.casework.printed.payment import batch_table
from pxtui.casework.printed.publicity import batch_notice
from pxtui.casework.publicity import publishing
from pxtui.papers.writing.wording import words_of
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.subsidy import subsidy
from tests.support.counter import PROOF
from tests.support.pay_desk import ACCOUNT, PayDesk
from tests.support.rosters import made_up_people

HEADS = (12, 7)
_SHARE = re.compile(r"(?:前|其余)(\d+)人每人(\d+)\.(\d\d)元")
_EVEN_SHARE = re.compile(r"[^人]每人(\d+)\.(\d\d)元")


class Claims(PayDesk):
    """Two published claims in one batch of payments, whose figures are set anew each time."""

    def begin(self) -> None:
        """The claims come into their batches."""
        self.grant()
        self.numbers = []
        first = 0
        for heads in HEADS:
            self.day = self.day.replace(month=3, day=16)
            number = self.file(made_up_people(heads, first))
            first += heads
            self.granted(number)
            self.numbers.append(number)
        with self.register.writing(self.acting) as context:
            self.published = publishing.publish(context, self.numbers, self.day)
            self.day = self.published.days.payable_from
            context = context.by(self.acting)
            publishing.note_page(context, self.published.number, "https://example.org/gs", PROOF)
            publishing.clear(context, self.published.number)
            for number in self.numbers:
                applicant = context.session.get_one(Applicant, find(context, number).applicant_id)
                applicant.bank_name = "攀枝花市商业银行东区支行"
                applicant.seal(context.vault, bank_account=ACCOUNT)
                context.session.add(applicant)
        self.ordered = self.prepare(*self.numbers)

    def drawn(self, context: Context, number: str, draw: Random) -> Case:
        """A claim with a cost, a number of people it was paid for and some people left out, as drawn."""
        case = find(context, number)
        application = Asking(context, case).application
        rows = list(
            context.session.exec(
                select(Enrolment).where(
                    col(Enrolment.case_id) == case.id, col(Enrolment.application) == ApplicationKind.CLAIM.value
                )
            )
        )
        kept = draw.sample(range(len(rows)), draw.randint(1, len(rows)))
        cost = draw.randint(len(rows) * 100, len(rows) * 50_000)
        money = subsidy(application, cost, len(kept), context.rulebook.latest)
        for place, row in enumerate(rows):
            row.approved = place in kept
            context.session.add(row)
        case.approved_heads, case.approved_total_fen = len(kept), money.total_fen
        item = context.session.exec(select(PublicityItem).where(col(PublicityItem.case_id) == case.id)).one()
        item.heads, item.total_fen = len(kept), money.total_fen
        line = context.session.exec(select(PaymentLine).where(col(PaymentLine.case_id) == case.id)).one()
        line.amount_fen = money.total_fen
        for changed in (case, item, line):
            context.session.add(changed)
        context.session.flush()
        return case


@pytest.fixture
def claims(register: Register) -> Claims:
    """The two claims."""
    made = Claims(register)
    made.begin()
    return made


def sheets(form: str, content: Content) -> list[list[list[Any]]]:
    """The rows of every sheet of a paper, blanks left out, as another reader has them."""
    book = CalamineWorkbook.from_filelike(BytesIO(content.render(content.facts, words_of(form))))
    return [
        [[value for value in row if value != ""] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    ]


def fen(value: Any) -> int:
    """A number of a cell in fen; a text is none."""
    assert isinstance(value, float | int), value
    return int((Decimal(str(value)) * 100).to_integral_exact())


def last_amount(row: list[Any]) -> int:
    """The last number of a line in fen: behind it stand words and accounts alone."""
    return fen([value for value in row if isinstance(value, float)][-1])


def lines_of(rows: list[list[Any]]) -> Iterator[list[Any]]:
    """The numbered lines of a table."""
    return (row for row in rows if row and isinstance(row[0], float | int) and len(row) > 3)


def total_of(rows: list[list[Any]]) -> list[Any]:
    """The line that adds up."""
    return next(row for row in rows if row and row[0] == "合计")


def shared_out(text: str) -> int:
    """What the persons of a sentence get together, for as many as it names, in fen."""
    return sum(int(heads) * int(yuan + rest) for heads, yuan, rest in _SHARE.findall(text))


@pytest.mark.parametrize(
    ("seed", "count"),
    [(1, 4), pytest.param(2, 12, marks=pytest.mark.slow), pytest.param(3, 250, marks=pytest.mark.long)],
)
def test_every_list_table_and_paper_adds_up_to_the_register(claims: Claims, seed: int, count: int) -> None:
    draw = Random(seed)
    with claims.register.writing(claims.acting) as context:
        for _ in range(count):
            cases = [claims.drawn(context, number, draw) for number in claims.numbers]
            _adds_up(context, claims, cases)


def _adds_up(context: Context, claims: Claims, cases: list[Case]) -> None:
    totals = [case.approved_total_fen or 0 for case in cases]
    text, units, people = sheets("public-notice", batch_notice(context, claims.published.number))
    whole = f"{Decimal(sum(totals)).scaleb(-2)}元"
    assert whole in "".join(str(cell) for row in text for cell in row).replace("\n", "")
    assert [last_amount(row) for row in lines_of(units)] == totals
    assert last_amount(total_of(units)) == sum(totals)
    persons = [fen(row[-1]) for row in lines_of(people)]
    heads = cases[0].approved_heads or 0
    assert (sum(persons[:heads]), sum(persons[heads:])) == tuple(totals)
    assert len(persons) == sum(case.approved_heads or 0 for case in cases)
    assert fen(total_of(people)[-1]) == sum(totals)
    (table,) = sheets("payment-table", batch_table(context, claims.ordered))
    assert [last_amount(row) for row in lines_of(table)] == totals
    assert last_amount(total_of(table)) == sum(totals)
    for case, total in zip(cases, totals, strict=True):
        _is_told_alike(context, case, total)


def _is_told_alike(context: Context, case: Case, total: int) -> None:
    """The approval table and Attachment 3 of a claim."""
    asking = Asking(context, case)
    first, *attached = sheets("approval-table", review.approval_table(asking))
    figures = {row[0]: row for row in first if row and row[0] in ("申报", "核减", "审核", "核定")}
    asked, off, granted = (fen(figures[item][-2]) for item in ("申报", "核减", "核定"))
    assert (granted, asked - off) == (total, total)
    if off:
        assert fen(total_of(attached[0])[-1]) == off
        amounts = [row[-1] for row in attached[0] if row and row[0] != "合计" and isinstance(row[-1], float)]
        assert sum(map(fen, amounts)) == off
    told = "".join(str(cell) for row in first for cell in row).replace("\n", "")
    (rows,) = sheets("attachment-3", attachments.attachment_3_of(asking))
    claimed = "\n".join(str(cell) for row in rows for cell in row)
    for text in (told, claimed.replace("\n", "")):
        even = _EVEN_SHARE.search(text)
        heads = case.approved_heads or 0
        assert (shared_out(text) or heads * int("".join(even.groups()) if even else "0")) == total
    assert f"￥{Decimal(total).scaleb(-2)}" in claimed
    vouchers = [voucher.amount_fen for voucher in claim_filing.vouchers(context, case)]
    assert fen(total_of(rows)[1]) == sum(vouchers)
