"""What stands open before an approval: warnings, steps back, and a check that comes out otherwise than the last one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import Decision
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.check import setbacks, standing
from pxtui.casework.check.standing import Standing
from pxtui.casework.decision import class_changes
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filed_twice
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.people import past_trainings
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Delivery, Level, PastTraining
from tests.support.counter import Counter
from tests.support.pay_desk import PayDesk, bounced, paid
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> PayDesk:
    return PayDesk(register)


def standing_open(counter: Counter, number: str) -> Standing:
    with counter.register.reading(counter.acting) as context:
        return standing.standing(context, number)


def train_elsewhere(counter: Counter) -> None:
    """It turns out that the first of the people learns something at the time of the class."""
    day = date(2020, 3, 25)
    elsewhere = PastTraining(
        made_up_people(1)[0].id_number, "车工", Level.FIVE, day, day, Delivery.OFFLINE, subsidised=True, paid=True
    )
    with counter.register.writing(counter.acting) as context:
        past_trainings.insert_missing(context, [elsewhere], source="补录")


def second_checked(counter: Counter) -> str:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK, Action.SECOND_CHECK)
    return number


def test_an_application_under_review_says_its_warnings_and_why_it_came_back(counter: PayDesk) -> None:
    first, *others = made_up_people(3)
    number = counter.file([replace(first, phone="123"), *others])
    assert standing_open(counter, number) == Standing()
    counter.do(number, Action.SUBMIT)
    found = standing_open(counter, number)
    assert (found.steps_back, found.notes) == ((), ())
    (warning,) = found.points
    assert warning.startswith("第1号：")
    counter.do(number, Action.RETURN, opinion="合同不全。")
    sentences = ("2020-03-16 张三退回补正：合同不全。", "自2020-03-16 退回补正以来：没有变化。")
    assert standing_open(counter, number) == Standing(sentences)
    counter.do(number, Action.SUBMIT)
    assert standing_open(counter, number) == Standing(sentences, (), (sentences[0], warning))


def test_the_warning_of_a_row_that_falls_out_is_not_answered(counter: PayDesk) -> None:
    first, *others = made_up_people(3)
    number = counter.file([replace(first, phone="123"), *others])
    counter.do(number, Action.SUBMIT)
    train_elsewhere(counter)
    assert standing_open(counter, number).points == ()


def test_where_a_year_has_no_calendar_the_steps_back_are_said_and_no_warning(counter: PayDesk) -> None:
    number = counter.claimed()
    counter.do(number, Action.RETURN, opinion="发票不清")
    counter.do(number, Action.SUBMIT)
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.starts_on, case.ends_on = date(2031, 3, 3), date(2031, 3, 14)
        case.claim_received_on = date(2032, 4, 1)
        context.session.add(case)
    found = standing_open(counter, number)
    assert (found.steps_back, found.points) == (("2020-04-03 张三退回补正：发票不清。",), ())


def test_a_pre_review_that_goes_back_to_the_desk_is_no_step_back(counter: PayDesk) -> None:
    number = counter.file()
    counter.do(number, Action.PRE_REVIEW)
    counter.do(number, Action.RETURN, opinion="缺第3页")
    counter.do(number, Action.PRE_REVIEW, Action.AWAIT_PAPER, Action.SUBMIT)
    assert standing_open(counter, number) == Standing()


def test_what_held_the_money_up_is_settled_when_it_has_arrived(counter: PayDesk, tmp_path: Path) -> None:
    counter.hire_colleagues()
    counter.grant()
    number = counter.cleared()
    counter.answer(counter.at_the_bank(tmp_path, number), bounced(number))
    assert standing_open(counter, number).steps_back[0] == "2020-04-09 张三退票：账号有误。"
    counter.correct(number, "6217000000000666")
    batch = counter.at_the_bank(tmp_path, number)
    assert len(standing_open(counter, number).steps_back) == 2
    counter.answer(batch, paid(number))
    assert standing_open(counter, number) == Standing()
    with counter.register.reading(counter.acting) as context:
        assert setbacks.setbacks(context, find(context, number)) == ()


def test_what_comes_out_otherwise_than_at_the_second_check_is_not_approved(counter: PayDesk) -> None:
    number = second_checked(counter)
    train_elsewhere(counter)
    with pytest.raises(
        PxtuiError, match=r"复核以后审查结果有变：符合人数由3人变为2人（第1号）；.*请先退回复核（recheck）"
    ):
        counter.do(number, Action.APPROVE)
    assert counter.stage(number) is Stage.SECOND_CHECKED


def test_what_comes_out_as_at_the_second_check_is_approved(counter: PayDesk) -> None:
    assert counter.do(second_checked(counter), Action.APPROVE) is Stage.OPENED


def test_a_second_check_whose_record_is_damaged_keeps_nobody_from_deciding(counter: PayDesk) -> None:
    number = second_checked(counter)
    train_elsewhere(counter)
    with counter.register.writing(counter.acting) as context:
        for decision in context.session.exec(select(Decision)):
            decision.facts = decision.facts[:-1]
            context.session.add(decision)
    assert counter.do(number, Action.APPROVE) is Stage.OPENED


def test_a_second_check_of_which_nothing_was_kept_keeps_nobody_from_deciding(counter: PayDesk) -> None:
    number = counter.file()
    with counter.register.writing(counter.acting) as context:
        find(context, number).stage = Stage.SECOND_CHECKED
    assert counter.do(number, Action.APPROVE) is Stage.OPENED


def test_since_a_change_of_the_class_nothing_has_changed_but_what_came_later(counter: PayDesk) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    with counter.register.writing(counter.acting) as context:
        class_changes.change(context, number, ClassChange(leaving=frozenset({2})), "企业申请")
        assert check_frozen.since_last(context, number) == ("自2020-03-16 变更以来：没有变化。",)
    train_elsewhere(counter)
    with counter.register.reading(counter.acting) as context:
        assert check_frozen.since_last(context, number) == (
            "自2020-03-16 变更以来：其他培训记录有改动；符合人数由2人变为1人（第1号）；审查新增：第1号。",
        )


def test_a_class_of_the_same_title_on_the_same_days_is_the_same_class(counter: PayDesk) -> None:
    first, second = counter.file(), counter.file(made_up_people(3, 20), occupation="电工")
    with counter.register.writing(counter.acting) as context:
        for number, title in ((first, "焊接 入门"), (second, "焊接入门")):
            filing = opening_filing.filing(context, number)
            opening_filing.amend(context, number, replace(filing, course_title=title))
    with counter.register.reading(counter.acting) as context:
        assert filed_twice.note_of(context, first) == ""
        assert filed_twice.note_of(context, second) == (
            f"同一单位、同一培训、同一起止日期的申请已登记为{first}；请核实是否重复申报。"
        )


@pytest.mark.parametrize("action", [Action.WITHDRAW, Action.REFUSE])
def test_what_was_taken_back_or_refused_may_be_filed_again(counter: PayDesk, action: Action) -> None:
    first = counter.file()
    counter.do(first, Action.SUBMIT, action, opinion="材料不实")
    again = counter.file(made_up_people(3, 20))
    with counter.register.reading(counter.acting) as context:
        assert filed_twice.note_of(context, again) == ""
