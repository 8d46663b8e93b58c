"""A program that has everything imported and forks itself for every terminal: a start costs a tenth of a new one.

What is forked is the program as its module is run, in a session, terminal, environment and folder of its own. Only what
an import does has been done before; whoever tests starts and first paints runs the program afresh.
"""

import atexit
import fcntl
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from io import TextIOWrapper
from typing import Any, Literal, TextIO

_LONGEST_ORDER = 1 << 20
_LATE_MODULES = (
    "pxtui.commands.entry",
    "textual.drivers.linux_driver",
    "textual.layouts.factory",
    "textual.scrollbar",
    "sqlalchemy.dialects.sqlite",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "cryptography.hazmat.primitives.ciphers.aead",
)
"""What is imported by the way: by a command, a driver, a layout, the first connection, the first sealed field."""


class WarmProcess:
    """A forked program, with what `subprocess.Popen` says of one."""

    def __init__(self, pid: int, report: TextIO) -> None:
        """`report` has the exit code, once the program has ended."""
        self.pid = pid
        self.returncode: int | None = None
        self._report = report

    def poll(self) -> int | None:
        """The exit code, or None while it runs; of a program that a signal ended the signal's number, negative."""
        if self.returncode is None and select.select([self._report], [], [], 0)[0]:
            self.returncode = int(self._report.readline())
            self._report.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once it has ended.

        Raises:
            TimeoutExpired: it has not within so many seconds.
        """
        if self.returncode is None:
            select.select([self._report], [], [], timeout)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired("a warm program", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        # Between its end and the report of it there is no process of this number.
        with suppress(ProcessLookupError):
            if self.poll() is None:
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def start_warm(command: Sequence[str], terminal: int, env: Mapping[str, str], *, is_led: bool = False) -> WarmProcess:
    """Run `python -m MODULE …` in a terminal that becomes its own.

    Args:
        command: those words, the interpreter first.
        terminal: the open end of the terminal, which stays open here.
        env: the whole environment of the program.
        is_led: the terminal belongs to a parent that waits for the program and keeps a hang-up to itself, as make does.
    """
    _, option, *words = command
    assert option == "-m", "only modules are run warm"
    reading, writing = os.pipe()
    order = json.dumps({"words": words, "env": dict(env), "folder": os.getcwd(), "is_led": is_led}) + "\n"
    socket.send_fds(_line_to_parent(), [order.encode()], [terminal, writing])
    os.close(writing)
    report = open(reading, encoding="ascii", buffering=1)  # noqa: SIM115 - closed with the program's end
    return WarmProcess(int(report.readline()), report)


@cache
def _line_to_parent() -> socket.socket:
    """The line to the process that forks, started once."""
    here, there = socket.socketpair()
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.support.warm_program", str(there.fileno())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=environment,
        pass_fds=[there.fileno()],
    )
    there.close()

    def end() -> None:
        here.close()
        parent.wait()

    atexit.register(end)
    return here


def _serve(line: socket.socket) -> None:
    """Fork a program for every order, until the line is closed."""
    _load()
    while True:
        message, descriptors, _, _ = socket.recv_fds(line, _LONGEST_ORDER, 2)
        _bury()
        if not message:
            return
        while not message.endswith(b"\n"):
            message += line.recv(_LONGEST_ORDER)
        if os.fork() == 0:
            line.close()
            _watch(json.loads(message), *descriptors)
            return
        for descriptor in descriptors:
            os.close(descriptor)


def _load() -> None:
    """Import what the program imports sooner or later; nothing is opened or read."""
    # First, and in the program's order: it sets what Textual reads when it is imported.
    import_module("pxtui.app")
    from screens.frame.catalogue import ROOMS, load

    for name in ROOMS:
        load(name)
    for module in _LATE_MODULES:
        import_module(module)
    gc.freeze()


def _bury() -> None:
    """Let go of those whose program has ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _watch(order: dict[str, Any], terminal: int, report: int) -> None:
    """Tell the number and the end of the program; in the program itself, run it."""
    if order["is_led"]:
        _lead_session(terminal)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    pid = os.fork()
    if pid == 0:
        os.close(report)
        if order["is_led"]:
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
        else:
            _lead_session(terminal)
        _run(order, terminal)
        return
    os.close(terminal)
    os.write(report, b"%d\n" % pid)
    _, status = os.waitpid(pid, 0)
    os.write(report, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _lead_session(terminal: int) -> None:
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


def _run(order: dict[str, Any], terminal: int) -> None:
    from screens.terminal.setup import prepare_environment

    for standard in range(3):
        os.dup2(terminal, standard)
    os.close(terminal)
    # Those of the parent know no terminal: what they print would wait for the end.
    sys.stdin = sys.__stdin__ = _stream(0, "r")  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = _stream(1, "w")  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _stream(2, "w")  # type: ignore[misc]
    os.environ.clear()
    os.environ.update(order["env"])
    prepare_environment()
    os.chdir(order["folder"])
    module, *words = order["words"]
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _stream(standard: int, mode: Literal["r", "w"]) -> TextIOWrapper:
    return open(standard, mode, encoding="utf-8", closefd=False)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
