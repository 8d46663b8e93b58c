"""The statistics over a large register, beside one hand-written statement over the same cases."""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from pxtui.casework.office.register import open_register
from pxtui.casework.practice import register as practice_register
from pxtui.casework.supervision.case_sums import case_sums
from pxtui.casework.supervision.overview import statistics
from pxtui.casework.supervision.query import Dimension, Query
from pxtui.home import Home
from pxtui.progress import Watch
from tests.bench.growth import grown
from tests.bench.table import Line, Report
from tests.conftest import NOW

CASES = 10_000
_TIMES = 3
_BY_OFFICE = """
SELECT office_code, count(*), sum(approved_heads), sum(claimed_total_fen), sum(approved_total_fen), sum(p.paid)
FROM training_case LEFT JOIN (
  SELECT case_id, sum(CASE WHEN outcome = 'paid' THEN amount_fen END) AS paid FROM payment_line GROUP BY case_id
) p ON p.case_id = training_case.id
WHERE stage <> 'voided' GROUP BY office_code
"""


def measured_statistics(cases: int = CASES, made_before: Path | None = None) -> Report:
    """Of a register of so many cases, made here; or of one that lies in a folder."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(made_before or Path(folder) / "data")
        if not made_before:
            practice_register.make_practice_register(home, NOW)
        register = open_register(home, NOW)
        try:
            count = cases if made_before else grown(register, cases)
            with register.reading(register.nobody(NOW)) as context:
                sums = case_sums(context, Query())
                by_hand = _by_hand(home.register)
                seven = _timed(lambda: case_sums(context, Query()))
                whole = _timed(lambda: statistics(context, Query(), Watch()))
                hand = _timed(lambda: _by_hand(home.register))
        finally:
            register.close()
    offices = sums.by[Dimension.OFFICE]
    alike = [(group.value, group.sums.cases, group.sums.paid_fen) for group in offices] == [
        (office, cases, paid or 0) for office, cases, _, _, _, paid in by_hand
    ]
    return Report(
        exact=[Line(f"sums of {count} cases as one hand-written statement has them", f"{alike}", "True")],
        times=[
            Line("seven dimensions, eleven sums", f"{seven:.2f} s, {seven / hand:.0f} times by hand"),
            Line("all of the page", f"{whole:.2f} s"),
            Line("one dimension, five sums, by hand", f"{hand:.2f} s"),
        ],
    )


def _by_hand(path: Path) -> list[tuple[str, int, int, int, int, int | None]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(_BY_OFFICE).fetchall()


def _timed(function: Callable[[], object]) -> float:
    """Seconds, the best of some."""
    best = float("inf")
    for _ in range(_TIMES):
        began = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - began)
    return best
