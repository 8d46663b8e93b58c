"""An objection is shown with who raised it, what was found, and who decided; its texts lie sealed."""

from dataclasses import replace

import pytest

from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.register import Register
from pxtui.casework.publicity import objections, publishing
from pxtui.casework.publicity.objections import ObjectionShown
from tests.support.counter import AFTER_THE_CLASS
from tests.support.pay_desk import PayDesk

FIRST = ObjectionShown(AFTER_THE_CLASS, "张三", "刘敏", "13800000009", "名单有误", "", "", None, "")


@pytest.fixture
def counter(register: Register) -> PayDesk:
    return PayDesk(register)


@pytest.fixture
def number(counter: PayDesk) -> str:
    """A published claim to which somebody objects."""
    claim = counter.file()
    counter.granted(claim)
    with counter.register.writing(counter.acting) as context:
        publishing.publish(context, [claim], counter.day)
        objections.receive(context, claim, " 名单有误 ", objector=" 刘敏 ", contact=" 13800000009 ")
    return claim


def shown(counter: PayDesk, number: str) -> list[ObjectionShown]:
    with counter.register.reading(counter.acting) as context:
        return objections.objections_to(context, number)


def test_an_objection_is_shown_as_it_was_received(counter: PayDesk, number: str) -> None:
    assert shown(counter, number) == [FIRST]


def test_a_dismissed_objection_stands_behind_the_newer_one_that_was_upheld(counter: PayDesk, number: str) -> None:
    reviewer = replace(counter.acting, name="李四")
    with counter.register.writing(reviewer) as context:
        assert objections.decide(context, number, " 名单无误 ", upheld=False) is Stage.PUBLISHED
    with counter.register.writing(counter.acting) as context:
        objections.receive(context, number, "第2号没有参训")
    with counter.register.writing(reviewer) as context:
        assert objections.decide(context, number, "查实", upheld=True) is Stage.CLAIM_RECEIVED
    assert shown(counter, number) == [
        ObjectionShown(counter.day, "张三", "", "", "第2号没有参训", "成立", "查实", counter.day, "李四"),
        replace(FIRST, outcome="不成立", finding="名单无误", decided_on=counter.day, decided_by="李四"),
    ]
