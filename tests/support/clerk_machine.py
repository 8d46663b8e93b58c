"""What the state machines of a dishonest clerk share: where they begin, how he is killed, how long they run.

What a machine meets too rarely by chance is played as a fixed run of its rules.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test

from pxtui.casework.lifecycle.stages import Stage
from tests.conftest import NOW
from tests.support.dishonest import Desk, the_truth
from tests.support.kills import Moment, Place
from tests.support.truth import Truth

reasons = st.sampled_from(("邮寄途中", "邮寄途中", "邮寄途中", ""))
moments: st.SearchStrategy[Moment] = st.sampled_from((*[None] * 20, *range(17), *Place))


@dataclass(frozen=True)
class Beginning:
    """Where the office stands when the clerk begins."""

    ways: tuple[tuple[str, Stage], ...]
    later: int = 1
    """Days after the last step."""
    spelling: str = "{}"
    """Of the invoices, behind the first case."""


@dataclass
class Beginnings:
    """Each is made once and copied for every example: the way there takes most of the time."""

    template: Path
    folder: Path
    made: dict[Beginning, tuple[Path, Truth, date]] = field(default_factory=dict)

    def desk(self, beginning: Beginning) -> Desk:
        """A copy of the office as it stands there."""
        if beginning not in self.made:
            self.made[beginning] = self._make(beginning)
        return Desk.opened(*self.made[beginning])

    def _make(self, beginning: Beginning) -> tuple[Path, Truth, date]:
        desk = Desk.opened(self.template, the_truth(), NOW.date())
        for number, stage in beginning.ways:
            desk.bring_to(number, stage)
            desk.spelling = beginning.spelling
        desk.day += timedelta(days=beginning.later)
        desk.register.close()
        place = self.folder / str(len(self.made))
        shutil.move(desk.folder, place)
        return place, desk.truth, desk.day


class ClerkMachine(RuleBasedStateMachine):
    """One clerk who keys whatever brings money."""

    beginnings: Beginnings
    desk: Desk
    seen: object = None

    def begin_at(self, beginning: Beginning) -> None:
        """Take the office over."""
        self.desk = self.beginnings.desk(beginning)

    def teardown(self) -> None:
        """Nobody sits there any more."""
        if hasattr(self, "desk"):
            self.desk.closed()

    @invariant()
    def nobody_is_paid_what_is_not_owed(self) -> None:
        """And no list is outside that the register does not know."""
        if not hasattr(self, "desk"):
            return
        # Half of what is tried is refused, and all of it is told from register and folder alone.
        seen = self.desk.files(), sorted(self.desk.folder.glob("*.xlsx"))
        if seen != self.seen:
            self.desk.require_what_is_owed()
            self.seen = seen


Machine = TypeVar("Machine", bound=ClerkMachine)


def play(
    machine: type[Machine], beginnings: Beginnings, beginning: Beginning, *steps: Callable[[Machine], object]
) -> None:
    """A fixed run from a beginning; what must hold is looked at behind every step."""
    machine.beginnings = beginnings
    state = machine()
    try:
        state.begin_at(beginning)
        for step in steps:
            step(state)
            for invariant in state.invariants:
                invariant.function(state)
    finally:
        state.teardown()


def run(machine: type[ClerkMachine], beginnings: Beginnings, examples: int, steps: int) -> None:
    """Let a machine run for so many examples in the gate; under the profile `search` for ten times as many."""
    machine.beginnings = beginnings
    share = settings.default.max_examples if settings.default else 100
    wanted = settings(
        max_examples=max(1, examples * share // 100),
        stateful_step_count=steps,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=wanted)
