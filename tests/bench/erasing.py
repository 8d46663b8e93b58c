"""What the erasure of people whose term is over costs, with the chain whole: `python -m tests.bench erase [PEOPLE]`."""

import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlmodel import col, func, select

from db.chain.walk import verify
from db.models import Enrolment
from db.seal import Vault
from pxtui.casework.keeping import retention
from pxtui.casework.keeping.erasure import MARK
from pxtui.casework.lifecycle.stages import Action
from pxtui.home import Home
from tests.bench.table import Line, Report
from tests.conftest import empty_register
from tests.support.counter import Counter
from tests.support.rosters import made_up_people

PEOPLE = 10_000
_OF_A_CLASS = 200
_TERM = timedelta(days=730)


def measured_erasing(people: int = PEOPLE) -> Report:
    """Classes of 200 whose firms withdrew, two years later."""
    with tempfile.TemporaryDirectory() as folder:
        register = empty_register(Home(Path(folder) / "data"))
        counter = Counter(register)
        for first in range(0, people, _OF_A_CLASS):
            number = counter.file(made_up_people(min(_OF_A_CLASS, people - first), first))
            counter.do(number, Action.SUBMIT, Action.WITHDRAW, opinion="企业撤回")
        counter.day += _TERM
        started, worked = time.perf_counter(), time.process_time()
        done = retention.run(register, counter.acting)
        seconds, work = time.perf_counter() - started, time.process_time() - worked
        with register.reading(counter.acting) as context:
            erased = context.session.exec(
                select(func.count()).select_from(Enrolment).where(col(Enrolment.name) == MARK)
            ).one()
        register.close()
        result = verify(register.home.register, Vault.open(register.home.key))
    assert erased == people
    assert result.is_whole, result.findings[:3]
    measured = f"{seconds:.1f} s, {work:.1f} s of them at work; {len(done)} cases, chain of {result.links} links whole"
    return Report(times=[Line(f"{people:,} people erased", measured)])
