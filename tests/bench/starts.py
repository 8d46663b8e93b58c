"""How long the desk takes to stand, beside the least that a Textual program can be."""

import sys
import tempfile
from pathlib import Path
from statistics import median

from sqlalchemy import literal, select, true

from db.models import Case
from pxtui.casework.office.register import open_register
from pxtui.home import Home
from tests.bench.bare import READY
from tests.bench.table import Line, Report
from tests.conftest import ACTING, NOW
from tests.support.rosters import office_with_roster
from tests.support.timed_terminal import TimedTerminal

_CASES = 100_000
_ROUNDS = 5
_BARE = (sys.executable, "-m", "tests.bench.bare")


def measured_starts() -> Report:
    """Bare program and desk by turns, so that both meet the same machine."""
    with tempfile.TemporaryDirectory() as folder:
        office = office_with_roster(Path(folder), [])
        _file_many(office)
        bare, frame, data = zip(*(_one_round(office) for _ in range(_ROUNDS)), strict=True)
    least = median(bare)
    return Report(
        times=[
            Line("a bare Textual program: first paint", f"{least * 1000:.0f} ms"),
            _line(f"the desk over {_CASES} cases: first paint", median(frame), least, "1.4"),
            _line(f"the desk over {_CASES} cases: with data", median(data), least, "3"),
        ]
    )


def _one_round(office: Path) -> tuple[float, float, float]:
    with TimedTerminal(office, _BARE) as terminal:
        bare = terminal.seconds_until(READY, terminal.started)
    with TimedTerminal(office) as terminal:
        frame = terminal.seconds_until("培训补贴柜台", terminal.started)
        data = terminal.seconds_until("200件，只列最新的", terminal.started)
        terminal.key("ctrl+q")
        terminal.exit_code()
    return bare, frame, data


def _line(what: str, seconds: float, least: float, budget: str) -> Line:
    return Line(what, f"{seconds * 1000:.0f} ms, {seconds / least:.2f} times the bare one", f"{budget} times")


def _file_many(office: Path) -> None:
    """Copies of the only case under the numbers that follow."""
    table = Case.metadata.tables["training_case"]
    copied = [column for column in table.columns if column.name not in ("id", "serial")]
    first = select(literal(2).label("serial")).cte("following", recursive=True)
    following = first.union_all(select(first.c.serial + 1).where(first.c.serial < _CASES))
    copies = select(*copied, following.c.serial).select_from(table.join(following, true()))
    register = open_register(Home(office / "data"), NOW)
    with register.writing(ACTING) as context:
        context.session.connection().execute(table.insert().from_select([*copied, table.c.serial], copies))
    register.close()
