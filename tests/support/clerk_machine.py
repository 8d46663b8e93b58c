"""What the state machines of a dishonest clerk share: where they begin, how he is killed, how long they run.

What a machine meets too rarely by chance is played as a fixed run of its rules.
"""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial, wraps
from pathlib import Path
from typing import Any, ClassVar, TypeVar
from zlib import crc32

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RULE_MARKER, RuleBasedStateMachine, get_state_machine_test, invariant

from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.moves import MOVES
from pxtui.casework.lifecycle.stages import Stage
from tests.conftest import NOW
from tests.support import on_server
from tests.support.dishonest import Desk, the_truth
from tests.support.examples import scaled
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
        on_server.moved(desk.folder / "data", place / "data")
        return place, desk.truth, desk.day


class ClerkMachine(RuleBasedStateMachine):
    """One clerk who keys whatever brings money."""

    beginnings: Beginnings
    desk: Desk
    seen: object = None
    begun: ClassVar[Counter[str]]
    """How often a rule was begun, by its name."""
    reached: ClassVar[Counter[str]]
    """How often something of it was done, and not all of it refused."""
    hopeless: ClassVar[frozenset[str]] = frozenset()
    """Rules of which nothing is ever done: they are reached where they are tried."""
    leading: ClassVar[str] = ""
    """The rule that every example begins with where it can; chance alone would leave many out. Empty: any."""
    has_led = False

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        cls.begun, cls.reached = Counter(), Counter()
        for value in vars(cls).values():
            if own := getattr(value, RULE_MARKER, None):
                own.preconditions = (partial(_may_begin, name=own.function.__name__), *own.preconditions)
                own.function = _counted(own.function)

    @classmethod
    def furnish(cls, template: Path, folder: Path) -> None:
        """Make what a machine needs beside the office, once for all its examples."""

    def begin_at(self, beginning: Beginning) -> None:
        """Take the office over."""
        self.desk = self.beginnings.desk(beginning)

    def teardown(self) -> None:
        """Nobody sits there any more."""
        if hasattr(self, "desk"):
            self.desk.closed()

    def at_one_of(self, number: str, *stages: Stage) -> str:
        """A case at one of these stages: this one, another one, or this one after colleagues went on with it."""
        stands = self.desk.stages()
        fitting = [other for other in (number, *stands) if stands[other] in stages]
        if not fitting:
            self.desk.bring_to(number, stages[0])
        return next(iter(fitting), number)

    def press(self, number: str, place: int, opinion: str, moment: Moment) -> None:
        """One of the steps that the table of moves has where the case stands."""
        stage = self.desk.stage(number)
        actions = [action for stands, action in MOVES if stands is stage]
        for action in actions[place % len(actions) :][:1] if actions else ():
            self.desk.clerk_does(partial(advance.advance, number=number, action=action, opinion=opinion), moment)

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


def _counted(rule: Callable[..., None]) -> Callable[..., None]:
    """A rule that is counted when a machine takes it by itself, not where another rule or a fixed run calls it."""

    @wraps(rule)
    def counted(machine: ClerkMachine, **drawn: Any) -> None:
        machine.has_led = True
        tried, done = machine.desk.tried, machine.desk.done
        rule(machine, **drawn)
        machine.begun[rule.__name__] += 1
        is_reached = machine.desk.done > done if rule.__name__ not in machine.hopeless else machine.desk.tried > tried
        machine.reached[rule.__name__] += is_reached or machine.desk.tried == tried

    return counted


def _may_begin(machine: ClerkMachine, name: str) -> bool:
    return machine.has_led or machine.leading in ("", name)


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
    """Let each rule of a machine lead so many examples in the gate; under the profile `search` ten times as many.

    Each has to do something in one of them: what is always refused there is not tried at all.

    Args:
        steps: of an example, its beginning and the leading rule among them.
    """
    machine.beginnings = beginnings
    machine.begun.clear()
    machine.reached.clear()
    wanted = settings(
        max_examples=scaled(examples),
        stateful_step_count=steps,
        suppress_health_check=list(HealthCheck),
    )
    names = sorted(name for name in dir(machine) if hasattr(getattr(machine, name), RULE_MARKER))
    try:
        for name in names:
            machine.leading = name
            # Otherwise all of them would begin alike.
            seed(crc32(name.encode()))(get_state_machine_test(machine, settings=wanted))()
    finally:
        machine.leading = ""
    told = [f"{machine.reached[name]:4} of {machine.begun[name]:4} {machine.__name__}.{name}" for name in names]
    print("\n".join(told))
    assert all(machine.reached[name] for name in names), told
