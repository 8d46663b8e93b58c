"""The paper of all that is kept of one person: `python -m tests.bench extract [LEARNERS]`."""

import tempfile
import time
from pathlib import Path

from openpyxl import load_workbook

from pxtui.casework.keeping import extract
from pxtui.home import Home
from tests.bench.keeping import fill
from tests.bench.table import Line, Report
from tests.conftest import ACTING, empty_register
from tests.support.rosters import made_up_people

LEARNERS = 100_000
_LIMIT = 10.0


def measured_extract(learners: int = LEARNERS) -> Report:
    """The first, the middle and the last of so many learners."""
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        register = empty_register(Home(Path(folder) / "data"))
        fill(register, learners)
        for place in (0, learners // 2, learners - 1):
            (person,) = made_up_people(1, place)
            out = Path(folder) / f"{place}"
            started = time.perf_counter()
            with register.writing(ACTING) as context:
                path = extract.extract(context, person.id_number, out)
            seconds.append(time.perf_counter() - started)
            sheet = load_workbook(path).worksheets[0]
            said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
            assert any(person.id_number in text for text in said)
        register.close()
    assert max(seconds) <= _LIMIT, seconds
    measured = ", ".join(f"{second:.2f}" for second in seconds) + " s"
    return Report(
        times=[Line(f"all that is kept of one of {learners:,} learners, written", measured, f"{_LIMIT:.0f} s")]
    )
