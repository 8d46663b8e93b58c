"""A program that is forked for a journey is the one that a clerk starts: the same desk, the same ends."""

import signal
from pathlib import Path

import pytest

from tests.support.rosters import made_up_people, office_with_roster
from tests.support.terminal import Terminal
from tests.support.terminal_counter import COMMAND, counter


def seen_at_the_desk(terminal: Terminal) -> str:
    """The desk, once its data are there."""
    terminal.wait_for("录入1")
    terminal.settle()
    return terminal.screen_text()


@pytest.mark.parametrize("end", [None, signal.SIGHUP, signal.SIGKILL])
def test_a_forked_program_stands_and_ends_as_one_that_was_started(end: signal.Signals | None, tmp_path: Path) -> None:
    office = office_with_roster(tmp_path, made_up_people(3))
    seen = []
    for warm in (False, True):
        with counter(office, day="2020-03-17", columns=100, warm=warm) as terminal:
            desk = seen_at_the_desk(terminal)
            if end is None:
                terminal.key("ctrl+q")
            else:
                terminal.signal(end)
            seen.append((desk, terminal.exit_code()))
    assert seen[0] == seen[1]


def test_a_forked_command_prints_what_a_started_one_prints(tmp_path: Path) -> None:
    office = office_with_roster(tmp_path, made_up_people(3))
    printed = []
    for warm in (False, True):
        with counter(office, columns=120, command=(*COMMAND, "case", "show", "2020-DQ-0009"), warm=warm) as terminal:
            printed.append((terminal.exit_code(), bytes(terminal.raw)))
    assert printed[0] == printed[1]
    assert printed[0][0] != 0
