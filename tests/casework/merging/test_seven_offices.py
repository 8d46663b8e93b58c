"""Seven practice registers made one, in a file and on a server: what was planted is found, nothing is otherwise."""

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import pytest
from sqlmodel import col, func, select

from db.models import Case, Fund, PaymentLine, PaymentOutcome, Person, Staff
from pxtui.casework.decision.replay import replay
from pxtui.casework.merging import conflicts, decisions, merge
from pxtui.casework.merging.conflicts import Conflict, Kind
from pxtui.casework.office.register import open_register
from pxtui.casework.verifying import whole
from pxtui.home import Home
from pxtui.policy.subsidy import yuan
from tests.conftest import NOW
from tests.support import database_server, on_server
from tests.support.seven_offices import make_seven

pytestmark = pytest.mark.long
NEEDS_SERVER = pytest.mark.skipif(database_server.binaries() is None, reason="no PostgreSQL on this machine")


@dataclass(frozen=True)
class Seven:
    """Their registers, what they say otherwise, and what somebody decided."""

    homes: list[Home]
    found: list[Conflict]
    decided: decisions.Decisions


@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory) -> Seven:
    """Clerks of one name are different people; 李主任 is one person, of 东区."""
    if on_server.is_chosen():
        pytest.skip("begins with files")
    homes = make_seven(tmp_path_factory.mktemp("seven"))
    found, key = conflicts.conflicts(homes, NOW)
    of = {row.mark(key): decisions.Decision(_choice(row), "核过原件") for row in found}
    return Seven(homes, found, decisions.Decisions("李局长", of))


def _choice(conflict: Conflict) -> str:
    is_clerk = conflict.kind is Kind.STAFF and "张三" in conflict.sentence
    return str(len(conflict.choices)) if is_clerk else "1"


def _paid(home: Home) -> dict[str, int]:
    """By number of the case, what was paid or is on its way, in fen."""
    register = open_register(home, NOW)
    with register.reading(register.nobody(NOW)) as context:
        asked = select(PaymentLine, Case).join(Case, col(Case.id) == col(PaymentLine.case_id))
        rows = context.session.exec(asked).all()
        found = {case.display_number: line.amount_fen for line, case in rows if line.outcome in _LASTING}
    register.close()
    return found


_LASTING = (None, PaymentOutcome.PAID)


def test_whatever_was_paid_twice_is_named_with_both_numbers_and_to_the_fen(seven: Seven) -> None:
    first, second, *_ = (_paid(home) for home in seven.homes)
    twice = [row for row in seven.found if row.kind is Kind.PAID_TWICE]
    wanted = {(number, number.replace("DQ", "XQ")) for number in first}
    assert {row.cases for row in twice} == wanted
    assert len(wanted) == 4
    for row in twice:
        one, other = row.cases
        assert f"都已发放（{yuan(first[one])}元、{yuan(second[other])}元）" in row.sentence


@pytest.mark.parametrize("kind", ["file", pytest.param("server", marks=NEEDS_SERVER)])
def test_seven_registers_are_one_without_a_difference(kind: str, seven: Seven, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    server = on_server.make_for(tmp_path / "there") if kind == "server" else None
    city = Home(tmp_path / "city", server)
    began, processor = time.monotonic(), time.process_time()
    merged = merge.merge(seven.homes, city, seven.decided, NOW)
    took, cost = time.monotonic() - began, time.process_time() - processor
    report = whole.verify(city, NOW.date())
    register = open_register(city, NOW)
    with register.reading(register.nobody(NOW)) as context:
        found = replay(context)
        cases = Counter(context.session.exec(select(Case.office_code)))
        people = context.session.exec(select(func.count()).select_from(Person)).one()
        granted = context.session.exec(select(Fund.granted_fen)).one()
        staff = sorted(context.session.exec(select(Staff.name)))
    register.close()
    print(
        f"\n{kind}: {took:.1f} s, {cost:.1f} s of processor here, {getrusage(RUSAGE_SELF).ru_maxrss // 1024} MiB; "
        f"{report.rows} rows, {sum(cases.values())} cases, {people} people, {found.decisions} decisions"
    )
    assert (report.sentences, found.differences) == ((), ())
    assert set(cases.values()) == {49}
    assert len(cases) == len(merged.offices) == 7
    assert granted == 7 * 50_000_000
    assert [name for name in staff if name.startswith("张三")] == [
        *("张三", "张三(仁和区人社局)", "张三(市就创中心)", "张三(盐边县人社局)", "张三(西区人社局)"),
    ]
    assert staff.count("李主任") == 1
