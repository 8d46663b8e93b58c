"""`python -m tests.torture [KILLS] [HANG_UPS] [SEED]`: the program ended so many times, and what came of it.

A third of the ends fall into the keying of a roster at the terminal, the others into the acts of `acts.ACTS` by turns.
"""

import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.support.endurance import end_at_random_moments as end_entry
from tests.support.rosters import office_with_roster
from tests.torture.acts import ACTS
from tests.torture.ordeal import Ordeal, end_at_random_moments

_KILLS, _HANG_UPS, _SEED = 1_000, 200, 2020
_KILL = (signal.SIGKILL,)
_HANG_UP = (signal.SIGHUP, None)
_ENTRY = 3
"""One of so many ends."""


def main(words: list[str]) -> int:
    """Print a line an act; 1 where something was lost or half there."""
    kills, hang_ups, seed = _of(words)
    start = time.monotonic()
    faults: list[str] = []
    ends = 0
    for name, count, ways in (("kill -9", kills, _KILL), ("hang-up", hang_ups, _HANG_UP)):
        chance = random.Random(seed)
        entered = count // _ENTRY
        told = _entry(entered, seed, ways)
        print(f"{name}  entry: {told.ends} ends, {len(told.faults)} faults", flush=True)
        faults += told.faults
        each, rest = divmod(count - entered, len(ACTS))
        for place, act in enumerate(ACTS):
            done = end_at_random_moments(act, each + (place < rest), chance, ways)
            print(
                f"{name}  {act.name}: {done.ends} ends, {done.done} acts stood, {done.acknowledged} were acknowledged, "
                f"{len(done.faults)} faults",
                flush=True,
            )
            print(*done.faults, sep="\n", end="\n" * bool(done.faults), flush=True)
            faults += done.faults
        ends += count
    print("\n".join(faults) or "nothing acknowledged was lost, nothing is half there, every chain is whole")
    print(f"{ends} ends (seed {seed}), {time.monotonic() - start:.0f} s")
    return 1 if faults else 0


def _of(words: list[str]) -> tuple[int, int, int]:
    kills, hang_ups, seed = (*map(int, words), *(_KILLS, _HANG_UPS, _SEED)[len(words) :])
    return kills, hang_ups, seed


def _entry(ends: int, seed: int, ways: tuple[signal.Signals | None, ...]) -> Ordeal:
    with tempfile.TemporaryDirectory() as folder:
        try:
            told = end_entry(office_with_roster(Path(folder), []), ends, seed, warm=True, ways=ways)
        except AssertionError as fault:
            # A screen that did not come in time, as on a machine that is too busy: the acts are looked at all the same.
            return Ordeal(faults=[f"entry: {fault}"])
    return Ordeal(ends=told.ends, faults=told.faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
