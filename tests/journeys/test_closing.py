"""However a terminal is closed: the program ends within seconds, and the row in hand is there at the next start."""

import contextlib
import getpass
import os
import select
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import on_server
from tests.support.endurance import kept_draft
from tests.support.rosters import office_with_roster
from tests.support.terminal import Terminal, descendants
from tests.support.terminal_counter import COMMAND, counter

LONGEST_END = 5.0
"""Seconds."""
PROGRAM = shlex.join(COMMAND)
ROOT = Path(__file__).parents[2]
MAKE = ("make", "--silent", "--directory", str(ROOT), "--old-file", "env", "run")
"""As README.md says, but for the environment, which stands."""
SCRIPT = ("sh", "-c", f"{PROGRAM}; true")
SCRIPT_THAT_KEEPS_THE_HANG_UP = ("sh", "-c", f"trap '' HUP; {PROGRAM}; true")
INTERACTIVE_SHELL = ("bash", "-c", f"set -m; sh -c {shlex.quote(PROGRAM + '; true')}; cat")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register with one case whose roster is empty."""
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


@pytest.mark.skipif(not (ROOT / ".venv/bin/pxtui").exists(), reason="the environment of make run is not there")
def test_a_window_closed_under_make_run_leaves_nothing_running(office: Path) -> None:
    with counter(office, command=MAKE, warm=False) as terminal:
        key_half_a_row(terminal)
        processes = terminal.processes()
        terminal.hang_up()
        assert_ended(processes)
    assert_row_is_kept(office)
    with counter(office) as terminal:
        terminal.wait_for("已恢复上次没有存下的一行")


def test_a_window_closed_under_a_script_leaves_nothing_running(office: Path) -> None:
    with counter(office, command=SCRIPT_THAT_KEEPS_THE_HANG_UP, warm=False) as terminal:
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


def in_the_office(office: Path, *, program: str = f"{PROGRAM}; true") -> str:
    """The program over the register in a folder, as a line of a shell that has no environment of ours."""
    settings = {
        "HOME": office,
        "PXTUI_HOME": office / "data",
        **on_server.environment_of(office / "data"),
        "PXTUI_TODAY": "2020-03-16",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "LANG": "C.UTF-8",
    }
    return " ".join(f"export {name}={shlex.quote(str(value))};" for name, value in settings.items()) + program


def processes_of(office: Path) -> list[int]:
    """A descriptor for whatever runs under a command that names that folder; the program itself shows nobody more."""
    found: set[int] = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str(office / "data").encode() in (process / "cmdline").read_bytes():
                found.update(descendants(int(process.name)))
    return [os.pidfd_open(pid) for pid in sorted(found)]


@pytest.mark.skipif(shutil.which("tmux") is None, reason="no tmux on this machine")
def test_a_tmux_that_is_killed_leaves_nothing_running(office: Path) -> None:
    tmux = ("tmux", "-f", "/dev/null", "-S", str(office / "tmux"))
    with counter(office, command=(*tmux, "new-session", in_the_office(office)), warm=False) as terminal:
        key_half_a_row(terminal)
        processes = processes_of(office)
        assert processes
        subprocess.run((*tmux, "kill-server"), check=True)
        assert_ended(processes)
    assert_row_is_kept(office)


SSHD = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")


@contextlib.contextmanager
def listening_sshd(folder: Path) -> Iterator[tuple[str, ...]]:
    """A server on a port of this machine alone; the client's command that logs in to it."""
    assert SSHD is not None
    for name in ("host", "client"):
        subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name), check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "Port": port,
        "ListenAddress": "127.0.0.1",
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "client.pub",
        "StrictModes": "no",
        "UsePAM": "no",
        "PidFile": "none",
        "PermitRootLogin": "yes",
    }
    options = [f"-o{name}={value}" for name, value in settings.items()]
    client = ("ssh", "-tt", "-p", str(port), "-i", str(folder / "client"), "-F", "none")
    trust = ("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR")
    with subprocess.Popen((SSHD, "-D", "-e", "-f", "/dev/null", *options), stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            if "listening" not in (said := server.stderr.readline()):
                pytest.skip(f"sshd does not start here: {said}")
            yield (*client, *trust, f"{getpass.getuser()}@127.0.0.1")
        finally:
            server.terminate()


@pytest.mark.skipif(SSHD is None or shutil.which("ssh") is None, reason="no sshd on this machine")
def test_a_dropped_ssh_connection_leaves_nothing_running(office: Path) -> None:
    with (
        listening_sshd(office) as client,
        counter(office, command=(*client, in_the_office(office)), warm=False) as terminal,
    ):
        key_half_a_row(terminal)
        processes = processes_of(office)
        # The client is one of them, and is gone without a word to the server.
        assert len(processes) > 1
        terminal.signal(signal.SIGKILL)
        assert_ended(processes)
    assert_row_is_kept(office)
