"""A register is made in one act: whatever ends `init`, the next one makes it or finds it whole."""

import random
from pathlib import Path

import pytest

from pxtui.casework.office.register import open_register
from pxtui.home import Home
from tests.conftest import NOW
from tests.support.ended_command import Ended, run, steps_of

INIT = ("init", "--office", "dongqu", "--name", "张三", "--practice")
IN_THE_GATE = 2


def assert_made_next_time(data: Path) -> None:
    """The same command again: the register is there, and nothing else in its folders."""
    home = Home(data)
    key_of_before = home.key.read_bytes() if home.register.exists() else None
    again = run(data, *INIT)
    if key_of_before is None:
        assert "已建立" in again.said
    else:
        assert "里已有台账" in again.said
        assert home.key.read_bytes() == key_of_before
    register = open_register(home, NOW)
    assert register.seated(None, NOW).name == "张三"
    register.close()
    assert list(home.register.parent.iterdir()) == [home.register]
    assert list(home.key.parent.iterdir()) == [home.key]


def killed_before(step: int, data: Path) -> Ended:
    """An `init` that kills itself."""
    return run(data, *INIT, before_step=step)


@pytest.mark.terminal
def test_an_init_that_is_killed_hinders_no_second_one(tmp_path: Path) -> None:
    last = steps_of(killed_before(-1, tmp_path / "counted"))
    assert last > 100
    # The last ones are where the register comes to its place.
    middle = random.Random(2020).sample(range(last - 12), IN_THE_GATE)
    for step in (*middle, *range(last - 12, last, 3)):
        assert killed_before(step, tmp_path / str(step)).code == -9
        assert_made_next_time(tmp_path / str(step))


@pytest.mark.terminal
@pytest.mark.long
def test_an_init_that_is_killed_at_any_step_hinders_no_second_one(tmp_path: Path) -> None:
    step = 0
    while killed_before(step, tmp_path / str(step)).code == -9:
        assert_made_next_time(tmp_path / str(step))
        step += 1
    assert step > 100
