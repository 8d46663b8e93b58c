"""Whatever officers do: no illegal path, no fen too much, nobody's place of the year lost or taken twice."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlmodel import col, select

from db.models import Act, Case, Enrolment, JournalEntry, OfflineResult, PaymentBatch, PaymentLine, Recovery, Voucher
from pxtui.casework.calendar import lifting
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.decision import advance, class_changes, corrections, replay
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.lifecycle import moving
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, MOVES
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import journal
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import open_register
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.payment import funds, recovery
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.people import past_trainings
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.publicity import objections, publishing
from pxtui.home import Home
from pxtui.policy.facts import Delivery, Level, PastTraining
from tests.conftest import NOW, empty_register
from tests.support.counter import PROOF
from tests.support.life import EARLIER, FUND, GRANTED_FEN, NUMBERS, PEOPLE, STAFF, Office, furnish, write_attachment_4

CAP_FEN, MOST_A_YEAR = 60_000, 3

_ARROWS = {(start, way.to) for (start, _), way in MOVES.items()}
_FREE = {Stage.CLAIM_REFUSED, Stage.RECOVERED}
"""Claims that were decided, and nobody's place is taken."""
_UNDECIDED_CLAIMS = {
    Stage.CLAIM_DRAFT,
    Stage.CLAIM_PRE_REVIEW,
    Stage.CLAIM_AWAITING_PAPER,
    Stage.CLAIM_RECEIVED,
    Stage.CLAIM_RETURNED,
    Stage.CLAIM_ACCEPTED,
    Stage.CLAIM_FIRST_CHECKED,
    Stage.CLAIM_SECOND_CHECKED,
}
_PUT_RIGHT = (
    ("applicant-name", "攀枝花市恒利机械有限公司"),
    ("applicant-name", "攀枝花市恒力机械有限公司"),
    ("credit-code", "91510402MA6CJKG50N"),
    ("credit-code", "91350100M000100Y43"),
    ("contact-phone", "13900001234"),
    ("voucher-day:1", "2020-03-01"),
    ("voucher-day:1", "2020-04-03"),
)
_CHECKS = (Action.FIRST_CHECK, Action.SECOND_CHECK, Action.APPROVE)

numbers = st.sampled_from(NUMBERS)
who = st.sampled_from(STAFF)
picks = st.integers(0, 9)
"""Of the ways from a stage one, or the usual one where there are not so many."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office before anything was handed in."""
    folder = tmp_path_factory.mktemp("template") / "data"
    register = empty_register(Home(folder))
    furnish(Office(register))
    register.close()
    return folder


def opened(template: Path, folder: Path) -> Office:
    """A copy of the office, which may be turned upside down."""
    shutil.copytree(template, folder / "data")
    write_attachment_4(folder)
    office = Office(open_register(Home(folder / "data"), NOW))
    office.folder = folder
    return office


class Life(RuleBasedStateMachine):
    """Four classes with shared people, one of them of a large enterprise; four officers; every act there is."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.office = opened(self.template, self.folder)
        self.seen = (b"", b"")

    def teardown(self) -> None:
        with self.office.register.reading(self.office.acting) as context:
            found = replay.replay(context)
        self.office.register.close()
        shutil.rmtree(self.folder)
        assert found.differences == ()

    @initialize(places=st.lists(st.sampled_from(Stage), min_size=len(NUMBERS), max_size=len(NUMBERS)))
    def begin_somewhere(self, places: list[Stage]) -> None:
        for number, stage in zip(NUMBERS, places, strict=True):
            self.office.bring_to(number, stage)

    # What officers do.

    @rule(number=numbers, action=st.sampled_from(Action), name=who, opinion=st.sampled_from(("", "理由")))
    def act_on_a_case(self, number: str, action: Action, name: str, opinion: str) -> None:
        self.office.attempt(partial(advance.advance, number=number, action=action, opinion=opinion), name)

    @rule(number=numbers, way=st.lists(picks, min_size=1, max_size=6))
    def go_along(self, number: str, way: list[int]) -> None:
        for pick in way:
            stage = self.office.stage(number)
            actions = [action for start, action in MOVES if start is stage]
            if pick < len(actions):
                self.office.take(number, actions[pick])
            else:
                self.office.go_on(number)

    @rule(days=st.integers(1, 20))
    def let_days_pass(self, days: int) -> None:
        self.office.day += timedelta(days=days)

    @rule(number=numbers, later=st.integers(0, 9), leaves=st.sampled_from((frozenset[int](), frozenset({1}))))
    def change_the_class(self, number: str, later: int, leaves: frozenset[int]) -> None:
        def change(context: Context) -> None:
            ends_on = find(context, number).ends_on + timedelta(days=later)
            class_changes.change(context, number, ClassChange(ends_on=ends_on, leaving=leaves), "企业申请")

        self.office.attempt(change)

    @rule(number=numbers, name=who, put_right=st.sampled_from(_PUT_RIGHT))
    def put_a_field_right(self, number: str, name: str, put_right: tuple[str, str]) -> None:
        self.office.attempt(lambda context: corrections.correct(context, number, *put_right, "录错了"), name)
        self.office.attempt(lambda context: corrections.approve(context, number), name)

    @rule(person=st.sampled_from(PEOPLE), occupation=st.sampled_from(("焊工", "电工", "叉车司机")))
    def learn_of_an_earlier_training(self, person: PastTraining, occupation: str) -> None:
        day = date(2019, 9, 2)
        elsewhere = PastTraining(person.id_number, occupation, Level.FIVE, day, day, Delivery.OFFLINE, True, True)
        self.office.attempt(lambda context: past_trainings.insert_missing(context, [elsewhere], source=EARLIER))

    @rule(number=numbers, fen=st.sampled_from((0, 80_000)))
    def hear_of_the_ordinary_procedure(self, number: str, fen: int) -> None:
        self.office.take_hours(number)
        self.office.bring_results(number, fen)

    @rule(number=numbers, upheld=st.booleans(), name=who)
    def object_and_decide(self, number: str, upheld: bool, name: str) -> None:
        self.office.attempt(partial(objections.receive, number=number, statement="名单有误"))
        self.office.attempt(partial(objections.decide, number=number, finding="已核查", upheld=upheld), name)

    @rule(some=st.sets(numbers, min_size=1), back=st.integers(-1, 3))
    def publish(self, some: set[str], back: int) -> None:
        day = self.office.day - timedelta(days=back)
        self.office.attempt(partial(publishing.publish, numbers=sorted(some), published_on=day))

    @rule(place=st.integers(0, 3))
    def clear(self, place: int) -> None:
        with self.office.register.reading(self.office.acting) as context:
            known = publicity_batches.batches(context)
        if place < len(known):
            batch = known[place].number
            self.office.attempt(
                partial(publishing.note_page, number=batch, address="https://example.org/gs", proof=PROOF)
            )
            self.office.attempt(partial(publishing.clear, number=batch))

    @rule(some=st.sets(numbers, min_size=1), place=st.integers(0, 3), name=who)
    def order_and_sign(self, some: set[str], place: int, name: str) -> None:
        self.office.attempt(partial(payment_orders.prepare, fund_code=FUND, numbers=sorted(some)))
        with self.office.register.reading(self.office.acting) as context:
            known = payment_batches.batches(context)
        if place < len(known):
            self.office.attempt(partial(payment_orders.sign, number=known[place].number, opinion="经核对"), name)
            self.office.attempt(partial(payment_orders.hand_over, number=known[place].number, folder=self.folder), name)

    @rule(number=numbers, name=who)
    def take_out_of_the_batch(self, number: str, name: str) -> None:
        self.office.attempt(partial(payment_orders.stop, number=number, reason="有举报"), name)

    @rule(number=numbers)
    def put_the_account_right(self, number: str) -> None:
        self.office.attempt(partial(self.office.correct, number=number))

    @rule(number=numbers, seq=st.integers(1, 2), back=st.booleans())
    def deduct_or_put_back(self, number: str, seq: int, back: bool) -> None:
        if back:
            self.office.attempt(partial(deductions_by_hand.put_back, number=number, seq=seq))
        else:
            self.office.attempt(lambda context: deductions_by_hand.deduct(context, number, seq, "21", "查实"))

    @rule(number=numbers, part=st.sampled_from((1, 2, 3)), approver=who, settled=st.booleans(), confirmer=who)
    def order_money_back(self, number: str, part: int, approver: str, settled: bool, confirmer: str) -> None:
        with self.office.register.reading(self.office.acting) as context:
            case = find(context, number)
            recovered_fen = recovery.returned_fen(context, case)
            fen = (recovery.paid_fen(context, case) - recovered_fen) // part
        self.office.attempt(partial(recovery.order, number=number, amount_fen=fen, reason="查实"))
        self.office.attempt(partial(recovery.approve, number=number), approver)
        if settled:
            day = self.office.day
            reference = f"TK{recovered_fen}"
            self.office.attempt(partial(recovery.settle, number=number, returned_on=day, reference=reference))
            if not self.office.attempt(partial(recovery.confirm_return, number=number, evidence="对账单"), confirmer):
                self.office.attempt(partial(recovery.strike_return, number=number, reason="查无此款"), confirmer)
        else:
            self.office.attempt(partial(recovery.drop, number=number, reason="查无此事"))

    @rule(apart=st.booleans())
    def set_duties(self, apart: bool) -> None:
        self.office.attempt(partial(office_settings.change, duties_apart=apart))

    @rule(day=st.dates(date(2020, 3, 25), date(2020, 6, 1)), signs=st.booleans())
    def lift(self, day: date, signs: bool) -> None:
        # Not too early: afterwards little is opened any more.
        if self.office.day < date(2020, 4, 20):
            return
        self.office.attempt(partial(lifting.announce, lifted_on=day, document="川疫指1号"), "赵六")
        if signs:
            self.office.attempt(lifting.sign, "张三")

    # What must hold.

    @invariant()
    def what_must_hold_of_any_register(self) -> None:
        files = self.office.files()
        # Half of what is tried is refused, and all of it is told from the register alone.
        if files == self.seen:
            return
        self.the_journal_alone_tells_every_stage()
        self.no_fen_too_much()
        self.nobodys_place_is_lost_or_taken_twice()
        self.duties_that_were_apart_were_done_by_different_people()
        self.nobody_signs_alone()
        self.seen = files

    def the_journal_alone_tells_every_stage(self) -> None:
        with self.office.register.reading(self.office.acting) as context:
            cases = context.session.exec(select(Case)).all()
            assert len(cases) == len(NUMBERS)
            for case in cases:
                passed = [Stage.DRAFT, *moving.passed_through(context, case)]
                assert Stage(case.stage) is passed[-1]
                assert set(pairwise(passed)) <= _ARROWS

    def no_fen_too_much(self) -> None:
        with self.office.register.reading(self.office.acting) as context:
            for case in context.session.exec(select(Case)):
                granted = case.approved_total_fen or 0
                cost = sum(context.session.exec(select(Voucher.amount_fen).where(col(Voucher.case_id) == case.id)))
                assert granted <= CAP_FEN * (case.approved_heads or 0)
                if case.stage not in CLAIM_ENTRY | {Stage.OPENED, Stage.WITHDRAWN}:
                    assert granted <= cost or not case.claim_decided_on
                of_case = select(PaymentLine).where(col(PaymentLine.case_id) == case.id)
                paid = [line.amount_fen for line in context.session.exec(of_case) if line.outcome == "paid"]
                back = select(Recovery.amount_fen).where(col(Recovery.case_id) == case.id)
                returned = sum(context.session.exec(back.where(col(Recovery.returned_on).is_not(None))))
                assert len(paid) <= 1
                assert 0 <= sum(paid) - returned <= granted
            assert 0 <= funds.source(context, FUND).balance_fen <= GRANTED_FEN

    def nobodys_place_is_lost_or_taken_twice(self) -> None:
        with self.office.register.reading(self.office.acting) as context:
            taken = list(_places_taken(context))
            for number in (person.id_number for person in PEOPLE):
                places = sorted(place for id_number, place in taken if id_number == number)
                known = [
                    training
                    for training in past_trainings.of_people(context, [number], except_case=None)
                    if training.source
                ]
                assert sorted(training.source for training in known if training.source != EARLIER) == places
                assert len([training for training in known if training.starts_on.year == 2020]) <= MOST_A_YEAR

    def duties_that_were_apart_were_done_by_different_people(self) -> None:
        with self.office.register.reading(self.office.acting) as context:
            is_apart = False
            doers: dict[int | None, dict[Action, str]] = {}
            for entry in context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id))):
                if entry.action == Act.OFFICE_SET:
                    _, after = journal.values(context, entry)
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

    def nobody_signs_alone(self) -> None:
        with self.office.register.reading(self.office.acting) as context:
            assert all(batch.signed_by != batch.prepared_by for batch in context.session.exec(select(PaymentBatch)))
            assert all(
                recovery.approved_by != recovery.ordered_by for recovery in context.session.exec(select(Recovery))
            )
            said: dict[int | None, str] = {}
            for entry in context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id))):
                if entry.action == Act.RECOVERY_STATE_RETURN:
                    said[entry.case_id] = entry.staff_name
                elif entry.action == Act.RECOVERY_SETTLE:
                    assert entry.staff_name != said.pop(entry.case_id)


def _places_taken(context: Context) -> Iterator[tuple[str, str]]:
    """Whose trainings are taken, and by which classes, told from stages and approved rows alone."""
    for case in context.session.exec(select(Case)):
        stage = case.stage
        is_claim = stage.value.startswith("claim-")
        if stage in _FREE or not (is_claim or stage in (Stage.OPENED, Stage.TRANSFERRED)):
            continue
        is_decided = is_claim and stage not in _UNDECIDED_CLAIMS
        rows = context.session.exec(
            select(Enrolment).where(
                col(Enrolment.case_id) == case.id,
                col(Enrolment.application) == ("claim" if is_decided else "opening"),
                col(Enrolment.approved).is_(True),
            )
        )
        for row in rows:
            result = context.session.get(OfflineResult, row.id)
            was_paid_nothing = result is not None and result.amount_fen == 0
            if not was_paid_nothing:
                yield row.unseal(context.vault, "id_number"), case.display_number


@pytest.mark.slow
def test_whatever_officers_do(template: Path) -> None:
    Life.template = template
    checked = settings(
        max_examples=8,
        stateful_step_count=30,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=checked)


@pytest.mark.slow
@pytest.mark.parametrize("stage", Stage)
def test_every_stage_is_reached_by_the_ways_of_the_table(template: Path, tmp_path: Path, stage: Stage) -> None:
    office = opened(template, tmp_path)
    number = NUMBERS[-1] if stage is Stage.TRANSFERRED else NUMBERS[0]
    office.bring_to(number, stage)
    assert office.stage(number) is stage
    office.register.close()
