"""Many clerks who log in at the same moment: how long each waits, and what it costs, by fork and each by himself."""

import os
import select
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.table import Line, Report, spread
from tests.support.resident import DESK, PROGRAM, Resident, attached, resident
from tests.support.rosters import office_with_roster
from tests.support.terminal import Terminal, descendants
from tests.support.terminal_counter import surroundings

LOGINS = 40
_THE_DESK = "录入".encode()
_LONGEST = 600.0
_SETTLED = 3.0
"""Seconds after the last desk: what is loaded behind it is there, too."""


class _Line(Terminal):
    """A login whose screen nobody draws: to emulate forty would cost more than the forty."""

    def __init__(self, command: Sequence[str], office: Path) -> None:
        self.started = time.perf_counter()
        self.seconds = 0.0
        """From the start to the desk; 0: not there yet."""
        super().__init__(command, env=surroundings(office))
        self._stream.feed = lambda data: None  # type: ignore[method-assign]

    @property
    def control(self) -> int:
        """The descriptor on which its output comes."""
        return self._control

    def take(self) -> None:
        """Read what has come."""
        self._read(0)
        if not self.seconds and _THE_DESK in self.raw:
            self.seconds = time.perf_counter() - self.started


@dataclass(frozen=True, slots=True)
class _Cost:
    seconds: Sequence[float]
    """Of each login, to the desk."""
    processor: float
    memory: float
    """MiB, shared pages divided among those who share them; the parent's own share, too."""


def measured_logins(count: int = LOGINS) -> Report:
    """One login and so many at once, with and without the resident parent."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        office = office_with_roster(Path(folder) / "office", [])
        for many in dict.fromkeys((1, count)):
            with resident(Path(folder) / f"run{many}") as parent:
                forked = _cost(attached(parent.folder, *PROGRAM, *DESK), office, many, parent)
            alone = _cost((sys.executable, "-m", "pxtui", *DESK), office, many)
            for how, cost in (("forked", forked), ("each by itself", alone)):
                each = f"{cost.processor / many * 1000:.0f} ms of processor, {cost.memory / many:.0f} MiB"
                waited = spread([seconds * 1000 for seconds in cost.seconds], "ms")
                times.append(Line(f"{many} logins at once, {how}", f"{waited}; each {each}"))
                times.append(Line("  together", f"{cost.processor:.1f} s of processor, {cost.memory:.0f} MiB"))
    return Report(times=times)


def _cost(command: Sequence[str], office: Path, count: int, parent: Resident | None = None) -> _Cost:
    before = _processor([parent.process.pid]) if parent else 0.0
    with ExitStack() as stack:
        lines = [stack.enter_context(_logged_in(command, office)) for _ in range(count)]
        _read_until(lines, lambda: all(line.seconds for line in lines), _LONGEST)
        _read_until(lines, lambda: False, _SETTLED)
        clients = [pid for line in lines for pid in descendants(line.process_id)]
        processes = [*clients, *(descendants(parent.process.pid) if parent else [])]
        return _Cost([line.seconds for line in lines], _processor(processes) - before, sum(map(memory_of, processes)))


@contextmanager
def _logged_in(command: Sequence[str], office: Path) -> Iterator[_Line]:
    with _Line(command, office) as line:
        yield line
        line.hang_up()


def _read_until(lines: Sequence[_Line], holds: Callable[[], bool], seconds: float) -> None:
    by_control = {line.control: line for line in lines}
    end = time.perf_counter() + seconds
    while not holds() and time.perf_counter() < end:
        ready, _, _ = select.select(list(by_control), [], [], 0.05)
        for control in ready:
            by_control[control].take()


def _processor(processes: Iterable[int]) -> float:
    ticks = 0
    for pid in processes:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_of(pid: int) -> float:
    """MiB of a process, shared pages divided among those who share them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
