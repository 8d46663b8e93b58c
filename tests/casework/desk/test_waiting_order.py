"""The desk begins with what waits for whoever sits at it, and ends with what was withdrawn."""

from dataclasses import replace

import pytest

from pxtui.casework.desk.waiting_order import by_waiting
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.publicity import publishing
from tests.support.counter import ANSWER, PROOF
from tests.support.pay_desk import PayDesk
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
