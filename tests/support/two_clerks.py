"""Two of the office press a key in the same moment, each at a register of his own over one file."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlmodel import col, select

from db.models import Act as JournalAct
from db.models import JournalEntry
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import open_register
from pxtui.casework.payment import bank_answers, doubts, recovery
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment.bank_answers import BankAnswer
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.publicity import objections, publishing
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.support.at_once import at_once
from tests.support.clerk_machine import ClerkMachine
from tests.support.counter import PROOF
from tests.support.dishonest import CASHIER, CLERK, HEAD, REVIEWER, Desk
from tests.support.life import FUND, NUMBERS, Act


@dataclass(frozen=True)
class Press:
    """A key that somebody presses."""

    name: str
    act: Act
    then: Callable[[], object] = lambda: None
    """What is true once it is done."""


def due(desk: Desk, number: str) -> list[Press]:
    """Whatever somebody may want to press where a case stands, the honest and the dishonest."""
    step = partial(_step, number)
    at_bank = {
        Stage.TO_PAY: lambda: _in_a_batch(desk, number),
        Stage.BOUNCED: lambda: [
            Press(HEAD, partial(doubts.confirm_bounce, number=number, evidence="退票通知书")),
            Press(CLERK, partial(desk.correct, number=number)),
            step(CLERK, Action.REOPEN),
        ],
        Stage.PAID: lambda: [
            Press(CLERK, partial(recovery.order, number=number, amount_fen=1, reason="查实")),
            Press(HEAD, partial(recovery.order, number=number, amount_fen=2, reason="查实")),
            step(CLERK, Action.ARCHIVE),
        ],
        Stage.RECOVERING: lambda: [
            Press(HEAD, partial(recovery.approve, number=number)),
            Press(CLERK, partial(recovery.drop, number=number, reason="查无此事")),
            Press(CLERK, partial(recovery.settle, number=number, returned_on=desk.day, reference="TK1")),
        ],
    }
    if stage_acts := at_bank.get(desk.stage(number)):
        return stage_acts()
    return _before_the_bank(desk, number)


def _before_the_bank(desk: Desk, number: str) -> list[Press]:
    step = partial(_step, number)
    objected = partial(desk.truth.objected.add, number)
    decided = [step(HEAD, Action.APPROVE), step(CLERK, Action.WITHDRAW), step(HEAD, Action.RETURN)]
    acts: dict[Stage, list[Press]] = {
        Stage.CLAIM_RECEIVED: [*decided, step(CLERK, Action.ACCEPT)],
        Stage.CLAIM_SECOND_CHECKED: [
            *decided,
            step(REVIEWER, Action.RECHECK),
            Press(CLERK, partial(deductions_by_hand.put_back, number=number, seq=1)),
        ],
        Stage.CLAIM_APPROVED: [
            Press(CLERK, partial(publishing.publish, numbers=[number], published_on=desk.day)),
            step(HEAD, Action.REOPEN),
            step(CLERK, Action.WITHDRAW),
        ],
        Stage.PUBLISHED: [
            *(Press(CLERK, partial(_clear, number=batch)) for batch in desk.numbers(publicity_batches.batches)[:1]),
            Press(CLERK, partial(objections.receive, number=number, statement="第1号没有学习"), objected),
            step(HEAD, Action.REOPEN),
        ],
        Stage.OBJECTED: [
            Press(CLERK, partial(objections.decide, number=number, finding="查无此事", upheld=False)),
            Press(HEAD, partial(objections.decide, number=number, finding="已核查", upheld=True)),
        ],
        Stage.CLEARED: [
            Press(CASHIER, partial(payment_orders.prepare, fund_code=FUND, numbers=[number])),
            step(HEAD, Action.REOPEN),
            Press(CLERK, partial(desk.correct, number=number)),
        ],
    }
    return acts.get(desk.stage(number), [step(CLERK, Action.SUBMIT), step(CLERK, Action.WITHDRAW)])


def _step(number: str, name: str, action: Action) -> Press:
    return Press(name, partial(advance.advance, number=number, action=action, opinion="理由"))


def _clear(context: Context, number: str) -> None:
    publishing.note_page(context, number, "https://example.org/gs", PROOF)
    publishing.clear(context, number)


def _in_a_batch(desk: Desk, number: str) -> list[Press]:
    batch = desk.open_batch_of(number)
    seen, approved = desk.shown_to_the_head(batch)

    def signed() -> None:
        """What he saw, but for what was taken out in the moment before."""
        left = frozenset(line for line in seen if desk.open_batch_of(line.case) == batch)
        desk.truth.head_signed(batch, left, approved)

    void = partial(desk.truth.signed.pop, batch, None)
    said = BankAnswer(number, next(line.fen for line in seen if line.case == number), True, f"YH{number}")
    return [
        Press(HEAD, partial(payment_orders.sign, number=batch, opinion="经核对"), signed),
        Press(CASHIER, partial(payment_orders.hand_over, number=batch, folder=desk.folder)),
        Press(CASHIER, partial(payment_orders.stop, number=number, reason="有举报"), void),
        Press(HEAD, partial(payment_orders.stop, number=number, reason="有举报"), void),
        Press(CASHIER, partial(bank_answers.answer_one, number=batch, bank_answer=said)),
        Press(CASHIER, partial(bank_answers.answer_one, number=batch, bank_answer=replace(said, is_paid=False))),
    ]


class TwoClerks(ClerkMachine):
    """Two of the office at once, whoever they are."""

    @rule(number=st.sampled_from(NUMBERS[:2]), first=st.integers(0, 5), second=st.integers(0, 5), again=st.booleans())
    def two_press_at_once(self, number: str, first: int, second: int, again: bool) -> None:
        """The same act or two different ones on a case; it comes out as one after the other would."""
        for _ in range(1 + again):
            acts = due(self.desk, number)
            press_at_once(self.desk, number, first % len(acts), second % len(acts))


def press_at_once(desk: Desk, number: str, *places: int) -> None:
    """Press two of what is due; the truth follows in the order in which they were done.

    Args:
        places: in `due`.
    """
    copied = Path(tempfile.mkdtemp())
    shutil.copytree(desk.folder, copied, dirs_exist_ok=True)
    # A database on a server is copied with the folder once somebody opens it: before anything is pressed.
    alone = Desk(open_register(Home(copied / "data"), desk.acting.at), desk.day)
    alone.folder, alone.truth = copied, desk.truth
    acts, done = due(desk, number), list[int]()

    def noted(context: Context, place: int, act: Act) -> None:
        act(context)
        # The transaction is alone in the register: whoever comes first is done first.
        done.append(place)

    pressed: dict[Acting, Act] = {
        replace(desk.acting, name=acts[place].name, token=f"{turn}"): partial(noted, place=place, act=acts[place].act)
        for turn, place in enumerate(places)
    }
    desk.tried += len(places)
    refused = at_once(desk.register, pressed)
    desk.done += len(done)
    assert len(done) + len(refused) == len(places)
    for place in done:
        acts[place].then()
    desk.look()
    try:
        _require_as_one_after_the_other(desk, alone, number, done, list(places))
    finally:
        alone.closed()


def _require_as_one_after_the_other(desk: Desk, alone: Desk, number: str, done: list[int], places: list[int]) -> None:
    acts = due(alone, number)
    refused = places.copy()
    for place in done:
        refused.remove(place)
    are_right = {place: _is_refused(alone, acts[place]) for place in refused}
    for place in done:
        assert alone.attempt(acts[place].act, acts[place].name), "done at once, and refused to one alone"
    for place in refused:
        # Whoever was refused came before the other one or after him.
        assert are_right[place] or _is_refused(alone, acts[place]), "refused at once, and done by one alone"
    assert told(desk) == told(alone), "otherwise than one after the other"


class _WouldBeDone(Exception):
    pass


def _is_refused(desk: Desk, press: Press) -> bool:
    """Tried, and nothing of it kept."""
    try:
        with desk.register.writing(replace(desk.acting, name=press.name)) as context:
            press.act(context)
            raise _WouldBeDone
    except PxtuiError:
        return True
    except _WouldBeDone:
        return False


def told(desk: Desk) -> tuple[dict[str, Stage], list[tuple[str, str, str]]]:
    """Where the cases stand, and what was done by whom."""
    with desk.register.reading(desk.acting) as context:
        done = select(JournalEntry).where(col(JournalEntry.action) != JournalAct.ACT_REFUSED)
        entries = context.session.exec(done.order_by(col(JournalEntry.id)))
        journal = [(entry.staff_name, entry.action.value, entry.summary) for entry in entries]
    return desk.stages(), journal
