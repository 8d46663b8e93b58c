"""Acts on a disk that is full: refused in a sentence, nothing by halves, and done as soon as there is room."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.ended_command import Ended, run
from tests.torture.ordeal import Office, Ordeal, faults_afterwards, faults_of

PAGE = 4096
_SIZE = 32 * 2**20
_ROOM_FOR_ALL = 16 * 2**20


class SmallDisk:
    """A file system in memory with room for one office."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._ballast = place / "ballast"

    def fill(self, room: int) -> None:
        """Leave so many bytes."""
        free = shutil.disk_usage(self.place).free
        with self._ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, free - room))

    def free(self) -> None:
        """Take the ballast away."""
        self._ballast.unlink(missing_ok=True)


@contextmanager
def small_disk(place: Path) -> Iterator[SmallDisk | None]:
    """One that is mounted at an empty folder; None where none can be mounted."""
    mount = ("mount", "-t", "tmpfs", "-o", f"size={_SIZE},mode=0700", "tmpfs", str(place))
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(("umount", "--lazy", str(place)), check=True)


def act_on_full_disk(office: Office, disk: SmallDisk, step: int = PAGE) -> Ordeal:
    """Do an act with ever more room, from none to enough; an end is an attempt."""
    told = Ordeal()
    room, is_done = 0, False
    known: set[tuple[str, int]] = set()
    while not is_done and room < _ROOM_FOR_ALL:
        work = office.copied("work", disk.place)
        disk.fill(room)
        ended = office.run(work)
        reads = office.before and office.act.name != "upgrade" and room == 0
        reading = run(work / "data", "case", "list", day=office.act.day) if reads else None
        disk.free()
        is_done = ended.code == 0
        told.ends += 1
        # What was refused in the same words and left the same files has been looked at already.
        if (left := (ended.said, _content_of(work))) not in known:
            known.add(left)
            told.faults += [f"{office.act.name}, {room} bytes: {fault}" for fault in _faults(office, work, ended, told)]
        if reading is not None and reading.code != 0:
            told.faults.append(f"{office.act.name}, {room} bytes: reading is refused: {reading.said!r}")
        shutil.rmtree(work)
        room += step
    return told


def _content_of(folder: Path) -> int:
    """A number for all that lies there: names and content."""
    return hash(tuple((str(path), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()))


def act_with_small_files(office: Office, limit: int) -> list[str]:
    """Do an act whose files may not grow beyond so many bytes; what does not hold afterwards."""
    work = office.copied(f"limit-{limit}")
    ended = office.run(work, largest_file=limit)
    found = list(_faults(office, work, ended, Ordeal()))
    shutil.rmtree(work)
    return found


def _faults(office: Office, work: Path, ended: Ended, told: Ordeal) -> Iterator[str]:
    if ended.code not in (0, 1, 2) or "程序出错" in ended.said or "Traceback" in ended.said:
        yield f"no sentence for a clerk: {ended.code} {ended.said!r}"
    yield from faults_of(office, work, ended)
    yield from faults_afterwards(office, work, told)
