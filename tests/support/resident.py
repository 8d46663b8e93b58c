"""The resident parent for tests, and clients that call it as the wrapper of the server does."""

import contextlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pxtui.serving.parent import SOCKET
from tests.support.machine import ROOT
from tests.support.probing_program import LIGHT, PROBE
from tests.support.terminal import Terminal, descendants
from tests.support.terminal_counter import surroundings

ATTACH = (sys.executable, "-I", "-S", str(ROOT / "deploy/bin/attach.py"))
PROGRAM = (sys.executable, "-I", "-m", "pxtui")
DESK = ("desk", "--served")
_LONGEST_LOADING = 60.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Resident:
    """A parent that listens in a folder."""

    folder: Path
    process: "subprocess.Popen[str]"

    @property
    def sessions(self) -> list[int]:
        """The forks that are there."""
        return [pid for pid in descendants(self.process.pid) if pid != self.process.pid]

    def desk(self, office: Path, *words: str) -> Terminal:
        """A clerk who logs in over a register."""
        command = attached(self.folder, *PROGRAM, *DESK, *words)
        return Terminal(command, env=surroundings(office))

    @contextlib.contextmanager
    def probe(self, place: Path, env: dict[str, str] | None = None) -> Iterator[tuple[Terminal, Mapping[str, Any]]]:
        """A session that stays until its exit code is keyed, and what it finds itself to be."""
        with Terminal(attached(self.folder, *PROGRAM, *PROBE, str(place)), env=env) as terminal:
            terminal.wait_for("probed")
            yield terminal, json.loads(place.read_text(encoding="utf-8"))

    def until_ready(self) -> None:
        """Until it says that it answers calls."""
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], _LONGEST_LOADING)[0]
        assert self.process.stdout.readline() == "常驻进程已就绪。\n"


@contextlib.contextmanager
def resident(folder: Path, *, is_light: bool = False) -> Iterator[Resident]:
    """A parent of the program with probes, see `probing_program`; a light one has only these to fork."""
    process = subprocess.Popen(
        (sys.executable, "-m", "tests.support.probing_program", *([LIGHT] if is_light else []), str(folder)),
        stdout=subprocess.PIPE,
        text=True,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd="/",
    )
    started = Resident(folder, process)
    try:
        started.until_ready()
        yield started
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def attached(folder: Path, *command: str) -> tuple[str, ...]:
    """The command that calls a parent and is `command` where none answers."""
    return (*ATTACH, str(folder / SOCKET), *command)
