"""A check of all judges as the check of each, tells what is otherwise than the last time, and the desk marks it."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from db.models import Act, Case, JournalEntry, KeptVerdict
from pxtui.casework.all_cases import checking, marks
from pxtui.casework.all_cases.checking import Change, Outcome
from pxtui.casework.all_cases.facts import facts_of_many
from pxtui.casework.check.eligibility import facts_of
from pxtui.casework.check.frozen import Verdict
from pxtui.casework.desk import queues
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.people import past_trainings
from pxtui.home import Home
from pxtui.policy.facts import ApplicationKind, Delivery, Level, PastTraining
from tests.conftest import NOW
from tests.register.making import make
from tests.support.counter import Counter
from tests.support.practice import practice_home
from tests.support.rosters import made_up_people
from tests.support.statements import watched


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def check_all(counter: Counter) -> tuple[Outcome, list[Change]]:
    outcome = Outcome()
    return outcome, list(checking.check_all(counter.register, counter.acting, outcome))


def train_elsewhere(counter: Counter, seq: int) -> None:
    person = made_up_people(3)[seq - 1]
    told = PastTraining(
        person.id_number, "焊工", Level.FIVE, date(2020, 3, 1), date(2020, 3, 25), Delivery.OFFLINE, True, True
    )
    with counter.register.writing(counter.acting) as context:
        past_trainings.insert_missing(context, [told], source="外地名单")


def require_alike(home: Home) -> None:
    """Every case of a register comes out of the many as it does alone, whatever its stage."""
    register = open_register(home, NOW)
    with register.reading(register.nobody(NOW)) as context:
        cases = context.session.exec(select(Case).order_by(col(Case.id))).all()
        many = {case.id: facts for case, facts in facts_of_many(context, cases)}
        rules, days = context.rulebook, context.working_days
        for case in cases:
            alone, among = facts_of(context, case), many[case.id]
            assert Verdict.of(among.judged(rules, days)) == Verdict.of(alone.judged(rules, days)), case.number
            assert sorted(map(repr, among.application.history)) == sorted(map(repr, alone.application.history))
            assert among.application.vouchers_used == alone.application.vouchers_used, case.number
            assert among.application.opening_roster == alone.application.opening_roster
            assert among.by_hand == alone.by_hand
    register.close()
    assert {application_of(case.stage) for case in cases} == set(ApplicationKind)


@pytest.mark.slow
def test_a_case_among_many_is_judged_as_it_is_alone(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    require_alike(practice_home(tmp_path / "practice", tmp_path_factory))


@pytest.mark.slow
def test_vouchers_and_people_of_made_up_registers_are_found_among_many_too(tmp_path: Path) -> None:
    home = Home(tmp_path / "register")
    make(home, cases=4, heads=3, seed=3, plants=1, open_cases=4)
    register = open_register(home, NOW)
    with register.reading(register.nobody(NOW)) as context:
        cases = context.session.exec(select(Case)).all()
        used = {case.id for case, facts in facts_of_many(context, cases) if facts.application.vouchers_used}
        assert used == {case.id for case in cases if facts_of(context, case).application.vouchers_used} != set()
    register.close()


def test_what_is_otherwise_than_the_last_time_is_told_once(counter: Counter) -> None:
    number = counter.file(made_up_people(3))
    counter.do(number, Action.SUBMIT)
    outcome, changes = check_all(counter)
    assert (outcome.cases, outcome.new, changes) == (1, 1, [])
    train_elsewhere(counter, 2)
    outcome, (change,) = check_all(counter)
    assert (change.number, outcome.changed) == (number, 1)
    assert change.sentences == ("符合人数由3人变为2人（第2号）", "审查新增：第2号")
    outcome, changes = check_all(counter)
    assert (outcome.changed, outcome.new, changes) == (0, 0, [])


def test_the_desk_marks_it_until_the_next_step(counter: Counter) -> None:
    number = counter.file(made_up_people(3))
    counter.do(number, Action.SUBMIT)
    check_all(counter)
    train_elsewhere(counter, 2)
    check_all(counter)
    with counter.register.reading(counter.acting) as context:
        assert queues.cases(context).changed == {number}
        assert "符合人数由3人变为2人" in marks.sentence(context, number)
    counter.day = date(2020, 3, 17)
    counter.do(number, Action.RETURN, opinion="第2号已在外地参训")
    with counter.register.reading(counter.acting) as context:
        assert queues.cases(context).changed == set()
        assert marks.sentence(context, number) == ""


def test_decided_cases_are_left_alone_and_the_claim_begins_anew(counter: Counter) -> None:
    number = counter.file(made_up_people(3))
    counter.do(number, Action.SUBMIT)
    check_all(counter)
    counter.claimed(counter.file(made_up_people(3, 10)))
    outcome, changes = check_all(counter)
    assert (outcome.cases, outcome.new, changes) == (2, 1, [])


def test_nobody_s_data_stand_open_in_what_is_kept_and_each_run_is_in_the_journal(counter: Counter) -> None:
    people = made_up_people(3)
    counter.do(counter.file(people), Action.SUBMIT)
    check_all(counter)
    with counter.register.reading(counter.acting) as context:
        kept = context.session.exec(select(KeptVerdict)).one()
        assert not [person for person in people if person.id_number.encode() in kept.outcome]
        runs = select(func.count()).where(col(JournalEntry.action) == Act.CHECK_ALL)
        assert context.session.exec(runs).one() == 2


def test_more_cases_take_no_more_statements(counter: Counter) -> None:
    counts = []
    for place in range(3):
        counter.do(counter.file(made_up_people(2, 10 * place)), Action.SUBMIT)
        with watched() as sent:
            list(checking.check_all(counter.register, counter.acting, Outcome()))
        counts.append(sent.count)
    assert counts[1] == counts[2]
