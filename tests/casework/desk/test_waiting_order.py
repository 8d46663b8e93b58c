"""The desk begins with what waits for whoever sits at it, and ends with what was withdrawn."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.decision import class_changes, corrections
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.desk import notices, queues
from pxtui.casework.desk.waiting_changes import Waiting, WhatWaits
from pxtui.casework.desk.waiting_order import by_waiting
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.publicity import publishing
from pxtui.casework.staff import changes, members
from tests.support.counter import ANSWER, PROOF
from tests.support.pay_desk import CASHIER, PayDesk
from tests.support.people import id_of
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> PayDesk:
    made = PayDesk(register, people=100)
    made.hire_colleagues()
    return made


def order(counter: PayDesk, by: str = "张三", most: int = 200) -> list[str]:
    with counter.register.reading(replace(counter.acting, name=by)) as context:
        return [case.number for case in by_waiting(context, most=most).cases]


def filed(counter: PayDesk, start: int, *actions: Action) -> str:
    number = counter.file(made_up_people(1, start))
    if actions:
        counter.do(number, *actions, opinion=ANSWER)
    return number


def test_what_waits_for_the_office_is_first_and_withdrawn_cases_are_last(counter: PayDesk) -> None:
    waits = filed(counter, 0, Action.SUBMIT)
    running = filed(counter, 1, Action.SUBMIT, Action.APPROVE)
    refused = filed(counter, 2, Action.SUBMIT, Action.REFUSE)
    withdrawn = filed(counter, 3, Action.WITHDRAW)
    draft = filed(counter, 4)
    assert order(counter) == [waits, draft, running, refused, withdrawn]
    assert order(counter, most=2) == [waits, draft]


def test_where_duties_are_apart_a_reviewer_begins_with_what_waits_for_a_reviewer(counter: PayDesk) -> None:
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    checked = filed(counter, 0, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    waits = filed(counter, 1, Action.SUBMIT)
    assert order(counter) == [waits, checked]
    assert order(counter, by="李四") == [checked, waits]


def test_a_notice_that_has_run_out_waits_for_the_office(counter: PayDesk) -> None:
    number = counter.file(made_up_people(2, 0))
    counter.granted(number)
    newer = filed(counter, 10)
    with counter.register.writing(counter.acting) as context:
        batch = publishing.publish(context, [number], counter.day)
        publishing.note_page(context, batch.number, "https://example.org/gs", PROOF)
    assert order(counter) == [newer, number]
    counter.day = batch.days.payable_from
    assert order(counter) == [number, newer]


def test_a_change_of_a_class_is_first_for_whoever_may_approve_it(counter: PayDesk) -> None:
    running, other = (filed(counter, start, Action.SUBMIT, Action.APPROVE) for start in (0, 1))
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    ready = filed(counter, 2, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    counter.do(ready, Action.SECOND_CHECK, by="李四")
    draft = filed(counter, 3)
    with counter.register.writing(counter.acting) as context:
        class_changes.change(context, running, ClassChange(ends_on=date(2020, 4, 9)), "企业申请")
    assert order(counter, by="王五") == [running, ready, draft, other]
    # Nobody else decides on it, and all the same it waits for somebody of the office.
    assert order(counter) == [draft, running, ready, other]
    assert order(counter, by="王五", most=1) == [running]
    with counter.register.reading(counter.acting) as context:
        assert list(by_waiting(context).waiting) == [running]
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        class_changes.approve(context, running)
    assert order(counter, by="王五") == [ready, draft, other, running]


def test_who_proposed_a_change_does_not_wait_for_herself(counter: PayDesk) -> None:
    running = filed(counter, 0, Action.SUBMIT, Action.APPROVE)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        class_changes.change(context, running, ClassChange(ends_on=date(2020, 4, 9)), "企业申请")
        members.add(context.by(replace(counter.acting, name="赵六")), "孙七", Role.HEAD, agreed=True)
    ready = filed(counter, 2, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    counter.do(ready, Action.SECOND_CHECK, by="李四")
    checked = filed(counter, 3, Action.SUBMIT, Action.ACCEPT, Action.FIRST_CHECK)
    assert order(counter, by="孙七") == [running, ready, checked]
    assert order(counter, by="王五") == [ready, running, checked]
    assert order(counter, by="李四") == [checked, running, ready]


def test_a_correction_waits_like_a_change(counter: PayDesk) -> None:
    running = filed(counter, 0, Action.SUBMIT, Action.APPROVE)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    draft = filed(counter, 1)
    with counter.register.writing(counter.acting) as context:
        corrections.correct(context, running, "applicant-name", "攀枝花市恒力机器有限公司", "名称录错")
    assert order(counter, by="王五") == [running, draft]
    assert order(counter) == [draft, running]
    with counter.register.reading(counter.acting) as context:
        assert by_waiting(context).waiting == {running: Waiting(WhatWaits.CORRECTION, is_for_acting=False)}
        (of_changes,) = (queue for queue in queues.queues(context) if queue.is_of_changes)
        assert [case.number for case in queues.of_queue(context, of_changes).cases] == [running]
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        corrections.approve(context, running)
    assert order(counter, by="王五") == [draft, running]


def test_a_cashier_begins_with_what_is_to_be_paid_and_handed_over(counter: PayDesk, tmp_path: Path) -> None:
    counter.grant()
    first, second, third = counter.cleared(), counter.cleared(), counter.cleared()
    counter.set_duties_apart()
    batch = counter.prepare(second)
    draft = filed(counter, 50)
    assert shown(counter, CASHIER) == [(third, ""), (first, ""), (second, "待签发"), (draft, "")]
    assert shown(counter, "王五")[0] == (second, "待签发"), "the head signs"
    counter.sign(batch)
    assert shown(counter, CASHIER)[0] == (second, "待交银行")
    assert dict(shown(counter, "王五"))[second] == "待交银行"
    counter.hand_over(batch, tmp_path)
    assert shown(counter, CASHIER)[-1] == (second, ""), "it lies with the bank"


def shown(counter: PayDesk, by: str) -> list[tuple[str, str]]:
    """The cases of the desk with what each waits for."""
    with counter.register.reading(replace(counter.acting, name=by)) as context:
        found = by_waiting(context)
    waits = {number: waiting.what.state for number, waiting in found.waiting.items()}
    return [(case.number, waits.get(case.number, "")) for case in found.cases]


def test_the_desk_says_what_waits_for_whoever_sits_down(counter: PayDesk) -> None:
    counter.grant()
    batch = counter.prepare(counter.cleared())
    counter.set_duties_apart()
    with counter.register.writing(replace(counter.acting, name="赵六")) as context:
        changes.add(context, "孙八", id_number=id_of(80))
    assert said(counter, "王五") == (
        "有1项人员或设置的改动等您确认：人员一页（F10、0、1）按Ctrl+N。有1个批次待签发：拨付一页（F10、9）。"
    )
    assert said(counter, "赵六") == said(counter, CASHIER) == ""
    counter.sign(batch)
    assert said(counter, CASHIER) == "有1个批次待交银行：拨付一页（F10、9）。"


def said(counter: PayDesk, by: str) -> str:
    with counter.register.reading(replace(counter.acting, name=by)) as context:
        return notices._waiting(context)
