"""What two do in the same moment to what they have in common: on a server the second waits, and finds what is there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import ColumnElement
from sqlmodel import col, func, select
from stdnum.cn import uscc

from db.about import about_of, about_one_case
from db.chain.walk import verify
from db.models import Act, Applicant, Decision, FrozenRules, PaperIssued, PaymentBatch, PaymentLine, PublicityItem
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import journal
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.printed import issuing
from pxtui.casework.publicity import publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.verifying import own_checks
from pxtui.errors import PxtuiError
from tests.support.counter import AFTER_THE_CLASS, ANSWER
from tests.support.filings import a_filing
from tests.support.pay_desk import CLAIM_FEN, FUND, PayDesk, put_account
from tests.support.rosters import made_up_people

_PATIENCE = 20
_DECISION = "opening-approval"
_WAIT = 0.2
"""Seconds for which the first is still at work: as long as the other one takes to come to where he waits."""


@dataclass(frozen=True)
class Doing:
    """An act, by whom."""

    act: Callable[..., object]
    arguments: tuple[object, ...]
    by: str = ""


@pytest.fixture
def desk(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    return made


def _acting(desk: PayDesk, doing: Doing) -> Acting:
    return replace(desk.acting, name=doing.by or desk.clerk)


def _while_it_is_done(desk: PayDesk, first: Doing, *others: Doing) -> list[str]:
    """Do the first, and the others one after the other before it stands; what was refused of these, a sentence each."""
    own = open_register(desk.register.home, desk.acting.at)
    is_done = Event()

    def act() -> None:
        about = about_of(first.act, first.arguments)
        assert about is not None
        with own.writing(_acting(desk, first), about=about) as context:
            first.act(context, *first.arguments)
            context.session.flush()
            is_done.set()
            Event().wait(_WAIT)

    refused = []
    with ThreadPoolExecutor(1) as program:
        done = program.submit(act)
        assert is_done.wait(_PATIENCE) or done.result() is None
        for other in others:
            try:
                desk.register.act(_acting(desk, other), other.act, other.arguments)
            except PxtuiError as fault:
                refused.append(fault.sentence)
        done.result()
    own.close()
    _require_whole(desk)
    return refused


def _require_whole(desk: PayDesk) -> None:
    database = desk.register.home.database
    assert verify(database, desk.register._archive.vault).is_whole
    assert own_checks.sentences(database) == []


def _count(desk: PayDesk, table: type, *conditions: ColumnElement[bool]) -> int:
    with desk.register.reading(desk.acting) as context:
        return context.session.exec(select(func.count()).select_from(table).where(*conditions)).one()


def test_a_case_is_decided_once(desk: PayDesk) -> None:
    number = desk.file()
    desk.do(number, Action.SUBMIT)
    approving = Doing(advance.advance, (number, Action.APPROVE, ANSWER))
    (refused,) = _while_it_is_done(desk, approving, replace(approving, by="李四"))
    assert "不能" in refused
    assert _count(desk, Decision, col(Decision.action) == Action.APPROVE.value) == 1


def test_the_first_two_decisions_keep_the_rules_once(desk: PayDesk) -> None:
    numbers = [_OfAFirm(desk.register, people=place).file(made_up_people(2, 10 * place)) for place in range(2)]
    for number in numbers:
        desk.do(number, Action.SUBMIT)
    doings = [Doing(advance.advance, (number, Action.APPROVE, ANSWER)) for number in numbers]
    assert _while_it_is_done(desk, *doings) == []
    assert _count(desk, FrozenRules) == 1


def test_two_who_file_for_a_firm_that_is_new_make_one_entry_of_it(desk: PayDesk) -> None:
    of_this_year = replace(a_filing(), received_on=desk.day)
    of_the_last = replace(of_this_year, received_on=date(2019, 12, 30))
    doings = Doing(opening_filing.file, (of_this_year,)), Doing(opening_filing.file, (of_the_last, "补录"))
    assert _while_it_is_done(desk, *doings) == []
    assert _count(desk, Applicant) == 1
    assert [desk.stage(number) for number in ("2020-DQ-0001", "2019-DQ-0001")] == [Stage.DRAFT] * 2


def _firm(letter: str) -> opening_filing.Filing:
    filing = a_filing()
    return replace(filing, applicant=replace(filing.applicant, name=f"攀枝花市{letter}厂", credit_code=""))


def test_a_number_is_given_once(desk: PayDesk) -> None:
    doings = [Doing(opening_filing.file, (_firm(letter),)) for letter in "甲乙"]
    assert _while_it_is_done(desk, *doings) == []
    assert [desk.stage(f"2020-DQ-000{serial}") for serial in (1, 2)] == [Stage.DRAFT] * 2


def test_a_firm_that_two_write_to_keeps_what_was_written_last(desk: PayDesk) -> None:
    numbers = [desk.file(made_up_people(2, first)) for first in (0, 10)]
    doings = [Doing(put_account, (number, f"510402000000000{place}")) for place, number in enumerate(numbers)]
    assert _while_it_is_done(desk, *doings) == []
    with desk.register.reading(desk.acting) as context:
        (firm,) = context.session.exec(select(Applicant))
        assert firm.unseal(context.vault, "bank_account") == "5104020000000001"


class _OfAFirm(PayDesk):
    """Whose cases are each of a firm of its own."""

    def filing(self) -> opening_filing.Filing:
        filing = super().filing()
        code = f"91510402MA6{self.people:06}"
        code += str(uscc.calc_check_digit(code))
        name = f"攀枝花市{'甲乙丙丁'[self.people]}厂"
        return replace(filing, applicant=replace(filing.applicant, name=name, credit_code=code))


def test_the_third_place_of_a_year_is_given_once(desk: PayDesk) -> None:
    person = made_up_people(1)
    starts = [date(2020, 3, 20), date(2020, 4, 10), date(2020, 5, 11), date(2020, 6, 8)]
    occupations = ["焊工", "电工", "车工", "钳工"]
    # Of four firms, which have nothing in common but him.
    numbers = [
        _OfAFirm(desk.register, people=place).file(person, starts_on=day, occupation=work)
        for place, (day, work) in enumerate(zip(starts, occupations, strict=True))
    ]
    desk.do(numbers[0], Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    desk.do(numbers[1], Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    for number in numbers[2:]:
        desk.do(number, Action.SUBMIT)
    (refused,) = _while_it_is_done(
        desk, *(Doing(advance.advance, (number, Action.APPROVE, ANSWER)) for number in numbers[2:])
    )
    assert "没有一名符合条件的人员" in refused


def test_one_invoice_is_claimed_once_though_it_is_keyed_in_two_cases_at_once(desk: PayDesk) -> None:
    numbers = [desk.file(made_up_people(3, first)) for first in (0, 10)]
    for number in numbers:
        desk.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    desk.day = AFTER_THE_CLASS
    for place, number in enumerate(numbers):
        desk.do(number, Action.CLAIM)
        desk.enter_claim(number, f"2020000000000000000{place}")
    with desk.register.reading(desk.acting) as context:
        (invoice,) = claim_filing.vouchers_of(context, numbers[0])
    invoice = replace(invoice, number="20209999999999999999")
    here, there = numbers
    refused = _while_it_is_done(
        desk,
        Doing(claim_filing.replace_vouchers, (here, (invoice,))),
        Doing(claim_filing.replace_vouchers, (there, (invoice,))),
        Doing(advance.advance, (there, Action.SUBMIT)),
        Doing(advance.advance, (there, Action.APPROVE, ANSWER)),
    )
    granted = int(not refused)
    try:
        desk.do(here, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
        granted += 1
    except PxtuiError:
        pass
    assert granted == 1


@pytest.fixture
def two_cleared(desk: PayDesk) -> tuple[str, str]:
    of_firms = _OfAFirm(desk.register, desk.day)
    numbers = of_firms.cleared(), of_firms.cleared()
    desk.day = of_firms.day
    return numbers


def test_money_that_is_there_once_is_ordered_once(desk: PayDesk, two_cleared: tuple[str, str]) -> None:
    desk.grant(CLAIM_FEN)
    doings = [Doing(payment_orders.prepare, (FUND, (number,))) for number in two_cleared]
    (refused,) = _while_it_is_done(desk, *doings)
    assert "不够" in refused
    assert _count(desk, PaymentLine) == 1


def test_a_claim_is_ordered_once(desk: PayDesk, two_cleared: tuple[str, str]) -> None:
    desk.grant()
    preparing = Doing(payment_orders.prepare, (FUND, two_cleared))
    (refused,) = _while_it_is_done(desk, preparing, Doing(payment_orders.prepare, (FUND, two_cleared[:1])))
    assert two_cleared[0] in refused
    assert _count(desk, PaymentLine) == 2


def test_a_batch_is_signed_once_and_handed_over_once(
    desk: PayDesk, two_cleared: tuple[str, str], tmp_path: Path
) -> None:
    desk.grant()
    batch = desk.prepare(*two_cleared)
    signing = Doing(payment_orders.sign, (batch, "经核对"), by="王五")
    (refused,) = _while_it_is_done(desk, signing, replace(signing, by="李四"))
    assert "已" in refused
    handing = Doing(payment_orders.hand_over, (batch, tmp_path))
    (refused,) = _while_it_is_done(desk, handing, handing)
    assert "不能再出清单" in refused
    assert _count(desk, PaymentBatch, col(PaymentBatch.handed_over_on).is_not(None)) == 1


def test_a_claim_is_published_once(desk: PayDesk) -> None:
    number = desk.file()
    desk.granted(number)
    publishing_it = Doing(publishing.publish, ((number,), desk.day))
    (refused,) = _while_it_is_done(desk, publishing_it, replace(publishing_it, by="李四"))
    assert number in refused or "不能" in refused
    assert _count(desk, PublicityItem) == 1


def test_papers_are_numbered_without_a_gap(desk: PayDesk, tmp_path: Path) -> None:
    numbers = [desk.file(made_up_people(2, first)) for first in (0, 10)]
    for number in numbers:
        desk.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    doings = [Doing(issuing.issue, (number, (_DECISION,), tmp_path)) for number in numbers]
    assert _while_it_is_done(desk, *doings) == []
    with desk.register.reading(desk.acting) as context:
        assert list(context.session.exec(select(PaperIssued.serial).order_by(col(PaperIssued.serial)))) == [1, 2]


def test_a_refusal_is_noted_while_somebody_keys(desk: PayDesk) -> None:
    number = desk.file()
    keying = Doing(roster_edits.wait_for_writes, (number,))
    try_it = Doing(advance.advance, (number, Action.APPROVE, ANSWER), by="赵六")
    desk.set_duties_apart()
    assert len(_while_it_is_done(desk, keying, try_it)) == 1


@about_one_case
def _look_back(context: Context, number: str) -> None:
    """Note something, and look for it: from here on the end of the journal is one's own."""
    roster_edits.complete_all(context, number)
    journal.record(context, None, Act.PUBLICITY_PAGE, "登记")
    journal.was_done(context.asked("别的"))


def test_the_end_of_journal_and_chain_is_waited_for(desk: PayDesk) -> None:
    here, there = desk.file(), desk.file(made_up_people(2, 10))
    assert _while_it_is_done(desk, Doing(_look_back, (here,)), Doing(advance.advance, (there, Action.SUBMIT))) == []
