"""Four eyes, whoever the office makes of its people: no person does two steps of a payment that are kept apart.

People with two names, roles given for a minute, substitutions, leavers who come back. Who did what is kept beside the
program by person (`tests/support/four_eyes.py`); the program must refuse exactly what that forbids, and keep a record
of every refusal.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from db.models import Act as JournalAct
from db.models import JournalEntry, Role
from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.moves import MOVES
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.payment import orders
from pxtui.casework.staff import changes, members
from pxtui.errors import NotAllowed, PxtuiError
from tests.support.clerk_machine import Beginning, Beginnings
from tests.support.dishonest import CASHIER, HONEST_CASHIER, SECOND_ADMINISTRATOR, Desk, furnished, the_truth
from tests.support.examples import scaled
from tests.support.four_eyes import CHECK, DECIDE, PREPARE, ROLE_OF, SECOND_CHECK, SIGN, FourEyes, Stand
from tests.support.life import FUND, NUMBERS, STAFF, Act
from tests.support.people import id_of

pytestmark = pytest.mark.slow

CLERK, REVIEWER, HEAD, ADMINISTRATOR = STAFF
SECOND_HEAD = "吴十"
SECOND_NAMES = {"张三二": (CLERK, Role.REVIEWER), "王五二": (HEAD, Role.CASHIER), "李四二": (REVIEWER, Role.HEAD)}
"""A second login of somebody: whose it is, and its role."""
PEOPLE = (CLERK, REVIEWER, HEAD, CASHIER, HONEST_CASHIER, SECOND_HEAD, ADMINISTRATOR, SECOND_ADMINISTRATOR)
NAMES = (*PEOPLE[:6], *SECOND_NAMES)
"""Whoever has to do with cases."""
ROLE_OF_NAME = {
    CLERK: Role.CLERK,
    REVIEWER: Role.REVIEWER,
    HEAD: Role.HEAD,
    CASHIER: Role.CASHIER,
    HONEST_CASHIER: Role.CASHIER,
    SECOND_HEAD: Role.HEAD,
    **{name: role for name, (_, role) in SECOND_NAMES.items()},
}
ROLES = (Role.CLERK, Role.REVIEWER, Role.HEAD, Role.CASHIER)
PAID, CLAIMED, _, OPENED = NUMBERS
BEGINNING = Beginning(((PAID, Stage.CLEARED), (CLAIMED, Stage.CLAIM_FIRST_CHECKED)))
STEPS = {
    Action.SUBMIT: CHECK,
    Action.ACCEPT: CHECK,
    Action.FIRST_CHECK: CHECK,
    Action.SECOND_CHECK: SECOND_CHECK,
    Action.APPROVE: DECIDE,
}
BACK = (Action.RETURN, Action.RECHECK, Action.REOPEN)

HISTORIES, SEED = 3, 4
"""In the gate; with this seed every step is taken there and refused."""

names = st.sampled_from(NAMES)
places = st.integers(0, len(NAMES) - 1)
times = st.integers(1, 4)
roles = st.sampled_from(ROLES)
cases = st.sampled_from((PAID, OPENED, CLAIMED))


class EverybodyTries:
    """An office whose people try everything, under every name and role that the administrators give them."""

    taken: ClassVar[Counter[str]] = Counter()
    """How often each step was taken, and (by "no " and its name) refused."""

    def __init__(self, folder: Path, day: date) -> None:
        """Two claims are under way, one class is not handed in."""
        self.desk = Desk.opened(folder, the_truth(), day)
        person = {name: PEOPLE.index(name) for name in PEOPLE}
        person |= {name: PEOPLE.index(own) for name, (own, _) in SECOND_NAMES.items()}
        self.known = FourEyes(person, dict(ROLE_OF_NAME))
        self.known.took(CLERK, "", CHECK, (PAID, CLAIMED))
        self.known.took(REVIEWER, "", SECOND_CHECK, (PAID,))
        self.known.took(HEAD, "", DECIDE, (PAID,))
        self.signed: dict[str, str] = {}

    def everybody_tries_what_comes_next(self, number: str, first: int, several: int) -> None:
        """One after the other, until somebody may."""
        for _ in range(several):
            if not self._step(number):
                return
            any(self._goes_on(number, name) for name in (*NAMES[first:], *NAMES[:first]))

    def a_role_for_a_minute(self, number: str, name: str, role: Role) -> None:
        own = self.known.role.get(name)
        if own is not None and self._has_role(name, role):
            self._goes_on(number, name)
            self._has_role(name, own)

    def a_role_to_keep(self, name: str, role: Role) -> None:
        self._has_role(name, role)

    def somebody_stands_in(self, number: str, absent: str, name: str, begins: int, lasts: int) -> None:
        """For one who might take the next step of a case, and tries it on the day before, the first and the last."""
        stand = self._stands_in(number, absent, name, begins, lasts)
        self._goes_on(number, name)
        if begins:
            self.desk.day = stand.last + timedelta(days=1)
            self._goes_on(number, name)

    def two_stand_in_for_one(self, number: str, absent: str, first: str, second: str) -> None:
        """Each takes the next step of a case for the absent one, who then tries one more himself."""
        for name in (first, second):
            self.somebody_stands_in(number, absent, name, 0, 0)
        self._only_the_absent_may(number, absent, first)
        self._goes_on(number, absent)

    def _stands_in(self, number: str, absent: str, name: str, begins: int, lasts: int) -> Stand:
        self._only_the_absent_may(number, absent, name)
        first = self.desk.day + timedelta(days=begins)
        stand = Stand(absent, name, first, first + timedelta(days=lasts))
        wanted = partial(changes.substitute, absent=absent, name=name, from_on=stand.first, to_on=stand.last)
        if self._administered(wanted):
            self.known.stands.append(stand)
        return stand

    def _only_the_absent_may(self, number: str, absent: str, name: str) -> None:
        role = ROLE_OF.get(self._step(number))
        if role is not None and {absent, name} <= self.known.role.keys():
            self._has_role(absent, role)
            self._has_role(name, next(other for other in ROLES if other is not role))

    def somebody_leaves_and_comes_back(self, number: str, name: str, role: Role) -> None:
        if self._leaves(name):
            self._goes_on(number, name)
        identity = id_of(self.known.person[name])
        if self._administered(partial(changes.add, name=name, role=role, id_number=identity)):
            self.known.role[name] = role
        self._goes_on(number, name)

    def _leaves(self, name: str) -> bool:
        done, _ = self._tried(partial(members.retire, name=name), ADMINISTRATOR)
        if done:
            self.known.role.pop(name)
        return done

    def it_goes_back(self, number: str, name: str, action: Action) -> None:
        """A check is asked for again, or a claim is taken out of its batch."""
        if self.desk.stage(number) is Stage.TO_PAY:
            batch = self.desk.open_batch_of(number)
            if self._tried(partial(orders.stop, number=number, reason="再核"), name)[0]:
                self.signed.pop(batch, None)
        elif (self.desk.stage(number), action) in MOVES:
            self._tried(partial(advance.advance, number=number, action=action, opinion="再核"), name)

    def days_pass(self, days: int) -> None:
        self.desk.day += timedelta(days=days)

    def _step(self, number: str) -> str:
        """The next one of a case; empty: none."""
        stage = self.desk.stage(number)
        of_money = {Stage.CLEARED: PREPARE, Stage.TO_PAY: SIGN}
        return of_money.get(stage) or next((step for action, step in STEPS.items() if (stage, action) in MOVES), "")

    def _goes_on(self, number: str, name: str) -> bool:
        """Somebody tries the next step of a case, whatever it is; whether it was taken."""
        stage = self.desk.stage(number)
        if stage is Stage.CLEARED:
            prepare: Act = partial(orders.prepare, fund_code=FUND, numbers=[number])
            return self._takes(name, PREPARE, number, prepare)
        if stage is Stage.TO_PAY:
            batch = self.desk.open_batch_of(number)
            sign: Act = partial(orders.sign, number=batch, opinion="已核")
            is_signed = self._takes(name, SIGN, number, sign, not_after=self.signed.get(batch, ""))
            if is_signed:
                self.signed.setdefault(batch, name)
            return is_signed
        for action in (action for action in STEPS if (stage, action) in MOVES and not MOVES[stage, action].short):
            step: Act = partial(advance.advance, number=number, action=action, opinion="已核")
            if self._takes(name, STEPS[action], number, step, handed_in=action is Action.SUBMIT):
                return True
        return False

    def _takes(
        self, name: str, step: str, number: str, act: Act, *, not_after: str = "", handed_in: bool = False
    ) -> bool:
        may = self.known.may(name, step, (number,), self.desk.day, not_after)
        done, forbidden = self._tried(act, name)
        self.taken[step] += done
        self.taken[f"no {step}"] += bool(forbidden)
        assert not (may and forbidden), f"{name} may do this {step} of {number}: {forbidden}"
        if done:
            assert may, f"{name} may not do this {step} of {number}"
            self.known.took(name, self._entries()[0].for_name, step, (number,), handed_in=handed_in)
            self.known.require_apart()
        return done

    def _has_role(self, name: str, role: Role) -> bool:
        if not self._administered(partial(changes.assign, name=name, role=role)):
            return False
        self.known.role[name] = role
        return True

    def _administered(self, act: Act) -> bool:
        """An administrator wants it, another one confirms it; whether it is in force."""
        with self.desk.register.reading(self.desk.acting) as context:
            waiting = {change.id for change in changes.waiting(context)}
        assert not waiting
        if not self._tried(act, ADMINISTRATOR)[0]:
            return False
        with self.desk.register.reading(self.desk.acting) as context:
            (change,) = changes.waiting(context)
        return self._tried(partial(changes.confirm, change_id=change.id), SECOND_ADMINISTRATOR)[0]

    def _tried(self, act: Act, name: str) -> tuple[bool, str]:
        """Whether somebody did it, and why it is not for him; that he tried is all that is left of it then."""
        before = self._entries()[0].id
        sentence = ""
        try:
            with self.desk.register.writing(replace(self.desk.acting, name=name)) as context:
                act(context)
        except NotAllowed as fault:
            sentence = fault.sentence
        except PxtuiError:
            assert self._entries()[0].id == before
            return False, ""
        if not sentence:
            assert self._entries()[0].id > before
            return True, ""
        (entry,) = (entry for entry in self._entries() if entry.id > before)
        assert (entry.action, entry.staff_name) == (JournalAct.ACT_REFUSED, name)
        assert sentence in entry.summary
        return False, sentence

    def _entries(self) -> Sequence[JournalEntry]:
        """The last of the journal, the newest first."""
        with self.desk.register.reading(self.desk.acting) as context:
            return context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id).desc()).limit(2)).all()


Event = Callable[[EverybodyTries], None]


def happens(what: Callable[..., None], **drawn: st.SearchStrategy[Any]) -> st.SearchStrategy[Event]:
    """Something that people of the office do, with whatever it is done to."""
    return st.fixed_dictionaries(drawn).map(lambda given: partial(_called, what, given))


def _called(what: Callable[..., None], given: dict[str, Any], office: EverybodyTries) -> None:
    what(office, **given)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, date]:
    """The office, and the day on which it opens: everybody is known by ID number, every batch is signed by two."""
    beginnings = Beginnings(furnished(tmp_path_factory.mktemp("template")), tmp_path_factory.mktemp("beginnings"))
    desk = beginnings.desk(BEGINNING)
    with desk.register.writing(replace(desk.acting, name=ADMINISTRATOR)) as context:
        for place, name in enumerate(PEOPLE):
            if name == SECOND_HEAD:
                members.add(context, name, Role.HEAD, agreed=True)
            members.identify(context, name, members.person_key(context, id_of(place)), agreed=True)
        for name, (own, role) in SECOND_NAMES.items():
            members.add(context, name, role, person=members.person_key(context, id_of(PEOPLE.index(own))), agreed=True)
        office_settings.change(context, second_signature_from_fen=1, agreed=True)
    desk.register.close()
    return desk.folder, desk.day


events = st.one_of(
    *2 * (happens(EverybodyTries.everybody_tries_what_comes_next, number=cases, first=places, several=times),),
    happens(EverybodyTries.a_role_for_a_minute, number=cases, name=names, role=roles),
    happens(EverybodyTries.a_role_to_keep, name=names, role=roles),
    happens(
        EverybodyTries.somebody_stands_in,
        number=cases,
        absent=names,
        name=names,
        begins=st.integers(0, 1),
        lasts=st.integers(0, 3),
    ),
    happens(EverybodyTries.two_stand_in_for_one, number=cases, absent=names, first=names, second=names),
    happens(EverybodyTries.somebody_leaves_and_comes_back, number=cases, name=names, role=roles),
    happens(EverybodyTries.it_goes_back, number=cases, name=names, action=st.sampled_from(BACK)),
    happens(EverybodyTries.days_pass, days=st.integers(1, 2)),
)


def test_whoever_the_office_makes_of_its_people(template: tuple[Path, date]) -> None:
    """A few histories in the gate, ten times as many under the profile `search`."""

    @settings(max_examples=scaled(HISTORIES))
    @given(st.lists(events, min_size=12, max_size=16))
    def walk(history: list[Event]) -> None:
        office = EverybodyTries(*template)
        try:
            for event in history:
                event(office)
        finally:
            office.desk.closed()

    EverybodyTries.taken.clear()
    (seed(SEED)(walk) if settings.get_current_profile_name() == "gate" else walk)()
    told = dict(EverybodyTries.taken)
    print(told)
    assert all(told.get(step) and told.get(f"no {step}") for step in ROLE_OF), told


def test_who_signed_what_was_taken_out_again_does_not_prepare_it_anew(template: tuple[Path, date]) -> None:
    """With the cashier's role for a minute; the signature is void, and the person has seen the payment all the same."""
    office = EverybodyTries(*template)
    try:
        assert office._goes_on(PAID, CASHIER)
        assert office._goes_on(PAID, SECOND_HEAD)
        office.it_goes_back(PAID, HEAD, Action.RETURN)
        office.a_role_for_a_minute(PAID, SECOND_HEAD, Role.CASHIER)
        assert office.desk.stage(PAID) is Stage.CLEARED
        assert office._goes_on(PAID, HONEST_CASHIER)
    finally:
        office.desk.closed()


def test_nobody_stands_in_for_somebody_who_has_left(template: tuple[Path, date]) -> None:
    office = EverybodyTries(*template)
    try:
        office._stands_in(CLAIMED, REVIEWER, HONEST_CASHIER, 0, 3)
        assert office._leaves(REVIEWER)
        assert not office._goes_on(CLAIMED, HONEST_CASHIER)
        assert office.desk.stage(CLAIMED) is Stage.CLAIM_FIRST_CHECKED
    finally:
        office.desk.closed()


def test_nobody_signs_twice_under_two_names_or_for_the_one_who_signed(template: tuple[Path, date]) -> None:
    office = EverybodyTries(*template)
    try:
        assert office._goes_on(PAID, CASHIER)
        assert office._goes_on(PAID, HEAD)
        office.a_role_for_a_minute(PAID, "王五二", Role.HEAD)
        office.somebody_stands_in(PAID, HEAD, REVIEWER, 0, 0)
        assert office.desk.stage(PAID) is Stage.TO_PAY
        assert office._goes_on(PAID, SECOND_HEAD)
    finally:
        office.desk.closed()
