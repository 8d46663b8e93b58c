"""A session that the resident parent forks is the program that its client would have started, and ends as that does."""

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pxtui.errors import Refused
from pxtui.serving import parent
from tests.support.endurance import kept_draft
from tests.support.resident import PROGRAM, Resident, attached, resident
from tests.support.rosters import office_with_roster
from tests.support.terminal import Terminal

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows these calls")]
SECONDS = 5.0


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resident]:
    """A parent with the whole program."""
    with resident(tmp_path_factory.mktemp("resident") / "run") as started:
        yield started


@pytest.fixture
def light(tmp_path: Path) -> Iterator[Resident]:
    """A parent that has only probes to fork, and may be ended."""
    with resident(tmp_path / "run", is_light=True) as started:
        yield started


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register of one case whose roster is empty."""
    return office_with_roster(tmp_path / "office", [])


def assert_ended(processes: list[int]) -> None:
    """Each of these, given by its descriptor, ends in time."""
    for process in processes:
        ready, _, _ = select.select([process], [], [], SECONDS)
        os.close(process)
        assert ready


def leave(terminal: Terminal, code: int = 0) -> int:
    """End a probe; the exit code that its client has."""
    terminal.type(f"{code}\r")
    return terminal.exit_code()


def by_itself(folder: Path, *command: str) -> str:
    """What a client says that finds no parent, or is refused by it, and runs the command."""
    with Terminal(attached(folder, *command)) as terminal:
        assert terminal.exit_code() == 0
        return terminal.screen_text().strip()


def test_a_session_is_what_the_program_would_be(full: Resident, tmp_path: Path) -> None:
    given = {"PXTUI_HOME": "/nowhere", "TERM": "vt100", "SSH_USER_AUTH": "/a b", "FOO": "1\n2", "TZ": "Asia/Tokyo"}
    with full.probe(tmp_path / "told", given) as (terminal, told):
        assert leave(terminal, 7) == 7
    found = told["process"]
    assert found["session"] == found["group"] == found["foreground"] == found["pid"]
    usual = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8"}
    assert found["environment"] == usual | given
    assert found["folder"] == os.getcwd()
    assert found["words"][:3] == ["pxtui", "desk", "--served"]
    assert found["umask"] == "0077"
    assert found["memory's owner"] == 0
    assert found["standard"] == [True, True, True, "utf-8"]
    assert (found["threads"], found["hang-up"]) == (1, True)
    # The terminal three times, and the line to the client: nothing of the parent, nothing of another session.
    assert [place.split(":")[0].rstrip("0123456789") for place in found["open"]] == ["/dev/pts/"] * 3 + ["socket"]


def test_the_parent_has_one_thread_and_nothing_of_a_register_open(full: Resident, office: Path) -> None:
    process = Path(f"/proc/{full.process.pid}")
    with full.desk(office) as terminal:
        terminal.wait_for("录入1")
        assert len(list((process / "task").iterdir())) == 1
        # Behind the three that it was given: its lock, sockets, the pipe that wakes it, and descriptors of processes.
        opened = {os.readlink(name).split(":")[0] for name in (process / "fd").iterdir() if int(name.name) > 2}
        assert opened - {"anon_inode", "pidfd"} == {str(full.folder / parent.LOCK), "socket", "pipe"}


def test_no_two_sessions_draw_the_same(light: Resident, tmp_path: Path) -> None:
    with light.probe(tmp_path / "first") as (_, first), light.probe(tmp_path / "second") as (_, second):
        assert {name for name, drawn in first["random"].items() if second["random"][name] == drawn} == set()


def test_a_clerk_works_in_a_window_of_any_size_and_a_dropped_line_keeps_the_draft(full: Resident, office: Path) -> None:
    with full.desk(office) as terminal:
        terminal.wait_for("录入1")
        terminal.resize(100, 30)
        terminal.wait_until(lambda: terminal.line(29) != "", "the keys on the last line")
        terminal.key("enter")
        terminal.wait_for("身份证号")
        terminal.type("李四")
        terminal.key("enter")
        terminal.type("5104021980")
        terminal.wait_for("李四 5104021980")
        processes = [os.pidfd_open(pid) for pid in (*full.sessions, terminal.process_id)]
        terminal.hang_up()
        assert_ended(processes)
    assert (kept_draft(office) or {})["in_hand"]["values"]["id_number"] == "5104021980"


def test_a_session_ends_with_its_client_and_by_itself_and_no_other_does(light: Resident, tmp_path: Path) -> None:
    with light.probe(tmp_path / "first") as (other, _):
        (neighbour,) = light.sessions
        with light.probe(tmp_path / "second") as (terminal, _):
            processes = [os.pidfd_open(pid) for pid in light.sessions if pid != neighbour]
            terminal.signal(signal.SIGKILL)
            assert_ended(processes)
        with light.probe(tmp_path / "third") as (terminal, told):
            os.kill(told["process"]["pid"], signal.SIGSEGV)
            assert terminal.exit_code() == 128 + signal.SIGSEGV
        assert light.sessions == [neighbour]
        assert leave(other) == 0


def test_an_upgrade_or_the_parent_s_end_throws_nobody_out(light: Resident, tmp_path: Path) -> None:
    with light.probe(tmp_path / "first") as (first, _), light.probe(tmp_path / "second") as (second, _):
        light.process.send_signal(signal.SIGHUP)
        light.until_ready()
        # The same process, so that the end of a session of before is still told.
        assert leave(first, 5) == 5
        with light.probe(tmp_path / "third") as (terminal, _):
            assert leave(terminal, 6) == 6
        light.process.kill()
        light.process.wait()
        assert by_itself(light.folder, "/bin/echo", "by itself") == "by itself"
        # Nobody is there who would know the code.
        assert leave(second, 4) == 255


def test_who_calls_after_an_upgrade_has_the_new_program(light: Resident, tmp_path: Path) -> None:
    with light.probe(tmp_path / "first") as (first, _):
        light.folder.with_suffix(".installed").touch()
        with light.probe(tmp_path / "second") as (second, _):
            light.until_ready()
            assert (leave(first, 1), leave(second, 2)) == (1, 2)


def test_whoever_asks_for_more_than_the_desk_or_hands_over_no_terminal_gets_no_session(light: Resident) -> None:
    assert by_itself(light.folder, "/bin/echo", *PROGRAM[1:], "staff", "list") == "-I -m pxtui staff list"
    assert by_itself(light.folder, "/bin/echo", "by itself") == "by itself"
    piped = subprocess.run(
        attached(light.folder, "/bin/echo", "by itself"), input="", capture_output=True, text=True, check=True
    )
    assert piped.stdout == "by itself\n"
    for spoilt in (b"", b"\0", b"/\0x\0", b"\0".join((b"/", b"5", *map(os.fsencode, PROGRAM), b"desk"))):
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as line:
            line.connect(str(light.folder / parent.SOCKET))
            line.send(spoilt)
            assert line.recv(100) == b"wait"
            assert line.recv(100) in (b"", b"2")


@pytest.mark.long
def test_a_parent_that_is_stuck_is_not_waited_for(light: Resident) -> None:
    light.process.send_signal(signal.SIGSTOP)
    assert by_itself(light.folder, "/bin/echo", "by itself") == "by itself"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")
def test_another_account_that_came_as_far_as_the_socket_gets_no_session(light: Resident) -> None:
    light.folder.chmod(0o755)
    (light.folder / parent.SOCKET).chmod(0o777)
    stranger = "import os, socket; os.setuid(65534); s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)"
    waits = f"s.connect('{parent.SOCKET}'); print(s.recv(100))"
    done = subprocess.run(
        [sys.executable, "-c", f"{stranger}; {waits}"], cwd=light.folder, capture_output=True, text=True, check=True
    )
    assert done.stdout == "b''\n"
    assert light.sessions == []


def test_a_folder_that_others_enter_or_another_parent_serves_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with pytest.raises(Refused, match="chmod 700"):
        parent._only_one(tmp_path)
    tmp_path.chmod(0o700)
    lock = parent._only_one(tmp_path)
    with pytest.raises(Refused, match="已有一个常驻进程"):
        parent._only_one(tmp_path)
    os.close(lock)
