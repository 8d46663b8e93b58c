"""A day and a night of keying at the sheet: what a row takes, and what is kept. `python -m tests.bench soak [ROWS]`.

One program all the time, class after class of 200; the seconds are those of the processor, so that others at the
machine do not count.
"""

import asyncio
import gc
import os
import re
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from pxtui.policy.facts import Trainee
from tests.bench.table import Line, Report
from tests.conftest import empty_register
from tests.support.counter import Counter
from tests.support.pages import AtOnce, _events, _settled
from tests.support.rosters import made_up_people

ROWS = 20_000
_OF_A_CLASS = 200
_LOADED = 100
_WARM = 500
"""Rows after which nothing more may be kept."""
_GROWTH_MB, _TIMES_MEDIAN = 5.0, 2.0
_OF_THE_PROGRAM = (700, 10, 10)
"""When it looks for garbage: as Python does, and seldom as the tests do, which keep what nobody holds any more."""


@dataclass
class _Seen:
    """What one run of the program was seen to take."""

    seconds: list[float] = field(default_factory=list)
    memory: dict[int, float] = field(default_factory=dict)
    descriptors: dict[int, int] = field(default_factory=dict)

    def look(self, row: int) -> None:
        status = Path("/proc/self/status").read_text()
        self.memory[row] = int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024
        self.descriptors[row] = len(os.listdir("/proc/self/fd"))


def measured_soak(rows: int = ROWS) -> Report:
    """Names, numbers and phones as a clerk keys them, each row stored before the next."""
    gc.set_threshold(*_OF_THE_PROGRAM)
    with tempfile.TemporaryDirectory() as folder:
        register = empty_register(Home(Path(folder) / "data"))
        counter = Counter(register)
        numbers = [counter.file(made_up_people(1, first)) for first in range(0, rows, _OF_A_CLASS)]
        for number in numbers:
            with register.writing(counter.acting) as context:
                roster_edits.replace_all(context, number, [])
        found = asyncio.run(_keyed(counter, numbers, rows))
        with register.reading(counter.acting) as context:
            stored = sum(len(roster_edits.rows(context, number)) for number in numbers)
        register.close()
    assert stored == rows
    warm = min(_WARM, rows // 2)
    begun = min(row for row in found.memory if row >= warm)
    usual = median(found.seconds)
    slow = [row for row, seconds in enumerate(found.seconds) if seconds > _TIMES_MEDIAN * usual]
    grown = found.memory[rows] - found.memory[begun]
    opened = found.descriptors[rows] - found.descriptors[begun]
    return Report(
        times=[
            Line(f"memory grown from row {begun} to row {rows}", f"{grown:+.1f} MB", f"{_GROWTH_MB:.0f} MB"),
            Line(
                "memory at each tenth", ", ".join(f"{found.memory[row]:.0f}" for row in _tenths(found.memory)) + " MB"
            ),
            Line("descriptors more", f"{opened:+d}", "0"),
            Line("a row, median", f"{usual * 1000:.1f} ms"),
            Line("the slowest", f"{max(found.seconds) / usual:.1f} × median", f"{_TIMES_MEDIAN:.0f} ×"),
            Line("rows above that", f"{len(slow)}: {slow[:8]}", "0"),
        ]
    )


def _tenths(memory: Mapping[int, float]) -> Sequence[int]:
    looks = sorted(memory)
    return looks[:: max(1, len(looks) // 10)]


async def _keyed(counter: Counter, numbers: list[str], rows: int) -> _Seen:
    found = _Seen()
    app = AtOnce(counter.register, counter, "desk")
    async with app.run_test(size=(80, 24)) as pilot:
        await _settled(app)
        done = 0
        for number in numbers:
            app.open("roster", number)
            await pilot.pause()
            await _settled(app)
            for person in made_up_people(min(_OF_A_CLASS, rows - done), done):
                begun = time.process_time()
                await _key(app, person)
                found.seconds.append(time.process_time() - begun)
                done += 1
                if done == _LOADED:
                    # As the program does once its screens are loaded: what was there before is looked through no more.
                    gc.collect()
                    gc.freeze()
                if done % 100 == 0 or done == rows:
                    found.look(done)
            await _press(app, "escape")
            await pilot.pause()
            await _settled(app)
    app.finish_work()
    return found


async def _key(app: AtOnce, person: Trainee) -> None:
    for key in (f"={person.name}", "enter", f"={person.id_number}", f"={person.phone}"):
        await _press(app, key)


async def _press(app: AtOnce, key: str) -> None:
    for event in _events(key):
        await app.on_event(event)
        await _settled(app)
