"""`python -m tests.torture.steps [STEPS] [SEED]`: the machines of a dishonest clerk by turns, so many steps of them.

Other examples than those of the gate, and longer ones. Behind every step it is looked at whether what was paid is owed;
the first step after which it is not ends the run with the example.
"""

import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from importlib import import_module
from itertools import count, cycle
from pathlib import Path

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import get_state_machine_test

import tests.attacks
from tests.support.clerk_machine import Beginnings, ClerkMachine
from tests.support.dishonest import furnished

_STEPS, _SEED = 1_000_000, 2020
_OF_AN_EXAMPLE = 50
_EXAMPLES = 20
"""Of one machine, before the next one has its turn."""


def main(words: list[str]) -> int:
    """Print how many steps each machine took; 1 where one of them found something."""
    wanted, first = [*map(int, words), *(_STEPS, _SEED)[len(words) :]][:2]
    with tempfile.TemporaryDirectory(dir=_quick_folder()) as folder:
        place = Path(folder)
        beginnings = Beginnings(furnished(place / "template"), place / "beginnings")
        (place / "beginnings").mkdir()
        for machine in machines():
            (place / machine.__name__).mkdir()
            machine.furnish(beginnings.template, place / machine.__name__)
        return _run(beginnings, wanted, first)


def machines() -> list[type[ClerkMachine]]:
    """All that begin somewhere, by introspection: those that no other one is made of."""
    for path in sorted(Path(tests.attacks.__file__).parent.glob("test_*.py")):
        import_module(f"tests.attacks.{path.stem}")
    return sorted({kind for kind in _below(ClerkMachine) if not kind.__subclasses__()}, key=lambda kind: kind.__name__)


def take(machine: type[ClerkMachine], beginnings: Beginnings, round_seed: int, examples: int, steps: int) -> int:
    """Let a machine go so many examples; how many steps of it there were."""
    machine.beginnings = beginnings
    before = machine.begun.total()
    wanted = settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=False,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    seed(round_seed)(get_state_machine_test(machine, settings=wanted))()
    return machine.begun.total() - before


def _run(beginnings: Beginnings, wanted: int, first: int) -> int:
    start, done = time.monotonic(), 0
    turns = zip(count(first), cycle(machines()), strict=False)
    while done < wanted:
        number, machine = next(turns)
        # The last turn is no longer than what is left of the steps, but for an example.
        examples = max(1, min(_EXAMPLES, (wanted - done) // _OF_AN_EXAMPLE))
        try:
            done += take(machine, beginnings, number, examples, _OF_AN_EXAMPLE)
        except Exception as fault:
            print(f"{machine.__name__}, seed {number}", file=sys.stderr)
            traceback.print_exception(fault, limit=-4)
            return 1
        _tell(done, start)
    for machine in machines():
        reached = machine.reached.total()
        print(f"{machine.__name__}: {machine.begun.total()} steps, in {reached} of them something was done")
    return 0


def _tell(done: int, start: float) -> None:
    seconds = time.monotonic() - start
    print(f"{done} steps, {done / seconds:.1f} a second ({time.process_time() / done * 1000:.0f} ms of processor each)")


def _below(kind: type[ClerkMachine]) -> Iterator[type[ClerkMachine]]:
    for below in kind.__subclasses__():
        yield below
        yield from _below(below)


def _quick_folder() -> str | None:
    """Memory where there is some: registers wait for the disk at every act."""
    memory = Path("/dev/shm")  # noqa: S108
    return str(memory) if memory.is_dir() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
