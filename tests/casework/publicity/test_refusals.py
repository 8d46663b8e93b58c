"""What cannot be published, objected to or decided: one sentence each, and nothing has changed."""

from datetime import date

import pytest
from sqlmodel import select

from db.models import Objection
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.register import Register
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.publicity import objections, publishing
from pxtui.errors import PxtuiError
from tests.support.pay_desk import THE_BEGINNING, PayDesk
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    return made


def granted(counter: PayDesk) -> str:
    counter.day = THE_BEGINNING
    number = counter.file(made_up_people(2, counter.people))
    counter.people += 2
    counter.granted(number)
    return number


def publish(counter: PayDesk, *numbers: str) -> str:
    with counter.register.writing(counter.acting) as context:
        return publishing.publish(context, numbers, counter.day).number


def objected(counter: PayDesk, number: str, statement: str = "有人没有参加培训", objector: str = "") -> None:
    with counter.register.writing(counter.acting) as context:
        objections.receive(context, number, statement, objector=objector)


def test_nothing_chosen_is_nothing_published(counter: PayDesk) -> None:
    with pytest.raises(PxtuiError, match="请先选定要公示的案件"):
        publish(counter)


def test_each_office_publishes_what_it_reviewed(counter: PayDesk) -> None:
    first, second = granted(counter), granted(counter)
    with counter.register.writing(counter.acting) as context:
        case = find(context, second)
        case.office_code = "xiqu"
        context.session.add(case)
    with pytest.raises(PxtuiError, match="一个批次只列同一部门的案件"):
        publish(counter, first, second)
    assert counter.stage(first) is Stage.CLAIM_APPROVED


def test_a_claim_that_is_named_twice_is_published_once(counter: PayDesk) -> None:
    number = granted(counter)
    batch = publish(counter, number, number)
    with counter.register.reading(counter.acting) as context:
        assert len(publicity_batches.look_up(context, batch).items) == 1


def test_how_long_it_would_be_published_is_told_beforehand(counter: PayDesk) -> None:
    number = granted(counter)
    with counter.register.reading(counter.acting) as context:
        assert publishing.outlook(context, [number], date(2020, 4, 24)) == (
            "04-24 周五 工作日，公示当日不计",
            "04-25 周六 周末，不计",
            "04-26 周日 调休上班，第1个工作日",
            "04-27 周一 工作日，第2个工作日，公示期满",
            "04-28 周二 工作日，可以拨付",
        )


def test_without_the_address_of_its_page_a_publication_is_not_ended(counter: PayDesk) -> None:
    batch = publish(counter, granted(counter))
    counter.day = date(2020, 4, 9)
    with (
        pytest.raises(PxtuiError, match=f"{batch}还没有登记公示网址"),
        counter.register.writing(counter.acting) as context,
    ):
        publishing.clear(context, batch)


def test_an_objection_says_something(counter: PayDesk) -> None:
    number = granted(counter)
    publish(counter, number)
    with pytest.raises(PxtuiError, match="请写明异议的内容"):
        objected(counter, number, " ")
    assert counter.stage(number) is Stage.PUBLISHED


def test_what_is_not_published_is_not_objected_to(counter: PayDesk) -> None:
    number = granted(counter)
    with pytest.raises(PxtuiError, match="不能受理异议"):
        objected(counter, number)


def test_a_publication_that_is_nowhere_in_the_register_is_told(counter: PayDesk) -> None:
    number = granted(counter)
    publish(counter, number)
    with counter.register.writing(counter.acting) as context:
        publicity_batches.take_out(context, find(context, number))
    with pytest.raises(PxtuiError, match=f"{number}不在公示批次里"):
        objected(counter, number)


def test_an_objection_that_is_nowhere_in_the_register_is_not_decided(counter: PayDesk) -> None:
    number = granted(counter)
    publish(counter, number)
    objected(counter, number)
    with counter.register.writing(counter.acting) as context:
        context.session.delete(context.session.exec(select(Objection)).one())
    with pytest.raises(PxtuiError, match="没有待核查的异议"), counter.register.writing(counter.acting) as context:
        objections.decide(context, number, "查实", upheld=True)
    assert counter.stage(number) is Stage.OBJECTED


def test_all_that_was_objected_is_told_the_newest_first(counter: PayDesk) -> None:
    first, other = granted(counter), granted(counter)
    publish(counter, first, other)
    objected(counter, first, objector="孙先生")
    with counter.register.writing(counter.acting) as context:
        objections.decide(context, first, "查无此事", upheld=False)
    objected(counter, first, objector="吴女士")
    objected(counter, other, objector="郑先生")
    with counter.register.reading(counter.acting) as context:
        told = objections.objections_to(context, first)
    assert [(objection.objector, objection.outcome, objection.finding, objection.decided_by) for objection in told] == [
        ("吴女士", "", "", ""),
        ("孙先生", "不成立", "查无此事", "张三"),
    ]
    assert (told[0].decided_on, told[1].decided_on) == (None, counter.day)
