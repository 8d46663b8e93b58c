"""A file that the clerk wrote himself is read in as the bank's: the payment came back, it says, so it is paid again."""

from pathlib import Path

import pytest

from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import members
from pxtui.errors import PxtuiError
from tests.support.pay_desk import CASHIER, PayDesk, bounced, paid
from tests.support.people import make_one_person

OTHER_ACCOUNT = "6217000000000666"
ANOTHER_LOOKS = rf"退票由(张三|{CASHIER}).*须由另一人"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """A counter with colleagues and a grant."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


def handed_over(counter: PayDesk, folder: Path) -> tuple[str, str]:
    """A claim of which the bank has the payment, and its batch; duties are apart from now on."""
    number = counter.cleared()
    batch = counter.at_the_bank(folder, number)
    counter.set_duties_apart()
    return number, batch


def test_bounced_by_a_file_of_his_own_then_paid_again(counter: PayDesk, tmp_path: Path) -> None:
    number, batch = handed_over(counter, tmp_path)
    counter.answer(batch, bounced(number))
    counter.correct(number, OTHER_ACCOUNT)
    with pytest.raises(PxtuiError, match=ANOTHER_LOOKS):
        counter.prepare(number)
    with pytest.raises(PxtuiError, match=ANOTHER_LOOKS):
        counter.confirm_bounce(number, by=CASHIER)
    with pytest.raises(PxtuiError, match=ANOTHER_LOOKS):
        counter.prepare(number)
    counter.confirm_bounce(number, by="李四")
    assert counter.prepare(number)


def test_bounced_by_hand_then_by_a_file_of_his_own(counter: PayDesk, tmp_path: Path) -> None:
    number, batch = handed_over(counter, tmp_path)
    counter.answer_one(batch, bounced(number))
    counter.answer(batch, bounced(number))
    counter.correct(number, OTHER_ACCOUNT)
    with pytest.raises(PxtuiError, match=ANOTHER_LOOKS):
        counter.prepare(number)


def test_bounced_by_hand_then_by_a_file_under_his_second_name(counter: PayDesk, tmp_path: Path) -> None:
    with counter.register.writing(counter.acting) as context:
        members.add(context, "周九", Role.CASHIER)
    number, batch = handed_over(counter, tmp_path)
    with counter.register.writing(counter.acting) as context:
        make_one_person(context, CASHIER, "周九")
    counter.answer_one(batch, bounced(number))
    counter.cashier = "周九"
    counter.answer(batch, bounced(number))
    counter.correct(number, OTHER_ACCOUNT)
    with pytest.raises(PxtuiError, match=ANOTHER_LOOKS):
        counter.prepare(number)


@pytest.mark.parametrize("first", ["by hand", "by a file"])
def test_a_colleague_who_has_the_banks_file_confirms_it_by_that(counter: PayDesk, tmp_path: Path, first: str) -> None:
    number, batch = handed_over(counter, tmp_path)
    enter = counter.answer_one if first == "by hand" else counter.answer
    enter(batch, bounced(number))
    counter.cashier = "李四"
    counter.answer(batch, bounced(number))
    counter.cashier = CASHIER
    counter.correct(number, OTHER_ACCOUNT)
    assert counter.prepare(number)


def test_a_colleague_confirmed_it_before_duties_were_apart(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    batch = counter.at_the_bank(tmp_path, number)
    counter.answer_one(batch, bounced(number))
    counter.clerk = "李四"
    counter.answer(batch, bounced(number))
    counter.clerk = "张三"
    counter.set_duties_apart()
    counter.correct(number, OTHER_ACCOUNT)
    assert counter.prepare(number)


def test_true_answer_of_the_bank_contradicted_by_a_file_of_his_own(counter: PayDesk, tmp_path: Path) -> None:
    with counter.register.writing(counter.acting) as context:
        members.add(context, "周九", Role.CASHIER)
    number, batch = handed_over(counter, tmp_path)
    counter.cashier = "周九"
    counter.answer(batch, paid(number))
    counter.cashier = CASHIER
    counter.answer(batch, bounced(number))
    with pytest.raises(PxtuiError, match=rf"后来的结果由{CASHIER}.*登记，须由另一人认定"):
        counter.resolve(number, is_paid=False, by=CASHIER)
    assert counter.stage(number) is Stage.PAID
    assert counter.resolve(number, is_paid=True, by="王五") is Stage.PAID


def test_bounced_by_a_file_of_his_own_while_the_second_list_waits(counter: PayDesk, tmp_path: Path) -> None:
    """Duties are set apart when the second payment is signed already."""
    number = counter.cleared()
    counter.answer(counter.at_the_bank(tmp_path, number), bounced(number))
    counter.correct(number, OTHER_ACCOUNT)
    second = counter.signed(number)
    counter.set_duties_apart()
    with pytest.raises(PxtuiError, match=ANOTHER_LOOKS):
        counter.hand_over(second, tmp_path)
    counter.confirm_bounce(number, by="李四")
    counter.hand_over(second, tmp_path)
