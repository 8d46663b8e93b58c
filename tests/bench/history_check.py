"""The check of a large roster against everything the register knows, beside one hand-written statement for its facts.

In a file and on a server; `python -m tests.bench history` measures this alone.
"""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from statistics import median

from sqlalchemy import insert

from db.kinds import kind_of
from db.models import EarlierTraining
from pxtui.casework.check import eligibility
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.roster.edits import ID_NUMBER
from pxtui.home import Home
from tests.bench.table import Line, Report
from tests.conftest import ACTING, NOW
from tests.support import database_server, on_server
from tests.support.rosters import NUMBER, made_up_people, office_with_roster

_HEADS = 500
_TRAININGS = 1_000_000
_EACH = 4
"""Trainings of one person."""
_ROUNDS = 15
_SEED = 2020
_AT_ONCE = 20_000
_SEALED_BYTES = 49
"""What 18 characters take under seal."""
_OCCUPATIONS = ("焊工", "电工", "车工", "钳工", "保育员", "养老护理员", "中式烹调师", "叉车司机")

# What the rules ask of a roster's people: how many trainings in the class's year, how many at the same time, how
# many of the same occupation and level. Earlier trainings and filed cases alike.
_STATEMENT = """
WITH judged AS (SELECT id, starts_on, ends_on, occupation, level FROM training_case WHERE id = 1),
     known AS (
       SELECT e.seq, t.starts_on, t.ends_on, t.occupation, t.level, t.source
         FROM judged j JOIN enrolment e ON e.case_id = j.id AND e.application = 'opening'
         JOIN earlier_training t ON t.id_key = e.id_key AND t.subsidised
       UNION ALL
       SELECT e.seq, c.starts_on, c.ends_on, c.occupation, c.level, c.letter || c.serial
         FROM judged j JOIN enrolment e ON e.case_id = j.id AND e.application = 'opening'
         JOIN enrolment o ON o.id_key = e.id_key AND o.case_id <> j.id AND o.approved
         JOIN training_case c ON c.id = o.case_id AND c.stage NOT IN ('draft', 'received', 'returned', 'refused'))
SELECT k.seq,
       sum(substr(k.starts_on, 1, 4) = substr(j.starts_on, 1, 4)),
       sum(k.starts_on <= j.ends_on AND (k.ends_on IS NULL OR k.ends_on >= j.starts_on)),
       sum(k.occupation = j.occupation AND k.level IS j.level),
       group_concat(k.source)
  FROM known k, judged j GROUP BY k.seq ORDER BY k.seq
"""
_ON_SERVER = (
    (
        "substr(k.starts_on, 1, 4) = substr(j.starts_on, 1, 4)",
        "extract(year FROM k.starts_on) = extract(year FROM j.starts_on)",
    ),
    ("sum(", "count(*) FILTER (WHERE "),
    ("k.level IS j.level", "k.level IS NOT DISTINCT FROM j.level"),
    ("group_concat(k.source)", "string_agg(k.source, ',')"),
)
"""How PostgreSQL says the same."""


def measured_history_check() -> Report:
    """Check and statement by turns over one register, so that both meet the same machine."""
    lines = _lines("in a file", _STATEMENT)
    if database_server.binaries() is None:
        return Report(times=[*lines, Line("on a server", "this machine has no PostgreSQL")])
    statement = _STATEMENT
    for ours, theirs in _ON_SERVER:
        statement = statement.replace(ours, theirs)
    database_server.announce()
    try:
        with on_server.choosing(True):
            return Report(times=[*lines, *_lines("on a server", statement)])
    finally:
        database_server.stop()


def _lines(where: str, statement: str) -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(office_with_roster(Path(folder), made_up_people(_HEADS)) / "data")
        register = open_register(home, NOW)
        start = time.perf_counter()
        _know_many(register)
        built = time.perf_counter() - start
        checks, statements, rows = _measured(register, statement)
        register.close()
    times = median(checks) / median(statements)
    return [
        Line(f"{_TRAININGS} earlier trainings made up, {where}", f"{built:.0f} s"),
        Line(f"one statement for {_HEADS} people's {rows} facts, {where}", f"{median(statements) * 1000:.1f} ms"),
        Line(f"the check of {_HEADS} rows, {where}", f"{median(checks) * 1000:.1f} ms, {times:.1f} times", "3 times"),
    ]


def _measured(register: Register, statement: str) -> tuple[list[float], list[float], int]:
    checks, statements = [], []
    database = register.home.database
    with kind_of(database).raw(database) as file:
        rows = len(file.rows(statement))
        for _ in range(_ROUNDS):
            statements.append(_seconds(lambda: file.rows(statement)))
            checks.append(_seconds(lambda: _check(register)))
    return checks, statements, rows


def _check(register: Register) -> None:
    with register.reading(ACTING) as context:
        eligibility.check(context, NUMBER)


def _know_many(register: Register) -> None:
    """Trainings of a quarter million people, the roster's among them, in no order and straight into the table."""
    with register.reading(ACTING) as context:
        vault = context.vault
    known = [vault.look_up_key(ID_NUMBER, person.id_number) for person in made_up_people(_HEADS)]
    with register._archive._writer.begin() as connection:
        rows = _trainings(known)
        while some := list(islice(rows, _AT_ONCE)):
            connection.execute(insert(EarlierTraining), some)
    if register.home.server is not None:
        with register._archive._writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _trainings(known: list[bytes]) -> Iterator[dict[str, object]]:
    made_up = random.Random(_SEED)
    others = [made_up.randbytes(16) for _ in range(_TRAININGS // _EACH - len(known))]
    keys = (known + others) * _EACH
    made_up.shuffle(keys)
    first_day = date(2015, 1, 1)
    for number, key in enumerate(keys):
        starts_on = first_day + timedelta(days=made_up.randrange(1_900))
        yield {
            "uid": f"{number:016}",
            "id_number": made_up.randbytes(_SEALED_BYTES),
            "id_key": key,
            "name": "",
            "starts_on": starts_on,
            "ends_on": starts_on + timedelta(days=made_up.randrange(5, 30)),
            "occupation": made_up.choice(_OCCUPATIONS),
            "level": made_up.choice("543"),
            "delivery": "offline",
            "subsidised": True,
            "paid": True,
            "source": "2019年台账",
        }


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
