"""Who decides second is told who was sooner and when; nothing is done twice, and nothing is decided on unseen."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from sqlmodel import col, func, select

from db.models import Act, JournalEntry
from pxtui.casework.calendar import lifting
from pxtui.casework.decision import advance, class_changes
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office import versions
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.publicity import publishing
from pxtui.casework.staff import changes, members
from pxtui.errors import PxtuiError
from tests.support.counter import ANSWER, PROOF
from tests.support.pages import at
from tests.support.pay_desk import PayDesk
from tests.support.people import id_of

Do = Callable[[Context], object]
FIRST, SECOND = "王五", "李四"


@pytest.fixture
def clerk(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    return made


def submitted(clerk: PayDesk) -> str:
    number = clerk.file()
    clerk.do(number, Action.SUBMIT)
    return number


def approving(clerk: PayDesk) -> Do:
    return partial(advance.advance, number=submitted(clerk), action=Action.APPROVE, opinion=ANSWER)


def refusing(clerk: PayDesk) -> Do:
    return partial(advance.advance, number=submitted(clerk), action=Action.REFUSE, opinion="不符")


def withdrawing(clerk: PayDesk) -> Do:
    return partial(advance.advance, number=submitted(clerk), action=Action.WITHDRAW, opinion="企业撤回")


def publishing_it(clerk: PayDesk) -> Do:
    number = clerk.file()
    clerk.granted(number)
    return partial(publishing.publish, numbers=[number], published_on=clerk.day)


def clearing(clerk: PayDesk) -> Do:
    number = clerk.file()
    clerk.granted(number)
    with clerk.register.writing(clerk.acting) as context:
        batch = publishing.publish(context, [number], clerk.day)
        publishing.note_page(context, batch.number, "https://example.org/1", PROOF)
    clerk.day = batch.days.payable_from
    return partial(publishing.clear, number=batch.number)


def preparing(clerk: PayDesk) -> Do:
    clerk.grant()
    return partial(payment_orders.prepare, fund_code="ZX2020", numbers=[clerk.cleared()])


def signing(clerk: PayDesk) -> Do:
    clerk.grant()
    return partial(payment_orders.sign, number=clerk.prepare(clerk.cleared()))


def lifting_it(clerk: PayDesk) -> Do:
    clerk.day = date(2020, 4, 3)
    with clerk.register.writing(clerk.acting) as context:
        lifting.announce(context, date(2020, 4, 1), "川府发〔2020〕3号")
    return lifting.sign


def changing(clerk: PayDesk) -> Do:
    number = submitted(clerk)
    clerk.do(number, Action.APPROVE, opinion=ANSWER)
    set_apart(clerk)
    wanted = ClassChange(date(2020, 3, 20), date(2020, 4, 10), "中国职业培训在线")
    with clerk.register.writing(clerk.acting) as context:
        class_changes.change(context, number, wanted, "延期", ANSWER)
    return partial(class_changes.drop, number=number, reason="不用了")


def set_apart(clerk: PayDesk) -> None:
    with clerk.register.writing(clerk.acting) as context:
        for place, name in enumerate(members.names(context)):
            changes.identify(context, name, id_of(place))
        members.assign(context, SECOND, Role.HEAD)
        office_settings.change(context, duties_apart=True)


def confirming(clerk: PayDesk) -> Do:
    set_apart(clerk)
    with clerk.register.writing(at(clerk, "赵六").acting) as context:
        changes.assign(context, "张三", Role.REVIEWER)
        (waits,) = changes.waiting(context)
    return partial(changes.confirm, change_id=waits.id)


DECISIONS = (
    approving,
    refusing,
    withdrawing,
    publishing_it,
    clearing,
    preparing,
    signing,
    lifting_it,
    changing,
    confirming,
)


@pytest.mark.parametrize("begin", DECISIONS)
def test_the_second_is_told_in_a_sentence_who_was_sooner_and_nothing_is_done_twice(
    clerk: PayDesk, begin: Callable[[PayDesk], Do]
) -> None:
    act = begin(clerk)
    with clerk.register.reading(clerk.acting) as context:
        since = versions.newest(context)
    with clerk.register.writing(at(clerk, FIRST).acting) as context:
        act(context)
    done = entries(clerk)
    with pytest.raises(PxtuiError) as refused, clerk.register.writing(at(clerk, SECOND).acting) as context:
        versions.attempt(context, since, about(act), act)
    assert FIRST in refused.value.sentence
    assert f"{clerk.day}" in refused.value.sentence
    assert entries(clerk) == done


def about(act: Do) -> str:
    """The case or batch that a screen names."""
    named = act.keywords if isinstance(act, partial) else {}
    return str(named.get("number") or next(iter(named.get("numbers", ())), ""))


def entries(clerk: PayDesk) -> int:
    with clerk.register.reading(clerk.acting) as context:
        done = select(func.count()).where(col(JournalEntry.action) != Act.ACT_REFUSED)
        return context.session.exec(done.select_from(JournalEntry)).one()
