"""The figures of a claim from step to step: what is not known is not zero."""

from dataclasses import replace
from typing import Any

import pytest

from db.models import Fund, PaymentBatch, PaymentLine, PaymentOutcome, PublicityBatch, PublicityItem, Recovery
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.decision import amounts
from pxtui.casework.decision.amounts import Amounts
from pxtui.casework.lifecycle import cases
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.printed import review
from pxtui.casework.printed.asking import Asking
from pxtui.papers.writing.wording import Money
from tests.support.counter import Counter

ALL_FEN = 150_000


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def figures(counter: Counter, number: str) -> Amounts:
    with counter.register.reading(counter.acting) as context:
        return amounts.amounts(context, number)


def ask_for(counter: Counter, number: str, fen: int | None) -> None:
    """The applicant's Attachment 3 says this amount."""
    counter.do(number, Action.RETURN, opinion="核对申请金额")
    with counter.register.writing(counter.acting) as context:
        filing = claim_filing.claim_filing(context, number)
        claim_filing.put_claim(context, number, replace(filing, asked_total_fen=fen))
    counter.do(number, Action.SUBMIT)


def test_a_step_that_was_passed_over_is_not_told_as_open() -> None:
    paid = Amounts(ALL_FEN, None, ALL_FEN, ALL_FEN, ALL_FEN)
    assert paid.in_words == "申请1500.00  审批1500.00  公示1500.00  拨付1500.00"
    assert Amounts(ALL_FEN).in_words == "申请1500.00  初审未定  审批未定  公示未定  拨付未定"


def test_each_step_adds_its_figure(counter: Counter) -> None:
    number = counter.file()
    assert figures(counter, number) == Amounts()
    counter.claimed(number)
    assert figures(counter, number) == Amounts(claimed_fen=ALL_FEN)
    counter.do(number, Action.ACCEPT, Action.FIRST_CHECK)
    assert figures(counter, number) == Amounts(ALL_FEN, ALL_FEN)
    counter.do(number, Action.SECOND_CHECK, Action.APPROVE)
    assert figures(counter, number).in_words == "申请1500.00  初审1500.00  审批1500.00  公示未定  拨付未定"


def test_a_refused_claim_is_granted_nothing(counter: Counter) -> None:
    number = counter.claimed()
    counter.do(number, Action.REFUSE, opinion="虚假培训")
    assert figures(counter, number) == Amounts(ALL_FEN, None, 0)


def test_what_the_applicant_wrote_is_what_is_claimed(counter: Counter) -> None:
    number = counter.claimed()
    ask_for(counter, number, 160_000)
    counter.do(number, Action.APPROVE, opinion="申请金额已核对")
    assert figures(counter, number) == Amounts(160_000, None, ALL_FEN)
    with counter.register.reading(counter.acting) as context:
        asking = Asking(context, cases.find(context, number))
        told = review.approval_table(asking).facts
        letter = review.claim_refusal(asking).facts
    assert [line["amount"] for line in told.tables["figures"]] == [
        Money(fen) for fen in (160_000, 10_000, 150_000, 150_000)
    ]
    assert [(line["reason"], line["amount"]) for line in told.tables["deductions"]] == [
        ("其他（申报金额多算）", Money(10_000))
    ]
    # A sum that was written is no fee times heads, and what of it is not granted is told like all else.
    assert [line["standard"] for line in told.tables["figures"]] == [None, None, Money(50_000), Money(50_000)]
    assert [(line["item"], line["reason"], line["fault"]) for line in letter.tables["reasons"]] == [
        ("申请金额", "21 其他（申报金额多算）", "申请金额高于按名册和凭证计算的金额，核减100.00元")
    ]


def test_what_is_taken_off_is_told_by_reason(counter: Counter) -> None:
    number = counter.claimed()
    with counter.register.writing(counter.acting) as context:
        for seq, code in ((1, "05"), (2, "12"), (3, "05")):
            deductions_by_hand.deduct(context, number, seq, code, "电话核实")
    with counter.register.reading(counter.acting) as context:
        told = [amounts.in_words(deduction) for deduction in amounts.taken_off(context, number)]
    assert told == ["05 非本企业职工 2人 1000.00元", "12 退休或领取养老待遇 1人 500.00元"]


def test_where_nothing_was_written_each_submission_is_computed_anew(counter: Counter) -> None:
    number = counter.claimed()
    counter.do(number, Action.RETURN, opinion="发票有误")
    with counter.register.writing(counter.acting) as context:
        (slip,) = claim_filing.vouchers_of(context, number)
        claim_filing.replace_vouchers(context, number, [replace(slip, amount_fen=120_000)])
    counter.do(number, Action.SUBMIT)
    assert figures(counter, number) == Amounts(claimed_fen=120_000)


def test_published_last_and_paid_less_what_came_back(counter: Counter) -> None:
    number = counter.claimed()
    counter.do(number, Action.APPROVE)
    day, clerk = counter.day, counter.clerk
    with counter.register.writing(counter.acting) as context:
        case_id = cases.find(context, number).id
        days: dict[str, Any] = {"published_on": day, "ends_on": day, "payable_from": day, "staff_name": clerk}
        for serial, fen in ((1, ALL_FEN), (2, 100_000)):
            batch = PublicityBatch(office_code="dongqu", year=2020, serial=serial, **days)
            context.session.add(batch)
            context.session.flush()
            context.session.add(PublicityItem(batch_id=batch.id, case_id=case_id, heads=2, total_fen=fen))
        context.session.add(Fund(code="stabilise", name="失业保险基金", granted_fen=1_000_000))
        context.session.flush()
        for serial, outcome in ((1, PaymentOutcome.BOUNCED), (2, PaymentOutcome.PAID)):
            paid = PaymentBatch(
                office_code="dongqu",
                year=2020,
                serial=serial,
                fund_code="stabilise",
                prepared_on=day,
                prepared_by=clerk,
            )
            context.session.add(paid)
            context.session.flush()
            context.session.add(
                PaymentLine(
                    batch_id=paid.id,
                    case_id=case_id,
                    amount_fen=100_000,
                    account_name="恒力机械",
                    bank_name="某银行",
                    outcome=outcome,
                )
            )
        for fen, returned_on in ((30_000, day), (20_000, None)):
            back = Recovery(case_id=case_id, amount_fen=fen, reason="一人代学", ordered_on=day, ordered_by=clerk)
            back.returned_on = returned_on
            context.session.add(back)
    assert figures(counter, number) == Amounts(ALL_FEN, None, ALL_FEN, 100_000, 70_000)
