"""The bank's word and money that was ordered back: tried by one person alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.check import standing
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.register import Register
from pxtui.casework.payment import recovery
from pxtui.errors import PxtuiError
from tests.support.counter import AFTER_THE_CLASS
from tests.support.pay_desk import CLAIM_FEN, PayDesk, bounced, paid
from tests.support.rosters import made_up_people

OTHER_ACCOUNT = "6217000000000666"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """A counter with colleagues and a grant."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


def test_bounced_by_hand_then_paid_again_alone(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    counter.answer_one(counter.at_the_bank(tmp_path, number), bounced(number))
    counter.correct(number, OTHER_ACCOUNT)
    with pytest.raises(PxtuiError, match=r"退票由张三人工登记.*须由另一人"):
        counter.prepare(number)


def test_true_answer_of_the_bank_after_a_false_one(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    batch = counter.at_the_bank(tmp_path, number)
    counter.answer_one(batch, bounced(number))
    # The file of the bank that says that it was paid: it was refused, and the second payment went out.
    counter.answer(batch, paid(number))
    if counter.stage(number) is Stage.BOUNCED:
        counter.correct(number, OTHER_ACCOUNT)
    with pytest.raises(PxtuiError, match="与已登记的结果不一致"):
        counter.prepare(number)


def test_true_answer_of_the_bank_when_the_second_payment_is_signed_already(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    first = counter.at_the_bank(tmp_path, number)
    counter.answer(first, bounced(number))
    counter.correct(number, OTHER_ACCOUNT)
    second = counter.prepare(number)
    counter.sign(second)
    counter.answer(first, paid(number))
    with pytest.raises(PxtuiError, match="与已登记的结果不一致"):
        counter.hand_over(second, tmp_path)
    assert counter.batch(second).digest == ""


@pytest.mark.parametrize("said", ["bounced", "paid under another number"])
def test_true_answer_of_the_bank_denied_and_found_false_alone(counter: PayDesk, tmp_path: Path, said: str) -> None:
    number = counter.cleared()
    batch = counter.at_the_bank(tmp_path, number)
    counter.clerk = "李四"
    counter.answer(batch, paid(number))
    counter.clerk = "张三"
    counter.answer_one(batch, bounced(number) if said == "bounced" else replace(paid(number), reference="YH9"))
    with pytest.raises(PxtuiError, match="须由另一人认定" if said == "bounced" else "没有一份回单说退票"):
        counter.resolve(number, is_paid=False, by="张三")
    assert counter.stage(number) is Stage.PAID
    # That what somebody else entered is right he may say, but not that his own number is.
    assert counter.resolve(number, is_paid=True, by="张三" if said == "bounced" else "王五") is Stage.PAID
    assert counter.doubtful == []


def test_a_bounce_called_paid_and_found_so_alone(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    batch = counter.at_the_bank(tmp_path, number)
    counter.clerk = "李四"
    counter.answer(batch, bounced(number))
    counter.clerk = "张三"
    counter.answer_one(batch, paid(number))
    with pytest.raises(PxtuiError, match="须由另一人认定"):
        counter.resolve(number, is_paid=True, by="张三")
    assert counter.resolve(number, is_paid=True, by="王五") is Stage.PAID


def test_one_bank_number_entered_for_two_payments(counter: PayDesk, tmp_path: Path) -> None:
    first, second = counter.cleared(), counter.cleared()
    batch = counter.at_the_bank(tmp_path, first, second)
    counter.answer_one(batch, paid(first))
    with pytest.raises(PxtuiError, match=f"流水号YH0001已用于{first}"):
        counter.answer_one(batch, replace(paid(second), reference="YH0001"))
    assert counter.stage(second) is Stage.TO_PAY


def sent_back_by_the_head(counter: PayDesk, folder: Path) -> str:
    number = counter.cleared()
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.REOPEN, opinion="第2号没有参训", by="王五")
    counter.do(number, Action.RETURN, opinion="第2号没有参训")
    counter.do(number, Action.SUBMIT)
    return number


def sent_back_by_the_bank(counter: PayDesk, folder: Path) -> str:
    number = counter.cleared()
    counter.answer(counter.at_the_bank(folder, number), replace(bounced(number), reference="第2号没有参训"))
    counter.correct(number, OTHER_ACCOUNT)
    counter.do(number, Action.REOPEN, opinion="退票后复审", by="王五")
    return number


def taken_out_by_whoever_should_sign(counter: PayDesk, folder: Path) -> str:
    number = counter.cleared()
    counter.prepare(number)
    counter.stop(number, "第2号没有参训")
    counter.do(number, Action.REOPEN, opinion="未签发，复审", by="王五")
    return number


@pytest.mark.parametrize(
    "sent_back",
    [sent_back_by_the_head, sent_back_by_the_bank, taken_out_by_whoever_should_sign],
    ids=["returned", "bounced", "not signed"],
)
def test_approved_again_unchanged_in_silence(
    counter: PayDesk, tmp_path: Path, sent_back: Callable[[PayDesk, Path], str]
) -> None:
    number = sent_back(counter, tmp_path)
    with counter.register.reading(counter.acting) as context:
        assert "第2号没有参训" in "".join(standing.standing(context, number).steps_back)
    with pytest.raises(PxtuiError, match="书面答复"):
        counter.do(number, Action.APPROVE)
    assert counter.stage(number) is Stage.CLAIM_RECEIVED


def test_places_that_a_fraud_has_taken_used_again_after_the_money_is_back(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    counter.answer(counter.at_the_bank(tmp_path, number), paid(number))
    later = counter.file(made_up_people(2), date(2020, 5, 6), "焊工")
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, CLAIM_FEN, "冒名参训", is_fraud=True)
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        recovery.approve(context, number)
    counter.comes_back(number)
    counter.do(later, Action.SUBMIT)
    with counter.register.reading(counter.acting) as context:
        assert "曾骗取补贴" in "".join(standing.standing(context, later).notes)
    with pytest.raises(PxtuiError, match="没有一名符合条件的人员"):
        counter.do(later, Action.APPROVE, opinion="已核实")


def test_recovery_that_was_approved_dropped_alone(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    counter.answer(counter.at_the_bank(tmp_path, number), paid(number))
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, CLAIM_FEN, "抽查发现未实际培训")
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        recovery.approve(context, number)
    with counter.register.writing(counter.acting) as context:
        recovery.drop(context, number, "查无此事")
    assert counter.stage(number) is Stage.RECOVERING
    with pytest.raises(PxtuiError, match="须由另一人"), counter.register.writing(counter.acting) as context:
        recovery.drop(context, number, "查无此事")
    assert counter.stage(number) is Stage.RECOVERING
