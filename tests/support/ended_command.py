"""A command that is ended from outside or at a step of its own, and what it had said by then."""

import os
import re
import select
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support import on_server
from tests.support.warm_program import start_warm

DAY = "2020-03-16"
_LONGEST = 120.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    """Its exit code; of one that a signal ended the signal's number, negative."""
    said: str
    seconds: float


def run(
    data: Path,
    *words: str,
    day: str | None = DAY,
    after: float | None = None,
    how: signal.Signals | None = signal.SIGKILL,
    before_step: int | None = None,
    largest_file: int | None = None,
    fails_at: int | None = None,
) -> Ended:
    """Run `pxtui` over a data folder in a terminal of its own.

    Args:
        day: the practice day; None: none.
        after: seconds after which it is ended, unless it has ended.
        how: the signal that ends it; None: its terminal is closed.
        before_step: the number of the step, see `stepwise_program`, before which it kills itself; -1: none, they are
            counted.
        largest_file: bytes; what would become larger is refused as on a full disk.
        fails_at: the number of the call of a function, see `faulty_program`, that fails; -1: none, they are counted.
    """
    module = _module(stepwise_program=before_step, limited_program=largest_file, faulty_program=fails_at)
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color", "PXTUI_HOME": str(data)}
    environment |= on_server.environment_of(data)
    control, terminal = os.openpty()
    started = time.monotonic()
    program = start_warm(
        [sys.executable, "-m", *module, *words], terminal, environment | ({"PXTUI_TODAY": day} if day else {})
    )
    os.close(terminal)
    said = bytearray()
    end = started + (_LONGEST if after is None else after)
    while program.poll() is None and time.monotonic() < end:
        _hear(control, said, min(0.01, max(0.0, end - time.monotonic())))
    if program.poll() is None and after is not None and how is not None:
        program.send_signal(how)
    if how is not None or program.poll() is not None:
        # Heard to the end: a program whose terminal nobody reads waits for ever in its last words.
        given_up = time.monotonic() + _LONGEST
        while program.poll() is None and time.monotonic() < given_up:
            _hear(control, said, 0.01)
        code = program.wait(0)
        while _hear(control, said, 0):
            pass
        os.close(control)
    else:
        os.close(control)
        code = program.wait(_LONGEST)
    return Ended(code, said.decode(errors="replace").replace("\r\n", "\n"), time.monotonic() - started)


def _module(**faults: int | None) -> tuple[str, ...]:
    """The program, or the one of the tests that does to it what is given."""
    wanted = ((f"tests.support.{name}", str(number)) for name, number in faults.items() if number is not None)
    return next(wanted, ("pxtui",))


def steps_of(counted: Ended) -> int:
    """How many steps a command took that was told to count them."""
    said = re.search(r"steps: (\d+)", counted.said)
    assert said is not None
    return int(said[1])


def _hear(control: int, said: bytearray, seconds: float) -> bool:
    if not select.select([control], [], [], seconds)[0]:
        return False
    with suppress(OSError):
        data = os.read(control, 65536)
        said += data
        return bool(data)
    return False
