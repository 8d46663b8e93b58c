"""Pages of people, enterprises and platforms and the search by kind, in registers of two sizes, beside statements.

`python -m tests.bench profiles [CASES…]` measures this alone. The practice register is repeated until there are so many
cases, as in `growth`.
"""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from datetime import time as time_of_day
from pathlib import Path
from statistics import median

from sqlmodel import col, func, select

from db.models import Case
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.practice import register as practice_register
from pxtui.casework.profiles import enterprise, person, subject
from pxtui.casework.profiles.found import Kind, found
from pxtui.clock import CHINA
from pxtui.home import Home
from tests.bench.growth import DAY
from tests.bench.table import Line, Report
from tests.conftest import NOW
from tests.support.large_registers import grow
from tests.support.statements import watched

SIZES = (1_000, 10_000)
_ROUNDS = 5
_HEADS = 3
_FIRST = "2020-DQ-0001"
_PLATFORM = "中国职业培训在线"
_BUDGET = "50 ms, the same at any size"

Question = Callable[[Context], object]


def _of_kind(kind: Kind, text: str) -> Question:
    return lambda context: found(context, kind, text)


def _person(context: Context) -> object:
    return person.person_page(context, person.key_of_row(context, _FIRST, 0))


def _enterprise(context: Context) -> object:
    return enterprise.enterprise_page(context, enterprise.of_case(context, _FIRST))


def _platform(context: Context) -> object:
    return subject.subject_page(context, (Kind.PLATFORM, _PLATFORM))


SEARCHED = (
    *((Kind.CASE, text) for text in ("0017", "恒力", "王伟", "焊工 王伟")),
    *((Kind.ENTERPRISE, text) for text in ("恒力", "恒力 机械", "有限公司", "wjb")),
    *((Kind.PERSON, text) for text in ("王伟", "ww", "83010", "13800000000")),
    *((Kind.OCCUPATION, "hg"), (Kind.PLATFORM, "zgzy"), (Kind.PROVIDER, "成都"), (Kind.VOUCHER, "00000004")),
)
QUESTIONS: Mapping[str, Question] = {
    "page of a person": _person,
    "page of an enterprise": _enterprise,
    "page of a platform": _platform,
    **{f"search {kind.name.lower()}: {text}": _of_kind(kind, text) for kind, text in SEARCHED},
}
# What the page of a person tells of own cases, and what a search for people by a part of the name answers.
STATEMENTS: Mapping[str, str] = {
    "page of a person": """
SELECT c.id, c.letter, c.year, c.serial, c.occupation, c.level, c.starts_on, c.ends_on, c.stage, c.applicant_name,
       c.approved_total_fen / c.approved_heads, l.answered_on, e.name, e.application, e.approved, e.left_on
  FROM enrolment w JOIN enrolment e ON e.id_key = w.id_key JOIN training_case c ON c.id = e.case_id
  LEFT JOIN payment_line l ON l.case_id = c.id AND l.outcome = 'paid'
 WHERE w.case_id = 1 AND w.application = 'opening' AND w.position = 0 ORDER BY c.starts_on DESC""",
    "page of a platform": """
SELECT sum(platform = '中国职业培训在线'), sum(approved_total_fen),
       sum(CASE WHEN platform = '中国职业培训在线' THEN approved_total_fen END) FROM training_case""",
    "search person: 王伟": "SELECT id, name FROM person WHERE name LIKE '%王伟%' ORDER BY id DESC LIMIT 10",
    "search enterprise: 恒力": "SELECT id, name FROM applicant WHERE name LIKE '%恒力%' ORDER BY id DESC LIMIT 10",
    "search case: 恒力": "SELECT * FROM training_case WHERE applicant_name LIKE '%恒力%' ORDER BY id DESC LIMIT 10",
}
"""One for the same facts, by hand: of searches what a programmer writes who has no index on parts of names."""


def measured_profiles(sizes: Sequence[int] = SIZES) -> Report:
    """Statements and SQLite's steps, which are the same every time, and processor time, at each size."""
    with tempfile.TemporaryDirectory() as folder:
        practice_register.make_practice_register(Home(Path(folder) / "practice"), NOW)
        told = [_measured(Path(folder), cases) for cases in sizes]
    exact = [Line(name, " → ".join(of[name][0] for of in told), "the same") for name in QUESTIONS]
    times = [Line(name, " → ".join(of[name][1] for of in told), _BUDGET) for name in QUESTIONS]
    return Report(exact=exact, times=times)


def _measured(folder: Path, wanted: int) -> dict[str, tuple[str, str]]:
    home = Home(folder / f"{wanted}")
    shutil.copytree(folder / "practice", home.root)
    register = open_register(home, NOW)
    with register._archive._writer.begin() as connection:
        cases = connection.execute(select(func.count(col(Case.id)))).scalar_one()
        grow(connection, register._archive.vault, wanted // cases - 1, heads=_HEADS)
    told = {name: _told(register, home.register, name, question) for name, question in QUESTIONS.items()}
    register.close()
    shutil.rmtree(home.root)
    return told


def _told(register: Register, path: Path, name: str, question: Question) -> tuple[str, str]:
    acting = Acting("张三", "dongqu", datetime.combine(DAY, time_of_day(15), CHINA))
    with watched() as sent, register.reading(acting) as context:
        question(context)
    taken = []
    for _ in range(_ROUNDS):
        with register.reading(acting) as context:
            start = time.process_time()
            question(context)
            taken.append(time.process_time() - start)
    measured = f"{median(taken) * 1000:.1f} ms"
    if name in STATEMENTS:
        measured += f" (statement {_by_hand(path, STATEMENTS[name]) * 1000:.1f} ms)"
    return f"{sent.count} ({sent.steps:,} steps)", measured


def _by_hand(path: Path, statement: str) -> float:
    taken = []
    with closing(sqlite3.connect(path)) as connection:
        for _ in range(_ROUNDS):
            start = time.process_time()
            connection.execute(statement).fetchall()
            taken.append(time.process_time() - start)
    return median(taken)
