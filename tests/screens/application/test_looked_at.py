"""A form that is only looked at offers no key that would change it."""

import pytest

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from tests.support.counter import ANSWER, Counter
from tests.support.pages import seen


@pytest.mark.parametrize(("is_decided", "is_offered"), [(False, True), (True, False)])
def test_a_decided_application_is_not_offered_to_be_keyed(
    register: Register, *, is_decided: bool, is_offered: bool
) -> None:
    counter = Counter(register)
    number = counter.file()
    if is_decided:
        counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    bar = seen(register, counter, ("intake", number))[-1]
    assert ("F2改" in bar) is is_offered
    assert ("F11" in bar) is is_offered
    assert "Esc返回" in bar
