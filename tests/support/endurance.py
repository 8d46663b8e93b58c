"""Ordeals of the roster sheet: keys faster than the archive, and ends of the program at random moments."""

import random
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from pxtui.casework.office.register import open_register
from pxtui.home import Home
from pxtui.policy.facts import Trainee
from tests.conftest import NOW
from tests.support.rosters import CLERK, made_up_people, stored_people
from tests.support.terminal import KEYS
from tests.support.terminal_counter import COMMAND
from tests.support.timed_terminal import TimedTerminal

SLOW_COMMAND = (sys.executable, "-m", "tests.support.slow_counter")
KEYS_A_SECOND = 20
_ROWS_AT_A_TIME = 3
_PAUSES = (0.0, 0.002, 0.01, 0.05)
"""Seconds between two keys: from an input method's burst to a fast typist."""
_LAST_PAUSE = 0.06
_WAYS_TO_END = (signal.SIGKILL, signal.SIGKILL, signal.SIGHUP, None)
"""None: the line is cut."""
_ACKNOWLEDGED = re.compile(r"(\d+)人 .*已存")


Stored = tuple[str, str, str]
"""Name, ID number and phone of a row."""


def keystrokes(person: Trainee) -> list[str]:
    """What a clerk presses for a new trainee: the name, Enter, 18 characters, 11 digits."""
    return [*person.name, KEYS["enter"], *person.id_number, *person.phone]


@dataclass(frozen=True, slots=True)
class Pace:
    """What became of keys that came faster than the archive."""

    keys: int
    typed: list[Stored]
    stored: list[Stored]
    told_too_early: int
    """How often the title line said that rows are stored which the register did not have yet."""


@dataclass
class Ends:
    """What became of a roster whose program was ended again and again."""

    ends: int = 0
    rows: int = 0
    drafts: int = 0
    """Ends after which the unfinished row was there again."""
    unsaved: int = 0
    """Ends by kill -9 that took a row with them whose last key had not reached the draft yet."""
    faults: list[str] = field(default_factory=list)
    """What must not happen: an acknowledged row is gone, a row is half there, a draft is not what was typed."""


def type_at_pace(office: Path, seconds: float, *, warm: bool = False) -> Pace:
    """Key whole rows at 20 keys a second against the slow archive for about `seconds`, then leave."""
    rows = max(1, round(seconds * KEYS_A_SECOND / len(keystrokes(made_up_people(1)[0]))))
    people = made_up_people(rows)
    keys = [key for person in people for key in keystrokes(person)]
    acknowledged = too_early = 0
    with TimedTerminal(office, SLOW_COMMAND, warm=warm) as terminal:
        terminal.open_roster(0)
        start = time.perf_counter()
        for index, key in enumerate(keys):
            terminal.watch_until(start + index / KEYS_A_SECOND)
            terminal.type(key)
            if acknowledged_rows(terminal) != acknowledged:
                acknowledged = acknowledged_rows(terminal)
                too_early += acknowledged > len(stored_people(office))
        terminal.key("ctrl+b", "ctrl+q")
        assert terminal.exit_code(timeout=60) == 0
    return Pace(len(keys), [_cells(person) for person in people], stored_people(office), too_early)


def end_at_random_moments(
    office: Path,
    ends: int,
    seed: int,
    command: Sequence[str] = COMMAND,
    *,
    warm: bool = False,
    ways: Sequence[signal.Signals | None] = _WAYS_TO_END,
) -> Ends:
    """Key one roster on and on while the program is ended, `ends` times.

    `ways`: signals that do it; None: its line is cut.
    """
    chance = random.Random(seed)
    told = Ends()
    while told.ends < ends:
        _end_once(office, chance, told, partial(TimedTerminal, office, command, warm=warm), ways)
        told.ends += 1
    told.rows = len(stored_people(office))
    return told


def acknowledged_rows(terminal: TimedTerminal) -> int:
    """How many rows the title line says are stored."""
    said = _ACKNOWLEDGED.search(terminal.line(3))
    return int(said[1]) if said else 0


def kept_draft(office: Path) -> dict[str, Any] | None:
    """The unfinished work as it stands on the disk."""
    register = open_register(Home(office / "data"), NOW)
    draft = register.drafts_of(CLERK).newest()
    register.close()
    return draft


def _end_once(
    office: Path,
    chance: random.Random,
    told: Ends,
    start: Callable[[], TimedTerminal],
    ways: Sequence[signal.Signals | None],
) -> None:
    draft = kept_draft(office) or {}
    rows = _rows_told(len(stored_people(office)), draft)
    people = made_up_people(rows + _ROWS_AT_A_TIME)
    keys = _keys_left(people[rows:], draft.get("in_hand"))
    with start() as terminal:
        told.drafts += _resume(terminal, rows, draft)
        for key in keys[: chance.randrange(1, len(keys))]:
            terminal.type(key)
            terminal.watch_until(time.perf_counter() + chance.choice(_PAUSES))
        terminal.watch_until(time.perf_counter() + chance.uniform(0, _LAST_PAUSE))
        how = chance.choice(ways)
        acknowledged, row_on_screen = acknowledged_rows(terminal), terminal.line(terminal.cursor[1])
        if how is None:
            terminal.hang_up()
        else:
            terminal.signal(how)
        terminal.exit_code()
        # What came until the end counts as seen by the clerk.
        acknowledged = max(acknowledged, acknowledged_rows(terminal))
    stored, draft = stored_people(office), kept_draft(office) or {}
    faults = list(_faults(people, stored, acknowledged, draft))
    row_number, *in_hand = row_on_screen.split()
    finished, kept = int(row_number) - 1, _rows_told(len(stored), draft)
    told.unsaved += finished > kept
    if how is not signal.SIGKILL:
        if finished > kept:
            faults.append(f"{finished} rows were finished, {kept} are stored or in the draft")
        if finished == kept and in_hand and "in_hand" not in draft:
            faults.append(f"the row in hand did not come back: {in_hand}")
    told.faults += [f"end {told.ends} ({'line cut' if how is None else how.name}): {fault}" for fault in faults]


def _rows_told(stored: int, draft: dict[str, Any]) -> int:
    """The finished rows: those in the register, and those that the draft still has on their way into it."""
    on_their_way: list[int] = [write["position"] + 1 for write in draft.get("unstored", ())]
    return max([stored, *on_their_way])


def _keys_left(people: list[Trainee], in_hand: dict[str, Any] | None) -> list[str]:
    """What the clerk still has to press, from the very character at which the draft goes on."""
    first, *others = [keystrokes(person) for person in people]
    if in_hand is not None:
        person = people[0]
        fields = {"name": [*person.name, KEYS["enter"]], "id_number": [*person.id_number], "phone": [*person.phone]}
        later = list(fields)[list(fields).index(in_hand["field"]) :]
        first = [key for field in later for key in fields[field]][in_hand["caret"] :]
    return [key for keys in (first, *others) for key in keys]


def _faults(people: list[Trainee], stored: list[Stored], acknowledged: int, draft: dict[str, Any]) -> Iterator[str]:
    if stored != [_cells(person) for person in people[: len(stored)]]:
        yield f"the last row is not what was typed: {stored[-1]}"
    if len(stored) < acknowledged:
        yield f"{acknowledged} rows acknowledged, {len(stored)} stored"
    for write in draft.get("unstored", ()):
        if _typed(people[write["position"]]) != write["values"]:
            yield f"a row on its way is not what was typed: {write['values']}"
    in_hand = draft.get("in_hand")
    if in_hand is not None:
        typed = _typed(people[in_hand["row"]])
        if not all(typed[key].startswith(text) for key, text in in_hand["values"].items()):
            yield f"the draft is not what was typed: {in_hand['values']}"
        if in_hand["caret"] != len(in_hand["values"].get(in_hand["field"], "")):
            yield f"the caret stands elsewhere: {in_hand}"


def _resume(terminal: TimedTerminal, rows: int, draft: dict[str, Any]) -> bool:
    """Go to the roster with all finished rows; whether an unfinished one came back."""
    if not draft:
        terminal.open_roster(rows)
        return False
    terminal.wait_for(f"{rows}人 0项不符")
    if "in_hand" not in draft:
        return False
    terminal.wait_for("已恢复上次没有存下的一行")
    for text in draft["in_hand"]["values"].values():
        terminal.wait_for(text)
    return True


def _typed(person: Trainee) -> dict[str, str]:
    return {"name": person.name, "id_number": person.id_number, "phone": person.phone}


def _cells(person: Trainee) -> Stored:
    return person.name, person.id_number, person.phone
