"""Who has proposed something is told at once whom it waits for, and not asked to confirm it."""

from dataclasses import replace

import pytest

from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import changes, members
from tests.support.counter import Counter
from tests.support.pages import at, seen
from tests.support.people import id_of


@pytest.fixture
def office(register: Register) -> Counter:
    counter = Counter(register)
    counter.hire_colleagues()
    with register.writing(counter.acting) as context:
        for place, name in enumerate(members.names(context)):
            changes.identify(context, name, id_of(place))
        changes.change_settings(context, duties_apart=True)
    with register.writing(replace(counter.acting, name="赵六")) as context:
        changes.assign(context, "张三", Role.REVIEWER)
    return counter


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [("赵六", False), ("王五", True)],
)
def test_a_change_of_the_staff_asks_only_who_may_confirm(office: Counter, name: str, *, is_asked: bool) -> None:
    message = seen(office.register, at(office, name), "staff_changes", "enter")[-2]
    assert ("Enter确认" in message) is is_asked
    assert ("等提出人和本人以外的一名" in message) is not is_asked
