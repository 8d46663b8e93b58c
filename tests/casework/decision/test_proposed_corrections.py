"""Where duties are apart, a correction that may decide money waits until another person who may approve sees it."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.check import standing
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.decision import corrections
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.staff import changes
from pxtui.errors import PxtuiError
from tests.casework.decision.test_corrections import (
    CODE,
    OTHER_CODE,
    RIGHT_NAME,
    correct,
    granted,
    page,
    values,
    voucher_day,
)
from tests.support.counter import AFTER_THE_CLASS, ANSWER, Counter
from tests.support.pay_desk import NAME, PayDesk


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """A counter with a clerk, a reviewer, a head and an administrator."""
    made = PayDesk(register)
    made.hire_colleagues()
    return made


@pytest.fixture
def number(counter: PayDesk) -> str:
    """An approved class of three people, 20 March to 2 April."""
    filed = counter.file()
    counter.do(filed, Action.SUBMIT, Action.APPROVE)
    return filed


def approve(counter: Counter, number: str, by: str = "王五") -> None:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        corrections.approve(context, number)


def set_duties_apart(counter: Counter) -> None:
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)


def test_what_may_decide_money_waits_for_another_person_who_may_approve(counter: PayDesk) -> None:
    number = granted(counter)
    set_duties_apart(counter)
    assert not correct(counter, number, "voucher-day:1", "2020-04-01")
    assert voucher_day(counter, number) == AFTER_THE_CLASS
    waiting = page(counter, number).waiting
    assert waiting is not None
    with counter.register.reading(counter.acting) as context:
        assert "有更正等待负责人批准，在审批页按F2查看。" in standing.standing(context, number).notes
    assert waiting.sentence.endswith("由“2020-04-03”改为“2020-04-01”（与营业执照核对）")
    with pytest.raises(PxtuiError, match="负责人"):
        approve(counter, number, by="李四")
    approve(counter, number)
    assert voucher_day(counter, number) == date(2020, 4, 1)
    (told,) = page(counter, number).earlier
    assert (told.staff_name, told.approved_by) == ("张三", "王五")


def test_nobody_approves_a_correction_of_his_own(counter: PayDesk) -> None:
    number = granted(counter)
    set_duties_apart(counter)
    correct(counter, number, "credit-code", OTHER_CODE, by="王五")
    with pytest.raises(PxtuiError, match="此项更正由王五提出，须由另一人批准"):
        approve(counter, number)


def join_the_duties(counter: PayDesk) -> None:
    with counter.register.writing(replace(counter.acting, name="赵六")) as context:
        changes.change_settings(context, duties_apart=False)
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        changes.confirm(context, changes.waiting(context)[0].id)


def test_an_address_waits_for_nobody(counter: PayDesk, number: str) -> None:
    set_duties_apart(counter)
    assert correct(counter, number, "address", "东区1号")


def test_what_waits_is_judged_again_when_it_is_approved(counter: PayDesk, number: str) -> None:
    set_duties_apart(counter)
    correct(counter, number, "applicant-name", RIGHT_NAME)
    join_the_duties(counter)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number)
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    assert "审查结果不同" in page(counter, number).why_waiting_fails
    with pytest.raises(PxtuiError, match="审查结果不同，没有更正"):
        approve(counter, number)
    assert values(counter, number)["applicant-name"] == NAME


def test_one_correction_waits_at_a_time_and_is_dropped_with_a_reason(counter: PayDesk, number: str) -> None:
    set_duties_apart(counter)
    correct(counter, number, "credit-code", OTHER_CODE)
    with pytest.raises(PxtuiError, match="张三于2020-03-16提出的更正还没有批准"):
        correct(counter, number, "applicant-name", RIGHT_NAME)
    with counter.register.writing(counter.acting) as context:
        with pytest.raises(PxtuiError, match="撤销更正须写明理由"):
            corrections.drop(context, number, "")
        corrections.drop(context, number, "录错了")
    assert page(counter, number).waiting is None
    assert page(counter, number).earlier == ()
    assert values(counter, number)["credit-code"] == CODE
    with pytest.raises(PxtuiError, match="没有等待批准的更正"):
        approve(counter, number)


def test_what_was_proposed_for_a_stage_that_is_over_cannot_be_approved(counter: PayDesk) -> None:
    number = granted(counter)
    set_duties_apart(counter)
    correct(counter, number, "voucher-day:1", "2020-04-01")
    counter.do(number, Action.REOPEN, opinion="有举报", by="王五")
    assert page(counter, number).why_waiting_fails == "补贴还在审查，请先退回，在凭证页改。"
    with pytest.raises(PxtuiError, match="补贴还在审查"):
        approve(counter, number)
    assert voucher_day(counter, number) == AFTER_THE_CLASS


def test_what_was_changed_since_it_was_proposed_is_proposed_anew(counter: PayDesk) -> None:
    number = granted(counter)
    set_duties_apart(counter)
    correct(counter, number, "voucher-day:1", "2020-04-01")
    join_the_duties(counter)
    counter.do(number, Action.REOPEN, Action.RETURN, opinion="凭证重录")
    with counter.register.writing(counter.acting) as context:
        (voucher,) = claim_filing.vouchers_of(context, number)
        claim_filing.replace_vouchers(context, number, [replace(voucher, issued_on=date(2020, 4, 2))])
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    with pytest.raises(PxtuiError, match="在提出更正以后又改过，请撤销后重新提出"):
        approve(counter, number)
    assert voucher_day(counter, number) == date(2020, 4, 2)
