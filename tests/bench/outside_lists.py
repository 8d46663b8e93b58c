"""A list of a million lines from elsewhere: read, compared with many open cases, looked up by one case."""

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from db.models import ListKind
from pxtui.casework.outside_lists import comparing, importing
from pxtui.casework.outside_lists.importing import Stated
from pxtui.home import Home
from pxtui.identifiers.id_number import check_character
from tests.bench.table import Line, Report
from tests.conftest import ACTING, empty_register
from tests.support.counter import Counter
from tests.support.rosters import made_up_people

_LINES = 1_000_000
_CASES = 200
_HEADS = 50
_BIRTHDAYS = 28
_A_THOUSAND = 1_000
_MB = 2**20


def measured_lists() -> Report:
    """Times, and what memory it takes beyond the file."""
    with tempfile.TemporaryDirectory() as folder:
        return Report(exact=[], times=_measured(Path(folder)))


def _measured(folder: Path) -> list[Line]:
    file = folder / "list.csv"
    _write(file)
    register = empty_register(Home(folder / "data"))
    counter = Counter(register)
    numbers = [counter.file(made_up_people(_HEADS, first=_HEADS * place)) for place in range(_CASES)]
    before = _most_memory()
    begun = time.perf_counter()
    prepared = importing.prepare(file, ListKind.PENSIONERS)
    read = time.perf_counter() - begun
    beyond = _most_memory() - before
    begun = time.perf_counter()
    with register.writing(ACTING) as context:
        taken = importing.take(context, prepared, Stated("市社保局", date(2020, 3, 1), date(2020, 6, 30)))
    stored = time.perf_counter() - begun
    begun = time.perf_counter()
    with register.reading(ACTING) as context:
        comparing.of_case(context, numbers[-1])
    shown = time.perf_counter() - begun
    begun = time.perf_counter()
    with register.writing(ACTING) as context:
        importing.withdraw(context, 1, "量一量")
    back = time.perf_counter() - begun
    register.close()
    return [
        Line(f"a list of {_LINES:,} lines ({file.stat().st_size / _MB:.0f} MB) read", f"{read:.1f} s"),
        Line("  memory beyond what was there", f"{beyond:.0f} MB"),
        Line(f"  stored and compared with {taken.cases} cases, {taken.people} people", f"{stored:.1f} s"),
        Line(f"  one case of {_HEADS} looked up in it", f"{shown * 1_000:.0f} ms"),
        Line("  its import taken back", f"{back:.1f} s"),
    ]


def _write(file: Path) -> None:
    """People who stand in no roster of the bench."""
    with file.open("w", encoding="utf-8") as text:
        text.write("姓名,身份证号,待遇开始日期\n")
        for place in range(_LINES):
            days, order = divmod(place, _A_THOUSAND)
            first_17 = f"5104{days // _BIRTHDAYS % 100:02}1950{days % 12 + 1:02}{days % _BIRTHDAYS + 1:02}{order:03}"
            text.write(f"某某,{first_17}{check_character(first_17)},2015-01-01\n")


def _most_memory() -> float:
    """Megabytes of this process at its largest."""
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / (_MB if sys.platform == "darwin" else 1024)
