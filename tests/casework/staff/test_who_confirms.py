"""Who may confirm a change of the staff is asked by person: nobody is a second one under another name."""

from dataclasses import replace

import pytest

from db.models import Role
from pxtui.casework.office.register import Register
from pxtui.casework.staff import changes, members
from pxtui.errors import NotAllowed
from tests.support.counter import Counter
from tests.support.people import id_of

ADMINISTRATOR, HEAD, SECOND_NAME, OTHER = "赵六", "王五", "赵六二", "钱七"


@pytest.fixture
def office(register: Register) -> Counter:
    """Duties are apart; the administrator signs in under two names, and there is another administrator."""
    counter = Counter(register)
    counter.hire_colleagues()
    with register.writing(counter.acting) as context:
        members.add(context, SECOND_NAME, Role.ADMINISTRATOR)
        members.add(context, OTHER, Role.ADMINISTRATOR)
        for place, name in enumerate(members.names(context)):
            changes.identify(context, name, id_of(3 if name == SECOND_NAME else place))
        changes.change_settings(context, duties_apart=True)
    return counter


def proposed(office: Counter, about: str) -> None:
    with office.register.writing(replace(office.acting, name=ADMINISTRATOR)) as context:
        changes.assign(context, about, Role.REVIEWER)


def may_confirm(office: Counter, name: str) -> tuple[bool, str]:
    """Whether the list offers it to somebody, and what the desk says to the same person."""
    with office.register.reading(replace(office.acting, name=name)) as context:
        (change,) = changes.waiting(context)
        return change.is_for_acting, changes.notice(context)


def confirmed(office: Counter, name: str) -> str:
    with office.register.writing(replace(office.acting, name=name)) as context:
        (change,) = changes.waiting(context)
        return changes.confirm(context, change.id)


def test_who_proposes_under_one_name_is_offered_nothing_under_the_other(office: Counter) -> None:
    proposed(office, "张三")
    assert may_confirm(office, ADMINISTRATOR) == (False, "")
    assert may_confirm(office, SECOND_NAME) == (False, "")
    with pytest.raises(NotAllowed, match="须由另一人确认"):
        confirmed(office, SECOND_NAME)
    assert may_confirm(office, HEAD)[0]
    assert "1项" in may_confirm(office, OTHER)[1]


def test_nobody_confirms_what_is_about_herself_under_another_name(office: Counter) -> None:
    with office.register.writing(replace(office.acting, name=OTHER)) as context:
        changes.assign(context, SECOND_NAME, Role.REVIEWER)
    assert may_confirm(office, ADMINISTRATOR) == (False, "")
    with pytest.raises(NotAllowed, match="您本人的改动"):
        confirmed(office, ADMINISTRATOR)
    assert may_confirm(office, HEAD)[0]


def test_an_id_number_that_is_her_own_is_not_confirmed_by_her(office: Counter) -> None:
    with office.register.writing(replace(office.acting, name=OTHER)) as context:
        changes.identify(context, "李四", id_of(3))
    assert may_confirm(office, ADMINISTRATOR) == (False, "")
    assert may_confirm(office, HEAD)[0]
