"""A terminal that knows when each byte came, and the program in it."""

import os
import select
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.support import on_server
from tests.support.terminal import Terminal
from tests.support.terminal_counter import COMMAND


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program sent for a key: how many bytes, and after how many milliseconds the first and the last came."""

    size: int
    first_ms: float
    last_ms: float


class TimedTerminal(Terminal):
    """The program over the register in a folder, in the terminal of the budgets: 100×30."""

    def __init__(
        self, folder: Path, command: Sequence[str] = COMMAND, *, warm: bool = False, day: str = "2020-03-16"
    ) -> None:
        """`command` takes the place of the program; `warm`: forked, where nobody measures how it starts."""
        self._arrivals: list[float] = []
        environment = {
            "HOME": str(folder),
            "PXTUI_HOME": str(folder / "data"),
            **on_server.environment_of(folder / "data"),
            "PXTUI_TODAY": day,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        self.started = time.perf_counter()
        super().__init__(command, columns=100, rows=30, env=environment, warm=warm)

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def open_roster(self, rows: int) -> None:
        """From the desk to the roster of the only case; its rows are there."""
        self.wait_for("录入1")
        self.key("enter")
        self.wait_for(f"{rows}人 0项不符")
        if rows:
            # The check of a long roster is answered late; what it paints is no key's.
            self.wait_for("通过")

    def answer(self, act: Callable[[], None], quiet: float = 0.04) -> Answer:
        """What the program sends for `act`, until nothing more comes for `quiet` seconds."""
        self.settle(quiet)
        before = self.received
        self._arrivals.clear()
        start = time.perf_counter()
        act()
        self.wait_until(lambda: self.received > before, "any answer")
        self.settle(quiet)
        first, last = ((self._arrivals[index] - start) * 1000 for index in (0, -1))
        return Answer(self.received - before, first, last)

    def seconds_until(self, text: str, since: float) -> float:
        """Seconds from a moment of `time.perf_counter` until the screen shows `text`."""
        self.wait_for(text, timeout=60)
        return self._arrivals[-1] - since

    def watch_until(self, moment: float) -> None:
        """Take what the program sends until a moment of `time.perf_counter`."""
        while (left := moment - time.perf_counter()) > 0:
            self._read(left)

    def _read(self, timeout: float, *, end_is_error: bool = False) -> bool:
        if self._control >= 0 and select.select([self._control], [], [], timeout)[0]:
            # The moment before the emulated screen takes the bytes, which costs more than the program's own work.
            self._arrivals.append(time.perf_counter())
        return super()._read(0, end_is_error=end_is_error)
