"""The desk offers to file an application only to whom it may be."""

import pytest

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import members
from tests.support.counter import Counter
from tests.support.pages import at, seen


@pytest.fixture
def office(register: Register) -> Counter:
    """Somebody for each role, duties apart."""
    counter = Counter(register)
    counter.hire_colleagues()
    with register.writing(counter.acting) as context:
        members.add(context, "钱七", Role.CASHIER)
        office_settings.change(context, duties_apart=True)
    return counter


@pytest.mark.parametrize("name", ["钱七", "李四", "王五", "赵六"])
def test_a_key_that_is_not_for_the_role_is_not_offered_and_says_whose_it_is(office: Counter, name: str) -> None:
    assert "Ins新收件" not in seen(office.register, at(office, name), "desk")[-1]
    message, bar = seen(office.register, at(office, name), "desk", "insert")[-2:]
    assert "立案由受理员办理，您的岗位是" in message
    assert "F3查找" in bar


def test_who_may_is_offered_it(office: Counter) -> None:
    assert "Ins新收件" in seen(office.register, office, "desk")[-1]
    assert "开班申请" in "\n".join(seen(office.register, office, "desk", "insert")[:5])
