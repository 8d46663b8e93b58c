"""What a clerk waits for in registers of 1,000 cases, 10,000 and more, in a file and on a server.

`python -m tests.bench growth [CASES…]` measures this alone. The practice register is repeated until there are so many
cases; rosters have three rows, which is what a page opens at most beside the roster itself.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import event, func
from sqlmodel import col, select

from db.models import Case
from pxtui.casework.desk import queues, search, shift, waiting_order
from pxtui.casework.keeping import retention
from pxtui.casework.keeping.moving import move
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
from tests.bench.beside import beside
from tests.bench.table import Line, Report
from tests.conftest import NOW
from tests.support import database_server
from tests.support.large_registers import grow
from tests.support.statements import watched

SIZES = (1_000, 10_000, 100_000)
_ROUNDS = 5
_HEADS = 3
DAY = date(2020, 6, 16)
_EMPTY_DAY = DAY + timedelta(days=3)
_FIRST = "2020-DQ-0001"
_NEARLY_FIRST = "2020-DQ-0040"
_ACTING = Acting("张三", "dongqu", datetime.combine(DAY, time_of_day(15), CHINA))

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
    "what retention has to let go": retention.due,
}


def measured_growth(sizes: Sequence[int] = SIZES) -> Report:
    """At each size and on both databases: what is sent and looked at, the same every time, and what it takes."""
    exact: list[Line] = []
    times: list[Line] = []
    with tempfile.TemporaryDirectory() as folder:
        practice = Home(Path(folder) / "practice")
        practice_register.make_practice_register(practice, NOW)
        for place, registers in (("in a file", _in_files), ("on a server", _on_server)):
            measured: list[dict[str, _Measured]] = []
            ratios: list[Line] = []
            for cases, register in registers(practice, sizes):
                measured.append(_measured(register))
                ratios += beside(register, _ACTING, QUESTIONS, f"{place}, {cases:,} cases")
            if not measured:
                times.append(Line(place, "this machine has no PostgreSQL"))
                continue
            for name in QUESTIONS:
                of_sizes = [found[name] for found in measured]
                counted = " → ".join(f"{found.statements} ({found.work:,})" for found in of_sizes)
                exact.append(Line(f"{name}, {place}", counted, "the same"))
                took = " → ".join(f"{found.seconds * 1000:.1f}" for found in of_sizes)
                waited = " → ".join(f"{found.waited * 1000:.0f}" for found in of_sizes)
                times.append(Line(f"{name}, {place}", f"{took} ms of processor, {waited} waited", "the same, under 50"))
            times += ratios
    return Report(exact=exact, times=times)


@dataclass(frozen=True, slots=True)
class _Measured:
    """A question in a register of some size."""

    statements: int
    work: int
    """Steps of SQLite's machine, or pages that the server looked at."""
    seconds: float
    """Of the program's processor."""
    waited: float
    """As the clock has it."""


def _in_files(practice: Home, sizes: Sequence[int]) -> Iterator[tuple[int, Register]]:
    for wanted in sizes:
        home = Home(practice.root.with_name(f"{wanted}"))
        shutil.copytree(practice.root, home.root)
        register = open_register(home, NOW)
        yield grown(register, wanted), register
        register.close()
        shutil.rmtree(home.root)


def _on_server(practice: Home, sizes: Sequence[int]) -> Iterator[tuple[int, Register]]:
    if database_server.binaries() is None:
        return
    database_server.announce()
    try:
        for wanted in sizes:
            name = f"grown_{wanted}"
            database_server.administer(f"CREATE DATABASE {name}")
            home = Home(practice.root.with_name(name), database_server.database(name))
            move(practice, home, NOW)
            register = open_register(home, NOW)
            cases = grown(register, wanted)
            # As a server does by itself within minutes; the tests' own does not.
            with register._archive._writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
            yield cases, register
            register.close()
            database_server.administer(f"DROP DATABASE {name}")
    finally:
        database_server.stop()


def grown(register: Register, wanted: int) -> int:
    """Repeat the cases of a register until there are about so many; how many there are."""
    with register._archive._writer.begin() as connection:
        cases = connection.execute(select(func.count(col(Case.id)))).scalar_one()
        return grow(connection, register._archive.vault, wanted // cases - 1, heads=_HEADS)


def _measured(register: Register) -> dict[str, _Measured]:
    found = {}
    for name, question in QUESTIONS.items():
        sent = (_pages if register.home.server else _steps)(register, question)
        taken = [_seconds(register, question) for _ in range(_ROUNDS)]
        found[name] = _Measured(*sent, median(work for work, _ in taken), median(waited for _, waited in taken))
    return found


def _steps(register: Register, question: Question) -> tuple[int, int]:
    with watched() as sent, register.reading(_ACTING) as context:
        question(context)
    return sent.count, sent.steps


def _pages(register: Register, question: Question) -> tuple[int, int]:
    """How many statements are sent, and how many pages the server looks at for them."""
    # What a connection has to learn of the tables it learns the first time.
    _looked_at(register, question)
    of_question = _looked_at(register, question) - _looked_at(register, lambda _: None)
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    with register.reading(_ACTING) as context:
        event.listen(register._archive._writer, "before_cursor_execute", note)
        question(context)
        event.remove(register._archive._writer, "before_cursor_execute", note)
    return len(sent), of_question


def _looked_at(register: Register, question: Question) -> int:
    before = _all_pages(register)
    with register.reading(_ACTING) as context:
        question(context)
        # The server tells when the transaction is over.
        context.session.connection().exec_driver_sql("SELECT pg_stat_force_next_flush()")
    return _all_pages(register) - before


def _all_pages(register: Register) -> int:
    assert register.home.server is not None
    name = register.home.server.url.partition("?")[0].rpartition("/")[2]
    asked = "SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = %s"
    return int(database_server.answer(asked, name)[0][0])


def _seconds(register: Register, question: Question) -> tuple[float, float]:
    with register.reading(_ACTING) as context:
        work, start = time.process_time(), time.perf_counter()
        question(context)
        return time.process_time() - work, time.perf_counter() - start
