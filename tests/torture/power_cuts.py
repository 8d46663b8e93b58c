"""Power cuts: what a program wrote is watched, and played up to any call onto a disk that keeps what it wants.

Of what no `fsync` has asked for, a disk may keep any part: of a file any sectors of what was written, in any order, and
of a folder any first part of its changes. The calls are those that SQLite and Python make here: `strace` tells them.
"""

import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from db.chain.walk import verify
from db.seal import Vault
from pxtui.home import Home

STRACE = shutil.which("strace")
_CALLS = "openat,write,pwrite64,fsync,fdatasync,ftruncate,rename,unlink"
_SECTOR = 512
_TEXT = r'"((?:\\x[0-9a-f]{2})*)"'
_FILE = r"\d+<((?:\\x[0-9a-f]{2})*)>"
_CREATED = re.compile(rf"openat\(AT_FDCWD\S*, {_TEXT}, (\S*O_CREAT\S*), \d+\) = \d+")
_WRITTEN_AT = re.compile(rf"pwrite64\({_FILE}, {_TEXT}, \d+, (\d+)\) = \d+$")
_APPENDED = re.compile(rf"write\({_FILE}, {_TEXT}, \d+\)\s+= \d+$")
_SYNCED = re.compile(rf"f(?:data)?sync\({_FILE}\)\s+= 0$")
_CUT_OFF = re.compile(rf"ftruncate\({_FILE}, (\d+)\)\s+= 0$")
_MOVED = re.compile(rf"rename\({_TEXT}, {_TEXT}\)\s+= 0$")
_GONE = re.compile(rf"unlink\({_TEXT}\)\s+= 0$")
_STANDS = re.compile(rb"stands (\S+)\n")


@dataclass
class File:
    """A file on the disk: what stays, and what was written since."""

    content: bytearray = field(default_factory=bytearray)
    pending: list[Callable[[bytearray, random.Random | None], None]] = field(default_factory=list)

    def sync(self) -> None:
        """What was written stays."""
        for change in self.pending:
            change(self.content, None)
        self.pending.clear()

    def after_a_cut(self, chance: random.Random) -> bytes:
        """What may be read of it."""
        content = bytearray(self.content)
        for change in self.pending:
            change(content, chance)
        return bytes(content)

    @property
    def size(self) -> int:
        """As the program sees it."""
        content = bytearray(self.content)
        for change in self.pending:
            change(content, None)
        return len(content)


def _write(at: int, data: bytes, content: bytearray, chance: random.Random | None) -> None:
    """Write, or under a chance any of its sectors."""
    for place in range(0, len(data), _SECTOR):
        if chance is None or chance.random() < 0.5:
            some, start = data[place : place + _SECTOR], at + place
            content.extend(bytes(max(0, start - len(content))))
            content[start : start + len(some)] = some


def _cut_off(size: int, content: bytearray, chance: random.Random | None) -> None:
    if chance is None or chance.random() < 0.5:
        del content[size:]


class Disk:
    """Files by their paths, as the program sees them and as the disk has them."""

    def __init__(self, folder: Path) -> None:
        """`folder`: what stands there has stood for long."""
        self.folder = folder
        self._seen = {
            str(path.relative_to(folder)): File(bytearray(path.read_bytes()))
            for path in folder.rglob("*")
            if path.is_file()
        }
        self._kept = dict(self._seen)
        self._changes: list[tuple[str, File | None]] = []

    def name(self, path: str) -> str | None:
        """The path in the folder; None: another place."""
        return path.removeprefix(f"{self.folder}/") if path.startswith(f"{self.folder}/") else None

    def do(self, line: str) -> bool:
        """Take in a call; whether it changes something here."""
        if (found := _CREATED.search(line)) and (name := self.name(_plain(found[1]))):
            if is_new := name not in self._seen:
                self._put(name, File())
            if "O_TRUNC" in found[2]:
                self._seen[name].pending.append(partial(_cut_off, 0))
            return is_new
        if (found := _MOVED.search(line)) and (name := self.name(_plain(found[1]))):
            file, target = self._seen[name], self.name(_plain(found[2]))
            assert target is not None
            self._put(target, file)
            self._put(name, None)
            return True
        if (found := _GONE.search(line)) and (name := self.name(_plain(found[1]))):
            self._put(name, None)
            return True
        return self._change(line)

    def _change(self, line: str) -> bool:
        for pattern in (_WRITTEN_AT, _APPENDED, _CUT_OFF, _SYNCED):
            if (found := pattern.search(line)) is None:
                continue
            path = _plain(found[1])
            file = self._seen.get(self.name(path) or "")
            if pattern is _SYNCED and file is None:
                # A folder: all its changes stay.
                is_here = self.name(f"{path}/") is not None
                self._keep(len(self._changes) if is_here else 0)
                return is_here
            if file is None:
                return False
            if pattern is _WRITTEN_AT:
                file.pending.append(partial(_write, int(found[3]), _bytes(found[2])))
            elif pattern is _APPENDED:
                file.pending.append(partial(_write, file.size, _bytes(found[2])))
            elif pattern is _CUT_OFF:
                file.pending.append(partial(_cut_off, int(found[2])))
            else:
                file.sync()
            return True
        return False

    def _put(self, name: str, file: File | None) -> None:
        self._changes.append((name, file))
        _put(self._seen, name, file)

    def _keep(self, count: int) -> None:
        for name, file in self._changes[:count]:
            _put(self._kept, name, file)
        del self._changes[:count]

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files that stand there when there is power again."""
        files = dict(self._kept)
        for name, file in self._changes[: chance.randint(0, len(self._changes))]:
            _put(files, name, file)
        return {name: file.after_a_cut(chance) for name, file in files.items()}


def _put(files: dict[str, File], name: str, file: File | None) -> None:
    if file is None:
        files.pop(name, None)
    else:
        files[name] = file


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _plain(text: str) -> str:
    return _bytes(text).decode()


@dataclass
class Cuts:
    """What came of it."""

    cuts: int = 0
    calls: int = 0
    different: int = 0
    """Disks that were left, no two of them alike."""
    faults: list[str] = field(default_factory=list)


def calls_of(folder: Path, log: Path) -> list[str]:
    """The calls with which the acts of `acknowledging_program` write over a register in `folder`."""
    strace = (str(STRACE), "-f", "-qq", "-y", "-xx", "-s", str(2**20), "-e", f"trace={_CALLS}", "-o", str(log))
    program = (sys.executable, "-m", "tests.support.acknowledging_program", str(folder))
    subprocess.run((*strace, *program), check=True, stdout=subprocess.DEVNULL)
    return log.read_text().splitlines()


def cut_everywhere(before: Path, folder: Path, calls: list[str], seeds: int, place: Path, every: int = 1) -> Cuts:
    """Cut the power after every call, with as many chances, and look at what is left.

    Args:
        before: the folder as it was.
        folder: where it was when the calls were made.
        seeds: how many disks each cut leaves.
        place: an empty folder.
        every: cut after one of so many calls.
    """
    disk, told, vault = Disk(before), Cuts(), Vault.open(Home(before / "data").key)
    disk.folder = folder
    head, left = "", set()
    for line in calls:
        if (said := _APPENDED.search(line)) and (stands := _STANDS.fullmatch(_bytes(said[2]))):
            head = stands[1].decode()
        elif disk.do(line):
            told.calls += 1
            for seed in range(seeds if told.calls % every == 0 else 0):
                files = disk.after_a_cut(random.Random(f"{told.calls} {seed}"))
                told.cuts += 1
                if (state := hash((head, *sorted(files.items())))) not in left:
                    left.add(state)
                    told.faults += [
                        f"call {told.calls}, {seed}: {fault}" for fault in _faults(files, head, place, vault)
                    ]
    told.different = len(left)
    return told


def _faults(files: dict[str, bytes], head: str, place: Path, vault: Vault) -> Iterator[str]:
    """What does not hold of these files. `head`: of the chain when the program last said that something stands."""
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    home = Home(place / "data")
    try:
        with closing(sqlite3.connect(home.register)) as file:
            # What was under way is rolled back here.
            if file.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                yield "the file is damaged"
        if not (found := verify(home.register, vault, anchors=[head] if head else [])).is_whole:
            yield f"the chain is not whole: {found.findings[:2]}"
    except sqlite3.Error as fault:
        yield f"the register cannot be read: {fault}"
    finally:
        shutil.rmtree(place)
