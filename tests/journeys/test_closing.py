"""However a terminal is closed: the program ends within seconds, and the row in hand is there at the next start."""

import os
import select
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.endurance import kept_draft
from tests.support.rosters import office_with_roster
from tests.support.terminal import Terminal
from tests.support.terminal_counter import COMMAND, counter

LONGEST_END = 5.0
"""Seconds."""
PROGRAM = shlex.join(COMMAND)
MAKE = ("make", "--silent", "--file", "Makefile.run")
SCRIPT = ("sh", "-c", f"{PROGRAM}; true")
SCRIPT_THAT_KEEPS_THE_HANG_UP = ("sh", "-c", f"trap '' HUP; {PROGRAM}; true")
INTERACTIVE_SHELL = ("bash", "-c", f"set -m; sh -c {shlex.quote(PROGRAM + '; true')}; cat")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register with one case whose roster is empty, and a makefile that opens it as ours does."""
    (tmp_path / "Makefile.run").write_text(f"run:\n\t@exec {PROGRAM}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return office_with_roster(tmp_path, [])


def key_half_a_row(terminal: Terminal) -> None:
    """A name and half a number stand in the roster."""
    terminal.wait_for("录入1")
    terminal.key("enter")
    terminal.wait_for("身份证号")
    terminal.type("李四")
    terminal.key("enter")
    terminal.type("5104021980")
    terminal.wait_for("李四 5104021980")


def assert_ended(processes: list[int]) -> None:
    """Everyone of these has gone, or goes in time."""
    end = time.monotonic() + LONGEST_END
    for process in processes:
        gone, _, _ = select.select([process], [], [], max(0, end - time.monotonic()))
        if not gone:
            signal.pidfd_send_signal(process, signal.SIGKILL)
        os.close(process)
        assert gone


def assert_row_is_kept(office: Path) -> None:
    """The unfinished row stands in the draft to its last key."""
    draft = kept_draft(office) or {}
    assert draft["in_hand"]["values"] == {"name": "李四", "id_number": "5104021980"}


def test_a_program_that_never_hears_of_the_hang_up_sees_the_end_of_its_terminal(office: Path) -> None:
    with counter(office, is_led=True) as terminal:
        key_half_a_row(terminal)
        processes = terminal.processes()
        terminal.hang_up()
        assert_ended(processes)
        assert terminal.exit_code() == 129
    assert_row_is_kept(office)
    with counter(office) as terminal:
        terminal.wait_for("已恢复上次没有存下的一行")
        terminal.wait_for("李四 5104021980")


@pytest.mark.parametrize("command", [MAKE, SCRIPT_THAT_KEEPS_THE_HANG_UP], ids=["make", "script"])
def test_a_closed_window_leaves_nothing_running(command: tuple[str, ...], office: Path) -> None:
    with counter(office, command=command, warm=False) as terminal:
        key_half_a_row(terminal)
        processes = terminal.processes()
        assert len(processes) > 1
        terminal.hang_up()
        assert_ended(processes)
    assert_row_is_kept(office)


def test_a_shell_that_is_killed_leaves_nothing_running(office: Path) -> None:
    with counter(office, command=SCRIPT, warm=False) as terminal:
        key_half_a_row(terminal)
        processes = terminal.processes()
        terminal.signal(signal.SIGKILL)
        assert_ended(processes)
    assert_row_is_kept(office)


READER_AT_WORK = """
import subprocess, sys
from screens.terminal.setup import save_on_hangup
child = subprocess.Popen(["sleep", "60"])
save_on_hangup(lambda: sys.stdout.write("kept"))
print(child.pid, flush=True)
child.wait()
"""


@pytest.mark.parametrize("end", [signal.SIGHUP, signal.SIGTERM])
def test_a_child_that_reads_a_workbook_ends_with_the_program_though_the_terminal_is_gone(end: signal.Signals) -> None:
    control, terminal = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", READER_AT_WORK], stdin=terminal, stderr=terminal, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        child = os.pidfd_open(int(program.stdout.readline()))
        os.close(terminal)
        os.close(control)
        program.send_signal(end)
        assert_ended([child])
        assert program.wait() == 128 + end


def test_a_killed_shell_whose_terminal_goes_to_another_one_leaves_nothing_running(office: Path) -> None:
    with counter(office, command=INTERACTIVE_SHELL, warm=False) as terminal:
        key_half_a_row(terminal)
        _, *processes = terminal.processes()
        signal.pidfd_send_signal(processes[0], signal.SIGKILL)
        assert_ended(processes)
        terminal.type("还在")
        terminal.wait_for("还在")
    assert_row_is_kept(office)
