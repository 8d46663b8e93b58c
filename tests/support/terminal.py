"""A terminal for tests: a program runs in a pseudo-terminal with an emulated screen behind it."""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte
from wcwidth import wcwidth

from tests.support import on_server
from tests.support.warm_program import start_warm

# The program gets the terminal as its own, so that a resize and a dropped line reach it as signals.
_TAKE_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)
_QUERIES = re.compile(rb"\x1b\[(?P<attributes>0?c)|\x1b\[(?P<status>[56])n|\x1b\[\?(?P<mode>\d+)\$p")
_ALTERNATE_SCREEN = 1049
_SYNCHRONISED_OUTPUT = b"2026"
_WIDE = "口"
"""Drawn in the place of a character that pyte takes for a narrow one."""
_PATIENCE = 15.0
_QUIET = 0.03
"""Seconds; longer than Textual waits for the next frame."""
_AT_WORK = {"R", "D"}
"""States of a thread in /proc: it wants to run, or waits for the disk."""

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "ctrl+home": "\x1b[1;5H",
    "ctrl+end": "\x1b[1;5F",
    "insert": "\x1b[2~",
    "delete": "\x1b[3~",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    **{f"f{number}": f"\x1bO{final}" for number, final in enumerate("PQRS", start=1)},
    **{
        f"f{number}": f"\x1b[{code}~"
        for number, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
    },
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{f"alt+{letter}": f"\x1b{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"},
}


def _is_ambiguous(character: str) -> bool:
    return unicodedata.east_asian_width(character) == "A" and wcwidth(character) == 1


class EmulatedScreen(pyte.Screen):
    """pyte's screen with an alternate screen, and wide characters that vanish whole when one half is written over."""

    cells_of_ambiguous = 1
    """Those that “ ” · — ① take, as the user of a terminal has set it."""

    def draw(self, data: str) -> None:
        for character in data:
            is_widened = self.cells_of_ambiguous > 1 and _is_ambiguous(character)
            width = 2 if is_widened else wcwidth(character)
            if width > 0 and self.cursor.x < self.columns:
                self._blank_cut_halves(self.cursor.x, width)
            super().draw(_WIDE if is_widened else character)
            if is_widened:
                line, x = self.buffer[self.cursor.y], self.cursor.x - width
                line[x] = line[x]._replace(data=character)

    def _blank_cut_halves(self, x: int, width: int) -> None:
        line = self.buffer[self.cursor.y]
        if x > 0 and line[x].data == "":
            line[x - 1] = line[x - 1]._replace(data=" ")
        behind = x + width
        if behind < self.columns and line[behind].data == "":
            line[behind] = line[behind]._replace(data=" ")

    def set_mode(self, *modes: int, **settings: Any) -> None:
        super().set_mode(*modes, **settings)
        self._switch(modes)

    def reset_mode(self, *modes: int, **settings: Any) -> None:
        super().reset_mode(*modes, **settings)
        self._switch(modes)

    def _switch(self, modes: tuple[int, ...]) -> None:
        if _ALTERNATE_SCREEN in modes:
            self.erase_in_display(2)
            self.cursor_position()


def _start_afresh(command: Sequence[str], terminal: int, env: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", _TAKE_TERMINAL, *command],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=env,
        start_new_session=True,
    )


def _state(task: Path) -> str:
    return (task / "stat").read_text().rpartition(")")[2].split()[0]


def descendants(pid: int) -> list[int]:
    """A process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(below for child in children for below in descendants(int(child)))]


class Terminal:
    """A program in a terminal of `columns` x `rows`; to be used in a with block.

    Waiting means watching the output: for a text, or until nothing more comes.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        warm: bool = False,
        is_led: bool = False,
        cells_of_ambiguous: int = 1,
    ) -> None:
        """A program starts in a new window.

        `warm`: the program is forked from one that has its modules, and may be led, see `warm_program`.
        `cells_of_ambiguous`: how wide the window draws characters such as “ ” · — ①.
        """
        self.received = 0
        """The bytes that the program has sent so far."""
        self.raw = bytearray()
        """Those bytes."""
        self.bells = 0
        self._is_settled = False
        self._database = (env or {}).get("PXTUI_DATABASE_URL", "")
        self.screen = EmulatedScreen(columns, rows)
        """What the window shows."""
        self.screen.cells_of_ambiguous = cells_of_ambiguous
        self._stream = pyte.ByteStream(self.screen)
        self._control, terminal = os.openpty()
        self._set_size()
        surroundings = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8"}
        start = partial(start_warm, is_led=is_led) if warm else _start_afresh
        self._process = start(command, terminal, {**surroundings, "TERM": "xterm-256color", **(env or {})})
        os.close(terminal)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._close()

    # What a clerk does.

    def send(self, data: bytes) -> None:
        """Send bytes as they are; the output that they cause is awaited by whoever looks."""
        self._is_settled = False
        while data:
            self._read(0)
            data = data[os.write(self._control, data[:1024]) :]

    def key(self, *names: str) -> None:
        """Press keys by their names, one after the other."""
        self.send("".join(KEYS[name] for name in names).encode())

    def type(self, text: str) -> None:
        """Type text in one go, as a fast clerk or an input method does."""
        self.send(text.encode())

    def paste(self, text: str) -> None:
        """Paste as a terminal with bracketed paste does, line ends as carriage returns."""
        self.send(b"\x1b[200~" + text.replace("\n", "\r").encode() + b"\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self._is_settled = False
        self.screen.resize(rows, columns)
        self._set_size()

    def spoil(self, text: str) -> None:
        """Let somebody else write on the screen, as a broadcast or a bad line does."""
        self._stream.feed(text.encode())

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self._process.send_signal(number)

    def hang_up(self) -> None:
        """Cut the line."""
        self._close()

    @property
    def process_id(self) -> int:
        """The number of the program."""
        return self._process.pid

    def processes(self) -> list[int]:
        """A descriptor for whatever runs in the terminal, from the first to the last; readable once it has ended."""
        return [os.pidfd_open(pid) for pid in descendants(self._process.pid)]

    # What stands there.

    def wait_for(self, text: str, timeout: float = _PATIENCE) -> None:
        """Until the screen shows `text`."""
        self.wait_until(lambda: self.shows(text), f"“{text}”", timeout)

    def reply(self, question: str, said: str = "") -> None:
        """Answer what the message line asks; without a text what it offers is taken."""
        self.wait_for(question)
        self.type(said)
        self.key("enter")

    def shows(self, text: str) -> bool:
        """Whether the screen shows `text`; a blank in it matches any run of blanks."""
        return re.search(r"\s+".join(map(re.escape, text.split())), self.screen_text()) is not None

    def wait_until(self, holds: Callable[[], bool], what: str, timeout: float = _PATIENCE) -> None:
        """Until something holds of the screen.

        Raises:
            AssertionError: it did not in time; with the screen as it stands.
        """
        end = time.monotonic() + timeout
        while not holds():
            if time.monotonic() > end or not self._read(0.05, end_is_error=True):
                raise AssertionError(f"waited in vain for {what}; the screen shows:\n{self.screen_text()}")

    def settle(self, quiet: float = _QUIET) -> None:
        """Until the program has sent nothing for `quiet` seconds and has nothing to do."""
        end = time.monotonic() + _PATIENCE
        received = -1
        while received != self.received or (self._is_at_work() and time.monotonic() < end):
            received = self.received
            self._read(quiet)
        self._is_settled = True

    def cost(self, act: Callable[[], None], quiet: float = _QUIET) -> int:
        """The bytes that the program sends in answer to `act`."""
        self._read(0)
        if not self._is_settled:
            self.settle(quiet)
        before = self.received
        act()
        self.wait_until(lambda: self.received > before, "any answer")
        self.settle(quiet)
        return self.received - before

    def screen_text(self) -> str:
        """The lines of the screen, blanks at their ends cut."""
        return "\n".join(self.line(y) for y in range(self.screen.lines))

    def line(self, y: int) -> str:
        """One line of the screen."""
        return "".join(cell.data for cell in self.cells(y)).rstrip()

    def cells(self, y: int) -> list[Any]:
        """The cells of a line: `data`, `fg`, `bg`, `bold`, `reverse`; the right half of a wide character is empty."""
        row = self.screen.buffer[y]
        return [row[x] for x in range(self.screen.columns)]

    def place_of(self, text: str) -> tuple[int, int]:
        """Column and line at which a text begins, from 0.

        Raises:
            ValueError: it is not shown.
        """
        for y in range(self.screen.lines):
            texts = [cell.data for cell in self.cells(y)]
            if text in "".join(texts):
                return next(x for x in reversed(range(len(texts))) if "".join(texts[x:]).find(text) == 0), y
        raise ValueError(text)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and line of the cursor, from 0."""
        return self.screen.cursor.x, self.screen.cursor.y

    @property
    def cursor_is_shown(self) -> bool:
        """Whether the terminal shows its cursor."""
        return not self.screen.cursor.hidden

    def exit_code(self, timeout: float = _PATIENCE) -> int:
        """The exit code, once the program has ended; its output is read meanwhile."""
        end = time.monotonic() + timeout
        while self._process.poll() is None and time.monotonic() < end:
            if not self._read(0.05):
                break
        return self._process.wait(max(0.1, end - time.monotonic()))

    # The line between.

    def _read(self, timeout: float, *, end_is_error: bool = False) -> bool:
        """Take what comes within `timeout` seconds; whether the line still stands."""
        if self._control < 0:
            return False
        if not select.select([self._control], [], [], timeout)[0]:
            return not end_is_error or self._process.poll() is None
        try:
            data = os.read(self._control, 65536)
        except OSError:
            return False
        self._is_settled = False
        self.received += len(data)
        self.raw += data
        self.bells += data.count(b"\a")
        self._stream.feed(data)
        for query in _QUERIES.finditer(data):
            self._answer(query)
        return bool(data)

    def _is_at_work(self) -> bool:
        """Whether a thread of the program runs or wants to, which on a busy machine is no less silent than to be done,
        or the server works for it.

        Only Linux says so of threads; elsewhere silence has to do.
        """
        if on_server.is_at_work(self._database):
            return True
        try:
            states = [_state(task) for task in Path(f"/proc/{self._process.pid}/task").iterdir()]
        except OSError:
            # There is no such system or no such program any more, or a thread of it has just ended.
            return False
        return not _AT_WORK.isdisjoint(states)

    def _answer(self, query: re.Match[bytes]) -> None:
        if query["attributes"]:
            answer = b"\x1b[?62;22c"
        elif query["status"]:
            x, y = self.cursor
            answer = b"\x1b[%d;%dR" % (y + 1, x + 1) if query["status"] == b"6" else b"\x1b[0n"
        else:
            known = 2 if query["mode"] == _SYNCHRONISED_OUTPUT else 0
            answer = b"\x1b[?%b;%d$y" % (query["mode"], known)
        os.write(self._control, answer)

    def _set_size(self) -> None:
        size = struct.pack("HHHH", self.screen.lines, self.screen.columns, 0, 0)
        fcntl.ioctl(self._control, termios.TIOCSWINSZ, size)

    def _close(self) -> None:
        if self._control >= 0:
            os.close(self._control)
            self._control = -1
