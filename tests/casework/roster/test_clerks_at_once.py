"""Clerks who act in the same moment: nothing is lost, nothing done twice, and the register is whole afterwards."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from threading import Barrier, Event

import pytest
from sqlmodel import col, func, select

from db.about import About, about_one_case, is_declared
from db.chain.walk import verify
from db.kinds import postgresql, sqlite
from db.kinds.postgresql_line import SETTINGS_OF_TRANSACTION
from db.locks import hold_people
from db.models import Act, JournalEntry, Person, Role
from pxtui import casework
from pxtui.casework.check import roster_import
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.people import past_trainings
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import lease, undo
from pxtui.casework.roster.undo import ChangeKind, RowChange
from pxtui.casework.staff import members
from pxtui.casework.verifying import own_checks
from pxtui.errors import PxtuiError
from pxtui.papers.reading.rosters import read_pasted
from pxtui.policy.facts import Delivery, Level, PastTraining, Trainee
from tests.support import on_server
from tests.support.counter import AFTER_THE_CLASS, ANSWER, Counter
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people

CLERKS = ("张三", "李四", "王五", "赵六")
_PATIENCE = 20


@pytest.fixture
def counter(register: Register) -> Counter:
    made = Counter(register)
    made.hire_colleagues()
    return made


def _together(
    register: Register, acts: Sequence[tuple[Acting, Callable[..., object], tuple[object, ...]]]
) -> list[str]:
    """Let everybody act in the same moment, each in a program of his own; what was refused, a sentence each."""
    start = Barrier(len(acts))

    def acted(acting: Acting, act: Callable[..., object], arguments: tuple[object, ...]) -> str:
        own = open_register(register.home, acting.at)
        try:
            start.wait(_PATIENCE)
            own.act(acting, act, arguments)
        except PxtuiError as refused:
            return refused.sentence
        finally:
            own.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as programs:
        answers = [programs.submit(acted, *act) for act in acts]
        return [answer.result() for answer in answers if answer.result()]


def _drafts(counter: Counter, count: int) -> list[str]:
    with counter.register.writing(counter.acting) as context:
        return [opening_filing.file(context, a_filing()) for _ in range(count)]


def _rows(counter: Counter, number: str) -> list[Trainee]:
    with counter.register.reading(counter.acting) as context:
        return [replace(row, seq=0) for row in roster_edits.rows(context, number)]


def _change(number: str, position: int, person: Trainee) -> RowChange:
    return RowChange(f"{number}:{position}", ChangeKind.INSERT, position, person)


def _require_whole(counter: Counter) -> None:
    database = counter.register.home.database
    assert verify(database, counter.register._archive.vault).is_whole
    assert own_checks.sentences(database) == []


def _set_on_server(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """For the transactions of this test."""
    also = f"{SETTINGS_OF_TRANSACTION}, set_config('{name}', '{value}', true)"
    monkeypatch.setattr(postgresql, "SETTINGS_OF_TRANSACTION", also)


def test_clerks_who_key_the_same_people_into_four_cases_lose_no_row(counter: Counter) -> None:
    numbers, people = _drafts(counter, len(CLERKS)), made_up_people(6)
    acts = []
    for place, (number, clerk) in enumerate(zip(numbers, CLERKS, strict=True)):
        # Everybody begins with somebody else, and a key of the sheet stores three rows.
        turned = [*people[place:], *people[:place]]
        changes = [_change(number, position, person) for position, person in enumerate(turned)]
        acts += [
            (replace(counter.acting, name=clerk), undo.make_all, (number, changes[:3])),
            (replace(counter.acting, name=clerk), undo.make_all, (number, changes[3:])),
        ]
    assert _together(counter.register, acts) == []
    for number in numbers:
        rows = _rows(counter, number)
        assert sorted(row.id_number for row in rows) == sorted(person.id_number for person in people)
    with counter.register.reading(counter.acting) as context:
        assert context.session.exec(select(func.count()).select_from(Person)).one() == len(people)
    _require_whole(counter)


def test_a_row_that_is_stored_twice_in_the_same_moment_is_there_once(counter: Counter) -> None:
    (number,), (person,) = _drafts(counter, 1), made_up_people(1)
    change = (_change(number, 0, person),)
    assert _together(counter.register, [(counter.acting, undo.make_all, (number, change))] * 3) == []
    assert len(_rows(counter, number)) == 1
    _require_whole(counter)


def test_a_number_written_otherwise_is_the_same_case(counter: Counter) -> None:
    (number,), (person,) = _drafts(counter, 1), made_up_people(1)
    change = (_change(number, 0, person),)
    written = [number, "线培〔2020〕DQ-0001", "2020dq1"]
    acts = [(counter.acting, undo.make_all, (text, change)) for text in written]
    assert _together(counter.register, acts) == []
    assert len(_rows(counter, number)) == 1


def test_of_two_who_open_a_roster_in_the_same_moment_one_keys_it(counter: Counter) -> None:
    (number,) = _drafts(counter, 1)
    clerks = [replace(counter.acting, name=name, token=name) for name in CLERKS[:2]]
    assert _together(counter.register, [(clerk, lease.take, (number,)) for clerk in clerks]) == []
    acts = [
        (clerk, undo.make_all, (number, (_change(number, place, person),)))
        for place, (clerk, person) in enumerate(zip(clerks, made_up_people(2), strict=True))
    ]
    (refused,) = _together(counter.register, acts)
    assert "正在录入这份花名册" in refused


def test_the_third_place_of_a_year_is_given_once_by_two_counters_at_once(counter: Counter) -> None:
    person = made_up_people(1)
    first = counter.file(person, starts_on=date(2020, 3, 20))
    second = counter.file(person, starts_on=date(2020, 4, 10), occupation="电工")
    days = {date(2020, 1, 6): "车工", date(2020, 2, 10): "钳工"}
    with counter.register.writing(counter.acting) as context:
        past_trainings.insert_missing(
            context,
            [
                PastTraining(person[0].id_number, occupation, Level.FIVE, day, day, Delivery.OFFLINE, True, True)
                for day, occupation in days.items()
            ],
            source="省平台",
        )
    for number in (first, second):
        counter.do(number, Action.SUBMIT)
    acts = [
        (replace(counter.acting, name=clerk), advance.advance, (number, Action.APPROVE, ANSWER))
        for clerk, number in zip(CLERKS, (first, second), strict=False)
    ]
    (refused,) = _together(counter.register, acts)
    assert "没有一名符合条件的人员" in refused
    assert [counter.stage(number) for number in (first, second)].count(Stage.OPENED) == 1
    _require_whole(counter)


def test_what_is_filed_in_the_same_moment_is_numbered_without_a_gap(counter: Counter) -> None:
    acts = [(replace(counter.acting, name=clerk), opening_filing.file, (a_filing(),)) for clerk in CLERKS]
    assert _together(counter.register, acts) == []
    assert [counter.stage(f"2020-DQ-{serial:04}") for serial in range(1, 5)] == [Stage.DRAFT] * 4
    _require_whole(counter)


def test_a_row_waits_for_nobody_who_keys_another_case(counter: Counter) -> None:
    if not on_server.is_chosen():
        pytest.skip("in a file there is one writer")
    (here, there), people = _drafts(counter, 2), made_up_people(2)
    own = open_register(counter.register.home, counter.acting.at)
    with own.writing(replace(counter.acting, name="李四"), about=About(rows_of=here)) as context:
        undo.make_all(context, here, (_change(here, 0, people[0]),))
        counter.register.act(counter.acting, undo.make_all, (there, (_change(there, 0, people[1]),)))
        assert len(_rows(counter, there)) == 1
        assert _rows(counter, here) == []
    own.close()
    _require_whole(counter)


@contextmanager
def _still_keying(counter: Counter, number: str, person: Trainee) -> Iterator[None]:
    """A colleague has a row on its way, and it is stored in the block, after as long as another one takes to wait."""
    own = open_register(counter.register.home, counter.acting.at)
    on_its_way = Event()

    def key() -> None:
        with own.writing(replace(counter.acting, name="李四"), about=About(rows_of=number)) as context:
            undo.make_all(context, number, (_change(number, 0, person),))
            context.session.flush()
            on_its_way.set()
            Event().wait(0.2)

    with ThreadPoolExecutor(1) as program:
        done = program.submit(key)
        assert on_its_way.wait(_PATIENCE)
        yield
        done.result()
    own.close()


def test_somebody_who_is_keyed_elsewhere_just_now_is_waited_for(counter: Counter) -> None:
    (here, there), (person,) = _drafts(counter, 2), made_up_people(1)
    with _still_keying(counter, here, person):
        renamed = replace(person, phone="13900000000")
        counter.register.act(counter.acting, undo.make_all, (there, (_change(there, 0, renamed),)))
    with counter.register.reading(counter.acting) as context:
        (stored,) = context.session.exec(select(Person))
        assert stored.unseal(context.vault, "phone") == "13900000000"
    _require_whole(counter)


def test_the_end_of_journal_and_chain_is_waited_for(counter: Counter) -> None:
    (here, there), people = _drafts(counter, 2), made_up_people(2)
    with _still_keying(counter, here, people[0]):
        counter.register.act(counter.acting, undo.make_all, (there, (_change(there, 0, people[1]),)))
    assert [len(_rows(counter, number)) for number in (here, there)] == [1, 1]
    _require_whole(counter)


@pytest.mark.parametrize("about", [None, About(rows_of="2020-DQ-0001")])
def test_whoever_changes_the_staff_is_alone(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, about: About | None
) -> None:
    (number,) = _drafts(counter, 1)
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 10)
    _set_on_server(monkeypatch, "lock_timeout", "10")
    own = open_register(counter.register.home, counter.acting.at)
    acts = partial(own.act, counter.acting)
    with counter.register.writing(replace(counter.acting, name="李四"), about=about):
        with pytest.raises(PxtuiError, match="占用"):
            acts(members.add, ("孙八", Role.CLERK))
        with pytest.raises(PxtuiError, match="占用"):
            acts(lease.take, (number,))
    own.close()


def test_who_was_overtaken_begins_anew_unseen(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    if not on_server.is_chosen():
        pytest.skip("in a file there is one writer")
    _set_on_server(monkeypatch, "deadlock_timeout", "10")
    numbers, (person,), meeting = _drafts(counter, 2), made_up_people(1), Barrier(2)
    tried: list[str] = []

    @about_one_case
    def key_crosswise(context: Context, number: str) -> None:
        tried.append(number)
        first, second = (b"a", b"b") if number == numbers[0] else (b"b", b"a")
        hold_people(context.session, [first])
        if len(tried) <= len(numbers):
            meeting.wait(_PATIENCE)
        hold_people(context.session, [second])
        roster_edits.insert_row(context, number, 0, person)

    acts = [
        (replace(counter.acting, name=clerk), key_crosswise, (number,))
        for clerk, number in zip(CLERKS, numbers, strict=False)
    ]
    assert _together(counter.register, acts) == []
    assert len(tried) == 3
    assert [len(_rows(counter, number)) for number in numbers] == [1, 1]
    with counter.register.reading(counter.acting) as context:
        keyed = select(func.count()).where(col(JournalEntry.action) == Act.ROSTER_INSERT)
        assert context.session.exec(keyed).one() == 2
    _require_whole(counter)


def test_an_act_about_one_case_that_writes_more_is_a_mistake_of_the_program(counter: Counter) -> None:
    (number,) = _drafts(counter, 1)
    with (
        pytest.raises(TypeError, match="training_case"),
        counter.register.writing(counter.acting, about=About(rows_of=number)) as context,
    ):
        opening_filing.file(context, a_filing())


ABOUT_ONE_CASE = {
    "check.roster_import.take_reading",
    "claim.filing.replace_vouchers",
    "claim.platform_records.take_records",
    "roster.edits.complete_all",
    "roster.edits.wait_for_writes",
    "roster.keying_pace.record",
    "roster.lease.give_back",
    "roster.lease.renew",
    "roster.lease.take",
    "roster.lease.take_over",
    "roster.second_keying.begin",
    "roster.second_keying.decide",
    "roster.second_keying.key_row",
    "roster.undo.make_all",
    "roster.undo.undo_replacement",
}
"""Whoever adds one has thought of what it reads and writes, by `db.locks.about_one_case`."""


DECIDES = {
    "claim.filing.put_claim",
    "decision.advance.advance",
    "opening.filing.amend",
    "opening.filing.file",
    "payment.bank_answers.answer",
    "payment.bank_answers.answer_one",
    "payment.orders.hand_over",
    "payment.orders.prepare",
    "payment.orders.sign",
    "printed.issuing.issue",
    "printed.issuing.issue_due",
    "publicity.publishing.clear",
    "publicity.publishing.note_page",
    "publicity.publishing.publish",
}
"""Whoever adds one has thought of what it decides by that neither its cases nor their batch hold."""


@pytest.mark.parametrize(("rows_alone", "known"), [(True, ABOUT_ONE_CASE), (False, DECIDES)])
def test_what_goes_on_beside_others_is_known(*, rows_alone: bool, known: set[str]) -> None:
    found = {}
    for module in pkgutil.walk_packages(casework.__path__, f"{casework.__name__}."):
        loaded = importlib.import_module(module.name)
        for name, act in inspect.getmembers(loaded, inspect.isfunction):
            if act.__module__ == module.name and is_declared(act, rows_alone=rows_alone):
                found[f"{module.name.removeprefix(casework.__name__ + '.')}.{name}"] = act
    assert set(found) == known
    for act in found.values() if rows_alone else ():
        assert list(inspect.signature(act).parameters)[:2] == ["context", "number"]


def test_a_whole_roster_and_the_vouchers_of_a_claim_come_in_beside_others(counter: Counter) -> None:
    if not on_server.is_chosen():
        pytest.skip("in a file there is one writer")
    (elsewhere, empty), person = _drafts(counter, 2), made_up_people(1, first=9_000)[0]
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number)
    own = open_register(counter.register.home, counter.acting.at)
    act = partial(counter.register.act, counter.acting)
    with own.writing(replace(counter.acting, name="李四"), about=About(rows_of=elsewhere)) as context:
        undo.make_all(context, elsewhere, (_change(elsewhere, 0, person),))
        lines = (f"{row.seq}\t{row.name}\t\t\t{row.id_number}\t{row.phone}\t" for row in made_up_people(2))
        assert act(roster_import.take_reading, (empty, read_pasted("\n".join(lines)))).heads == 2
        act(roster_edits.complete_all, (number,))
        assert act(undo.undo_replacement, (number,)).heads == 3
        act(claim_filing.replace_vouchers, (number, ()))
    own.close()
    with counter.register.reading(counter.acting) as context:
        assert claim_filing.vouchers_of(context, number) == ()
    _require_whole(counter)
