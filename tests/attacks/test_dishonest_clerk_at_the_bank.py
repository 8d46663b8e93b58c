"""A dishonest clerk and the money: he orders, hands over, answers for the bank, and gives up what is owed back."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlmodel import col, select

from db.models import Act as Entry
from db.models import JournalEntry, PaymentLine, Recovery
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.context import Context
from pxtui.casework.payment import bank_answers, doubts, recovery, stated_returns
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment.bank_answers import BankAnswer
from pxtui.casework.payment.stated_returns import StatedReturn
from tests.support.clerk_machine import Beginning, Beginnings, moments, play, run
from tests.support.dishonest import CLERK, HEAD, furnished
from tests.support.kills import Moment, Place
from tests.support.life import FUND, NUMBERS, Act
from tests.support.two_clerks import TwoClerks

FIRST, SECOND = NUMBERS[:2]
CLEARED = Beginning(((FIRST, Stage.CLEARED),))
TWO_CLEARED = Beginning(((FIRST, Stage.CLEARED), (SECOND, Stage.CLEARED)))
PAID = Beginning(((FIRST, Stage.PAID), (SECOND, Stage.CLEARED)))
OTHER_ACCOUNT = "6217000000000666"

cases = st.sampled_from((FIRST, FIRST, SECOND))


class ClerkWithMoney(TwoClerks):
    """Two claims that may be paid, once each."""

    @rule(some=st.sets(cases, min_size=1), moment=moments, at_once=st.booleans())
    def order(self, some: set[str], moment: Moment, at_once: bool) -> None:
        chosen = sorted(some & set(self.desk.at(Stage.CLEARED)) or some)
        self._press(partial(payment_orders.prepare, fund_code=FUND, numbers=chosen), moment, at_once)

    @rule(moment=moments, at_once=st.booleans())
    def hand_over(self, moment: Moment, at_once: bool) -> None:
        self._have_signed()
        for batch in self._batches():
            self._press(partial(payment_orders.hand_over, number=batch, folder=self.desk.folder), moment, at_once)

    @rule(number=cases, moment=moments)
    def tell_another_account(self, number: str, moment: Moment) -> None:
        number = self.at_one_of(number, Stage.CLEARED, Stage.BOUNCED)
        self.desk.clerk_does(partial(self.desk.correct, number=number), moment)

    @rule()
    def the_head_signs(self) -> None:
        self._have_signed()

    def _have_signed(self) -> None:
        """Whatever may be ordered and signed."""
        if cleared := self.desk.at(Stage.CLEARED):
            self.order(set(cleared), None, at_once=False)
        for batch in self._batches():
            self.desk.head_signs(batch)
        self.desk.look()

    def _press(self, act: Act, moment: Moment, at_once: bool) -> None:
        """At two terminals in the same moment, or at one at which the program may be killed."""
        if at_once and moment is None:
            self.desk.clerk_does_twice_at_once(act)
        else:
            self.desk.clerk_does(act, moment)

    def _batches(self, number: str = "") -> list[str]:
        """All of them, or those with a claim."""
        with self.desk.register.reading(self.desk.acting) as context:
            return [
                batch.number
                for batch in payment_batches.batches(context)
                if not number or number in {line.case_number for line in batch.lines}
            ]

    def _cases_of(self, batch: str) -> list[str]:
        with self.desk.register.reading(self.desk.acting) as context:
            return [line.case_number for line in payment_batches.look_up(context, batch).lines]

    def _granted_fen(self, number: str) -> int:
        with self.desk.register.reading(self.desk.acting) as context:
            return find(context, number).approved_total_fen or 0


class DishonestClerkBeforeTheBank(ClerkWithMoney):
    """What goes to the bank is what the head has signed, once."""

    @initialize(beginning=st.sampled_from((CLEARED, TWO_CLEARED)))
    def claims_are_cleared(self, beginning: Beginning) -> None:
        self.begin_at(beginning)

    @rule(number=cases, moment=moments)
    def take_out_of_the_batch_and_hand_over(self, number: str, moment: Moment) -> None:
        self.order({FIRST, SECOND}, None, at_once=False)
        self.the_head_signs()
        self.desk.take_out(number, CLERK)
        for batch in self._batches():
            self._press(partial(payment_orders.hand_over, number=batch, folder=self.desk.folder), moment, at_once=False)

    @rule(number=cases, signed=st.booleans())
    def slip_another_account_into_the_batch_behind_the_program_s_back(self, number: str, signed: bool) -> None:
        """And hand it over, with luck under the signature that stands there."""

        def slip(context: Context) -> None:
            of_case = col(PaymentLine.case_id) == find(context, number).id
            for line in context.session.exec(select(PaymentLine).where(of_case, col(PaymentLine.outcome).is_(None))):
                line.seal(context.vault, account=OTHER_ACCOUNT)
                context.session.add(line)

        if signed:
            self.order({number}, None, at_once=False)
            self.the_head_signs()
        self.desk.clerk_does(slip)
        self.hand_over(None, at_once=False)

    @rule(some=st.sets(cases, min_size=1), place=st.sampled_from(Place))
    def be_killed_while_the_list_is_written(self, some: set[str], place: Place) -> None:
        self.order(some, None, at_once=False)
        self.the_head_signs()
        self.hand_over(place, at_once=False)

    @rule(number=cases)
    def sign_himself(self, number: str) -> None:
        self.order({number}, None, at_once=False)
        for batch in self._batches(number):
            self.desk.clerk_does(partial(payment_orders.sign, number=batch, opinion="经核对"))
        self.hand_over(None, at_once=False)

    @rule(number=cases)
    def the_head_takes_his_signature_back(self, number: str) -> None:
        self._have_signed()
        self.desk.take_out(number, HEAD)


class DishonestClerkBehindTheBank(ClerkWithMoney):
    """What the bank did is what the bank says, and what is owed back stays owed."""

    @initialize(
        beginning=st.sampled_from((CLEARED, TWO_CLEARED, PAID, PAID)), most=st.integers(0, 2), dropping=st.booleans()
    )
    def claims_are_at_the_bank(self, beginning: Beginning, most: int, dropping: bool) -> None:
        self.begin_at(beginning)
        if cleared := self.desk.at(Stage.CLEARED)[:most]:
            self.desk.order_and_sign(cleared)
        if dropping:
            self.have_dropped_what_was_ordered_back(None)

    @rule(number=cases, arrives=st.booleans(), moment=moments, at_once=st.booleans())
    def answer_for_the_bank(self, number: str, arrives: bool, moment: Moment, at_once: bool) -> None:
        if not self._batches(number):
            self.desk.order_and_sign(self.desk.at(Stage.CLEARED))
        for batch in self._batches(number):
            said = BankAnswer(number, self._granted_fen(number), arrives, f"YH{number}" if arrives else "账号有误")
            self._press(partial(bank_answers.answer_one, number=batch, bank_answer=said), moment, at_once)

    @rule(number=cases, arrives=st.booleans(), moment=moments)
    def write_the_banks_file_himself(self, number: str, arrives: bool, moment: Moment) -> None:
        """About every payment of the batch."""
        if not self._batches(number):
            self.desk.order_and_sign(self.desk.at(Stage.CLEARED))
        for batch in self._batches(number):
            said = [
                BankAnswer(line, self._granted_fen(line), arrives, f"YH9{line}" if arrives else "账户已销户")
                for line in self._cases_of(batch)
            ]
            self.desk.clerk_does(partial(bank_answers.answer, number=batch, answers=said), moment)

    @rule(number=cases, is_paid=st.booleans(), moment=moments)
    def confirm_his_own_word(self, number: str, is_paid: bool, moment: Moment) -> None:
        self.answer_for_the_bank(number, arrives=False, moment=None, at_once=False)
        self._confirm_it(number, is_paid, moment)

    def _confirm_it(self, number: str, is_paid: bool, moment: Moment) -> None:
        self.desk.clerk_does(partial(doubts.confirm_bounce, number=number, evidence="退票通知书"), moment)
        self.desk.clerk_does(partial(doubts.resolve, number=number, is_paid=is_paid, reason="已核实"), moment)

    @rule(number=cases, moment=moments, by_a_file=st.booleans())
    def say_that_it_bounced_and_have_it_paid_again(self, number: str, moment: Moment, by_a_file: bool) -> None:
        if by_a_file:
            self.write_the_banks_file_himself(number, arrives=False, moment=None)
        else:
            self.answer_for_the_bank(number, arrives=False, moment=None, at_once=False)
        self._confirm_it(number, is_paid=False, moment=None)
        self.tell_another_account(number, moment)
        self.order({number}, moment, at_once=False)
        self.the_head_signs()
        self.hand_over(moment, at_once=False)

    @rule(number=cases, by_a_file=st.booleans())
    def have_it_paid_again_without_an_accident(self, number: str, by_a_file: bool) -> None:
        self.say_that_it_bounced_and_have_it_paid_again(number, None, by_a_file)

    @rule(moment=moments)
    def have_dropped_what_was_ordered_back(self, moment: Moment) -> None:
        """With luck at once, or asked for and agreed to by himself."""
        self.at_one_of(FIRST, Stage.PAID, Stage.RECOVERING)
        for number in self.desk.at(Stage.PAID):
            self.the_head_orders_all_of_it_back(number)
        for number in self.desk.at(Stage.RECOVERING):
            for time in (moment, None, None):
                self.desk.clerk_does(partial(recovery.drop, number=number, reason="查无此事"), time)

    @rule(number=cases, part=st.booleans(), moment=moments, at_once=st.booleans())
    def say_that_money_came_back_that_did_not(self, number: str, part: bool, moment: Moment, at_once: bool) -> None:
        """And confirm it himself, with luck at two terminals; what waits already is not said otherwise behind it."""
        number = self.at_one_of(number, Stage.PAID, Stage.RECOVERING)
        self.the_head_orders_all_of_it_back(number)
        before = self._said_to_be_back(number)
        fen = 1 if part else None
        said = partial(
            recovery.settle, number=number, returned_on=self.desk.day, reference=f"TK{number}", amount_fen=fen
        )
        self._press(said, moment, at_once)
        assert before is None or self._said_to_be_back(number) == before
        self._press(partial(recovery.confirm_return, number=number, evidence="对账单"), moment, at_once)

    @rule(number=cases, moment=moments)
    def strike_out_what_was_said(self, number: str, moment: Moment) -> None:
        number = self.at_one_of(number, Stage.PAID, Stage.RECOVERING)
        if self._said_to_be_back(number) is None:
            self.say_that_money_came_back_that_did_not(number, part=False, moment=None, at_once=False)
        if self.desk.clerk_does(partial(recovery.strike_return, number=number, reason="查无此款"), moment):
            assert self._said_to_be_back(number) is None

    @rule(number=cases)
    def the_head_agrees_to_give_it_up_and_orders_it_back_again(self, number: str) -> None:
        """What was said to have come back of one order is not said of the next."""
        number = self.at_one_of(number, Stage.PAID, Stage.RECOVERING)
        self.have_dropped_what_was_ordered_back(None)
        if self.desk.attempt(partial(recovery.drop, number=number, reason="查无此事"), HEAD):
            self.the_head_orders_all_of_it_back(number)
            assert self._said_to_be_back(number) is None

    @rule(number=cases, moment=moments)
    def order_money_back_and_approve_it_himself(self, number: str, moment: Moment) -> None:
        number = self.at_one_of(number, Stage.PAID)
        self.desk.clerk_does(partial(recovery.order, number=number, amount_fen=1, reason="查实"), moment)
        assert not self.desk.clerk_does(partial(recovery.approve, number=number))

    @rule(number=cases, place=st.integers(0, 9), moment=moments)
    def press_any_key(self, number: str, place: int, moment: Moment) -> None:
        self.press(self.at_one_of(number, Stage.PAID, Stage.ARCHIVED), place, "理由", moment)

    @rule(arrives=st.booleans())
    def the_bank_answers(self, arrives: bool) -> None:
        self.desk.the_bank_answers(arrives=arrives)

    @rule(number=cases)
    def the_head_orders_all_of_it_back(self, number: str) -> None:
        number = self.at_one_of(number, Stage.PAID, Stage.RECOVERING)
        with self.desk.register.reading(self.desk.acting) as context:
            case = find(context, number)
            left = recovery.paid_fen(context, case) - recovery.returned_fen(context, case)
        self.desk.attempt(partial(recovery.order, number=number, amount_fen=left, reason="查实"))
        self.desk.attempt(partial(recovery.approve, number=number), HEAD)

    def _said_to_be_back(self, number: str) -> StatedReturn | None:
        with self.desk.register.reading(self.desk.acting) as context:
            return stated_returns.of_case(context, find(context, number))

    @invariant()
    def what_the_head_ordered_back_is_not_given_up(self) -> None:
        """By one alone."""
        if not hasattr(self, "desk"):
            return
        with self.desk.register.reading(self.desk.acting) as context:
            given_up = context.session.exec(select(JournalEntry).where(col(JournalEntry.action) == Entry.RECOVERY_DROP))
            assert {entry.staff_name for entry in given_up} <= {HEAD}

    @invariant()
    def what_nobody_else_has_seen_is_not_back(self) -> None:
        """No money comes back in this office: the head confirms nothing."""
        if not hasattr(self, "desk"):
            return
        with self.desk.register.reading(self.desk.acting) as context:
            assert not [row for row in context.session.exec(select(Recovery)) if row.returned_on is not None]


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    return Beginnings(furnished(tmp_path_factory.mktemp("template")), tmp_path_factory.mktemp("beginnings"))


@pytest.mark.slow
def test_no_list_goes_out_that_is_not_what_the_head_signed(beginnings: Beginnings) -> None:
    run(DishonestClerkBeforeTheBank, beginnings, examples=2, steps=4)


@pytest.mark.slow
def test_nothing_is_paid_twice_and_nothing_owed_back_is_given_up(beginnings: Beginnings) -> None:
    run(DishonestClerkBehindTheBank, beginnings, examples=1, steps=4)


# Met too rarely by chance.
_DENIED: tuple[Callable[[DishonestClerkBehindTheBank], object], ...] = (
    lambda machine: machine.desk.order_and_sign([FIRST]),
    lambda machine: machine.have_it_paid_again_without_an_accident(FIRST, by_a_file=True),
)


@pytest.mark.slow
def test_bank_s_file_of_his_own_about_a_payment_without_an_answer(beginnings: Beginnings) -> None:
    play(DishonestClerkBehindTheBank, beginnings, CLEARED, *_DENIED, _DENIED[-1])


@pytest.mark.slow
def test_bank_s_file_of_his_own_beside_the_bank_s(beginnings: Beginnings) -> None:
    play(
        DishonestClerkBehindTheBank,
        beginnings,
        CLEARED,
        _DENIED[0],
        lambda machine: machine.the_bank_answers(arrives=True),
        _DENIED[1],
    )


@pytest.mark.slow
@pytest.mark.parametrize("part", [True, False])
def test_return_that_is_said_to_be_back_and_given_up(beginnings: Beginnings, part: bool) -> None:
    play(
        DishonestClerkBehindTheBank,
        beginnings,
        PAID,
        lambda machine: machine.say_that_money_came_back_that_did_not(FIRST, part, None, at_once=False),
        lambda machine: machine.the_head_agrees_to_give_it_up_and_orders_it_back_again(FIRST),
        lambda machine: machine.say_that_money_came_back_that_did_not(FIRST, not part, None, at_once=False),
        lambda machine: machine.strike_out_what_was_said(FIRST, None),
        lambda machine: machine.say_that_money_came_back_that_did_not(FIRST, part, None, at_once=False),
    )
