"""Money that is said to have come back: nothing is free again before another person has seen the bank's word on it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import Staff
from pxtui.casework.desk import queues
from pxtui.casework.desk.waiting_changes import Waiting, WhatWaits
from pxtui.casework.desk.waiting_order import by_waiting
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.payment import page as payment_page
from pxtui.casework.payment import recovery
from pxtui.casework.payment.page import Entry, Next
from pxtui.casework.payment.recovery import Reclaim
from pxtui.errors import PxtuiError
from tests.support.counter import FEE_FEN
from tests.support.pay_desk import CLAIM_FEN, NAME, PayDesk, paid
from tests.support.rosters import made_up_people


@pytest.fixture
def number(counter: PayDesk, tmp_path: Path) -> str:
    """A claim of which all is ordered back, and approved."""
    return ordered_back(counter, tmp_path)


def ordered_back(counter: PayDesk, folder: Path) -> str:
    number = counter.cleared()
    counter.answer(counter.at_the_bank(folder, number), paid(number))
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, CLAIM_FEN, "抽查发现未实际培训")
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        recovery.approve(context, number)
    return number


def state(counter: PayDesk, number: str, reference: str = "TH1", fen: int | None = None) -> Reclaim:
    with counter.register.writing(counter.acting) as context:
        return recovery.settle(context, number, counter.day, reference, fen)


def confirm(counter: PayDesk, number: str, by: str = "李四", evidence: str = "对账单0409") -> Reclaim:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        return recovery.confirm_return(context, number, evidence)


def strike(counter: PayDesk, number: str, by: str = "张三", reason: str = "流水号写错") -> Reclaim:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        return recovery.strike_return(context, number, reason)


def drop(counter: PayDesk, number: str, by: str = "张三") -> Reclaim:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        return recovery.drop(context, number, "查无此事")


def entries(counter: PayDesk, number: str) -> Sequence[Entry]:
    with counter.register.reading(counter.acting) as context:
        return payment_page.desk(context, number).entries


def test_the_places_of_the_year_and_the_money_are_free_when_another_has_seen_it(counter: PayDesk, number: str) -> None:
    later = counter.file(made_up_people(2), date(2020, 5, 6), "电工")
    reclaim = state(counter, number)
    assert (reclaim.state, reclaim.is_open, reclaim.returned_on) == ("退款待核", True, None)
    assert counter.stage(number) is Stage.RECOVERING
    assert counter.source.recovered_fen == 0
    assert len(counter.trainings_elsewhere(later)) == 2
    assert confirm(counter, number).state == "已到账"
    assert counter.stage(number) is Stage.RECOVERED
    assert counter.source.recovered_fen == CLAIM_FEN
    assert counter.trainings_elsewhere(later) == ()


def test_whoever_entered_it_does_not_confirm_it_and_says_what_was_seen(counter: PayDesk, number: str) -> None:
    with pytest.raises(PxtuiError, match=f"{number}没有待确认的退款到账"):
        confirm(counter, number)
    state(counter, number)
    with pytest.raises(PxtuiError, match="退款到账由张三登记，须由另一人核对后确认"):
        confirm(counter, number, by="张三")
    with pytest.raises(PxtuiError, match="请写明核对了什么，如银行对账单"):
        confirm(counter, number, evidence=" ")
    assert counter.stage(number) is Stage.RECOVERING
    confirm(counter, number)
    with pytest.raises(PxtuiError, match="没有正在办理的追回"):
        confirm(counter, number)
    assert counter.source.recovered_fen == CLAIM_FEN


def test_in_an_office_of_one_clerk_it_waits_for_a_second_one(counter: PayDesk, number: str) -> None:
    with counter.register.writing(counter.acting) as context:
        for person in context.session.exec(select(Staff).where(Staff.name != "张三")):
            person.active = False
            context.session.add(person)
    state(counter, number)
    with pytest.raises(PxtuiError, match="须由另一人核对后确认"):
        confirm(counter, number, by="张三")
    assert "现在没有别人：请按F10、0、1增加人员" in entries(counter, number)[0].sentences[-1]


def test_what_comes_bit_by_bit_is_confirmed_bit_by_bit(counter: PayDesk, number: str) -> None:
    state(counter, number, fen=FEE_FEN - 1)
    assert counter.source.recovered_fen == 0
    with pytest.raises(PxtuiError, match=r"退款到账499\.99元（TH1）由张三登记，还没有另一人确认"):
        state(counter, number, "TH2")
    assert confirm(counter, number).amount_fen == FEE_FEN - 1
    assert (counter.stage(number), counter.source.recovered_fen) == (Stage.RECOVERING, FEE_FEN - 1)
    with pytest.raises(PxtuiError, match=r"责令退回的是500\.01元，不能登记到账500\.02元"):
        state(counter, number, "TH2", FEE_FEN + 2)
    state(counter, number, "TH2")
    confirm(counter, number)
    assert (counter.stage(number), counter.source.recovered_fen) == (Stage.RECOVERED, CLAIM_FEN)


@pytest.mark.parametrize("again", ["TH1", "ＴＨ１ "])
def test_one_transfer_is_not_settled_twice(counter: PayDesk, number: str, again: str) -> None:
    state(counter, number, fen=FEE_FEN)
    confirm(counter, number)
    with pytest.raises(PxtuiError, match=r"流水号TH1已登记2020-04-09到账500\.00元，同一笔退款不登记两次"):
        state(counter, number, again)
    assert counter.source.recovered_fen == FEE_FEN


def test_what_was_entered_wrongly_is_struck_out_and_entered_anew(counter: PayDesk, number: str) -> None:
    with pytest.raises(PxtuiError, match="没有待确认的退款到账"):
        strike(counter, number)
    state(counter, number, "TH9", FEE_FEN)
    with pytest.raises(PxtuiError, match="须写明理由"):
        strike(counter, number, reason=" ")
    assert strike(counter, number, by="李四", reason="对账单里没有").state == "待到账"
    with pytest.raises(PxtuiError, match="没有待确认的退款到账"):
        confirm(counter, number)
    state(counter, number)
    confirm(counter, number)
    assert counter.source.recovered_fen == CLAIM_FEN


def test_what_is_said_to_be_back_is_not_given_up(counter: PayDesk, number: str) -> None:
    drop(counter, number)
    state(counter, number)
    with pytest.raises(PxtuiError, match="还没有另一人确认"):
        drop(counter, number, by="王五")
    strike(counter, number)
    assert drop(counter, number, by="王五").state == "已撤销"


def test_the_page_tells_the_second_person_what_to_look_at_one_key_away(counter: PayDesk, number: str) -> None:
    state(counter, number, fen=FEE_FEN)
    assert entries(counter, number)[0] == Entry(
        *(number, NAME, "退款待核", FEE_FEN, Next.CONFIRM_RETURN),
        (
            "2020-04-09 张三登记：2020-04-09到账500.00元（责令退回1000.00元，其余500.00元未退），流水号TH1。"
            "确认以前资金和人员的次数都不变。",
            "由张三以外的一人核对银行的凭证后按Enter确认，登记错了的按Del删去。",
        ),
        can_be_taken_back=True,
        signers=("李四", "王五", "赵六"),
    )


def test_one_transfer_for_two_cases_is_told_to_whoever_confirms(counter: PayDesk, number: str, tmp_path: Path) -> None:
    counter.comes_back(number)
    second = ordered_back(counter, tmp_path)
    state(counter, second)
    assert f"流水号TH1已用于{number}，请核对是否同一笔。" in entries(counter, second)[0].sentences
    confirm(counter, second)
    assert counter.stage(second) is Stage.RECOVERED


def test_the_desk_puts_it_first_for_whoever_may_confirm_it(counter: PayDesk, number: str) -> None:
    draft = counter.file(made_up_people(1, 90))
    counter.do(draft, Action.SUBMIT)
    assert listed(counter, "李四") == ([draft, number], {})
    state(counter, number)
    assert listed(counter, "李四") == ([number, draft], {number: Waiting(WhatWaits.RETURN, is_for_acting=True)})
    assert listed(counter, "张三") == ([draft, number], {number: Waiting(WhatWaits.RETURN, is_for_acting=False)})
    assert (WhatWaits.RETURN.state, WhatWaits.RETURN.awaited) == ("退款待核", "另一人")
    assert (WhatWaits.CHANGE.state, WhatWaits.CHANGE.awaited) == ("变更待批", "负责人")
    with counter.register.reading(counter.acting) as context:
        assert [queue for queue in queues.queues(context) if queue.is_of_changes] == []
    confirm(counter, number)
    assert listed(counter, "李四")[1] == {}


def listed(counter: PayDesk, by: str) -> tuple[list[str], object]:
    with counter.register.reading(replace(counter.acting, name=by)) as context:
        found = by_waiting(context)
        return [case.number for case in found.cases], found.waiting


def test_the_log_tells_who_said_it_and_who_saw_it(counter: PayDesk, number: str) -> None:
    state(counter, number)
    confirm(counter, number)
    with counter.register.reading(counter.acting) as context:
        log = [(line.staff_name, line.summary) for line in queues.journal_of(context, number)]
    assert ("张三", "登记退款到账，由另一人确认后生效：1000.00元") in log
    assert ("李四", "确认退款到账：1000.00元") in log
