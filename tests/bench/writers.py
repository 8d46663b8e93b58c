"""Writers at one register in a file, without pauses: `python -m tests.bench writers [COMMITS [WRITERS]]`.

Each is a process of its own and files one application after the other, all of them out of one series of numbers: what
is lost leaves a gap, what is done over something else gives a number twice.
"""

import multiprocessing
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlmodel import select

from db.chain.walk import verify
from db.models import Case
from db.seal import Vault
from pxtui.casework.office.register import open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.bench.table import Line, Report
from tests.conftest import ACTING, NOW, empty_register
from tests.support.filings import a_filing

COMMITS, WRITERS = 10_000, 8
_DISK = "/var/tmp"  # noqa: S108 - a folder of its own in it, and on a disk, where the tests' is in memory


def measured_writers(commits: int = COMMITS, writers: int = WRITERS) -> Report:
    """So many commits of each, and what they were told."""
    with tempfile.TemporaryDirectory(dir=_DISK) as folder:
        home = Home(Path(folder) / "data")
        empty_register(home).close()
        context = multiprocessing.get_context("spawn")
        answers: Any = context.Queue()
        processes = [context.Process(target=_write, args=(home.root, commits, answers)) for _ in range(writers)]
        begun = time.perf_counter()
        for process in processes:
            process.start()
        told = [answers.get() for _ in processes]
        for process in processes:
            process.join()
        seconds = time.perf_counter() - begun
        register = open_register(home, NOW)
        with register.reading(ACTING) as reading:
            stored = sorted(reading.session.exec(select(Case.serial)))
        register.close()
        result = verify(home.register, Vault.open(home.key))
    numbers = [number for numbers, _, _ in told for number in numbers]
    waits = [wait for _, of_one, _ in told for wait in of_one]
    refused = Counter(sentence for _, _, sentences in told for sentence in sentences)
    assert len(numbers) == len(set(numbers)) == len(stored)
    assert stored == list(range(1, len(stored) + 1))
    assert result.is_whole, result.findings[:3]
    each = quantiles(waits, n=100)
    return Report(
        exact=[
            Line(f"commits of {writers} writers that were acknowledged, and stand", f"{len(stored)} of {len(stored)}"),
            Line("commits refused", f"{sum(refused.values())} {dict(refused) or ''}", "0"),
        ],
        times=[
            Line("a commit, median", f"{each[49] * 1000:.0f} ms"),
            Line("a commit, 99 of 100", f"{each[98] * 1000:.0f} ms", "50 ms"),
            Line("the slowest", f"{max(waits) * 1000:.0f} ms"),
            Line("all writers together", f"{len(stored) / seconds:.1f} commits a second"),
        ],
    )


def _write(root: Path, commits: int, answers: Any) -> None:
    """File so many applications; what was refused is told and not tried again."""
    numbers: list[str] = []
    waits: list[float] = []
    refused: list[str] = []
    register = open_register(Home(root), NOW)
    for _ in range(commits):
        begun = time.perf_counter()
        try:
            with register.writing(ACTING) as context:
                number = opening_filing.file(context, a_filing())
            numbers.append(number)
        except PxtuiError as fault:
            refused.append(fault.sentence)
        waits.append(time.perf_counter() - begun)
    register.close()
    answers.put((numbers, waits, refused))
