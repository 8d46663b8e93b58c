"""A program that has everything imported and forks itself for every terminal: a start costs a tenth of a new one.

As the resident parent of a server does it, from which loading and the fork's own surroundings come, but for any module
and any environment. Only what an import does has been done before; whoever tests starts and first paints runs the
program afresh.
"""

import atexit
import fcntl
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
from typing import Any, TextIO

from pxtui.serving.loading import load_program
from pxtui.serving.session import become, take_standard

_LONGEST_ORDER = 1 << 20


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
    load_program()
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
    take_standard((terminal, terminal, terminal))
    become(order["env"], order["folder"])
    module, *words = order["words"]
    sys.argv = [module, *words]
    code: object = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    # To tidy up all that was loaded would write into every page of it, and take longer than many a command.
    os._exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
