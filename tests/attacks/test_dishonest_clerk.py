"""A dishonest clerk among honest colleagues: whatever he states, when he states it and wherever the program is killed.

What is true is kept beside the program: the days by the clock, the invoices as they were written, what the bank did.
Colleagues sign what the program lets them sign, but confirm nothing untrue.
"""

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from openpyxl import load_workbook
from sqlmodel import Session, col, select

from db.models import Case, Enrolment, PaymentBatch, Recovery
from pxtui.casework.calendar import lifting
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.payment import bank_answers, doubts, recovery
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment.bank_answers import BankAnswer
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.publicity import publishing
from pxtui.home import Home
from pxtui.policy.facts import ApplicationKind
from tests.conftest import NOW, empty_register
from tests.support.at_once import at_once
from tests.support.counter import FEE_FEN, PROOF
from tests.support.kills import Killed, killed_after
from tests.support.life import FUND, NUMBERS, STAFF, Act, Office, furnish, write_attachment_4

CLERK, REVIEWER, HEAD, ADMINISTRATOR = STAFF
CAP_FEN, MOST_A_YEAR = 60_000, 3
A_YEAR = timedelta(days=366)
INVOICES = dict(zip(NUMBERS, ("12345678", "22345678", "12345678", "32345678"), strict=True))
"""The invoices as they are on paper: the first class and the third come with one and the same."""
SPELLINGS = ("{}", "№ {}", "NO.{}", "\u200b{}", "\u2060{}\u200e", "{} ", "\u00ad{}")
HOLIDAYS = {date(2020, 4, 6), *(date(2020, 5, day) for day in (1, 4, 5)), date(2020, 6, 25), date(2020, 6, 26)}
WORKING_WEEKENDS = {date(2020, 4, 26), date(2020, 5, 9), date(2020, 6, 28)}
"""By the notices of the State Council of 2019 and 2020."""

numbers = st.sampled_from(NUMBERS)
days_off = st.integers(-6, 1)
BEGINNINGS = (Stage.CLAIM_APPROVED, Stage.CLAIM_RECEIVED, Stage.CLAIM_APPROVED)
reasons = st.sampled_from(("邮寄途中", "邮寄途中", ""))
moments = st.one_of(st.none(), st.integers(0, 12))
"""After how many writes the program is killed; None: it is not."""


@dataclass
class Truth:
    """What happened, whatever the program was told."""

    ends: dict[str, date]
    opened: dict[str, date] = field(default_factory=dict)
    claimed: dict[str, date] = field(default_factory=dict)
    """The first day on which the claim lay on the counter."""
    published: dict[str, date] = field(default_factory=dict)
    """The last day on which the claim was put on the public notice."""
    lifted: tuple[date, date] | None = None
    """The day of the lifting, and the day on which the office learned of it."""
    lists: dict[str, dict[str, int]] = field(default_factory=dict)
    """The bank lists outside by their SHA-256: case → fen."""
    ordered: dict[str, date] = field(default_factory=dict)
    """The day on which the first list with the case went out."""
    bounced: set[tuple[str, str]] = field(default_factory=set)
    """Lists and cases whose money came back."""

    def paid_fen(self, number: str) -> int:
        """What the bank paid."""
        return sum(
            fen
            for digest, cases in self.lists.items()
            for case, fen in cases.items()
            if case == number and (digest, case) not in self.bounced
        )


class ClerksOffice(Office):
    """The claims bear the invoices that there are, written as the clerk likes."""

    spelling = "{}"

    def enter_claim(self, number: str, voucher: str = "") -> None:
        """The invoice of the class, whatever else was to be entered."""
        super().enter_claim(number, self.spelling.format(INVOICES[number]))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with separate duties, before anything was handed in."""
    folder = tmp_path_factory.mktemp("template") / "data"
    register = empty_register(Home(folder))
    office = Office(register)
    furnish(office)
    with register.writing(replace(office.acting, name=ADMINISTRATOR)) as context:
        office_settings.change(context, duties_apart=True)
    register.close()
    return folder


class DishonestClerk(RuleBasedStateMachine):
    """Four classes with shared people and a shared invoice; the clerk keys whatever brings money."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(self.template, self.folder / "data")
        write_attachment_4(self.folder)
        self.office = ClerksOffice(open_register(Home(self.folder / "data"), NOW))
        self.office.folder = self.folder
        with self.office.register.reading(self.office.acting) as context:
            ends = {number: find(context, number).ends_on for number in NUMBERS}
        self.truth = Truth(ends)

    def teardown(self) -> None:
        self.office.register.close()
        shutil.rmtree(self.folder)

    @initialize(
        picked=numbers,
        spelling=st.sampled_from((None, *SPELLINGS)),
        stage=st.sampled_from(BEGINNINGS),
        later=st.integers(1, 8),
    )
    def some_classes_are_under_way(self, picked: str, spelling: str | None, stage: Stage, later: int) -> None:
        """With a spelling, both classes of the shared invoice."""
        self._bring_to(picked, stage)
        if spelling is not None:
            self._bring_to(NUMBERS[0], stage)
            self.office.spelling = spelling
            self._bring_to(NUMBERS[2], stage)
        self.office.day += timedelta(days=later)

    # What the clerk does.

    @rule(number=numbers, back=days_off, reason=reasons, moment=moments)
    def state_a_day_of_receipt(self, number: str, back: int, reason: str, moment: int | None) -> None:
        day = self.office.day + timedelta(days=back)
        if self.office.stage(number) in CLAIM_ENTRY:
            with self.office.register.reading(self.office.acting) as context:
                filed = claim_filing.claim_filing(context, number)
            act: Act = partial(
                claim_filing.put_claim, number=number, filing=replace(filed, received_on=day), day_reason=reason
            )
        else:
            with self.office.register.reading(self.office.acting) as context:
                opening = opening_filing.filing(context, number)
            act = partial(
                opening_filing.amend, number=number, filing=replace(opening, received_on=day), day_reason=reason
            )
        self._do(act, moment)

    @rule(number=numbers, action=st.sampled_from(Action), opinion=st.sampled_from(("", "理由")), moment=moments)
    def press_any_key(self, number: str, action: Action, opinion: str, moment: int | None) -> None:
        self._do(partial(advance.advance, number=number, action=action, opinion=opinion), moment)

    @rule(number=numbers, spelling=st.sampled_from(SPELLINGS))
    def write_the_invoice_in_another_way(self, number: str, spelling: str) -> None:
        self.office.spelling = spelling
        if self.office.stage(number) in CLAIM_ENTRY:
            self.office.enter_claim(number)

    @rule(back=st.integers(-5, 0), reason=reasons, waits=st.integers(0, 4), step=st.integers(0, 2), moment=moments)
    def hurry_to_the_money(self, back: int, reason: str, waits: int, step: int, moment: int | None) -> None:
        """A notice dated as he likes, confirmed by himself, and paid as soon as the program lets him."""
        published, cleared, handed_over = (moment if step == place else None for place in range(3))
        day = self.office.day + timedelta(days=back)
        granted = self._at(Stage.CLAIM_APPROVED)
        self._do(partial(publishing.publish, numbers=granted, published_on=day, day_reason=reason), published)
        self.office.day += timedelta(days=waits)
        for batch in self._numbers(publicity_batches.batches):
            self._do(partial(publishing.confirm_day, number=batch))
            self._do(partial(publishing.note_page, number=batch, address="https://example.org/gs", proof=PROOF))
            self._do(partial(publishing.clear, number=batch), cleared)
        self._do(partial(payment_orders.prepare, fund_code=FUND, numbers=self._at(Stage.CLEARED)))
        for batch in self._numbers(payment_batches.batches):
            self._do(partial(payment_orders.sign, number=batch))
            self.office.attempt(partial(payment_orders.sign, number=batch), HEAD)
            hand_over: Act = partial(payment_orders.hand_over, number=batch, folder=self.folder)
            if handed_over is None:
                # He presses the key at two terminals in the same moment.
                here = self.office.acting
                at_once(self.office.register, {here: hand_over, replace(here, token="elsewhere"): hand_over})
            self._do(hand_over, handed_over)

    @rule(back=st.integers(-5, -1), waits=st.integers(0, 4))
    def hurry_without_an_accident(self, back: int, waits: int) -> None:
        self.hurry_to_the_money(back, "邮寄途中", waits, 0, None)

    @rule(number=numbers, arrives=st.booleans(), moment=moments)
    def answer_for_the_bank(self, number: str, arrives: bool, moment: int | None) -> None:
        with self.office.register.reading(self.office.acting) as context:
            amount = find(context, number).approved_total_fen or 0
            batches = [
                batch.number
                for batch in payment_batches.batches(context)
                if number in {line.case_number for line in batch.lines}
            ]
        answer = BankAnswer(number, amount, arrives, f"YH{number}" if arrives else "账号有误")
        for batch in batches:
            self._do(partial(bank_answers.answer_one, number=batch, bank_answer=answer), moment)
        self._do(partial(doubts.confirm_bounce, number=number, evidence="退票通知书"))
        self._do(partial(doubts.resolve, number=number, is_paid=arrives, reason="已核实"))

    @rule()
    def say_that_all_bounced_and_tell_another_account(self) -> None:
        for number in self._at(Stage.TO_PAY):
            self.answer_for_the_bank(number, arrives=False, moment=None)
            self._do(partial(self.office.correct, number=number))

    @rule(number=numbers)
    def tell_another_account(self, number: str) -> None:
        self._do(partial(self.office.correct, number=number))

    @rule(number=numbers, moment=moments)
    def order_money_back_and_say_it_came(self, number: str, moment: int | None) -> None:
        with self.office.register.reading(self.office.acting) as context:
            case = find(context, number)
            left = recovery.paid_fen(context, case) - recovery.returned_fen(context, case)
        self._do(partial(recovery.order, number=number, amount_fen=left, reason="查实"))
        self._do(partial(recovery.approve, number=number))
        self._do(partial(recovery.settle, number=number, returned_on=self.office.day, reference="TK1"), moment)

    # What others do, and what happens.

    @rule(number=numbers, wanted=st.sampled_from((Stage.CLAIM_RECEIVED, Stage.CLAIM_APPROVED, Stage.PAID)))
    def colleagues_go_on(self, number: str, wanted: Stage) -> None:
        self._bring_to(number, wanted)

    @rule(days=st.one_of(st.integers(1, 12), st.just(400)))
    def let_days_pass(self, days: int) -> None:
        self.office.day += timedelta(days=days)

    @rule(number=numbers, back=st.booleans())
    def the_bank_sends_money_back(self, number: str, back: bool) -> None:
        """The head hears of it from the bank, or says that nothing came back."""
        for digest, cases in self.truth.lists.items():
            if back and number in cases and self.truth.paid_fen(number):
                self.truth.bounced.add((digest, number))
        if self.truth.paid_fen(number) == 0 and number in self.truth.ordered:
            self.office.attempt(partial(doubts.confirm_bounce, number=number, evidence="退票通知书"), HEAD)

    @rule(day=st.dates(date(2020, 3, 25), date(2020, 6, 1)))
    def the_epidemic_ends(self, day: date) -> None:
        if day <= self.office.day and self.truth.lifted is None:
            self.office.attempt(partial(lifting.announce, lifted_on=day, document="川疫指1号"), ADMINISTRATOR)
            if self.office.attempt(lifting.sign, HEAD):
                self.truth.lifted = day, self.office.day

    # What must hold.

    @invariant()
    def no_bank_list_outside_that_the_register_does_not_know(self) -> None:
        with self.office.register.reading(self.office.acting) as context:
            known = set(context.session.exec(select(PaymentBatch.digest)))
        assert set(self.truth.lists) <= known

    @invariant()
    def nobody_is_paid_what_is_not_owed(self) -> None:
        paid = [number for number in NUMBERS if self.truth.paid_fen(number)]
        assert max(Counter(INVOICES[number] for number in paid).values(), default=0) <= 1
        with self.office.register.reading(self.office.acting) as context:
            people = {number: self._paid_people(context.session, number) for number in paid}
            cases = {number: find(context, number) for number in paid}
            for number, case in cases.items():
                heads = len(people[number])
                returned = select(Recovery.amount_fen).where(
                    Recovery.case_id == case.id, col(Recovery.returned_on).is_not(None)
                )
                assert self.truth.paid_fen(number) <= min(CAP_FEN, FEE_FEN) * heads or list(
                    context.session.exec(returned)
                )
                self._require_true_days(case)
            for first, second in combinations(paid, 2):
                both = people[first] & people[second]
                apart = (
                    self.truth.ends[first] < cases[second].starts_on or self.truth.ends[second] < cases[first].starts_on
                )
                assert not both or apart
                assert not both or cases[first].occupation != cases[second].occupation
        taken = Counter(person for group in people.values() for person in group)
        assert max(taken.values(), default=0) <= MOST_A_YEAR

    def _require_true_days(self, case: Case) -> None:
        number, truth = case.number, self.truth
        ordered, published = truth.ordered[number], truth.published[number]
        between = [published + timedelta(days=count) for count in range(1, (ordered - published).days)]
        assert sum(map(_is_working_day, between)) >= 2
        assert truth.claimed[number] <= truth.ends[number] + A_YEAR
        assert ordered > truth.ends[number]
        if truth.lifted is not None and truth.opened[number] >= truth.lifted[1]:
            assert truth.opened[number] <= truth.lifted[0]

    def _paid_people(self, session: Session, number: str) -> set[str]:
        rows = (
            select(Enrolment.id_key)
            .join(Case)
            .where(
                Case.serial == int(number[-4:]),
                Enrolment.application == ApplicationKind.CLAIM,
                col(Enrolment.approved).is_(True),
            )
        )
        return set(map(str, session.exec(rows)))

    # How it is kept.

    def _bring_to(self, number: str, wanted: Stage) -> None:
        """Step by step, each seen by whoever keeps the truth."""
        for _ in range(20):
            before = self.office.stage(number)
            if before is wanted:
                return
            self.office.go_on(number)
            self._look()
            if self.office.stage(number) is before:
                return

    def _do(self, act: Act, moment: int | None = None) -> None:
        try:
            with killed_after(moment):
                self.office.attempt(act, CLERK)
        except Killed:
            self.office.register.close()
            self.office.register = open_register(Home(self.folder / "data"), self.office.acting.at)
        self._look()

    def _at(self, stage: Stage) -> list[str]:
        return [number for number in NUMBERS if self.office.stage(number) is stage]

    def _numbers(self, batches: Callable[[Context], Iterable[Any]]) -> list[str]:
        with self.office.register.reading(self.office.acting) as context:
            return [batch.number for batch in batches(context)]

    def _look(self) -> None:
        today, truth = self.office.day, self.truth
        for number in NUMBERS:
            stage = self.office.stage(number)
            if stage is Stage.OPENED:
                truth.opened.setdefault(number, today)
            if stage.value.startswith("claim-") and stage not in CLAIM_ENTRY:
                truth.claimed.setdefault(number, today)
            if stage is Stage.PUBLISHED:
                truth.published.setdefault(number, today)
            elif stage is Stage.CLAIM_APPROVED:
                truth.published.pop(number, None)
        for path in self.folder.glob("*拨付清单*.xlsx"):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest not in truth.lists:
                truth.lists[digest] = _payments(path)
                truth.ordered.update(dict.fromkeys(truth.lists[digest], today))


def _payments(path: Path) -> dict[str, int]:
    """The lines of a bank list as the bank reads them: case → fen."""
    rows = load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)
    return {str(row[1]): round(float(str(row[5])) * 100) for row in rows if row[1] in NUMBERS}


def _is_working_day(day: date) -> bool:
    return day in WORKING_WEEKENDS or (day.weekday() < 5 and day not in HOLIDAYS)


@pytest.mark.slow
def test_dishonest_clerk_never_gets_more_than_is_owed(template: Path) -> None:
    DishonestClerk.template = template
    checked = settings(max_examples=24, stateful_step_count=8, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(DishonestClerk, settings=checked)
