"""A reviewer takes somebody off at the screen of the check, and thinks better of it."""

from pathlib import Path

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.office.register import open_register
from pxtui.home import Home
from tests.conftest import ACTING, NOW, empty_register
from tests.support.counter import AFTER_THE_CLASS, Counter
from tests.support.terminal_counter import counter


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register with one claim of three people that waits for its decision."""
    register = empty_register(Home(tmp_path / "data"))
    Counter(register).claimed()
    register.close()
    return tmp_path


def eligible(office: Path) -> tuple[int, ...]:
    register = open_register(Home(office / "data"), NOW)
    with register.reading(ACTING) as context:
        found = eligibility.check(context, "2020-DQ-0001").eligible
    register.close()
    return found


def test_the_row_under_the_cursor_is_taken_off_and_put_back(office: Path) -> None:
    with counter(office, day=str(AFTER_THE_CLASS)) as terminal:
        terminal.wait_for("待审1")
        terminal.key("enter")
        terminal.wait_for("核减0人")
        terminal.key("down", "down", "ctrl+a")
        terminal.wait_for("05 非本企业职工")
        terminal.type("05")
        terminal.key("enter")
        terminal.type("电话核实已离职")
        terminal.key("enter")
        terminal.wait_for("核减1人")
        terminal.wait_for("电话核实已离职")
        assert eligible(office) == (1, 3)
        terminal.key("ctrl+u")
        terminal.wait_for("核减0人")
    assert eligible(office) == (1, 2, 3)
