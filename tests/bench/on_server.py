"""What a register on a server of PostgreSQL costs, for docs/SCALE.md: `python -m tests.bench server [CASES]`.

Disk by case and by training, the memory of a connection, acts a second under the lock of writers, and how the
statements of pages, lists and searches are planned. The server is the tests' own: on a socket, its data in memory.
"""

import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, text

from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.practice import money
from pxtui.casework.practice.register import file_cases
from pxtui.casework.roster import edits as roster_edits
from pxtui.clock import CHINA
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.bench.growth import DAY, QUESTIONS
from tests.bench.logins import memory_of
from tests.bench.table import Line, Report, spread
from tests.conftest import ACTING, NOW, empty_register
from tests.support import database_server, on_server
from tests.support.filings import a_filing
from tests.support.large_registers import GROWING, grow
from tests.support.rosters import made_up_people

CASES = 1_000
_SESSIONS = (1, 8)
_ACTS = 20
"""Rows that each session stores, one after the other."""
_CONNECTIONS = 20
_PER_HEAD = ("enrolment", "person", "learning_result", "other_initials", "voucher")
"""The tables whose rows are in step with the people taught, the others are with the cases."""


def measured_on_server(cases: int = CASES) -> Report:
    """Everything, in a register of about so many cases with whole rosters."""
    if database_server.binaries() is None:
        return Report(times=[Line("on a server", "this machine has no PostgreSQL")])
    database_server.announce()
    try:
        with tempfile.TemporaryDirectory() as folder, on_server.choosing(True):
            home = Home(Path(folder) / "data")
            register = empty_register(home)
            lines = [*_acts(register), *_grown(register, cases), *_memory(home), *_plans(register)]
            register.close()
    finally:
        database_server.stop()
    return Report(times=lines)


def _acts(register: Register) -> Iterator[Line]:
    for sessions in _SESSIONS:
        numbers = [_a_case(register) for _ in range(sessions)]
        before, start = _bytes(register), time.perf_counter()
        with multiprocessing.get_context("fork").Pool(sessions) as pool:
            told = pool.map(_store, [(register.home.root, number) for number in numbers])
        seconds = time.perf_counter() - start
        held = [milliseconds for of in told for milliseconds in of.held]
        waited = [milliseconds for of in told for milliseconds in of.waited]
        work = sum(of.work for of in told) / len(held) * 1000
        name = f"{sessions} at once store rows without pauses"
        refused = f", {sessions * _ACTS - len(held)} told to wait" if len(held) < sessions * _ACTS else ""
        yield Line(name, f"{len(held) / seconds:.0f} a second{refused}, {work:.0f} ms of the program's processor each")
        yield Line("  the lock of writers", f"waited for {spread(waited, 'ms')}; held {spread(held, 'ms')}")
        after = _bytes(register)
        written = sum(after[name] - before[name] for name in ("chain_link", "journal_entry")) / len(held)
        yield Line("  chain and journal of each", f"{written:,.0f} bytes")


def _a_case(register: Register) -> str:
    with register.writing(ACTING) as context:
        return opening_filing.file(context, a_filing())


@dataclass(frozen=True, slots=True)
class _Told:
    """Of the acts of one session that were not refused: milliseconds, and seconds of processor for all."""

    waited: list[float]
    held: list[float]
    work: float


def _store(asked: tuple[Path, str]) -> _Told:
    root, number = asked
    register = open_register(Home(root), NOW)
    waited, held, worked = [], [], time.process_time()
    for place, person in enumerate(made_up_people(_ACTS)):
        start = time.perf_counter()
        # Who waits for five seconds is told to try again.
        with suppress(PxtuiError):
            with register.writing(ACTING) as context:
                entered = time.perf_counter()
                roster_edits.put_row(context, number, place, person)
            waited.append((entered - start) * 1000)
            held.append((time.perf_counter() - entered) * 1000)
    register.close()
    return _Told(waited, held, time.process_time() - worked)


def _grown(register: Register, cases: int) -> Iterator[Line]:
    with register.writing(ACTING) as context:
        money.process_granted(context, file_cases(context)[: money.CASES], register.home.papers)
    before, there = _bytes(register), _rows(register)
    start = time.perf_counter()
    with register._archive._writer.begin() as connection:
        grow(connection, register._archive.vault, cases // there["training_case"] - 1)
    stored = time.perf_counter()
    register._archive.bind_anew(NOW)
    bound = time.perf_counter()
    with register._archive._writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM FULL ANALYZE")
    rows = _rows(register)
    rows.subtract(there)
    made = sum(rows[name] for name in GROWING)
    rates = f"{made / (stored - start):,.0f} a second, bound {made / (bound - stored):,.0f} a second"
    yield Line("rows written in bulk", f"{made:,}, {rates}")
    yield from _disk(_bytes(register) - before, rows)


def _disk(sizes: Counter[str], rows: Counter[str]) -> Iterator[Line]:
    """Bytes by case and by training, each with the proofs of its rows, which are all of one size."""
    made = sum(rows[name] for name in GROWING)
    proof = sizes["row_proof"] / made
    taught = sum(sizes[name] + rows[name] * proof for name in _PER_HEAD)
    others = [name for name in GROWING if name not in _PER_HEAD]
    of_cases = sum(sizes[name] + rows[name] * proof for name in others)
    cases, heads = rows["training_case"], rows["enrolment"]
    yield Line("cases and trainings", f"{cases:,} and {heads:,}, {made / heads:.1f} rows a training in all tables")
    yield Line("disk of a training: its own rows", f"{taught / heads:,.0f} bytes, {proof:.0f} of them for each proof")
    yield Line("disk of a case: its own rows", f"{of_cases / cases:,.0f} bytes")
    yield Line(
        "disk of a training with its share", f"{(taught + of_cases) / heads:,.0f} bytes, indexes and proofs in it"
    )


def _memory(home: Home) -> Iterator[Line]:
    """Of the processes of the server, one for a connection, after each has asked for the desk."""
    acting = Acting("张三", "dongqu", datetime.combine(DAY, time_of_day(15), CHINA))
    with ExitStack() as stack:
        processes = []
        for _ in range(_CONNECTIONS):
            register = open_register(home, NOW)
            stack.callback(register.close)
            with register.reading(acting) as context:
                for question in QUESTIONS.values():
                    question(context)
                processes.append(context.session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
        sizes = [memory_of(pid) for pid in processes]
    yield Line(
        f"memory of a connection, {_CONNECTIONS} open", f"{sum(sizes) / len(sizes):.1f} MiB, shared pages divided"
    )


def _plans(register: Register) -> Iterator[Line]:
    """How long each question takes, and the growing tables that are read from end to end for it."""
    acting = Acting("张三", "dongqu", datetime.combine(DAY, time_of_day(15), CHINA))
    for name, question in QUESTIONS.items():
        with register.reading(acting) as context, _watched(register._archive._writer) as sent:
            question(context)
            start = time.perf_counter()
            question(context)
            took = time.perf_counter() - start
            count = len(sent) // 2
            connection = context.session.connection()
            walked = _walked(connection, sent)
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            forced = _walked(connection, sent)
        of_it = f"reads all of {', '.join(sorted(walked))}" if walked else "by indexes"
        without = f"; without a usable index: {', '.join(sorted(forced))}" if forced else ""
        yield Line(f"on the server: {name}", f"{took * 1000:.1f} ms, {count} statements, {of_it}{without}")


@contextmanager
def _watched(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        sent.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _walked(connection: Connection, sent: Sequence[tuple[str, Any]]) -> set[str]:
    found = set()
    for statement, values in dict.fromkeys((statement, _frozen(values)) for statement, values in sent):
        if not statement.lstrip().startswith(("SELECT", "WITH")):
            continue
        plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", dict(values)).scalar_one()
        found |= {node["Relation Name"] for node in _nodes(plan[0]["Plan"]) if node["Node Type"] == "Seq Scan"}
    return found & set(GROWING)


def _frozen(values: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(dict(values or {}).items())


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _bytes(register: Register) -> Counter[str]:
    """Of each table with its indexes and what lies beside it."""
    with register._archive.reading() as session:
        found = session.connection().exec_driver_sql(
            "SELECT relname::text, pg_total_relation_size(oid) FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        return Counter({name: int(size) for name, size in found})


def _rows(register: Register) -> Counter[str]:
    with register._archive.reading() as session:
        connection = session.connection()
        return Counter(
            {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in GROWING}  # noqa: S608
        )
