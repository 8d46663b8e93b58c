"""A list that follows the register: the cursor stays at its row, and what is typed stays."""

from collections.abc import Callable

import pytest
from textual._context import active_app

from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.payment import funds
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.staff import members
from screens.frame.register_screen import RegisterScreen
from tests.support.pages import at, seen
from tests.support.pay_desk import FUND, PayDesk


@pytest.fixture
def clerk(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


def stored(clerk: PayDesk, function: Callable[..., object], *arguments: object) -> Callable[[], None]:
    """A colleague stores something, and the screen on top hears of it."""

    def store() -> None:
        with clerk.register.writing(at(clerk, "李四").acting) as context:
            function(context, *arguments)
        screen = active_app.get().screen
        assert isinstance(screen, RegisterScreen)
        screen.follow_register()

    return store


def test_the_cursor_stays_at_its_row_where_another_comes_in_above(clerk: PayDesk) -> None:
    sooner = stored(clerk, funds.put, "AA2020", "就业资金", 100_000)
    lines = seen(clerk.register, clerk, "funds", sooner, "f2")
    assert "更正资金来源ZX2020" in lines[3]


def test_a_question_stands_with_what_is_typed_into_it(clerk: PayDesk) -> None:
    number, other = clerk.cleared(), clerk.cleared()
    sooner = stored(clerk, payment_orders.prepare, FUND, [other])
    lines = seen(clerk.register, clerk, ("payment", number), "f2", "=AB", sooner)
    assert "资金来源的代码（如ZX2020）：AB" in lines[-2]
    assert any("编制" in line or "待签发" in line for line in lines)


def test_the_cursor_goes_along_with_a_case_that_a_colleague_put_into_a_batch(clerk: PayDesk) -> None:
    number, other = clerk.cleared(), clerk.cleared()
    sooner = stored(clerk, payment_orders.prepare, FUND, [number])
    page = "\n".join(seen(clerk.register, clerk, ("payment", number), sooner))
    assert page.index(other) < page.index("待签发") < page.index("在BF2020-DQ-001里")


def test_a_page_of_the_office_shows_a_colleague_s_change(clerk: PayDesk) -> None:
    lines = seen(clerk.register, clerk, "staff", stored(clerk, members.add, "孙八", Role.CLERK))
    assert any(line.strip().startswith("孙八") for line in lines)
