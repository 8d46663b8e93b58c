"""Money that is ordered back: two people, never more than was paid, and what becomes of the class then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from db.models import Applicant
from pxtui.casework.check import eligibility
from pxtui.casework.lifecycle import cases
from pxtui.casework.lifecycle.moves import HOLDING
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.payment import recovery
from pxtui.casework.payment.recovery import Reclaim
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.conftest import empty_register
from tests.support.counter import FEE_FEN
from tests.support.filings import a_filing
from tests.support.pay_desk import CLAIM_FEN, NAME, PayDesk, bounced, paid
from tests.support.rosters import made_up_people

REASON = "抽查发现未实际培训"


@pytest.fixture
def number(counter: PayDesk, tmp_path: Path) -> str:
    """A claim that is paid."""
    claim = counter.cleared()
    counter.answer(counter.at_the_bank(tmp_path, claim), paid(claim))
    return claim


def order(counter: PayDesk, number: str, fen: int = CLAIM_FEN, reason: str = REASON) -> Reclaim:
    with counter.register.writing(counter.acting) as context:
        return recovery.order(context, number, fen, reason)


def approve(counter: PayDesk, number: str, by: str = "王五") -> Reclaim:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        return recovery.approve(context, number)


def settle(
    counter: PayDesk, number: str, day: date | None = None, reference: str = "TH1", fen: int | None = None
) -> Reclaim:
    """It is entered and confirmed."""
    state_return(counter, number, day, reference, fen)
    return confirm_return(counter, number)


def state_return(
    counter: PayDesk, number: str, day: date | None = None, reference: str = "TH1", fen: int | None = None
) -> Reclaim:
    with counter.register.writing(counter.acting) as context:
        return recovery.settle(context, number, day or counter.day, reference, fen)


def confirm_return(counter: PayDesk, number: str, by: str = "李四", evidence: str = "对账单0409") -> Reclaim:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        return recovery.confirm_return(context, number, evidence)


def drop(counter: PayDesk, number: str, reason: str = "查无此事") -> Reclaim:
    with counter.register.writing(counter.acting) as context:
        return recovery.drop(context, number, reason)


def test_when_all_is_back_the_money_and_the_places_are_free_again(counter: PayDesk, number: str) -> None:
    assert order(counter, number).state == "待批准"
    assert approve(counter, number).state == "待到账"
    assert counter.source.recovered_fen == 0
    assert settle(counter, number).state == "已到账"
    assert counter.stage(number) is Stage.RECOVERED
    assert counter.stage(number).value not in HOLDING
    assert counter.source.balance_fen == 100 * CLAIM_FEN


def test_of_a_part_the_claim_stays_paid_and_only_the_rest_can_be_ordered_back(counter: PayDesk, number: str) -> None:
    order(counter, number, FEE_FEN)
    approve(counter, number)
    settle(counter, number)
    assert counter.stage(number) is Stage.PAID
    with pytest.raises(PxtuiError, match=r"已拨付未退回的是500\.00元，不能追回500\.01元"):
        order(counter, number, FEE_FEN + 1)
    order(counter, number, FEE_FEN)
    approve(counter, number)
    settle(counter, number, reference="TH2")
    assert counter.stage(number) is Stage.RECOVERED


def test_money_that_comes_back_bit_by_bit_stays_ordered_back_until_all_is_there(counter: PayDesk, number: str) -> None:
    order(counter, number)
    approve(counter, number)
    assert settle(counter, number, fen=FEE_FEN - 1).amount_fen == FEE_FEN - 1
    assert counter.stage(number) is Stage.RECOVERING
    assert counter.source.recovered_fen == FEE_FEN - 1
    with pytest.raises(PxtuiError, match=r"责令退回的是500\.01元，不能登记到账500\.02元"):
        settle(counter, number, fen=FEE_FEN + 2)
    settle(counter, number, reference="TH2")
    assert counter.stage(number) is Stage.RECOVERED
    assert counter.source.recovered_fen == CLAIM_FEN


@pytest.mark.parametrize("fen", [0, -1, CLAIM_FEN + 1])
def test_nobody_pays_back_more_than_was_paid(counter: PayDesk, number: str, fen: int) -> None:
    with pytest.raises(PxtuiError, match="请改正金额"):
        order(counter, number, fen)
    assert counter.stage(number) is Stage.PAID


def test_money_is_not_back_before_a_second_person_approved(counter: PayDesk, number: str) -> None:
    order(counter, number)
    with pytest.raises(PxtuiError, match="还没有批准，请由张三以外的一人批准"):
        settle(counter, number)
    with pytest.raises(PxtuiError, match="由张三提出，须由另一人批准"):
        approve(counter, number, "张三")
    approve(counter, number, "李四")
    with pytest.raises(PxtuiError, match="已于2020-04-09由李四批准"):
        approve(counter, number, "王五")


def test_where_duties_are_apart_the_head_approves(counter: PayDesk, number: str) -> None:
    order(counter, number)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    with pytest.raises(PxtuiError, match="追回的批准由负责人办理"):
        approve(counter, number, "李四")


def test_what_is_dropped_is_paid_as_before_and_can_be_ordered_again(counter: PayDesk, number: str) -> None:
    order(counter, number)
    with pytest.raises(PxtuiError, match="须写明理由"):
        drop(counter, number, "")
    assert drop(counter, number).state == "已撤销"
    assert counter.stage(number) is Stage.PAID
    with pytest.raises(PxtuiError, match="没有正在办理的追回"):
        approve(counter, number)
    order(counter, number)


def test_the_day_and_the_number_of_what_came_back_are_asked_for(counter: PayDesk, number: str) -> None:
    order(counter, number)
    approve(counter, number)
    with pytest.raises(PxtuiError, match="写明退款的流水号"):
        settle(counter, number, reference=" ")
    with pytest.raises(PxtuiError, match="到账日期2020-04-10不在"):
        settle(counter, number, date(2020, 4, 10))


def test_an_archived_claim_can_be_ordered_back_and_an_unpaid_one_not(counter: PayDesk, number: str) -> None:
    counter.do(number, Action.ARCHIVE)
    order(counter, number)
    assert counter.stage(number) is Stage.RECOVERING
    with pytest.raises(PxtuiError, match="不能责令退回"):
        order(counter, counter.cleared())


def test_what_is_approved_is_dropped_by_two_and_the_second_is_the_head_where_duties_are_apart(
    counter: PayDesk, number: str
) -> None:
    order(counter, number)
    approve(counter, number)
    with pytest.raises(PxtuiError, match="须写明理由"):
        drop(counter, number, " ")
    assert drop(counter, number).state == "待同意撤销"
    assert counter.stage(number) is Stage.RECOVERING
    with pytest.raises(PxtuiError, match="撤销由张三于2020-04-09提出，须由另一人同意"):
        drop(counter, number)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    with pytest.raises(PxtuiError, match="撤销已批准的追回由负责人办理"):
        drop(replace(counter, clerk="李四"), number)
    assert drop(replace(counter, clerk="王五"), number).state == "已撤销"
    assert counter.stage(number) is Stage.PAID


@pytest.mark.parametrize("is_fraud", [False, True])
def test_after_a_fraud_the_places_stay_taken_and_the_firm_is_marked_for_its_term(
    counter: PayDesk, number: str, is_fraud: bool
) -> None:
    later = counter.file(made_up_people(2), date(2020, 5, 6), "电工")
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, CLAIM_FEN, REASON, is_fraud=is_fraud)
    assert marks(counter, later) == ()
    approve(counter, number)
    assert bool(marks(counter, later)) is is_fraud
    settle(counter, number)
    assert counter.stage(number) is Stage.RECOVERED
    taken = [training.source for training in counter.trainings_elsewhere(later)]
    assert taken == ([f"线培〔2020〕{number[5:]}"] * 2 if is_fraud else [])
    if is_fraud:
        (mark,) = marks(counter, later)
        assert f"{NAME}曾骗取补贴：{number}的1000.00元2020-04-09批准追回（{REASON}），标注到2023-04-09" in mark
        counter.day = date(2023, 4, 8)
        assert marks(counter, later)
        with counter.register.writing(counter.acting) as context:
            office_settings.change(context, fraud_years=2)
        assert marks(counter, later) == ()
        with counter.register.writing(counter.acting) as context:
            office_settings.change(context, fraud_years=3)
        counter.day = date(2023, 4, 9)
        assert marks(counter, later) == ()


def test_a_fraud_recovery_that_was_dropped_marks_nobody_and_the_mark_is_no_rule(counter: PayDesk, number: str) -> None:
    later = counter.file(made_up_people(2), date(2020, 5, 6), "电工")
    with counter.register.reading(counter.acting) as context:
        before = eligibility.check(context, later)
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, CLAIM_FEN, REASON, is_fraud=True)
    approve(counter, number)
    with counter.register.reading(counter.acting) as context:
        assert cases.look_up(context, later).is_marked
        assert eligibility.check(context, later).findings == before.findings
    drop(counter, number)
    drop(replace(counter, clerk="王五"), number)
    assert marks(counter, later) == ()


def test_a_fraud_of_the_29_february_marks_its_firm_until_1_march(counter: PayDesk, number: str) -> None:
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, CLAIM_FEN, REASON, is_fraud=True)
    later = counter.file(made_up_people(2), date(2020, 5, 6), "电工")
    counter.day = date(2024, 2, 29)
    approve(counter, number)
    (mark,) = marks(counter, later)
    assert "标注到2027-03-01" in mark


def test_of_a_firm_without_a_credit_code_its_own_file_is_marked(counter: PayDesk, number: str) -> None:
    with counter.register.writing(counter.acting) as context:
        for applicant in context.session.exec(select(Applicant)):
            applicant.credit_code_key = ""
            context.session.add(applicant)
        recovery.order(context, number, CLAIM_FEN, REASON, is_fraud=True)
    approve(counter, number)
    assert len(marks(counter, number)) == 1
    filing = a_filing()
    another = replace(filing.applicant, name="攀枝花市恒隆宾馆", credit_code="")
    with counter.register.writing(counter.acting) as context:
        other = opening_filing.file(context, replace(filing, applicant=another, received_on=counter.day))
    assert marks(counter, other) == ()


def marks(counter: PayDesk, number: str) -> tuple[str, ...]:
    """What the check of a case says beside its findings."""
    with counter.register.reading(counter.acting) as context:
        return eligibility.overview(context, number).notes


ONWARDS = ("sign", "hand over", "prepare", "correct", "approve", "settle")
ACTS = ("paid", "bounced", "stop", "order", "drop", *ONWARDS)


@pytest.mark.slow
@settings(max_examples=8)
@given(acts=st.lists(st.one_of(st.just("onwards"), st.sampled_from(ACTS)), min_size=8, max_size=24))
@example(
    acts=["prepare", "sign", "hand over", "bounced", "correct", "onwards", "onwards", "onwards", "paid", "prepare"]
)
def test_whatever_is_tried_no_more_is_paid_than_granted_and_no_claim_twice(
    acts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("office")
    register = empty_register(Home(folder / "pxtui"))
    counter = PayDesk(register)
    counter.hire_colleagues()
    counter.grant(CLAIM_FEN)
    number = counter.cleared()
    for act in acts:
        for step in ONWARDS if act == "onwards" else (act,):
            if works(counter, folder, number, step):
                break
        money = counter.source
        held = money.paid_fen + money.on_its_way_fen
        is_held = counter.stage(number) in (Stage.TO_PAY, Stage.PAID, Stage.RECOVERING, Stage.RECOVERED)
        assert held == (CLAIM_FEN if is_held else 0)
        assert money.balance_fen == CLAIM_FEN - held + money.recovered_fen >= 0
    register.close()


def works(counter: PayDesk, folder: Path, number: str, act: str) -> bool:
    """Try an act on the newest batch; whether it was allowed."""
    with counter.register.reading(counter.acting) as context:
        batch = next((batch.number for batch in payment_batches.batches(context)), "")
    ways: dict[str, Callable[[], object]] = {
        "prepare": lambda: counter.prepare(number),
        "sign": lambda: counter.sign(batch),
        "hand over": lambda: counter.hand_over(batch, folder),
        "paid": lambda: counter.answer(batch, paid(number)),
        "bounced": lambda: counter.answer(batch, bounced(number)),
        "correct": lambda: counter.correct(number, "5104020000000009"),
        "stop": lambda: counter.stop(number),
        "order": lambda: order(counter, number),
        "approve": lambda: approve(counter, number),
        "settle": lambda: settle(counter, number),
        "drop": lambda: drop(counter, number),
    }
    try:
        ways[act]()
    except PxtuiError:
        return False
    return True
