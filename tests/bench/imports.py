"""A large roster on its way from a file into the register and onto the screen, and what it costs to leaf through it."""

import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.bench.table import Line, Report
from tests.support.rosters import made_up_people, office_with_roster
from tests.support.timed_terminal import TimedTerminal

_SAMPLE = Path(__file__).parent.parent / "data" / "rosters" / "a2-big-1200.xlsx"
_ROWS = 1_200
_FEW = 40
_BEHIND_THE_KEYS = 0.3
_VERDICTS = ("通过", "注意", "不符")
_FIRST_ROW = 5
"""Its line on the screen."""


def measured_imports() -> Report:
    """The import of the sample, and the roster sheet short and long."""
    with tempfile.TemporaryDirectory() as folder:
        return Report(exact=list(_scrolled(Path(folder))), times=_imported(Path(folder) / "office"))


def _imported(folder: Path) -> list[Line]:
    with TimedTerminal(office_with_roster(folder, [])) as terminal:
        terminal.open_roster(0)
        terminal.key("f6")
        terminal.type(str(_SAMPLE))
        terminal.settle()
        start = time.perf_counter()
        terminal.key("enter")
        previewed = terminal.seconds_until("尚未存入", start)
        start = time.perf_counter()
        terminal.key("enter")
        shown = terminal.seconds_until("参训人员花名册", start)
        terminal.wait_until(lambda: _is_checked(terminal), "a verdict", 60)
        checked = time.perf_counter() - start
    return [
        Line(f"a file of {_ROWS} rows imported, checked and shown", f"{previewed + checked:.2f} s", "4 s"),
        Line("  previewed after Enter", f"{previewed:.2f} s"),
        Line("  taken and shown after the second Enter", f"{shown:.2f} s"),
        Line("  every row checked", f"{checked:.2f} s"),
    ]


def _is_checked(terminal: TimedTerminal) -> bool:
    return terminal.line(_FIRST_ROW).split()[-1:] in [[verdict] for verdict in _VERDICTS]


def _scrolled(folder: Path) -> Iterator[Line]:
    for rows in (_FEW, _ROWS):
        with TimedTerminal(office_with_roster(folder / str(rows), made_up_people(rows))) as terminal:
            terminal.open_roster(rows)
            terminal.wait_for("通过")
            terminal.key("ctrl+home")
            terminal.settle(_BEHIND_THE_KEYS)
            for what, key in (("PgDn", "pagedown"), ("Down, scrolling", "down")):
                cost = terminal.cost(partial(terminal.key, key), _BEHIND_THE_KEYS)
                yield Line(f"{what} through {rows} rows", f"{cost} B", "as with 40 rows")
