"""The program made to fail at any of its functions: whoever sits there gets a number, and nobody's data is anywhere."""

import random
import re
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import TimeoutExpired

from tests.support.ended_command import Ended, run, steps_of
from tests.support.rosters import made_up_people, office_with_roster
from tests.support.terminal import KEYS, Terminal
from tests.support.terminal_counter import surroundings
from tests.torture.acts import Act
from tests.torture.ordeal import Office

_NUMBER = re.compile(r"程序出错（编号([0-9A-F]{6})")
_SOMEBODY = re.compile(rb"(?<![0-9A-Fa-f])(?:510402(19|20)\d{9}[\dX]|13[89]\d{8}|5104020000000001)(?![0-9A-Fa-f])")
"""The number or phone of anybody, and the enterprise's account; not within the digits of a key."""
_MAY_BEAR = ("data/papers/", "out/", "stick/")
"""Papers that must bear them."""
_LEFT_THE_SCREEN = b"\x1b[?1049l"
_PATIENCE = 20.0
_CANNOT_BE_LEFT = b"the program cannot be left"
_KEYED = (
    ("录入1", (KEYS["enter"],)),
    ("身份证号", ("王小明", KEYS["enter"], "510402198001010018", "13812345678")),
    ("31人", (KEYS["f5"],)),
    ("", (KEYS["ctrl+b"], KEYS["ctrl+b"], KEYS["ctrl+q"])),
)
"""What is awaited, and what is pressed then: a row, the check, and the end."""


@dataclass
class Crashes:
    """What came of it."""

    forced: int = 0
    numbers: int = 0
    """Faults that a number was told of; the others were caught where they arose, and the act was done or refused."""
    faults: list[str] = field(default_factory=list)
    """What must not happen."""

    def take(self, what: str, said: str, left: bytes, data: Path, bearing: set[str]) -> None:
        """Take one more in. `left`: what stands on the terminal afterwards; `bearing`: files with somebody's data."""
        self.forced += 1
        log = data / "faults.log"
        logged = log.read_text() if log.exists() else ""
        numbers = _NUMBER.findall(said)
        self.numbers += bool(numbers)
        checks = {
            "a traceback": "Traceback" in said or "RuntimeError" in said,
            "a number that is not in the log": any(number not in logged for number in numbers),
            "somebody's data on the terminal": bool(_SOMEBODY.search(left)),
            "it cannot be left": _CANNOT_BE_LEFT.decode() in said,
            f"somebody's data in {sorted(bearing)}": bool(bearing),
        }
        self.faults += [f"{what}: {fault}" for fault, is_so in checks.items() if is_so]


def crash_command(act: Act, crashes: int, chance: random.Random, folder: Path) -> Crashes:
    """Let a command fail so many times, each time from the same beginning. `folder`: an empty one."""
    office, told = Office(act, folder), Crashes()
    last = steps_of(_failed(office, office.copied("counted"), -1))
    known = _bearing(folder / "before")
    for call in chance.choices(range(last), k=crashes):
        work = office.copied("crashed")
        said = _failed(office, work, call).said
        bearing = {name for name in _bearing(work) - known if not name.startswith(_MAY_BEAR)}
        told.take(f"{act.name}, call {call}", said, said.encode(), work / "data", bearing)
        shutil.rmtree(work)
    return told


def crash_sheet(crashes: int, chance: random.Random, folder: Path) -> Crashes:
    """Let the desk and its roster sheet fail so many times while a row is keyed. `folder`: an empty one."""
    made, told = office_with_roster(folder / "before", made_up_people(30)), Crashes()
    whole = _session(Path(shutil.copytree(made, folder / "counted")), -1)
    last = steps_of(Ended(0, whole.decode(), 0))
    for call in chance.choices(range(last), k=crashes):
        work = Path(shutil.copytree(made, folder / "crashed"))
        said = _session(work, call)
        left = said.rpartition(_LEFT_THE_SCREEN)[2]
        told.take(f"sheet, call {call}", said.decode(errors="replace"), left, work / "data", _bearing(work))
        shutil.rmtree(work)
    return told


def _failed(office: Office, work: Path, call: int) -> Ended:
    words = [word.format(folder=work) for word in office.act.words]
    return run(work / "data", *words, day=office.act.day, fails_at=call)


def _session(folder: Path, call: int) -> bytes:
    """A clerk who goes on keying, whatever comes; all that the terminal got."""
    command = (sys.executable, "-m", "tests.support.faulty_program", str(call))
    with Terminal(command, env=surroundings(folder), warm=True) as terminal:
        for awaited, keys in _KEYED:
            with suppress(AssertionError, OSError):
                terminal.wait_for(awaited, timeout=_PATIENCE)
                terminal.send("".join(keys).encode())
        try:
            terminal.exit_code(_PATIENCE)
        except TimeoutExpired:
            return bytes(terminal.raw) + _CANNOT_BE_LEFT
        return bytes(terminal.raw)


def _bearing(folder: Path) -> set[str]:
    """The files that bear somebody's number, phone or account."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)) for path in files if _SOMEBODY.search(path.read_bytes())}
