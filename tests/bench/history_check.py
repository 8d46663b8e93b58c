"""The check of a large roster against everything the register knows, beside one hand-written statement for its facts.

`python -m tests.bench history` measures this alone.
"""

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from pxtui.casework.check import eligibility
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.roster.edits import ID_NUMBER
from pxtui.home import Home
from tests.bench.table import Line, Report
from tests.conftest import ACTING, NOW
from tests.support.rosters import NUMBER, made_up_people, office_with_roster

_HEADS = 500
_TRAININGS = 1_000_000
_EACH = 4
"""Trainings of one person."""
_ROUNDS = 15
_SEED = 2020
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


def measured_history_check() -> Report:
    """Check and statement by turns over one register, so that both meet the same machine."""
    with tempfile.TemporaryDirectory() as folder:
        office = office_with_roster(Path(folder), made_up_people(_HEADS))
        home = Home(office / "data")
        register = open_register(home, NOW)
        start = time.perf_counter()
        _know_many(register, home.register)
        built = time.perf_counter() - start
        checks, statements, rows = _measured(register, home.register)
        register.close()
    times = median(checks) / median(statements)
    return Report(
        times=[
            Line(f"{_TRAININGS} earlier trainings made up", f"{built:.0f} s"),
            Line(f"one statement for {_HEADS} people's {rows} facts", f"{median(statements) * 1000:.1f} ms"),
            Line(f"the check of {_HEADS} rows", f"{median(checks) * 1000:.1f} ms, {times:.1f} times", "3 times"),
        ]
    )


def _measured(register: Register, path: Path) -> tuple[list[float], list[float], int]:
    connection = sqlite3.connect(path)
    checks, statements = [], []
    rows = 0
    for _ in range(_ROUNDS):
        rows = len(connection.execute(_STATEMENT).fetchall())
        statements.append(_seconds(lambda: connection.execute(_STATEMENT).fetchall()))
        checks.append(_seconds(lambda: _check(register)))
    connection.close()
    return checks, statements, rows


def _check(register: Register) -> None:
    with register.reading(ACTING) as context:
        eligibility.check(context, NUMBER)


def _know_many(register: Register, path: Path) -> None:
    """Trainings of a quarter million people, the roster's among them, in no order and straight into the table."""
    with register.reading(ACTING) as context:
        vault = context.vault
    known = [vault.look_up_key(ID_NUMBER, person.id_number) for person in made_up_people(_HEADS)]
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    with connection:
        connection.executemany(
            "INSERT INTO earlier_training (uid, id_number, id_key, name, occupation, level, starts_on, ends_on,"
            " delivery, subsidised, paid, source) VALUES (?, ?, ?, '', ?, ?, ?, ?, 'offline', 1, 1, '2019年台账')",
            _trainings(known),
        )
    connection.close()


def _trainings(known: list[bytes]) -> Iterator[tuple[str, bytes, bytes, str, str, str, str]]:
    made_up = random.Random(_SEED)
    others = [made_up.randbytes(16) for _ in range(_TRAININGS // _EACH - len(known))]
    keys = (known + others) * _EACH
    made_up.shuffle(keys)
    first_day = date(2015, 1, 1)
    for number, key in enumerate(keys):
        starts_on = first_day + timedelta(days=made_up.randrange(1_900))
        ends_on = starts_on + timedelta(days=made_up.randrange(5, 30))
        yield (
            f"{number:016}",
            made_up.randbytes(_SEALED_BYTES),
            key,
            made_up.choice(_OCCUPATIONS),
            made_up.choice("543"),
            starts_on.isoformat(),
            ends_on.isoformat(),
        )


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
