"""What an act costs does not depend on how many cases are over: a whole case, step by step, in two registers."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from pxtui.casework.check import eligibility
from pxtui.casework.lifecycle import paper_place
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.payment import recovery
from pxtui.casework.printed import issuing
from pxtui.casework.publicity import publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from tests.conftest import NOW, empty_register
from tests.support.counter import AFTER_THE_CLASS, ANSWER, PROOF, Counter
from tests.support.large_registers import grow
from tests.support.pay_desk import CLAIM_FEN, PayDesk, paid
from tests.support.rosters import made_up_people
from tests.support.statements import Statements, walks, watched

SIZES = (10, 60)
RESTS_ON_ALL = {"sign", "hand over"}
"""Before money leaves, all that it rests on is held against the chain, row by row: `verifying/payments.py`."""

SUMMED = {"prepare"}
"""Asks for a balance, a sum over all payments: 20 steps a payment."""

R = TypeVar("R")


class Ledger:
    """A counter with money to pay, in a register of some size, and what every act there sent."""

    def __init__(self, folder: Path, times: int) -> None:
        self.register = empty_register(Home(folder / "data"))
        self.desk = PayDesk(self.register)
        self.sent: dict[str, Statements] = {}
        self._folder = folder
        self.desk.hire_colleagues()
        self.desk.grant(1_000 * CLAIM_FEN)
        first = self.desk.at_the_bank(folder, self.desk.cleared())
        self.desk.answer(first, paid("2020-DQ-0001"))
        with self.register._archive._writer.begin() as connection:
            grow(connection, self.register._archive.vault, times)
        self.register._archive.bind_anew(NOW)

    def watch(self, name: str, act: Callable[[], R]) -> R:
        """Do an act and keep what it sent."""
        with watched() as self.sent[name]:
            return act()

    def write(self, name: str, act: Callable[..., R], *words: object) -> R:
        """The same for a function of casework."""

        def written() -> R:
            with self.register.writing(self.desk.acting) as context:
                return act(context, *words)

        return self.watch(name, written)

    def a_whole_case(self) -> None:
        """From the filing to the money, and back."""
        desk = self.desk
        desk.day, desk.people = NOW.date(), 10
        number = self.watch("file", partial(Counter.file.__wrapped__, desk, made_up_people(2, 10)))  # type: ignore[attr-defined]
        extra = made_up_people(3, 10)[2]
        self.write("key a row", roster_edits.put_row, number, 2, extra)
        self.write("take a row out", roster_edits.remove_row, number, 2)
        self.watch("check", partial(self._check, number))
        self.write("say where the paper is", paper_place.put, number, "柜3")
        self.watch("submit and approve", partial(desk.do, number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER))
        desk.day = AFTER_THE_CLASS
        self.watch("claim", partial(desk.do, number, Action.CLAIM))
        enter = PayDesk.enter_claim.__wrapped__  # type: ignore[attr-defined]
        self.watch("enter the claim", partial(enter, desk, number, "20209999000000000001"))
        self.watch("approve the claim", partial(desk.do, number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER))
        published = self.write("publish", publishing.publish, [number], desk.day)
        desk.day = published.days.payable_from
        self.write("note the page", publishing.note_page, published.number, "https://example.org/2", PROOF)
        self.write("clear", publishing.clear, published.number)
        batch = self.watch("prepare", partial(desk.prepare, number))
        self.watch("sign", partial(desk.sign, batch))
        self.watch("hand over", partial(desk.hand_over, batch, self._folder))
        self.watch("answer", partial(desk.answer, batch, paid(number)))
        self.write("order back", recovery.order, number, CLAIM_FEN, "抽查没有参训")
        self.write("print a paper", issuing.issue, number, ["payment-slip"], self._folder)

    def _check(self, number: str) -> None:
        with self.register.reading(self.desk.acting) as context:
            eligibility.overview(context, number)


def test_an_act_costs_the_same_however_many_cases_there_are(tmp_path: Path) -> None:
    small, large = (Ledger(tmp_path / f"{times}", times) for times in SIZES)
    for ledger in (small, large):
        ledger.a_whole_case()
        ledger.register.close()
    grown = {
        name: (sent.count, small.sent[name].count, sent.steps, small.sent[name].steps)
        for name, sent in large.sent.items()
        if name not in RESTS_ON_ALL
        and (
            sent.count != small.sent[name].count
            or sent.steps > small.sent[name].steps * 1.1 + (1_500 if name in SUMMED else 200)
        )
    }
    assert grown == {}
    register = large.register.home.register
    walked = {
        name: walks(register, sent.texts) for name, sent in large.sent.items() if name not in SUMMED | RESTS_ON_ALL
    }
    assert {name: found for name, found in walked.items() if found} == {}
