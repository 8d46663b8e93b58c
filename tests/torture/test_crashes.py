"""A function of the program that fails: the clerk gets a number, the log the place, and nobody's data is in either."""

import random
from pathlib import Path

import pytest

from tests.torture.acts import ACTS, Act
from tests.torture.crashes import crash_command, crash_sheet

COMMANDS, SESSIONS = 65, 220
"""With the twelve acts a thousand."""


@pytest.mark.terminal
@pytest.mark.long
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_whatever_function_of_a_command_fails_nobody_s_data_is_shown(act: Act, tmp_path: Path) -> None:
    told = crash_command(act, COMMANDS, random.Random(act.name), tmp_path)
    assert told.faults == []
    assert told.numbers > COMMANDS // 4


@pytest.mark.terminal
@pytest.mark.long
def test_whatever_function_of_the_desk_fails_nobody_s_data_is_left_on_the_terminal(tmp_path: Path) -> None:
    told = crash_sheet(SESSIONS, random.Random(2020), tmp_path)
    assert told.faults == []
    assert told.numbers > SESSIONS // 4
