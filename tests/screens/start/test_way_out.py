"""Where Esc leads from the pages that ask for a password: out of the program, and the key bar says so."""

from dataclasses import replace

import pytest

from pxtui.casework.office.register import Register
from pxtui.password_pages import PasswordPages
from screens.start.sign_in import Asked
from tests.conftest import NOW
from tests.support.counter import Counter
from tests.support.pages import seen


def pages(register: Register) -> dict[str, Asked]:
    made = PasswordPages(
        register,
        lambda: NOW,
        take=lambda name, told: None,
        leave=lambda: None,
        set_next=lambda asked: None,
    )
    return {
        "signing in": made.sign_in(None, is_first=False),
        "locked": made.lock("张三", True, lambda: None),
        "own password": replace(made.change("张三", lambda: None, wants_old=True), ends_the_program=False),
    }


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize(("what", "way_out"), [("signing in", "退出"), ("locked", "退出"), ("own password", "返回")])
def test_the_bar_says_where_esc_leads(register: Register, what: str, way_out: str, size: tuple[int, int]) -> None:
    columns, rows = size
    lines = seen(register, Counter(register), ("sign_in", pages(register)[what]), columns=columns, rows=rows)
    assert lines[-1].endswith(f"Esc{way_out}")
    assert ("张三" in "".join(lines)) is (what != "locked")
