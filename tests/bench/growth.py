"""What a clerk waits for in registers of 1,000 cases, 10,000 and more, beside one hand-written statement for the desk.

`python -m tests.bench growth [CASES…]` measures this alone. The practice register is repeated until there are so many
cases; rosters have three rows, which is what a page opens at most beside the roster itself.
"""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from statistics import median

from sqlalchemy import func
from sqlmodel import col, select

from db.models import Case
from pxtui.casework.desk import queues, search, shift, waiting_order
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.payment import funds
from pxtui.casework.payment import page as payment_page
from pxtui.casework.practice import register as practice_register
from pxtui.casework.printed.ledgers import OfficeAsking, ledger, one_day, one_month
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.publicity import page as publicity_page
from pxtui.clock import CHINA
from pxtui.home import Home
from tests.bench.table import Line, Report
from tests.conftest import NOW
from tests.support.large_registers import grow
from tests.support.statements import watched

SIZES = (1_000, 10_000)
_ROUNDS = 5
_HEADS = 3
DAY = date(2020, 6, 16)
_EMPTY_DAY = DAY + timedelta(days=3)
_FIRST = "2020-DQ-0001"
_NEARLY_FIRST = "2020-DQ-0040"

Question = Callable[[Context], object]
QUESTIONS: Mapping[str, Question] = {
    "a case by its number": lambda context: find(context, _FIRST),
    "the queues": queues.queues,
    "the desk": waiting_order.by_waiting,
    "the newest 200 cases": queues.cases,
    "the last page of the cases": lambda context: queues.cases(context, before=_NEARLY_FIRST),
    "search: name of a firm": lambda context: search.search(context, "恒力"),
    "search: name of a person": lambda context: search.search(context, "王伟"),
    "search: initials": lambda context: search.search(context, "ww"),
    "search: inside of a firm's initials": lambda context: search.search(context, "wjb"),
    "search: end of an ID number": lambda context: search.search(context, "3010"),
    "search: occupation": lambda context: search.search(context, "焊工"),
    "search: longer part of a firm's name": lambda context: search.search(context, "恒力机械"),
    "search: one character": lambda context: search.search(context, "恒"),
    "search: occupation and person": lambda context: search.search(context, "焊工 王伟"),
    "search: what nobody is called": lambda context: search.search(context, "彧彧"),
    "what a clerk has in hand": lambda context: shift.in_hand(context, context.clerk),
    "page of payments": lambda context: payment_page.desk(context, _FIRST),
    "page of public notices": lambda context: publicity_page.desk(context, DAY),
    "list of 200 payment batches": payment_batches.batches,
    "list of 200 public notices": publicity_batches.batches,
    "balances of the funds": funds.funds,
    "ledger of an empty day": lambda context: ledger("daily-ledger", OfficeAsking(context, *one_day(_EMPTY_DAY))),
    "ledger of a month": lambda context: ledger("monthly-ledger", OfficeAsking(context, *one_month(DAY))),
}

_STATEMENT = "SELECT * FROM training_case ORDER BY id DESC LIMIT 201"


def measured_growth(sizes: Sequence[int] = SIZES) -> Report:
    """Statements and SQLite's steps, which are the same every time, and processor time, at each size."""
    with tempfile.TemporaryDirectory() as folder:
        practice_register.make_practice_register(Home(Path(folder) / "practice"), NOW)
        told = [_Told.of(Path(folder), cases) for cases in sizes]
    exact, times = [], []
    for name in QUESTIONS:
        counted = " → ".join(f"{of.statements[name]} ({of.steps[name]:,} steps)" for of in told)
        exact.append(Line(name, counted, "the same"))
        took = " → ".join(f"{of.seconds[name] * 1000:.1f}" for of in told)
        times.append(Line(name, f"{took} ms of processor", "the same, under 50"))
    for of in told:
        times.append(Line(f"newest 200 of {of.cases:,} cases, beside one statement", of.beside_statement, "3 times"))
    return Report(exact=exact, times=times)


class _Told:
    """What was measured at one size."""

    def __init__(self, cases: int) -> None:
        self.cases = cases
        self.statements: dict[str, int] = {}
        self.steps: dict[str, int] = {}
        self.seconds: dict[str, float] = {}
        self.beside_statement = ""

    @classmethod
    def of(cls, folder: Path, wanted: int) -> "_Told":
        """Make a register of about so many cases and ask it everything."""
        home = Home(folder / f"{wanted}")
        shutil.copytree(folder / "practice", home.root)
        register = open_register(home, NOW)
        told = cls(_grown(register, wanted))
        acting = Acting("张三", "dongqu", datetime.combine(DAY, time_of_day(15), CHINA))
        for name, question in QUESTIONS.items():
            with watched() as sent, register.reading(acting) as context:
                question(context)
            told.statements[name], told.steps[name] = sent.count, sent.steps
            told.seconds[name] = median(_seconds(register, acting, question) for _ in range(_ROUNDS))
        told.beside_statement = _beside(home.register, told.seconds["the newest 200 cases"])
        register.close()
        shutil.rmtree(home.root)
        return told


def _grown(register: Register, wanted: int) -> int:
    with register._archive._writer.begin() as connection:
        cases = connection.execute(select(func.count(col(Case.id)))).scalar_one()
        return grow(connection, register._archive.vault, wanted // cases - 1, heads=_HEADS)


def _seconds(register: Register, acting: Acting, question: Question) -> float:
    with register.reading(acting) as context:
        start = time.process_time()
        question(context)
        return time.process_time() - start


def _beside(path: Path, seconds: float) -> str:
    with closing(sqlite3.connect(path)) as connection:
        taken = []
        for _ in range(_ROUNDS):
            start = time.process_time()
            connection.execute(_STATEMENT).fetchall()
            taken.append(time.process_time() - start)
    return f"{seconds / median(taken):.1f} times {median(taken) * 1000:.1f} ms"
