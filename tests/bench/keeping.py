"""Backup, drill and rotation of the key of a large register: seconds, beside what they may take.

`python -m tests.bench keeping` measures this alone; with a number of learners behind it, a register of so many.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from db.backup import copy
from pxtui.casework.keeping import backups, office_key, restoring, rotating
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from tests.bench.table import Line, Report
from tests.conftest import ACTING, NOW, empty_register
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people

_LEARNERS = 100_000
_OF_A_CLASS = 200

Answer = TypeVar("Answer")


def measured_keeping(learners: int = _LEARNERS) -> Report:
    """A register of so many learners in classes of 200, each with its entries in the journal and the chain."""
    with tempfile.TemporaryDirectory() as folder:
        stick = Path(folder)
        home = Home(stick / "data")
        register = empty_register(home)
        built, _ = _timed(lambda: fill(register, learners))
        with register.writing(ACTING) as context:
            office_key.create(context, stick / "private.txt")
        private = office_key.read_private(stick / "private.txt", lambda: "")
        backing, made = _timed(lambda: backups.back_up(home, NOW))
        copying, _ = _timed(lambda: copy(home.register, stick / "copy.sqlite"))
        drilling, drilled = _timed(lambda: restoring.drill(home, NOW, home.backups / made.name, private))
        rotating_, _ = _timed(lambda: rotating.rotate(register, lambda: ACTING, stick / "keys"))
        register.close()
        megabytes = home.register.stat().st_size / 1e6
        open_register(home, NOW).close()
    return Report(
        times=[
            Line(f"a register of {learners} learners made up, {megabytes:.0f} MB", f"{built:.0f} s"),
            Line("a copy of it, checked: as long as clerks may have to wait", f"{copying:.1f} s"),
            Line("a backup with the proof of every row, sealed and read back", f"{backing:.1f} s"),
            Line(
                f"a drill with {drilled.sealed_texts} texts opened and every row proven", f"{drilling:.1f} s", "300 s"
            ),
            Line("a rotation of the key", f"{rotating_:.1f} s"),
        ]
    )


def fill(register: Register, learners: int) -> None:
    """Classes of 200 drafts, nobody twice."""
    for first in range(0, learners, _OF_A_CLASS):
        with register.writing(ACTING) as context:
            number = opening_filing.file(context, a_filing())
            roster_edits.replace_all(context, number, made_up_people(min(_OF_A_CLASS, learners - first), first))


def _timed(act: Callable[[], Answer]) -> tuple[float, Answer]:
    start = time.perf_counter()
    answer = act()
    return time.perf_counter() - start, answer
