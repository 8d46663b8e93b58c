"""Whatever officers do: no illegal path, no fen too much, nobody's place of the year lost or taken twice."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlmodel import Session, col, select

from db.models import (
    Applicant,
    Case,
    Enrolment,
    JournalEntry,
    PaymentBatch,
    PaymentLine,
    PublicityBatch,
    Recovery,
    Voucher,
)
from pxtui.casework import (
    approval,
    bank_answer,
    deducting,
    funds,
    history,
    journal,
    lifting,
    objections,
    office_settings,
    payment,
    payment_batches,
    publicity,
    publicity_batches,
    recovery,
)
from pxtui.casework.acting import Acting
from pxtui.casework.bank_answer import BankAnswer
from pxtui.casework.cases import find
from pxtui.casework.moves import CLAIM_ENTRY, MOVES, possible
from pxtui.casework.register import create, open_register
from pxtui.casework.stages import Action, Stage
from pxtui.errors import PxtuiError
from pxtui.home import Home
from pxtui.policy.facts import Delivery, Level, PastTraining
from tests.casework.counter import Counter
from tests.conftest import NOW
from tests.journeys.rosters import made_up_people

STAFF = ("张三", "李四", "王五", "赵六")
PEOPLE = made_up_people(3)
CLASSES = ((date(2020, 3, 20), "焊工", (0, 1)), (date(2020, 4, 6), "电工", (1, 2)), (date(2020, 4, 24), "钳工", (0, 2)))
CAP_FEN, MOST_A_YEAR = 60_000, 3
FUND, GRANTED_FEN = "ZX2020", 250_000
_ARROWS = {(start, way.to) for (start, _), way in MOVES.items()}
_FREE = {Stage.CLAIM_REFUSED, Stage.RECOVERED, Stage.REFUSED, Stage.TERMINATED, Stage.WITHDRAWN}
"""Decided, and nobody's place is taken."""
_CHECKS = (Action.FIRST_CHECK, Action.SECOND_CHECK, Action.APPROVE)

_REVIEW = ((Action.APPROVE, "王五"), (Action.ACCEPT, "张三"), (_CHECKS[0], "张三"), (_CHECKS[1], "李四"))

cases = st.integers(0, len(CLASSES) - 1)
who = st.sampled_from(STAFF)

Act = Callable[[Session, Acting], object]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with staff, money and three drafts that share their people; one person has trained twice before."""
    folder = tmp_path_factory.mktemp("template") / "data"
    register = create(Home(folder), office="dongqu", name=STAFF[0], at=NOW)
    counter = Counter(register)
    counter.hire_colleagues()
    for starts_on, occupation, places in CLASSES:
        counter.file([replace(PEOPLE[place], seq=seq) for seq, place in enumerate(places, 1)], starts_on, occupation)
    earlier = [
        PastTraining(PEOPLE[0].id_number, name, Level.FIVE, day, day, Delivery.OFFLINE, True, True)
        for name, day in (("车工", date(2020, 1, 6)), ("钎焊工", date(2020, 1, 8)))
    ]
    with register.writing() as session:
        history.know(session, earlier, source="补录")
        funds.put(session, counter.acting, FUND, "专账资金", GRANTED_FEN)
        for applicant in session.exec(select(Applicant)):
            applicant.bank_name = "攀枝花市商业银行"
            applicant.seal(session.info["vault"], bank_account="5104020000000001")
            session.add(applicant)
    register.close()
    return folder


def _advance(session: Session, acting: Acting, number: str, action: Action) -> Stage:
    return approval.advance(session, acting, number, action, "理由")


class Life(RuleBasedStateMachine):
    """Three classes with shared people, four officers, every act there is."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(self.template, self.folder / "data")
        self.counter = Counter(open_register(Home(self.folder / "data"), NOW))
        self.numbers = [f"2020-DQ-{serial:04}" for serial in range(1, len(CLASSES) + 1)]

    def teardown(self) -> None:
        self.counter.register.close()
        shutil.rmtree(self.folder)

    @initialize(steps=st.lists(st.integers(0, 10), min_size=len(CLASSES), max_size=len(CLASSES)))
    def begin_somewhere(self, steps: list[int]) -> None:
        for number, count in zip(self.numbers, steps, strict=True):
            for _ in range(count):
                self._go_on(number)

    # What officers do.

    @rule(place=cases, action=st.sampled_from(Action), name=who, opinion=st.sampled_from(("", "理由")))
    def act_on_a_case(self, place: int, action: Action, name: str, opinion: str) -> None:
        self.do(lambda session, acting: approval.advance(session, acting, self.numbers[place], action, opinion), name)

    @rule(place=cases, pick=st.integers(0, 9), name=who)
    def act_legally(self, place: int, pick: int, name: str) -> None:
        ways = possible(self.counter.stage(self.numbers[place]))
        if ways:
            action = ways[pick % len(ways)]
            self.do(partial(_advance, number=self.numbers[place], action=action), name)

    @rule(place=cases, steps=st.integers(1, 6))
    def go_on_as_one_should(self, place: int, steps: int) -> None:
        for _ in range(steps):
            self._go_on(self.numbers[place])

    @rule(days=st.integers(1, 20))
    def let_days_pass(self, days: int) -> None:
        self.counter.day += timedelta(days=days)

    @rule(place=cases, upheld=st.booleans(), name=who)
    def object_and_decide(self, place: int, upheld: bool, name: str) -> None:
        number = self.numbers[place]
        self.do(lambda session, acting: objections.receive(session, acting, number, "名单有误"))
        self.do(lambda session, acting: objections.decide(session, acting, number, "已核查", upheld=upheld), name)

    @rule(place=cases, name=who)
    def take_out_of_the_batch(self, place: int, name: str) -> None:
        self.do(lambda session, acting: payment.stop(session, acting, self.numbers[place], "有举报"), name)

    @rule(place=cases, seq=st.integers(1, 2), back=st.booleans())
    def deduct_or_put_back(self, place: int, seq: int, back: bool) -> None:
        number = self.numbers[place]
        if back:
            self.do(lambda session, acting: deducting.put_back(session, acting, number, seq))
        else:
            self.do(lambda session, acting: deducting.deduct(session, acting, number, seq, "21", "查实"))

    @rule(place=cases, part=st.sampled_from((1, 2, 3)), approver=who, settled=st.booleans())
    def order_money_back(self, place: int, part: int, approver: str, settled: bool) -> None:
        number = self.numbers[place]
        with self.counter.register.reading() as session:
            case = find(session, number)
            fen = (recovery.paid_fen(session, case) - recovery.returned_fen(session, case)) // part
        self.do(lambda session, acting: recovery.order(session, acting, number, fen, "查实"))
        self.do(lambda session, acting: recovery.approve(session, acting, number), approver)
        if settled:
            self.do(lambda session, acting: recovery.settle(session, acting, number, acting.today, "TK1"))
        else:
            self.do(lambda session, acting: recovery.drop(session, acting, number, "查无此事"))

    @rule(apart=st.booleans())
    def set_duties(self, apart: bool) -> None:
        self.do(lambda session, acting: office_settings.change(session, acting, duties_apart=apart))

    @rule(day=st.dates(date(2020, 3, 25), date(2020, 6, 1)), signs=st.booleans())
    def lift(self, day: date, signs: bool) -> None:
        # Not too early: afterwards little is opened any more.
        if self.counter.day < date(2020, 4, 20):
            return
        self.do(lambda session, acting: lifting.announce(session, acting, day, "川疫指1号"), "赵六")
        if signs:
            self.do(lifting.sign, "张三")

    # What must hold.

    @invariant()
    def the_journal_alone_tells_every_stage(self) -> None:
        for number in self.numbers:
            passed = [Stage.DRAFT, *self.counter.stages_in_journal(number)]
            assert self.counter.stage(number) is passed[-1]
            assert set(pairwise(passed)) <= _ARROWS

    @invariant()
    def no_fen_too_much(self) -> None:
        with self.counter.register.reading() as session:
            for case in session.exec(select(Case)):
                granted = case.approved_total_fen or 0
                cost = sum(session.exec(select(Voucher.amount_fen).where(col(Voucher.case_id) == case.id)))
                assert granted <= CAP_FEN * (case.approved_heads or 0)
                if Stage(case.stage) not in CLAIM_ENTRY | {Stage.OPENED}:
                    assert granted <= cost or not case.claim_decided_on
                of_case = select(PaymentLine).where(col(PaymentLine.case_id) == case.id)
                paid = [line.amount_fen for line in session.exec(of_case) if line.outcome == "paid"]
                back = select(Recovery.amount_fen).where(col(Recovery.case_id) == case.id)
                returned = sum(session.exec(back.where(col(Recovery.returned_on).is_not(None))))
                assert len(paid) <= 1
                assert 0 <= sum(paid) - returned <= granted
            assert 0 <= funds.source(session, FUND).balance_fen <= GRANTED_FEN

    @invariant()
    def nobodys_place_is_lost_or_taken_twice(self) -> None:
        with self.counter.register.reading() as session:
            taken = {person.id_number: self._places_taken(session, person.id_number) for person in PEOPLE}
            for number, places in taken.items():
                known = [one for one in history.of_people(session, [number], except_case=None) if one.source]
                assert sorted(one.source for one in known if one.source != "补录") == sorted(places)
                assert len([one for one in known if one.starts_on.year == 2020]) <= MOST_A_YEAR

    @invariant()
    def duties_that_were_apart_were_done_by_different_people(self) -> None:
        with self.counter.register.reading() as session:
            is_apart = False
            doers: dict[int | None, dict[Action, str]] = {}
            for entry in session.exec(select(JournalEntry).order_by(col(JournalEntry.id))):
                if entry.action == "office.set":
                    _, after = journal.values(session, entry)
                    is_apart = after["duties_apart"]
                step = entry.action.removeprefix("case.")
                if step == Action.SUBMIT:
                    doers[entry.case_id] = {}
                elif step in _CHECKS:
                    earlier = doers.setdefault(entry.case_id, {})
                    before = _CHECKS[: _CHECKS.index(Action(step))]
                    if is_apart:
                        assert entry.staff_name not in {earlier.get(action) for action in before}
                    earlier[Action(step)] = entry.staff_name

    @invariant()
    def nobody_signs_alone(self) -> None:
        with self.counter.register.reading() as session:
            assert all(batch.signed_by != batch.prepared_by for batch in session.exec(select(PaymentBatch)))
            assert all(one.approved_by != one.ordered_by for one in session.exec(select(Recovery)))

    # How it is done.

    def do(self, act: Act, name: str = STAFF[0]) -> None:
        """Try it; what is refused must have changed nothing."""
        before = self._all()
        acting = replace(self.counter.acting, name=name)
        try:
            with self.counter.register.writing() as session:
                act(session, acting)
        except PxtuiError:
            assert self._all() == before

    def _all(self) -> list[Any]:
        tables = (Case, JournalEntry, Enrolment, PaymentLine, PaymentBatch, PublicityBatch, Recovery, Voucher)
        with self.counter.register.reading() as session:
            return [session.exec(select(table)).all() for table in tables]

    def _go_on(self, number: str) -> None:
        """The usual next step, each by another person."""
        stage = self.counter.stage(number)
        if stage in CLAIM_ENTRY:
            self.counter.enter_claim(number, f"2020{number[-4:]}000000000001")
        if stage is Stage.OPENED:
            self.counter.day = max(self.counter.day, date(2020, 5, 8))
        usual = {
            Stage.DRAFT: Action.SUBMIT,
            Stage.RETURNED: Action.SUBMIT,
            Stage.PRE_REVIEW: Action.AWAIT_PAPER,
            Stage.AWAITING_PAPER: Action.SUBMIT,
            Stage.OPENED: Action.CLAIM,
            Stage.CLAIM_DRAFT: Action.SUBMIT,
            Stage.CLAIM_RETURNED: Action.SUBMIT,
            Stage.CLAIM_PRE_REVIEW: Action.AWAIT_PAPER,
            Stage.CLAIM_AWAITING_PAPER: Action.SUBMIT,
        }
        if stage in usual:
            self.do(lambda session, acting: approval.advance(session, acting, number, usual[stage]))
            return
        for action, name in _REVIEW:
            if (stage, action) in MOVES:
                self.do(partial(_advance, number=number, action=action), name)
        self._go_on_with_the_money(number, stage)

    def _go_on_with_the_money(self, number: str, stage: Stage) -> None:
        if stage is Stage.CLAIM_APPROVED:
            self.do(lambda session, acting: publicity.publish(session, acting, [number], acting.today))
        elif stage is Stage.PUBLISHED:
            self.counter.day += timedelta(days=12)
            self.do(lambda session, acting: publicity.clear(session, acting, self._newest(session)))
        elif stage is Stage.CLEARED:
            self.do(lambda session, acting: payment.prepare(session, acting, FUND, [number]))
        elif stage is Stage.TO_PAY:
            self._pay(number)
        elif stage is Stage.BOUNCED:
            correct = self._correct
            self.do(lambda session, acting: correct(session, acting, number))

    def _pay(self, number: str) -> None:
        with self.counter.register.reading() as session:
            batch = payment_batches.batches(session)[0].number
            amount = find(session, number).approved_total_fen or 0
        arrives = self.counter.day.day % 3 != 0
        self.do(lambda session, acting: payment.sign(session, acting, batch), "王五")
        self.do(lambda session, acting: payment.hand_over(session, acting, batch, self.folder / "bank"))
        said = BankAnswer(number, amount, arrives, "YH1" if arrives else "账号有误")
        self.do(lambda session, acting: bank_answer.answer_one(session, acting, batch, said))

    def _correct(self, session: Session, acting: Acting, number: str) -> Stage:
        name = find(session, number).applicant_name
        return bank_answer.correct(
            session, acting, number, bank_name="中国银行", account="6217000000000001", account_name=name
        )

    def _newest(self, session: Session) -> str:
        return publicity_batches.batches(session)[0].number

    def _places_taken(self, session: Session, id_number: str) -> list[str]:
        """The classes that take one of somebody's trainings, told from stages and approved rows alone."""
        found = []
        for case in session.exec(select(Case)):
            stage = Stage(case.stage)
            is_running = stage in (Stage.OPENED, Stage.TRANSFERRED) or stage.value.startswith("claim-")
            if stage in _FREE or not is_running:
                continue
            decided = stage.value.startswith("claim-") and (stage, Action.APPROVE) not in MOVES
            decided = decided and stage not in CLAIM_ENTRY and (stage, Action.SUBMIT) not in MOVES
            decided = decided and not any((stage, action) in MOVES for action in (*_CHECKS, Action.AWAIT_PAPER))
            rows = session.exec(
                select(Enrolment).where(
                    col(Enrolment.case_id) == case.id,
                    col(Enrolment.application) == ("claim" if decided else "opening"),
                    col(Enrolment.approved).is_(True),
                )
            )
            vault = session.info["vault"]
            found += [case.display_number for row in rows if row.unseal(vault, "id_number") == id_number]
        return found


def test_whatever_officers_do(template: Path) -> None:
    Life.template = template
    checked = settings(
        max_examples=12,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=checked)
