"""What somebody tries who has a key to the desk and wants more: a shell, a file, a line to elsewhere, another name."""

import contextlib
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.support import hostile_environment
from tests.support.machine import LOOSE, PLACE, Machine
from tests.support.terminal import Terminal

NEEDS_A_TERMINAL = "柜台须在终端里打开"
FIXED = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/var/lib/pxtui",
    "LANG": "C.UTF-8",
    "PXTUI_HOME": "/var/lib/pxtui/data",
}
PROOF = "echo OUT-$((6*7)); id"
"""Run by a shell, it says OUT-42."""
PATIENCE = 90
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Way:
    """An attempt, which raises where it comes through."""

    name: str
    attempt: Callable[[Machine, Path], None]


def done(command: Sequence[str], typed: str = "") -> "subprocess.CompletedProcess[str]":
    """Run a client to its end."""
    return subprocess.run(command, input=typed, capture_output=True, text=True, timeout=PATIENCE, check=False)


@contextlib.contextmanager
def desk(machine: Machine, *words: str, key: str = "client", env: dict[str, str] | None = None) -> Iterator[Terminal]:
    """A clerk at the desk, who has come with these words."""
    with Terminal(machine.ssh("-tt", *words, key=key), env=env) as terminal:
        terminal.wait_for("录入1", timeout=PATIENCE)
        yield terminal


def is_at_the_desk(terminal: Terminal) -> None:
    """It takes keys and answers, and the same clerk sits there."""
    terminal.key("f1")
    terminal.wait_for("帮助")
    terminal.key("escape")
    terminal.wait_for("录入1")
    assert "张三" in terminal.line(0)


def only_the_fixed_environment(machine: Machine) -> None:
    """The program has what the wrapper gave it, and the file of sshd."""
    (pid,) = machine.sessions()[-1:]
    environment = machine.environment(pid)
    assert environment.pop("TERM") in ("xterm-256color", "dumb")
    assert environment.pop("SSH_USER_AUTH").startswith("/tmp/sshauth.")  # noqa: S108
    assert environment == FIXED


# Without a terminal.


def command_without_a_terminal(command: str, machine: Machine, _: Path) -> None:
    """The desk says that it needs a terminal; the command is not run."""
    ended = done(machine.ssh("-T", command) if command else machine.ssh("-T"), f"{PROOF}\n")
    assert ended.returncode != 0
    assert NEEDS_A_TERMINAL in ended.stderr
    assert "OUT-42" not in ended.stdout
    assert "uid=" not in ended.stdout
    assert "root:" not in ended.stdout


def sftp(machine: Machine, folder: Path) -> None:
    """No file comes, none goes."""
    (folder / "batch").write_text(f"get /etc/passwd {folder / 'got'}\n")
    ended = done(("sftp", *machine.options(), "-b", str(folder / "batch"), "pxtui@127.0.0.1"))
    assert ended.returncode != 0
    assert not (folder / "got").exists()


def scp(options: Sequence[str], machine: Machine, folder: Path) -> None:
    """No file comes, by the new protocol or the old one."""
    ended = done(("scp", *machine.options(), *options, "pxtui@127.0.0.1:/etc/passwd", str(folder / "got")))
    assert ended.returncode != 0
    assert not (folder / "got").exists()


def scp_to(machine: Machine, folder: Path) -> None:
    """No file goes, not into the inbox either."""
    (folder / "sent").write_text("x")
    ended = done(("scp", *machine.options(), str(folder / "sent"), f"pxtui@127.0.0.1:{PLACE}/inbox/sent"))
    assert ended.returncode != 0
    assert not (machine.inbox / "sent").exists()


def subsystem(machine: Machine, _: Path) -> None:
    """A subsystem is the desk as well."""
    ended = done(machine.ssh("-T", "-s", "sftp"))
    assert ended.returncode != 0


# Forwarding.


@contextlib.contextmanager
def listener() -> Iterator[socket.socket]:
    """A service behind the server that nobody may reach."""
    with socket.create_server(("127.0.0.1", 0)) as service:
        service.settimeout(1)
        yield service


def nobody_came(service: socket.socket) -> None:
    """The service had no visitor."""
    try:
        visitor, _ = service.accept()
    except TimeoutError:
        return
    visitor.close()
    raise AssertionError("somebody came through")


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def forwarded_from(port: int, hello: bytes) -> None:
    """Speak to the client's end of a line: it stands, for the client asks nobody."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as end:
        end.settimeout(1)
        with contextlib.suppress(OSError):
            end.sendall(hello)
            end.recv(10)


def local_forwarding(machine: Machine, _: Path) -> None:
    """-L: nothing comes out at the other end."""
    port = free_port()
    with listener() as service, desk(machine, f"-L{port}:127.0.0.1:{service.getsockname()[1]}", key=LOOSE):
        forwarded_from(port, b"hello")
        nobody_came(service)


def dynamic_forwarding(machine: Machine, _: Path) -> None:
    """-D: a request by SOCKS 5 is not carried on."""
    port = free_port()
    with listener() as service, desk(machine, f"-D{port}", key=LOOSE):
        wanted = service.getsockname()[1].to_bytes(2, "big")
        forwarded_from(port, b"\x05\x01\x00\x05\x01\x00\x01\x7f\x00\x00\x01" + wanted)
        nobody_came(service)


def direct_line(machine: Machine, _: Path) -> None:
    """-W: refused."""
    with listener() as service:
        ended = done(machine.ssh(f"-W127.0.0.1:{service.getsockname()[1]}", key=LOOSE), "hello")
        assert ended.returncode != 0
        nobody_came(service)


def remote_forwarding(what: str, machine: Machine, _: Path) -> None:
    """-R: the server listens for nobody."""
    ended = done(machine.ssh("-T", "-oExitOnForwardFailure=yes", f"-R{what}", key=LOOSE))
    assert ended.returncode == 255
    assert NEEDS_A_TERMINAL not in ended.stderr


def second_session(machine: Machine, folder: Path) -> None:
    """One line carries one desk."""
    control = f"-oControlPath={folder / 'control'}"
    with desk(machine, "-oControlMaster=yes", control):
        ended = done(("ssh", "-T", control, "-oControlMaster=no", "-Fnone", "pxtui@127.0.0.1", PROOF))
        assert ended.returncode != 0
        assert "OUT-42" not in ended.stdout


def carried_along(option: str, absent: str, machine: Machine, folder: Path) -> None:
    """The agent and the display of the client stay with it."""
    with (
        contextlib.closing(socket.socket(socket.AF_UNIX)) as agent,
        desk(machine, option, key=LOOSE, env={"SSH_AUTH_SOCK": str(folder / "agent"), "DISPLAY": "127.0.0.1:9"}),
    ):
        agent.bind(str(folder / "agent"))
        only_the_fixed_environment(machine)
        assert absent not in machine.environment(machine.sessions()[-1])


# Who comes.


def denied(machine: Machine, _: Path, *, key: str = "client", account: str = "pxtui", option: str = "-v") -> None:
    """The server lets nobody in."""
    ended = done(machine.ssh("-T", option, key=key, account=account))
    assert ended.returncode == 255
    assert "Permission denied" in ended.stderr
    assert NEEDS_A_TERMINAL not in ended.stderr


def key_in_the_home(machine: Machine, _: Path) -> None:
    """A key that somebody put into the account's home lets nobody in."""
    stranger = (machine.box / "stranger.pub").read_text()
    machine.run("sh", "-c", f"mkdir -p {PLACE}/.ssh && printf '%s' '{stranger}' >{PLACE}/.ssh/authorized_keys")
    denied(machine, Path(), key="stranger")


def what_a_login_runs(machine: Machine, _: Path) -> None:
    """Files that a shell or sshd would read at a login do nothing."""
    names = (".profile", ".bashrc", ".bash_profile", ".ssh/rc", ".ssh/environment", ".pam_environment", ".xprofile")
    files = " ".join(f"{PLACE}/{name}" for name in names)
    machine.run("sh", "-c", f"mkdir -p {PLACE}/.ssh; for f in {files}; do echo 'touch {PLACE}/mark; EVIL=1' >$f; done")
    with desk(machine, key=LOOSE) as terminal:
        only_the_fixed_environment(machine)
        is_at_the_desk(terminal)
    assert machine.run("ls", f"{PLACE}/mark").returncode != 0


def where_the_account_writes(machine: Machine, _: Path) -> None:
    """The account cannot change what decides over its logins."""
    places = (PLACE, "/opt/pxtui", "/opt/pxtui/bin/login", "/etc/pxtui", "/etc/pxtui/authorized_keys", "/etc/ssh")
    for place in places:
        assert machine.run("test", "-w", str(place), as_account=True).returncode == 1


# At the desk.


def command_with_a_terminal(command: str, machine: Machine, _: Path) -> None:
    """Whatever is asked for, the desk comes, and the same clerk sits there."""
    with desk(machine, command) as terminal:
        is_at_the_desk(terminal)
        terminal.type(PROOF)
        terminal.key("enter", "escape")
        terminal.settle()
        assert b"OUT-42" not in terminal.raw
        only_the_fixed_environment(machine)


def hostile_variables(machine: Machine, folder: Path) -> None:
    """What the client sends of its environment does not arrive."""
    sent = hostile_environment.of_libraries(folder) | hostile_environment.of_the_interpreter(folder)
    sent |= {"SSH_USER_AUTH": str(folder), "SSH_ORIGINAL_COMMAND": "sh", "LC_ALL": "zh_CN.GBK", "LC_EVIL": "1"}
    # The first for a name wins, and a value is one word.
    words = " ".join(f'"{name}={value}"' for name, value in sent.items() if value)
    with desk(machine, f"-oSetEnv={words}") as terminal:
        only_the_fixed_environment(machine)
        is_at_the_desk(terminal)


def terminal_name(machine: Machine, folder: Path) -> None:
    """The name of the terminal is a name."""
    with desk(machine, env={"TERM": f"$(touch {PLACE}/inbox/mark);x"}) as terminal:
        is_at_the_desk(terminal)
        only_the_fixed_environment(machine)
    assert not (machine.inbox / "mark").exists()


def key_to_the_shell(keys: Sequence[str], machine: Machine, _: Path) -> None:
    """Keys that stop, end or suspend programs leave the desk where it is."""
    with desk(machine) as terminal:
        for key in keys:
            terminal.send(key.encode("latin-1"))
            terminal.settle()
        terminal.type(PROOF)
        terminal.key("enter", "escape")
        terminal.settle()
        assert b"OUT-42" not in terminal.raw
        is_at_the_desk(terminal)


def escape_of_the_client(machine: Machine, _: Path) -> None:
    """~C at the client opens a line that the server does not carry."""
    port = free_port()
    with listener() as service, desk(machine, "-oEnableEscapeCommandline=yes", key=LOOSE) as terminal:
        terminal.send(b"\r")
        terminal.settle()
        terminal.send(b"~C")
        terminal.wait_for("ssh>")
        terminal.send(f"-L{port}:127.0.0.1:{service.getsockname()[1]}\r".encode())
        terminal.settle()
        forwarded_from(port, b"hello")
        nobody_came(service)


def file_at_the_desk(name: str, machine: Machine, _: Path) -> None:
    """F6 reads no file but those that came in."""
    machine.run("ln", "-sf", "/etc/shadow", f"{PLACE}/inbox/link")
    with desk(machine) as terminal:
        terminal.key("f6")
        terminal.wait_for("案件包文件（收件箱里没有文件）：")
        terminal.type(name)
        terminal.key("enter")
        terminal.wait_for("只能用收件箱里的文件，请只写文件名")
        terminal.key("escape")
        is_at_the_desk(terminal)


def dropped_in_mid_row(machine: Machine, _: Path = Path()) -> None:
    """The line breaks while a row is keyed: nothing goes on running, and the row is in the draft."""
    with desk(machine) as terminal:
        only_the_fixed_environment(machine)
        key_half_a_row(terminal, "5104021980")
        processes = machine.watched_sessions()
        assert processes
        terminal.signal(signal.SIGKILL)
        machine.assert_ended(processes)
    assert list((machine.data / "drafts").glob("*.draft"))
    forget_drafts(machine)


def key_half_a_row(terminal: Terminal, number: str) -> None:
    """A name and the beginning of a number stand in the roster, and on the screen."""
    terminal.key("enter")
    terminal.wait_for("身份证号")
    terminal.type("李四")
    terminal.key("enter")
    terminal.type(number)
    terminal.wait_for(f"李四 {number}")


def forget_drafts(machine: Machine) -> None:
    """The next one who comes begins at the desk."""
    machine.run("sh", "-c", f"rm -f {PLACE}/data/drafts/*.draft")


INTERPRETER = "/opt/pxtui/venv/bin/python -c 'print(\"OUT-%d\" % (6 * 7))'"
WAYS_OUT = (
    Way("shell without a terminal", partial(command_without_a_terminal, "")),
    Way("interactive shell", partial(command_without_a_terminal, "sh -i")),
    Way("command", partial(command_without_a_terminal, "id; cat /etc/passwd")),
    Way("interpreter", partial(command_without_a_terminal, INTERPRETER)),
    Way("command of the program", partial(command_without_a_terminal, "pxtui case list")),
    Way("forged name", partial(command_without_a_terminal, "pxtui --as 李主任")),
    Way("sftp", sftp),
    Way("scp from", partial(scp, ())),
    Way("scp by the old protocol", partial(scp, ("-O",))),
    Way("scp to", scp_to),
    Way("subsystem", subsystem),
    Way("local forwarding", local_forwarding),
    Way("dynamic forwarding", dynamic_forwarding),
    Way("direct line", direct_line),
    Way("remote forwarding", partial(remote_forwarding, "0:127.0.0.1:22")),
    Way("remote socket", partial(remote_forwarding, "/var/lib/pxtui/inbox/s:127.0.0.1:22")),
    Way("second session on one line", second_session),
    Way("agent", partial(carried_along, "-A", "SSH_AUTH_SOCK")),
    Way("display", partial(carried_along, "-X", "DISPLAY")),
    Way("unknown key", partial(denied, key="stranger")),
    Way("password", partial(denied, option="-oPreferredAuthentications=password,keyboard-interactive")),
    Way("root", partial(denied, account="root")),
    Way("another account", partial(denied, account="李主任")),
    Way("key in the home", key_in_the_home),
    Way("files that a login reads", what_a_login_runs),
    Way("files of the account", where_the_account_writes),
    Way("a command with a terminal", partial(command_with_a_terminal, "sh -i")),
    Way("a forged name with a terminal", partial(command_with_a_terminal, "pxtui --as 李主任")),
    Way("exec on the line", partial(command_with_a_terminal, "exec /bin/sh")),
    Way("variables of the client", hostile_variables),
    Way("name of the terminal", terminal_name),
    Way("Ctrl+Z", partial(key_to_the_shell, ("\x1a",))),
    Way("Ctrl+backslash", partial(key_to_the_shell, ("\x1c",))),
    Way("Ctrl+C", partial(key_to_the_shell, ("\x03", "\x03"))),
    Way("Ctrl+D and Ctrl+]", partial(key_to_the_shell, ("\x04", "\x1d"))),
    Way("escape of the client", escape_of_the_client),
    Way("F6 /etc/shadow", partial(file_at_the_desk, "/etc/shadow")),
    Way("F6 ../", partial(file_at_the_desk, "../data/keys/register.key")),
    Way("F6 another clerk's draft", partial(file_at_the_desk, "/var/lib/pxtui/data/drafts/x.draft")),
    Way("F6 /proc/self/environ", partial(file_at_the_desk, "/proc/self/environ")),
    Way("F6 a link in the inbox", partial(file_at_the_desk, "link")),
)
