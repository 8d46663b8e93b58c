"""By when a case is due: the office's promise counts from the hand-in that is being judged, not from an older one."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.casework.calendar import due
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.publicity import objections, publishing
from tests.conftest import ACTING
from tests.support.counter import AFTER_THE_CLASS
from tests.support.pay_desk import PayDesk

MONDAY = date(2020, 3, 16)
WEDNESDAY = date(2020, 3, 18)


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """An office that promises openings in two working days and claims in three, and gives one for corrections."""
    made = PayDesk(register)
    made.hire_colleagues()
    with register.writing(made.acting) as context:
        office_settings.change(context, opening_days=2, claim_days=3, correction_days=1)
    return made


def due_on(counter: PayDesk, number: str) -> date | None:
    with counter.register.reading(counter.acting) as context:
        return due.due_on(context, find(context, number), office_settings.settings(context))


def corrected(counter: PayDesk, number: str, on: date) -> None:
    """Handed in, returned, and handed in again on a day."""
    counter.do(number, Action.SUBMIT)
    counter.do(number, Action.RETURN, opinion="合同不全")
    counter.day = on
    counter.do(number, Action.SUBMIT)


def test_an_opening_is_due_from_its_receipt_and_a_corrected_one_from_its_hand_in(counter: PayDesk) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT)
    assert due_on(counter, number) == date(2020, 3, 18)
    counter.do(number, Action.RETURN, opinion="合同不全")
    counter.day = WEDNESDAY
    assert due_on(counter, number) == date(2020, 3, 17)
    counter.do(number, Action.SUBMIT)
    assert due_on(counter, number) == date(2020, 3, 20)


def test_a_claim_whose_opening_was_corrected_is_due_from_its_own_receipt(counter: PayDesk) -> None:
    number = counter.file()
    corrected(counter, number, WEDNESDAY)
    counter.do(number, Action.APPROVE, opinion="已补齐")
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number)
    counter.day = date(2020, 4, 7)
    counter.do(number, Action.SUBMIT)
    assert due_on(counter, number) == date(2020, 4, 9)  # three after Friday, 3 April; Monday is 清明


def test_a_corrected_claim_is_due_from_its_second_hand_in(counter: PayDesk) -> None:
    number = counter.claimed()
    counter.do(number, Action.RETURN, opinion="发票不清")
    counter.day = date(2020, 4, 13)
    counter.do(number, Action.SUBMIT)
    assert due_on(counter, number) == date(2020, 4, 16)


def test_a_granted_claim_that_is_reviewed_anew_is_due_from_that_day(counter: PayDesk) -> None:
    number = counter.claimed()
    counter.do(number, Action.APPROVE)
    counter.day = date(2020, 4, 13)
    assert counter.do(number, Action.REOPEN, opinion="名单有误") is Stage.CLAIM_RECEIVED
    assert due_on(counter, number) == date(2020, 4, 16)


def test_a_claim_that_an_objection_brings_back_is_due_from_the_finding(counter: PayDesk) -> None:
    number = counter.claimed()
    counter.do(number, Action.APPROVE)
    with counter.register.writing(counter.acting) as context:
        publishing.publish(context, [number], counter.day)
        objections.receive(context, number, "有人没有参加培训")
    assert due_on(counter, number) is None
    counter.day = date(2020, 4, 13)
    with counter.register.writing(counter.acting) as context:
        objections.decide(context, number, "查实", upheld=True)
    assert due_on(counter, number) == date(2020, 4, 16)


def test_a_claim_whose_objection_is_dismissed_waits_for_the_end_of_its_publication_alone(counter: PayDesk) -> None:
    number = counter.claimed()
    counter.do(number, Action.APPROVE)
    with counter.register.writing(counter.acting) as context:
        publishing.publish(context, [number], counter.day)
        objections.receive(context, number, "有人没有参加培训")
        objections.decide(context, number, "查无此事", upheld=False)
        assert find(context, number).resubmitted_on is None
    assert due_on(counter, number) is None


def test_the_day_of_a_notice_is_gone_with_the_hand_in_that_answers_it(counter: PayDesk) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT)
    counter.do(number, Action.RETURN, opinion="合同不全")
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.correction_until = date(2020, 3, 31)
        context.session.add(case)
    assert due_on(counter, number) == date(2020, 3, 31)
    counter.do(number, Action.SUBMIT)
    counter.do(number, Action.RETURN, opinion="仍不全")
    assert due_on(counter, number) == date(2020, 3, 17)


def test_the_claim_is_waited_for_from_the_opening_until_it_is_handed_in(counter: PayDesk) -> None:
    number = counter.file()
    assert due_on(counter, number) is None
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    opened = due_on(counter, number)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    assert opened is not None
    assert opened > AFTER_THE_CLASS
    assert due_on(counter, number) == opened


def test_where_a_year_has_no_calendar_yet_nothing_is_promised(counter: PayDesk) -> None:
    number = counter.file()
    counter.day = date(2031, 3, 3)
    with counter.register.writing(counter.acting) as context:
        filed = opening_filing.filing(context, number)
        opening_filing.amend(context, number, replace(filed, received_on=counter.day))
    counter.do(number, Action.SUBMIT)
    assert due_on(counter, number) is None


def test_the_last_day_of_a_claim_is_not_guessed_where_its_year_has_no_calendar(counter: PayDesk) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.ends_on = date(2029, 3, 18)
        context.session.add(case)
    assert due_on(counter, number) is None


def test_a_day_that_is_not_known_has_none_after_it(register: Register) -> None:
    with register.reading(ACTING) as context:
        assert due.working_days_later(context, None, 3) is None
        assert due.working_days_later(context, MONDAY, 1) == date(2020, 3, 17)


def test_the_list_names_whom_each_step_waits_for(counter: PayDesk) -> None:
    number = counter.file()
    waited_for = [due.waited_for(counter.stage(number))]
    for action in (Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK, Action.SECOND_CHECK, Action.APPROVE):
        counter.do(number, action)
        waited_for.append(due.waited_for(counter.stage(number)))
    assert waited_for == ["受理员", "受理员", "初审人", "复核人", "负责人", "企业"]
    later = (Stage.PRE_REVIEW, Stage.AWAITING_PAPER, Stage.RETURNED, Stage.CLAIM_RECEIVED, Stage.CLAIM_APPROVED)
    assert [due.waited_for(stage) for stage in later] == ["受理员", "企业", "企业", "受理员", "公示人"]
    money = (Stage.PUBLISHED, Stage.OBJECTED, Stage.CLEARED, Stage.TO_PAY, Stage.BOUNCED, Stage.RECOVERING)
    assert [due.waited_for(stage) for stage in money] == ["公众", "核查人", "拨付人", "银行", "企业", "企业"]
