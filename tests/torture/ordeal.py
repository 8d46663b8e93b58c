"""Acts ended at random moments, and what must hold after every one of them."""

import random
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from db.chain.walk import verify
from db.revision import HEAD, stored_revision
from db.seal import Vault
from pxtui.casework.keeping import restoring
from pxtui.casework.office.register import open_register
from pxtui.clock import CHINA
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.support.ended_command import Ended, run
from tests.torture.acts import Act

State = dict[str, object]
"""Rows by table, the stages of the cases, and how many papers lie in the folders; empty where no register is."""

_NEAR_THE_END = 0.7
_LATE = 1.1
"""Of the time that an act takes: some are ended when they are done."""


@dataclass
class Ordeal:
    """What came of it."""

    ends: int = 0
    done: int = 0
    """Acts that stood when they were ended."""
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)


class Office:
    """An act's office, before it, and the states before and after it."""

    def __init__(self, act: Act, folder: Path) -> None:
        """`folder`: an empty one."""
        self.act = act
        self._folder = folder
        self._made = folder / "before"
        self._made.mkdir()
        act.prepare(self._made)
        self.before = state(Home(self._made / "data"))
        for name in ("cold", "warm"):
            whole = self.copied(name)
            self.whole = self.run(whole)
            assert self.whole.code == 0, self.whole.said
            assert act.acknowledged in self.whole.said, self.whole.said
        assert not (faults := list(faults_of(self, whole))), faults
        self.after = state(Home(whole / "data"))
        assert self.after != self.before

    def copied(self, name: str, where: Path | None = None) -> Path:
        """The office as it was before the act, in a folder of that name; `where` None: beside it."""
        return Path(shutil.copytree(self._made, (where or self._folder) / name))

    def run(self, folder: Path, **ending: float | signal.Signals | None) -> Ended:
        """The act in a folder; see `ended_command.run`."""
        words = [word.format(folder=folder) for word in self.act.words]
        return run(folder / "data", *words, day=self.act.day, **ending)  # type: ignore[arg-type]


def end_at_random_moments(
    act: Act, ends: int, chance: random.Random, ways: tuple[signal.Signals | None, ...] = (signal.SIGKILL,)
) -> Ordeal:
    """End an act so many times, each time from the same beginning; `ways`: signals, None for a closed terminal."""
    told = Ordeal()
    with tempfile.TemporaryDirectory() as folder:
        office = Office(act, Path(folder))
        for number in range(ends):
            work = office.copied(str(number))
            # Half of the ends fall where the act comes to stand, which is near its end.
            moment = office.whole.seconds * chance.uniform(chance.choice((0, _NEAR_THE_END)), _LATE)
            ended = office.run(work, after=moment, how=chance.choice(ways))
            told.ends += 1
            told.acknowledged += act.acknowledged in ended.said
            try:
                faults = [*faults_of(office, work, ended), *faults_afterwards(office, work, told)]
            except (PxtuiError, sqlite3.Error, AssertionError) as fault:
                faults = [repr(fault)]
            told.faults += [f"{act.name}, ended after {moment:.3f} s: {fault}" for fault in faults]
            shutil.rmtree(work)
    return told


def faults_of(office: Office, folder: Path, ended: Ended | None = None) -> Iterator[str]:
    """What does not hold of the register as it was left."""
    home = Home(folder / "data")
    if home.register.exists():
        with closing(sqlite3.connect(home.register)) as file:
            if file.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                yield "the file is damaged"
            if file.execute("PRAGMA foreign_key_check").fetchall():
                yield "a row has lost the one that it belongs to"
        if stored_revision(home.register) == HEAD:
            register = open_register(home, _moment(office.act))
            yield from register.told_late[len(register.written_late) :]
            register.close()
            if not verify(home.register, Vault.open(home.key)).is_whole:
                yield "the chain is not whole"
            folders = (home.register.parent, home.key.parent, home.drafts)
            left = [path.name for folder in folders for path in folder.glob(".*.unfinished*")]
            if left and not office.act.is_in_parts:
                yield f"left for ever: {left}"
    if ended is None:
        return
    found = state(home)
    # A refusal may name the file, too.
    if ended.code <= 0 and office.act.acknowledged in ended.said and found != office.after:
        yield f"acknowledged and not there: {ended.said!r}"
    if found not in (office.before, office.after) and not office.act.is_in_parts:
        yield f"half there: {_difference(found, office.before)} / {_difference(found, office.after)}"


def faults_afterwards(office: Office, folder: Path, told: Ordeal) -> Iterator[str]:
    """What does not hold when the act is done again where it was not done."""
    home = Home(folder / "data")
    if state(home) == office.after:
        told.done += 1
        return
    again = office.run(folder)
    if again.code != 0:
        yield f"could not be done again: {again.said!r}"
        return
    yield from faults_of(office, folder)
    # Of what goes on where it was ended, the last part may stand already: it is then done a second time.
    if (found := state(home)) != office.after and not office.act.is_in_parts:
        yield f"done again, and otherwise: {_difference(found, office.after)}"


def state(home: Home) -> State:
    """The register and its papers, as far as they can be told apart."""
    if not home.register.exists():
        return {}
    with closing(sqlite3.connect(home.register)) as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        found: State = {
            name: file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - names from the file itself
            for name in names
        }
        if "training_case" in names:
            found["stages"] = sorted(stage for (stage,) in file.execute("SELECT stage FROM training_case"))
    found["papers"] = sum(path.is_file() and not path.name.startswith(".") for path in home.papers.rglob("*"))
    found["drilled"] = restoring.last_drill(home) is not None
    found["backups"] = len(list(home.backups.glob("*.pxtui-backup")))
    return found


def _difference(one: State, other: State) -> dict[str, tuple[object, object]]:
    return {
        name: (one.get(name), other.get(name)) for name in sorted({*one, *other}) if one.get(name) != other.get(name)
    }


def _moment(act: Act) -> datetime:
    day = datetime.fromisoformat(act.day) if act.day else datetime.now(CHINA)
    return day.replace(hour=20, tzinfo=CHINA)
