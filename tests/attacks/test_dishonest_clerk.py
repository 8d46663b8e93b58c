"""A dishonest clerk among honest colleagues: whatever he states, when he states it and wherever the program is killed.

What is true is kept beside the program (`tests/support/truth.py`): the days by the clock, the invoices as they were
written, who learned. Money, bundles and other offices have machines of their own.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlmodel import col, select

from db.models import Correction
from pxtui.casework.calendar import lifting, lifting_correction
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.decision import advance, class_changes, corrections
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.lifecycle import cases
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.offline import results as offline_results
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.publicity import objections, publishing
from tests.support.clerk_machine import Beginning, Beginnings, ClerkMachine, moments, reasons, run
from tests.support.counter import PROOF
from tests.support.dishonest import ADMINISTRATOR, CLERK, HEAD, REVIEWER, SECOND_ADMINISTRATOR, furnished
from tests.support.kills import Moment
from tests.support.life import CLASSES, FUND, LARGE, NUMBERS, PEOPLE, Act
from tests.support.two_clerks import TwoClerks

FIRST, SECOND, THIRD, LARGE_ONE = NUMBERS
SPELLINGS = ("{}", "№ {}", "NO.{}", "\u200b{}", "\u2060{}\u200e", "{} ", "\u00ad{}")
GRANTED_DAYS_AGO = Beginning(((FIRST, Stage.CLAIM_APPROVED),), later=6)
ON_NOTICES = (
    GRANTED_DAYS_AGO,
    Beginning(((FIRST, Stage.CLAIM_APPROVED),), later=1),
    Beginning(((FIRST, Stage.PUBLISHED), (SECOND, Stage.CLAIM_APPROVED)), later=0),
)
ON_DAYS = (
    Beginning(((FIRST, Stage.OPENED), (SECOND, Stage.OPENED)), later=0),
    *2 * (Beginning(((FIRST, Stage.CLAIM_DRAFT), (SECOND, Stage.RECEIVED)), later=370),),
    Beginning(((FIRST, Stage.OPENED), (SECOND, Stage.CLAIM_RECEIVED)), later=30),
)
IN_REVIEW = (
    Beginning(((FIRST, Stage.CLAIM_APPROVED), (THIRD, Stage.CLAIM_RECEIVED)), spelling="№ {}"),
    Beginning(((FIRST, Stage.CLAIM_SECOND_CHECKED), (SECOND, Stage.OPENED))),
    Beginning(((FIRST, Stage.CLAIM_RECEIVED), (LARGE_ONE, Stage.OPENED)), later=0),
    Beginning(((FIRST, Stage.PUBLISHED),), later=1),
    Beginning(((FIRST, Stage.PAID), (THIRD, Stage.OPENED)), later=0),
)
OPINIONS = ("", "理由")
OTHERWISE = {
    "applicant-name": "攀枝花市长江钢铁有限公司",
    "credit-code": "91510402MA6CJKG50N",
    "voucher-day:1": "2020-03-02",
}
"""What is not so, by the field that says it."""
LEAVERS = (frozenset[int](), frozenset({1}))

notices = st.sampled_from((0, 0, -1, -5, 1))
numbers = st.sampled_from((FIRST, FIRST, FIRST, SECOND, THIRD))
opened = st.sampled_from((FIRST, FIRST, SECOND))
days_off = st.sampled_from((-6, -6, 0, 1))


class DishonestClerkOnNotices(TwoClerks):
    """He says since when a notice has stood, and that nobody objects to it."""

    @initialize(beginning=st.sampled_from(ON_NOTICES), objected=st.booleans())
    def claims_are_granted(self, beginning: Beginning, objected: bool) -> None:
        self.begin_at(beginning)
        if objected:
            self.take_down_an_objection_and_dismiss_it(FIRST, None)

    @rule(back=notices, reason=reasons, step=st.integers(0, 2), moment=moments)
    def hurry_to_the_money(self, back: int, reason: str, step: int, moment: Moment) -> None:
        """A notice dated as he likes, confirmed by himself, and paid on the first day on which the program lets him."""
        published, cleared, handed_over = (moment if step == place else None for place in range(3))
        desk = self.desk
        day, granted = desk.day + timedelta(days=back), desk.at(Stage.CLAIM_APPROVED)
        desk.clerk_does(partial(publishing.publish, numbers=granted, published_on=day, day_reason=reason), published)
        # At once: in a moment the day may have come.
        desk.require_no_day_ahead()
        for batch in desk.numbers(publicity_batches.batches):
            desk.clerk_does(partial(publishing.note_page, number=batch, address="https://example.org/gs", proof=PROOF))
            desk.clerk_does(partial(publishing.confirm_day, number=batch))
        for _ in range(7):
            for batch in desk.numbers(publicity_batches.batches):
                desk.clerk_does(partial(publishing.clear, number=batch), cleared)
            if desk.at(Stage.CLEARED) or not desk.at(Stage.PUBLISHED):
                break
            desk.day += timedelta(days=1)
        desk.clerk_does(partial(payment_orders.prepare, fund_code=FUND, numbers=desk.at(Stage.CLEARED)))
        for batch in desk.numbers(payment_batches.batches):
            desk.head_signs(batch)
            desk.clerk_does(partial(payment_orders.hand_over, number=batch, folder=desk.folder), handed_over)

    @rule(back=notices)
    def hurry_without_an_accident(self, back: int) -> None:
        self.hurry_to_the_money(back, "邮寄途中", 0, None)

    @rule(number=numbers, moment=moments)
    def take_down_an_objection_and_dismiss_it(self, number: str, moment: Moment) -> None:
        """The objection is true."""
        if self.desk.clerk_does(partial(objections.receive, number=number, statement="第1号没有学习"), moment):
            self.desk.truth.objected.add(number)
        self.desk.clerk_does(partial(objections.decide, number=number, finding="查无此事", upheld=False), moment)
        self.hurry_without_an_accident(0)

    @rule(number=numbers)
    def the_reviewer_looks_into_the_objection(self, number: str) -> None:
        number = self.at_one_of(number, Stage.PUBLISHED, Stage.OBJECTED)
        if self.desk.attempt(partial(objections.receive, number=number, statement="第1号没有学习")):
            self.desk.truth.objected.add(number)
        act: Act = partial(objections.decide, number=number, finding="第1号没有学习", upheld=True)
        if self.desk.attempt(act, REVIEWER):
            self.desk.truth.objected.discard(number)
            self.desk.truth.found_absent(number, 1, _person(number, 1))
        self.desk.look()

    @rule(days=st.integers(1, 5))
    def let_days_pass(self, days: int) -> None:
        self.desk.day += timedelta(days=days)


class DishonestClerkOnDays(ClerkMachine):
    """He says when an application came and when a class is over."""

    @initialize(beginning=st.sampled_from(ON_DAYS), back=st.sampled_from((None, -6)))
    def some_classes_are_under_way(self, beginning: Beginning, back: int | None) -> None:
        self.begin_at(beginning)
        if back is not None:
            self.state_the_days_of_receipt(back, "邮寄途中", None)

    @rule(back=days_off, reason=reasons, moment=moments)
    def state_the_days_of_receipt(self, back: int, reason: str, moment: Moment) -> None:
        """He confirms them himself, hands in, and colleagues go on."""
        for number in (FIRST, SECOND):
            self._state_a_day(number, back, reason, moment)

    def _state_a_day(self, number: str, back: int, reason: str, moment: Moment) -> None:
        desk, day = self.desk, self.desk.day + timedelta(days=back)
        if desk.stage(number) is Stage.OPENED:
            desk.clerk_does(partial(advance.advance, number=number, action=Action.CLAIM))
        if desk.stage(number) in CLAIM_ENTRY:
            desk.enter_claim(number)
            with desk.register.reading(desk.acting) as context:
                claim = replace(claim_filing.claim_filing(context, number), received_on=day)
            desk.clerk_does(partial(claim_filing.put_claim, number=number, filing=claim, day_reason=reason), moment)
        else:
            with desk.register.reading(desk.acting) as context:
                opening = replace(opening_filing.filing(context, number), received_on=day)
            desk.clerk_does(partial(opening_filing.amend, number=number, filing=opening, day_reason=reason), moment)
        desk.require_no_day_ahead()
        desk.clerk_does(partial(cases.confirm_days, number=number))
        desk.clerk_does(partial(advance.advance, number=number, action=Action.SUBMIT))
        desk.bring_to(number, Stage.PAID)

    @rule(number=opened, later=st.sampled_from((-9, 0, 9)), leaving=st.sampled_from(LEAVERS), moment=moments)
    def change_a_class_alone(self, number: str, later: int, leaving: frozenset[int], moment: Moment) -> None:
        """Somebody who never learned joins it, and it is over when he likes; a colleague turns that down."""
        number = self.at_one_of(number, Stage.OPENED)
        ends_on = self.desk.truth.classes[number].ends_on + timedelta(days=later)
        wanted = ClassChange(ends_on=ends_on, joining=(PEOPLE[3],), leaving=leaving)
        self.desk.clerk_does(
            partial(class_changes.change, number=number, wanted=wanted, reason="企业申请", opinion="已核实"), moment
        )
        self.desk.clerk_does(partial(class_changes.approve, number=number, opinion="已核实"), moment)
        self.desk.attempt(partial(class_changes.drop, number=number, reason="不属实"), HEAD)
        if self.desk.stage(number) is Stage.OPENED:
            self.desk.bring_to(number, Stage.PAID)

    @rule(number=numbers, later=st.integers(1, 5))
    def a_class_takes_longer(self, number: str, later: int) -> None:
        """Two of the office put it into the register."""
        number = self.at_one_of(number, Stage.OPENED)
        held = self.desk.truth.classes[number]
        ends_on = held.ends_on + timedelta(days=later)
        wanted = ClassChange(ends_on=ends_on)
        self.desk.attempt(
            partial(class_changes.change, number=number, wanted=wanted, reason="企业申请", opinion="已核实"), REVIEWER
        )
        if self.desk.attempt(partial(class_changes.approve, number=number, opinion="已核实"), HEAD):
            self.desk.truth.classes[number] = replace(held, ends_on=ends_on)

    @rule(days=st.sampled_from((1, 5, 12, 400)))
    def let_days_pass(self, days: int) -> None:
        self.desk.day += timedelta(days=days)

    @rule(day=st.sampled_from((date(2020, 3, 25), date(2020, 4, 10), date(2020, 5, 1))), told_wrongly=st.booleans())
    def the_epidemic_ends(self, day: date, told_wrongly: bool) -> None:
        """Told rightly, or wrongly and then put right; the clerk signs neither."""
        desk = self.desk
        if day > desk.day:
            return
        first = desk.day if told_wrongly else day
        for announce in (
            partial(lifting.announce, lifted_on=day, document="川疫指0号"),
            partial(lifting_correction.announce, lifted_on=desk.day, document="川疫指0号", reason="日期有误"),
        ):
            desk.clerk_does(announce)
        desk.attempt(partial(lifting.announce, lifted_on=first, document="川疫指1号"), ADMINISTRATOR)
        desk.clerk_does(lifting.sign)
        if desk.attempt(lifting.sign, SECOND_ADMINISTRATOR):
            desk.truth.lifted.append((first, desk.day))
        desk.attempt(
            partial(lifting_correction.announce, lifted_on=day, document="川疫指2号", reason="日期有误"), ADMINISTRATOR
        )
        for name in (CLERK, ADMINISTRATOR):
            assert not desk.attempt(lifting_correction.sign, name), "corrected without a second administrator"
        if desk.attempt(lifting_correction.sign, SECOND_ADMINISTRATOR):
            desk.truth.lifted.append((day, desk.day))
        desk.day += timedelta(days=1)
        desk.bring_to(SECOND, Stage.PAID)


class DishonestClerkInReview(TwoClerks):
    """He says what is true of people and invoices, and has the last word on what was found."""

    @initialize(beginning=st.sampled_from(IN_REVIEW))
    def some_claims_are_under_review(self, beginning: Beginning) -> None:
        self.begin_at(beginning)

    @rule(number=numbers, place=st.integers(0, 9), opinion=st.sampled_from(OPINIONS), moment=moments)
    def press_any_key(self, number: str, place: int, opinion: str, moment: Moment) -> None:
        self.press(number, place, opinion, moment)

    @rule(number=numbers, spelling=st.sampled_from(SPELLINGS))
    def write_the_invoice_in_another_way(self, number: str, spelling: str) -> None:
        self.desk.spelling = spelling
        if self.desk.stage(number) in CLAIM_ENTRY:
            self.desk.enter_claim(number)

    @rule(number=numbers, seq=st.integers(1, 2), moment=moments)
    def put_back_who_was_taken_off(self, number: str, seq: int, moment: Moment) -> None:
        """The reviewer had taken him off before he checked."""
        number = self.at_one_of(number, Stage.CLAIM_RECEIVED, Stage.CLAIM_SECOND_CHECKED)
        self.the_reviewer_finds_somebody_absent(number, seq)
        self.desk.bring_to(number, Stage.CLAIM_SECOND_CHECKED)
        self.desk.clerk_does(partial(deductions_by_hand.put_back, number=number, seq=seq), moment)

    @rule(fen=st.sampled_from((0, 80_000)), moment=moments)
    def tell_what_the_ordinary_procedure_brought(self, fen: int, moment: Moment) -> None:
        self.desk.take_hours(LARGE_ONE)
        self.desk.clerk_does(partial(advance.advance, number=LARGE_ONE, action=Action.TRANSFER), moment)
        if self.desk.stage(LARGE_ONE) is Stage.TRANSFERRED:
            self.desk.bring_results(LARGE_ONE, fen)
        seen: Act = partial(offline_results.confirm_unpaid, number=LARGE_ONE, evidence="回函")
        assert not self.desk.clerk_does(seen), "one alone says that nothing was paid"

    @rule(number=numbers, field=st.sampled_from(sorted(OTHERWISE)), moment=moments)
    def put_right_what_is_right(self, number: str, field: str, moment: Moment) -> None:
        """So that the claim is another firm's, or its invoice of another year; a colleague turns that down."""
        desk, number = self.desk, self.at_one_of(number, Stage.CLAIM_APPROVED)
        propose: Act = partial(corrections.correct, number=number, code=field, text=OTHERWISE[field], reason="录入有误")
        desk.clerk_does(propose, moment)
        assert not desk.clerk_does(partial(corrections.approve, number=number)), "one alone puts a field right"
        desk.attempt(partial(corrections.drop, number=number, reason="不属实"), HEAD)

    @invariant()
    def nothing_is_put_right_that_is_right(self) -> None:
        if not hasattr(self, "desk"):
            return
        with self.desk.register.reading(self.desk.acting) as context:
            assert context.session.exec(select(Correction).where(col(Correction.in_force).is_(True))).first() is None

    @rule(number=numbers)
    def the_head_grants_it_at_two_terminals_at_once(self, number: str) -> None:
        number = self.at_one_of(number, Stage.CLAIM_SECOND_CHECKED)
        act: Act = partial(advance.advance, number=number, action=Action.APPROVE, opinion="理由")
        self.desk.clerk_does_twice_at_once(act, HEAD)

    @rule(number=numbers, seq=st.integers(1, 2))
    def the_reviewer_finds_somebody_absent(self, number: str, seq: int) -> None:
        number = self.at_one_of(number, Stage.CLAIM_RECEIVED, Stage.CLAIM_SECOND_CHECKED)
        if self.desk.the_reviewer_takes_off(number, {seq}):
            self.desk.truth.found_absent(number, seq, _person(number, seq))
        self.desk.look()

    @rule()
    def colleagues_have_paid_whatever_they_can(self) -> None:
        for number in (FIRST, THIRD, SECOND):
            self.desk.bring_to(number, Stage.PAID)

    @rule(number=numbers, wanted=st.sampled_from((Stage.CLAIM_RECEIVED, Stage.CLAIM_SECOND_CHECKED, Stage.PAID)))
    def colleagues_go_on(self, number: str, wanted: Stage) -> None:
        self.desk.bring_to(number, wanted)


def _person(number: str, seq: int) -> str:
    """Whose row it is, by ID number."""
    places = dict(zip(NUMBERS, (*(places for _, _, places in CLASSES), LARGE[2]), strict=True))
    return PEOPLE[places[number][seq - 1]].id_number


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    return Beginnings(furnished(tmp_path_factory.mktemp("template")), tmp_path_factory.mktemp("beginnings"))


@pytest.mark.slow
def test_no_notice_is_shorter_than_it_must_be(beginnings: Beginnings) -> None:
    run(DishonestClerkOnNotices, beginnings, examples=1, steps=4)


@pytest.mark.slow
def test_no_day_that_he_states_brings_money_that_is_not_owed(beginnings: Beginnings) -> None:
    run(DishonestClerkOnDays, beginnings, examples=2, steps=3)


@pytest.mark.slow
def test_nothing_that_he_says_in_a_review_brings_money_that_is_not_owed(beginnings: Beginnings) -> None:
    run(DishonestClerkInReview, beginnings, examples=2, steps=4)
