"""The desk at which the dishonest clerk of the state machines sits, and what his colleagues do for him.

Colleagues sign what the program lets them sign, but confirm nothing untrue. The bank's files are the bank's.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Self

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from db.models import Act as JournalAct
from db.models import Case, Enrolment, PaymentBatch, PaymentLine, PublicityBatch, RowDeduction
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.batches import MOST_LISTED
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, MOVES
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import PERMISSIONS
from pxtui.casework.office.register import open_register
from pxtui.casework.office.roles import Role
from pxtui.casework.payment import bank_answers, doubts
from pxtui.casework.payment import batches as payment_batches
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment.bank_answers import BankAnswer
from pxtui.casework.payment.batches import PAYMENT_BATCHES
from pxtui.casework.staff import members
from pxtui.errors import NotAllowed, PxtuiError
from pxtui.home import Home
from pxtui.policy.facts import ApplicationKind
from tests.conftest import NOW, empty_register
from tests.support.at_once import at_once
from tests.support.counter import FEE_FEN, TWO_WEEKS
from tests.support.kills import Killed, Moment, killed_after
from tests.support.life import CLASSES, FUND, LARGE, NUMBERS, PEOPLE, STAFF, Act, Office, furnish, write_attachment_4
from tests.support.truth import BankList, Payment, TrueClass, Truth, payments_in

CLERK, REVIEWER, HEAD, ADMINISTRATOR = STAFF
SECOND_ADMINISTRATOR = "孙八"
CASHIER = "钱七"
"""Hand in glove with the dishonest clerk: whatever he may not do, she does for him where she may."""
HONEST_CASHIER = "周九"
INVOICES = dict(zip(NUMBERS, ("12345678", "22345678", "12345678", "32345678"), strict=True))
"""The invoices as they are on paper: the first class and the third come with one and the same."""

_HOLDERS = {Role.HEAD: HEAD, Role.REVIEWER: REVIEWER, Role.CLERK: CLERK, Role.CASHIER: CASHIER}


def _by(action: Action) -> str:
    """Whoever takes a step as a rule."""
    roles = PERMISSIONS[JournalAct.of_move(action)].roles
    return next((name for role, name in _HOLDERS.items() if role in roles), ADMINISTRATOR)


def furnished(folder: Path) -> Path:
    """An office with separate duties, before anything was handed in; its folder."""
    register = empty_register(Home(folder / "data"))
    office = Office(register)
    furnish(office)
    with register.writing(replace(office.acting, name=ADMINISTRATOR)) as context:
        members.add(context, SECOND_ADMINISTRATOR, Role.ADMINISTRATOR)
        members.add(context, CASHIER, Role.CASHIER)
        members.add(context, HONEST_CASHIER, Role.CASHIER)
        office_settings.change(context, duties_apart=True)
    register.close()
    write_attachment_4(folder)
    return folder


class Desk(Office):
    """An office with one who is dishonest; the claims bear the invoices that there are, written as he likes."""

    truth: Truth
    spelling = "{}"
    tried = done = 0
    """How many acts were tried, and how many were done."""
    is_anothers = False
    """Whether the act tried last was refused because it is for somebody else."""

    @classmethod
    def opened(cls, template: Path, truth: Truth, day: date) -> Self:
        """A copy of an office, which may be turned upside down."""
        folder = Path(tempfile.mkdtemp())
        shutil.copytree(template, folder, dirs_exist_ok=True)
        desk = cls(open_register(Home(folder / "data"), NOW), day)
        desk.folder, desk.truth = folder, deepcopy(truth)
        return desk

    def closed(self) -> None:
        """Nobody sits there any more."""
        self.register.close()
        shutil.rmtree(self.folder)

    # What is read.

    def stage(self, number: str) -> Stage:
        """Where a case stands, and nothing else of it."""
        return self.stages()[number]

    def stages(self) -> dict[str, Stage]:
        """Where all cases stand."""
        with self.register.reading(self.acting) as context:
            rows = context.session.exec(select(Case.year, Case.letter, Case.serial, Case.stage))
            return {f"{year}-{letter}-{serial:04}": Stage(stage) for year, letter, serial, stage in rows}

    def at(self, stage: Stage) -> list[str]:
        """The cases at a stage."""
        return [number for number, found in self.stages().items() if found is stage]

    def numbers(self, batches: Callable[[Context], Iterable[Any]]) -> list[str]:
        """The numbers of batches, the newest first."""
        with self.register.reading(self.acting) as context:
            return [batch.number for batch in batches(context)]

    def approved(self) -> dict[str, frozenset[str]]:
        """For whom the paid claims are approved, by ID number."""
        with self.register.reading(self.acting) as context:
            return {number: _approved(context, number) for number in self.truth.paid}

    # Who acts.

    def attempt(self, act: Act, name: str = CLERK) -> bool:
        """Try it; whether it was done. What is refused has written nothing."""
        return any(self._attempt(act, hand) for hand in ((CLERK, CASHIER) if name == CLERK else (name,)))

    def _attempt(self, act: Act, name: str) -> bool:
        before = self.files()
        self.tried += 1
        self.is_anothers = False
        try:
            with self.register.writing(replace(self.acting, name=name)) as context:
                act(context)
        except NotAllowed:
            # That he tried it is in the journal.
            self.is_anothers = True
            return False
        except PxtuiError:
            assert self.files() == before
            return False
        self.done += 1
        return True

    def clerk_does(self, act: Act, moment: Moment = None, name: str = CLERK) -> bool:
        """He does it, and the program is killed after so many writes; whether it was done.

        Args:
            name: in whose chair he sits.
        """
        is_done = False
        try:
            with killed_after(moment):
                is_done = self.attempt(act, name)
        except Killed:
            self.register.close()
            self.register = open_register(Home(self.folder / "data"), self.acting.at)
        self.look()
        return is_done

    def clerk_does_twice_at_once(self, act: Act, name: str = CLERK) -> None:
        """He presses the key at two terminals in the same moment."""
        here = replace(self.acting, name=name)
        self.tried += 2
        self.done += 2 - len(at_once(self.register, {here: act, replace(here, token="elsewhere"): act}))
        self.look()

    def take(self, number: str, action: Action) -> bool:
        """A step with all that it needs, by whoever takes it as a rule; whether it was taken."""
        if MOVES[self.stage(number), action].short or (action is Action.TRANSFER and number != NUMBERS[-1]):
            return False
        before = self.stage(number)
        self._prepare(number, action)
        if action is Action.SECOND_CHECK:
            self.the_reviewer_takes_off(number, self.truth.absent.get(number, set()))
        act = self._elsewhere(number).get(action) or partial(
            advance.advance, number=number, action=action, opinion="理由"
        )
        if not self.attempt(act, _by(action)) and self.is_anothers:
            any(self.attempt(act, name) for name in STAFF)
        return self.stage(number) is not before

    def bring_to(self, number: str, wanted: Stage) -> None:
        """Step by step, each seen by whoever keeps the truth."""
        for _ in range(20):
            before = self.stage(number)
            if before is wanted:
                return
            if before is Stage.CLEARED or (before is Stage.TO_PAY and wanted is Stage.PAID):
                self.order_and_sign([number])
            if before is Stage.TO_PAY and wanted is Stage.PAID:
                self.the_bank_answers(arrives=True)
            if self.stage(number) is before:
                self.go_on(number)
            self.look()
            if self.stage(number) is before:
                return

    def enter_claim(self, number: str, voucher: str = "") -> None:
        """The invoice of the class, whatever else was to be entered."""
        super().enter_claim(number, self.spelling.format(self.truth.classes[number].invoice))

    # What colleagues do.

    def head_signs(self, batch: str) -> bool:
        """What stands in it now."""
        seen, approved = self.shown_to_the_head(batch)
        if not self.attempt(partial(payment_orders.sign, number=batch, opinion="经核对"), HEAD):
            return False
        self.truth.head_signed(batch, seen, approved)
        return True

    def shown_to_the_head(self, batch: str) -> tuple[BankList, dict[str, frozenset[str]]]:
        """What stands in a batch, and for whom each claim of it is approved."""
        with self.register.reading(self.acting) as context:
            row = PAYMENT_BATCHES.find(context, batch)
            seen = frozenset(
                Payment(case.number, line.unseal(context.vault, "account"), line.amount_fen)
                for line, case in payment_batches.to_pay(context, row)
            )
            return seen, {line.case: _approved(context, line.case) for line in seen}

    def take_out(self, number: str, name: str) -> None:
        """Somebody takes a claim out of its batch; no signature stands under what is left."""
        batch = self.open_batch_of(number)
        if self.attempt(partial(payment_orders.stop, number=number, reason="有举报"), name):
            self.truth.signed.pop(batch, None)

    def order_and_sign(self, numbers: list[str]) -> None:
        """A batch of the clerk's, signed by the head and handed over."""
        self.attempt(partial(payment_orders.prepare, fund_code=FUND, numbers=numbers))
        for batch in self.numbers(payment_batches.batches):
            self.head_signs(batch)
            self.attempt(partial(payment_orders.hand_over, number=batch, folder=self.folder))
        self.look()

    def the_bank_answers(self, *, arrives: bool) -> None:
        """A file about each list that it has not answered yet; the head reads them in and says what is true."""
        rows = self._lists_known()
        for digest, lines in self.truth.lists.items():
            is_new = digest not in self.truth.answered
            self.truth.answered.setdefault(digest, arrives)
            is_paid = self.truth.answered[digest]
            said = [
                BankAnswer(line.case, line.fen, is_paid, f"YH{rows[digest]}{line.case}" if is_paid else "账号有误")
                for line in lines
            ]
            if is_new:
                self.attempt(partial(bank_answers.answer, number=rows[digest], answers=said), HONEST_CASHIER)
        for number in self.stages():
            self.head_says_what_is_true(number)

    def head_says_what_is_true(self, number: str) -> None:
        """Where a doubt is open and he knows; the reviewer, where the head entered what is true."""
        digests = [digest for digest, lines in self.truth.lists.items() if number in {line.case for line in lines}]
        known = {self.truth.answered.get(digest) for digest in digests}
        if known == {False}:
            self._first_who_may(partial(doubts.confirm_bounce, number=number, evidence="退票通知书"))
            self._first_who_may(partial(doubts.resolve, number=number, is_paid=False, reason="银行电话核实"))
        elif known == {True}:
            self._first_who_may(partial(doubts.resolve, number=number, is_paid=True, reason="银行电话核实"))

    def _first_who_may(self, act: Act) -> bool:
        return any(self.attempt(act, name) for name in (HEAD, REVIEWER))

    def the_reviewer_takes_off(self, number: str, seqs: Iterable[int]) -> bool:
        """Who is known not to have learned; whether somebody is off now."""
        done = 0
        for seq in sorted(seqs):
            act: Act = partial(deductions_by_hand.deduct, number=number, seq=seq, code="21", reason="查实")
            done += self.attempt(act, REVIEWER)
        return done > 0

    # How the truth is kept.

    def open_batch_of(self, number: str) -> str:
        """The batch in which a claim waits for the bank's answer; empty: none."""
        with self.register.reading(self.acting) as context:
            return self._batch_of(context, number)

    def look(self) -> None:
        """Whoever keeps the truth sees where the cases stand and what lies outside."""
        today, truth = self.day, self.truth
        for number, stage in self.stages().items():
            if stage is Stage.RECEIVED:
                truth.handed_in.setdefault(number, today)
            if stage is Stage.OPENED:
                truth.opened.setdefault(number, today)
            if stage.value.startswith("claim-") and stage not in CLAIM_ENTRY:
                truth.claimed.setdefault(number, today)
            if stage is Stage.PUBLISHED:
                truth.published.setdefault(number, today)
            elif stage in (Stage.CLAIM_APPROVED, Stage.CLAIM_RECEIVED):
                truth.published.pop(number, None)
            if stage is Stage.CLAIM_SECOND_CHECKED:
                truth.checked.setdefault(number, self._off_by_hand(number))
            else:
                truth.checked.pop(number, None)
        for path in self.folder.glob("*拨付清单*.xlsx"):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest not in truth.lists:
                truth.lists[digest] = payments_in(path)
                for line in truth.lists[digest]:
                    truth.ordered.setdefault(line.case, today)
                    truth.noticed.setdefault(line.case, truth.published[line.case])

    def require_lists_known_and_signed(self) -> None:
        """No bank list outside that the register does not know, none that is not what the head signed."""
        known = self._lists_known()
        assert set(self.truth.lists) <= set(known), "a list outside that the register does not know"
        for digest, lines in self.truth.lists.items():
            assert self.truth.signed.get(known[digest]) == lines, "a list outside that nobody signed"

    def require_checked_as_it_is(self) -> None:
        """What waits for the head is what the reviewer checked."""
        for number, off in self.truth.checked.items():
            assert self._off_by_hand(number) == off, f"{number}: changed behind the check"

    def require_no_day_ahead(self) -> None:
        """Nothing was received or published on a day that has not come."""
        with self.register.reading(self.acting) as context:
            cases = context.session.exec(select(Case)).all()
            batches = context.session.exec(select(PublicityBatch)).all()
        told = [day for case in cases for day in (case.opening_received_on, case.claim_received_on)]
        told += [batch.published_on for batch in batches]
        assert all(day is None or day <= self.day for day in told), "a day that has not come"

    def require_once(self) -> None:
        """No claim waits in two batches for the bank."""
        with self.register.reading(self.acting) as context:
            waiting = list(
                context.session.exec(
                    select(PaymentLine.case_id)
                    .join(PaymentBatch, col(PaymentBatch.id) == PaymentLine.batch_id)
                    .where(col(PaymentLine.outcome).is_(None))
                )
            )
        assert len(waiting) == len(set(waiting)), "a claim in two batches"

    def require_what_is_owed(self) -> None:
        """All that must hold of money and days."""
        self.require_lists_known_and_signed()
        self.require_once()
        self.require_no_day_ahead()
        self.require_checked_as_it_is()
        self.truth.require_nothing_beyond_what_is_owed(self.approved())
        self.truth.require_true_days()

    def _off_by_hand(self, number: str) -> frozenset[bytes]:
        with self.register.reading(self.acting) as context:
            of_case = select(RowDeduction.id_key).join(Case).where(_is(number))
            return frozenset(context.session.exec(of_case))

    def _lists_known(self) -> dict[str, str]:
        """The bank lists of the register: SHA-256 → number of the batch."""
        with self.register.reading(self.acting) as context:
            batches = PAYMENT_BATCHES.newest(context, MOST_LISTED)
            return {batch.digest: PAYMENT_BATCHES.number(context, batch) for batch in batches if batch.digest}


def the_truth() -> Truth:
    """Before anything was handed in."""
    held = zip(NUMBERS, (*CLASSES, LARGE), strict=True)
    classes = {
        number: TrueClass(
            starts_on,
            starts_on + TWO_WEEKS,
            occupation,
            INVOICES[number],
            FEE_FEN,
            frozenset(PEOPLE[place].id_number for place in places),
        )
        for number, (starts_on, occupation, places) in held
    }
    return Truth(classes, earlier={PEOPLE[0].id_number: 2})


def _approved(context: Context, number: str) -> frozenset[str]:
    rows = _claim_rows(context.session, number)
    return frozenset(row.unseal(context.vault, "id_number") for row in rows)


def _claim_rows(session: Session, number: str) -> list[Enrolment]:
    of_claim = col(Enrolment.application) == ApplicationKind.CLAIM
    wanted = select(Enrolment).join(Case).where(_is(number), of_claim, col(Enrolment.approved).is_(True))
    return list(session.exec(wanted))


def _is(number: str) -> ColumnElement[bool]:
    year, letter, serial = number.split("-")
    return and_(col(Case.year) == int(year), col(Case.letter) == letter, col(Case.serial) == int(serial))
