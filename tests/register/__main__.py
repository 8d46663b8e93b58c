"""`python -m tests.register --cases N`: a made-up register with planted irregularities, and what is found in it.

    python -m tests.register --cases 1000 --out register           # the register and its manifest.json
    python -m tests.register --cases 1000 --check                  # all planted found? false alarms by rule
    python -m tests.register --cases 100000 --heads 15 --plants 40 --out large

`--seed` (2020): another one, other people; the same one, the same register but for what is sealed. `--plants` (1): how
often each irregularity is planted, between the honest firms. `--open` (0): so many cases, the last ones, wait for the
decision on their claim; the others are over. Rows have no proof in the chain: `pxtui verify` says so.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from pxtui.home import Home
from tests.register.making import Made, make
from tests.register.searching import searched


def main(words: list[str]) -> int:
    """Make and print; 1 where something planted is not found."""
    parser = argparse.ArgumentParser(prog="python -m tests.register", description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--heads", type=int, default=15)
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--plants", type=int, default=1)
    parser.add_argument("--open", type=int, default=0)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(words)
    folder = asked.out or Path(tempfile.mkdtemp()) / "register"
    begun = time.monotonic()
    made = make(Home(folder), asked.cases, asked.heads, asked.seed, asked.plants, asked.open)
    print(f"{made.cases} cases, {made.enrolments} rows of rosters, {time.monotonic() - begun:.0f} s: {folder}")
    (folder / "manifest.json").write_text(_manifest(made), encoding="utf-8")
    try:
        return _checked(Home(folder), made) if asked.check else 0
    finally:
        if asked.out is None:
            shutil.rmtree(folder.parent)


def _manifest(made: Made) -> str:
    told = {"seed": made.seed, "cases": made.cases, "planted": [asdict(planted) for planted in made.planted]}
    return json.dumps(told, ensure_ascii=False, indent=1)


def _checked(home: Home, made: Made) -> int:
    begun = time.monotonic()
    outcome = searched(home, made)
    for planted in outcome.missed:
        print(f"MISSED {planted}")
    print(f"{len(made.planted) - len(outcome.missed)} of {len(made.planted)} planted irregularities found")
    print(f"honest cases: {outcome.honest}; with a sign that asks: {outcome.honest_asked}")
    for (code, weight), cases in sorted(outcome.alarms.items(), key=lambda alarm: -alarm[1]):
        print(f"{code:32} {weight:5} {cases:6} cases  {100 * cases / max(1, outcome.honest):5.1f} %")
    print(f"{time.monotonic() - begun:.0f} s")
    return 1 if outcome.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
