"""A clerk at the real program, in a pseudo-terminal of 80×24, on a day of 2020."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.support import on_server
from tests.support.terminal import Terminal

COMMAND = (sys.executable, "-m", "pxtui")


def counter(
    folder: Path,
    *,
    day: str = "2020-03-16",
    columns: int = 80,
    rows: int = 24,
    command: Sequence[str] = COMMAND,
    warm: bool = True,
    is_led: bool = False,
) -> Terminal:
    """The program over the register in a folder; `command` takes its place.

    `warm`: forked from one that has its modules; not where a test is about how the program starts and ends.
    `is_led`: a parent keeps a hang-up to itself.
    """
    return Terminal(command, columns=columns, rows=rows, env=surroundings(folder, day), warm=warm, is_led=is_led)


def surroundings(folder: Path, day: str = "2020-03-16") -> dict[str, str]:
    """The environment of a program over the register in a folder."""
    return {
        "HOME": str(folder),
        "PXTUI_HOME": str(folder / "data"),
        **on_server.environment_of(folder / "data"),
        "PXTUI_TODAY": day,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
