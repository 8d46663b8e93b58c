"""The resident parent: it listens in a folder of its account and forks a session for every client who calls.

It holds no key, no register and nothing of a client: what a client says is read by the session that was forked for it.
"""

import fcntl
import os
import select
import signal
import socket
import stat
import struct
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pxtui
from pxtui.errors import Refused
from pxtui.serving.loading import load_program
from pxtui.serving.session import run_session

SOCKET, LOCK = "desk.socket", "lock"
_ADOPTED = "--adopted"
_USAGE = "写法：pxtui serve 文件夹，由服务器的pxtui-serve服务使用。"
_OTHERS = 0o077
_WAITING = 128
"""Calls that wait while the program is loaded anew."""
_BY_SIGNAL = 128


@dataclass(frozen=True, slots=True)
class _Session:
    """A session that runs, and the line on which its end is told."""

    pid: int
    line: socket.socket


def serve(words: list[str], run: Callable[[list[str]], int]) -> int:
    """Serve until a signal ends it; sessions go on.

    Args:
        words: the folder of the socket, and what `_renew` hands on.
        run: the program, called in the session with the client's words.

    Raises:
        Refused: the words are others, the folder is open to others, or a parent serves there already.
    """
    # One that comes while everything is imported is answered by that.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    if not words or words[1:2] not in ([], [_ADOPTED]):
        raise Refused(_USAGE)
    installed = _installed()
    folder = Path(words[0])
    lock, listener, sessions = _adopted(words[2:]) if words[1:] else (_only_one(folder), None, [])
    load_program()
    parent = _Parent(words[0], installed, lock, listener or _listener(folder / SOCKET), run)
    print("常驻进程已就绪。", flush=True)
    return parent.serve(sessions)


class _Parent:
    def __init__(
        self,
        folder: str,
        installed: object,
        lock: int,
        listener: socket.socket,
        run: Callable[[list[str]], int],
    ) -> None:
        self._folder = folder
        self._installed = installed
        self._lock = lock
        self._listener = listener
        self._run = run
        self._calls: deque[socket.socket] = deque()
        """Of clients who wait for a session."""
        self._wants_renewal = False
        self._sessions: dict[int, _Session] = {}
        """By the descriptor that is readable once the session has ended."""
        self._ready = select.poll()
        self._woken, self._wakes = os.pipe()

    def serve(self, sessions: list[_Session]) -> int:
        """Fork a session for every call, and tell its client when it has ended."""
        os.set_blocking(self._wakes, False)
        signal.set_wakeup_fd(self._wakes)
        signal.signal(signal.SIGHUP, lambda *_: None)
        for descriptor in (self._listener.fileno(), self._woken):
            self._ready.register(descriptor, select.POLLIN)
        for session in sessions:
            self._watch(session)
        while True:
            for descriptor, _ in self._ready.poll(0 if self._calls else None):
                if descriptor == self._woken:
                    os.read(self._woken, 1)
                    self._wants_renewal = True
                elif descriptor in self._sessions:
                    self._tell_end(descriptor)
                elif _installed() != self._installed:
                    # Whoever calls waits in the listener until the new program is there.
                    self._wants_renewal = True
                else:
                    self._take_calls()
            if self._calls:
                self._fork(self._calls.popleft())
            elif self._wants_renewal:
                self._renew()

    def _take_calls(self) -> None:
        """Let all who call know that somebody is there, before the first is forked for: forty may come at once."""
        with suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                if _user_of(line) != os.getuid():
                    line.close()
                    continue
                with suppress(OSError):
                    line.send(b"wait")
                self._calls.append(line)

    def _fork(self, line: socket.socket) -> None:
        try:
            pid = os.fork()
        except OSError:
            # No memory or no more processes: the client is on its own.
            line.close()
            return
        if pid == 0:
            code = 1
            try:
                self._leave()
                code = run_session(line, self._run)
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                # To tidy up would write into every page that is shared.
                os._exit(code)
        self._watch(_Session(pid, line))

    def _leave(self) -> None:
        """In the session: nothing of the parent stays open, and signals do what they do in a program."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        for line in (*self._calls, *(session.line for session in self._sessions.values())):
            line.close()
        for descriptor in (*self._sessions, self._lock, self._woken, self._wakes):
            os.close(descriptor)
        self._listener.close()

    def _watch(self, session: _Session) -> None:
        descriptor = os.pidfd_open(session.pid)
        self._sessions[descriptor] = session
        self._ready.register(descriptor, select.POLLIN)

    def _tell_end(self, descriptor: int) -> None:
        session = self._sessions.pop(descriptor)
        self._ready.unregister(descriptor)
        os.close(descriptor)
        _, status = os.waitpid(session.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        told = b"%d" % (code if code >= 0 else _BY_SIGNAL - code)
        with suppress(OSError):
            # The client reads a byte at a time, and of a packet the rest would be lost.
            for digit in range(len(told)):
                session.line.send(told[digit : digit + 1])
        session.line.close()

    def _renew(self) -> None:
        """Become the program that is installed now: the same process, with its sessions and its listener."""
        kept = [self._lock, self._listener.fileno(), *(session.line.fileno() for session in self._sessions.values())]
        running = (f"{session.pid}:{session.line.fileno()}" for session in self._sessions.values())
        before = sys.orig_argv[1 : sys.orig_argv.index(self._folder)]
        words = [*before, self._folder, _ADOPTED, str(self._lock), str(self._listener.fileno()), *running]
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        for descriptor in kept:
            os.set_inheritable(descriptor, True)
        try:
            os.execv(sys.executable, [sys.executable, *words])  # noqa: S606 - the interpreter that runs this
        except OSError:
            # There is none just now: what is loaded is as good as before, until the next call.
            self._wants_renewal = False
            signal.signal(signal.SIGHUP, lambda *_: None)
            for descriptor in kept:
                os.set_inheritable(descriptor, False)


def _installed() -> tuple[int, ...] | None:
    """What tells the installed program from another one; None where there is none."""
    try:
        status = os.stat(pxtui.__file__)
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns


def _adopted(words: list[str]) -> tuple[int, socket.socket, list[_Session]]:
    """What the program of before has left to this one."""
    lock, listener, *running = words
    pairs = (entry.split(":") for entry in running)
    sessions = [_Session(int(pid), socket.socket(fileno=int(line))) for pid, line in pairs]
    for descriptor in (int(lock), int(listener), *(session.line.fileno() for session in sessions)):
        os.set_inheritable(descriptor, False)
    return int(lock), socket.socket(fileno=int(listener)), sessions


def _only_one(folder: Path) -> int:
    """The lock that a parent holds as long as it is there; the check-up looks at it."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & _OTHERS:
            raise Refused(f"“{folder}”须是本账号自己的文件夹，别人不能进入，请执行：chmod 700 {folder}")
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refused("已有一个常驻进程在运行，不必再开。") from None
    except OSError as fault:
        raise Refused(f"不能使用文件夹“{folder}”，请检查权限。") from fault
    return lock


def _listener(place: Path) -> socket.socket:
    place.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(str(place))
    listener.listen(_WAITING)
    listener.setblocking(False)
    return listener


def _user_of(line: socket.socket) -> int:
    _, user, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return int(user)
