"""What storing a row costs, and what part of it is the chain: `python -m tests.bench rows`.

The program is measured with its chain and with the binding of a transaction left out, by turns over one register.
"""

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from db.chain.session import BoundSession
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from tests.bench.table import Line, Report
from tests.conftest import ACTING, NOW
from tests.support.rosters import NUMBER, made_up_people, office_with_roster

_ROWS = 400
_HEADS = 40
_BUDGET = 1.2


def measured_stored_rows() -> Report:
    """Rows that are stored one by one, each with its entry in the journal."""
    times: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        register = open_register(Home(office_with_roster(Path(folder), made_up_people(_HEADS)) / "data"), NOW)
        for place in range(_ROWS):
            times[place % 2 == 0].append(_stored(register, _HEADS + place, is_bound=place % 2 == 0))
        register.close()
    (bound, bound_work), (bare, bare_work) = (
        (median(wall for wall, _ in some), median(work for _, work in some)) for some in (times[True], times[False])
    )
    return Report(
        times=[
            Line("a row stored with its link", f"{bound * 1000:.1f} ms, {bound_work * 1000:.2f} at work"),
            Line("a row stored without", f"{bare * 1000:.1f} ms, {bare_work * 1000:.2f} at work"),
            Line("the one to the other", f"{bound / bare:.2f}, at work {bound_work / bare_work:.2f}", f"{_BUDGET}"),
        ]
    )


def _stored(register: Register, place: int, *, is_bound: bool) -> tuple[float, float]:
    (person,) = made_up_people(1, place)

    def unbound(_session: BoundSession, *_signed: Any) -> None:
        """Nothing proves this transaction."""

    def unproven(_session: BoundSession, _rows: Any) -> None:
        """Nothing is held against the chain."""

    start, worked = time.perf_counter(), time.process_time()
    if is_bound:
        _put(register, place, person)
    else:
        with patch.object(BoundSession, "bind_writes", unbound), patch.object(BoundSession, "require_proven", unproven):
            _put(register, place, person)
    return time.perf_counter() - start, time.process_time() - worked


def _put(register: Register, place: int, person: Any) -> None:
    with register.writing(ACTING) as context:
        roster_edits.put_row(context, NUMBER, place, person)
