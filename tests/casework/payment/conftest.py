"""The counter of most tests about payments, and a claim at it."""

import pytest

from pxtui.casework.office.register import Register
from tests.support.pay_desk import PayDesk


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """A counter with colleagues and a grant."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


@pytest.fixture
def number(counter: PayDesk) -> str:
    """A claim that may be paid."""
    return counter.cleared()
