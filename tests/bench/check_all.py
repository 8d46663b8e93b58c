"""A check of all open cases, beside one statement by hand: `python -m tests.bench check-all [CASES]`.

Claims of ten people, made up and waiting for their decision; the second run finds nothing new, as every night.
"""

import resource
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from pxtui.casework.all_cases import checking
from pxtui.casework.all_cases.checking import Outcome
from pxtui.casework.office.context import Acting
from pxtui.casework.office.program_version import NOBODY
from pxtui.casework.office.register import Register, open_register
from pxtui.home import Home
from tests.bench.table import Line, Report
from tests.conftest import NOW
from tests.register.making import make
from tests.support.statements import watched

CASES = 10_000
_HEADS = 10
_SEED = 2020
_BY_HAND = (
    "SELECT count(*), count(DISTINCT other.case_id) FROM enrolment AS own "
    "JOIN training_case AS mine ON mine.id = own.case_id AND mine.stage = 'claim-received' "
    "JOIN enrolment AS other ON other.id_key = own.id_key AND other.case_id <> own.case_id"
)
"""Who of the open claims stands in another case: the part of the check that the database does."""


def measured_check_all(cases: int = CASES) -> Report:
    """A first check of all, and one after it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "data")
        make(home, cases, _HEADS, _SEED, plants=1, open_cases=cases)
        register = open_register(home, NOW)
        first, again = _run(register, cases), _run(register, cases)
        with register.reading(register.nobody(NOW)) as context:
            begun = time.perf_counter()
            context.session.execute(text(_BY_HAND)).one()
            by_hand = time.perf_counter() - begun
        register.close()
    lines = [Line(f"check-all of {cases:,} open cases, the first time", first[0]), Line("the next time", again[0])]
    lines.append(Line("one statement by hand: who stands in another case", f"{by_hand:.1f} s"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Report(
        exact=[Line(f"statements that read, {cases:,} open cases checked again", again[1])],
        times=[*lines, Line("largest memory, with the making", f"{memory} MB")],
    )


def _run(register: Register, cases: int) -> tuple[str, str]:
    outcome = Outcome()
    begun, worked = time.perf_counter(), time.process_time()
    with watched() as sent:
        changed = list(checking.check_all(register, Acting(NOBODY, register.office, NOW), outcome))
    seconds, work = time.perf_counter() - begun, time.process_time() - worked
    assert (outcome.cases, changed) == (cases, [])
    return f"{seconds:.1f} s, {work:.1f} s of them at work", f"{sent.count}"
