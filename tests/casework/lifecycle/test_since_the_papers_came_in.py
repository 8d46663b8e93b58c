"""Where duties are apart, two steps of one hand-in are two people's; what came before it binds nobody."""

from dataclasses import replace

import pytest

from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import members
from pxtui.errors import PxtuiError
from tests.support.counter import AFTER_THE_CLASS, Counter

FIRST_CHECK = (Action.ACCEPT, Action.FIRST_CHECK)


@pytest.fixture
def strict(register: Register) -> Counter:
    """An office that wants its duties apart, with 孙八 as a second clerk."""
    counter = Counter(register)
    counter.hire_colleagues()
    with register.writing(counter.acting) as context:
        members.add(context, "孙八", Role.CLERK)
        office_settings.change(context, duties_apart=True)
    return counter


def become(counter: Counter, name: str, role: Role) -> None:
    """Somebody gets another role, as two have agreed."""
    with counter.register.writing(replace(counter.acting, name="赵六")) as context:
        members.assign(context, name, role, agreed=True)


def test_whoever_checked_before_the_correction_may_check_what_was_corrected(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, *FIRST_CHECK)
    strict.do(number, Action.RETURN, opinion="合同不全", by="李四")
    become(strict, "张三", Role.REVIEWER)
    strict.do(number, Action.SUBMIT, *FIRST_CHECK, by="孙八")
    assert strict.do(number, Action.SECOND_CHECK, by="张三") is Stage.SECOND_CHECKED


def test_whoever_checked_what_was_corrected_may_not_check_it_again(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, *FIRST_CHECK, by="孙八")
    strict.do(number, Action.RETURN, opinion="合同不全", by="李四")
    strict.do(number, Action.SUBMIT, *FIRST_CHECK)
    become(strict, "张三", Role.REVIEWER)
    with pytest.raises(PxtuiError, match="复核通过须由另一人办理"):
        strict.do(number, Action.SECOND_CHECK)


def test_neither_of_the_two_who_checked_decides(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, *FIRST_CHECK)
    strict.do(number, Action.SECOND_CHECK, by="李四")
    for name in ("张三", "李四"):
        become(strict, name, Role.HEAD)
        with pytest.raises(PxtuiError, match="此案前面的一步由您办理，同意须由另一人办理"):
            strict.do(number, Action.APPROVE, by=name)
    assert strict.do(number, Action.APPROVE, by="王五") is Stage.OPENED


def test_whoever_checked_the_opening_may_check_the_claim(strict: Counter) -> None:
    number = strict.file()
    strict.do(number, Action.SUBMIT, *FIRST_CHECK)
    strict.do(number, Action.SECOND_CHECK, by="李四")
    strict.do(number, Action.APPROVE, by="王五")
    strict.day = AFTER_THE_CLASS
    strict.do(number, Action.CLAIM)
    strict.enter_claim(number)
    become(strict, "张三", Role.REVIEWER)
    strict.do(number, Action.SUBMIT, *FIRST_CHECK, by="孙八")
    assert strict.do(number, Action.SECOND_CHECK) is Stage.CLAIM_SECOND_CHECKED


def test_what_others_did_to_another_case_binds_nobody(strict: Counter) -> None:
    other, number = strict.file(), strict.file(occupation="电工")
    strict.do(other, Action.SUBMIT)
    strict.do(number, Action.SUBMIT, by="孙八")
    strict.do(other, *FIRST_CHECK)
    strict.do(number, *FIRST_CHECK, by="孙八")
    become(strict, "张三", Role.REVIEWER)
    assert strict.do(number, Action.SECOND_CHECK) is Stage.SECOND_CHECKED
