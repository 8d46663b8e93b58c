"""What a start costs with a password and without one: `python -m tests.bench signing`.

The password is checked at full cost, by argon2id with the parameters of the program.
"""

import os
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median
from unittest.mock import patch

from argon2 import PasswordHasher

from pxtui import clock
from pxtui.casework.office.register import create
from pxtui.casework.staff import passwords, sign_in
from pxtui.home import Home
from tests.bench.table import Line, Report
from tests.conftest import PARAMETERS
from tests.support.rosters import office_with_roster
from tests.support.signing_in import PASSWORDS
from tests.support.timed_terminal import TimedTerminal

_ROUNDS = 5
_ASKED = "输入的不显示"
_DESK = "录入1"
_EMPTY_DESK = "Ins新收件"

Cost = tuple[float, float]
"""Seconds, and those of them at work."""


def measured_signing_in() -> Report:
    """An office that asks for a password, and one that asks for none, by turns."""
    with tempfile.TemporaryDirectory() as folder:
        secured, open_to_one = Path(folder) / "secured", Path(folder) / "open"
        time_cost, memory_cost, parallelism = PARAMETERS
        with patch.object(passwords, "_HASHER", PasswordHasher(time_cost, memory_cost, parallelism)):
            begin = partial(sign_in.set_own, password=PASSWORDS["张三"])
            create(Home(secured / "data"), office="dongqu", name="张三", at=clock.now(), begin=begin).close()
        office_with_roster(open_to_one, [])
        without, asked, answered = zip(*(_one_round(open_to_one, secured) for _ in range(_ROUNDS)), strict=True)
    return Report(
        times=[
            _line("no password: the desk with its data", without),
            _line("a password: it is asked for", asked),
            _line("a password: from its Enter to the desk with its data", answered),
        ]
    )


def _one_round(open_to_one: Path, secured: Path) -> tuple[Cost, Cost, Cost]:
    with TimedTerminal(open_to_one) as terminal:
        without = terminal.seconds_until(_DESK, terminal.started), _worked(terminal)
    with TimedTerminal(secured, day="") as terminal:
        asked = terminal.seconds_until(_ASKED, terminal.started), _worked(terminal)
        terminal.type(PASSWORDS["张三"])
        terminal.settle()
        start, worked = time.perf_counter(), _worked(terminal)
        terminal.key("enter")
        answered = terminal.seconds_until(_EMPTY_DESK, start), _worked(terminal) - worked
    return without, asked, answered


def _worked(terminal: TimedTerminal) -> float:
    """Seconds of processor that the program has taken so far."""
    fields = Path(f"/proc/{terminal.process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _line(what: str, costs: Sequence[Cost]) -> Line:
    seconds, work = (median(some) for some in zip(*costs, strict=True))
    return Line(what, f"{seconds * 1000:.0f} ms, {work * 1000:.0f} of them at work")
