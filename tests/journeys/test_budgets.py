"""What keys may cost on the line: bytes and keystrokes, which no slow machine changes. Times: `make bench`."""

import time
from functools import partial
from pathlib import Path

import pytest

from tests.journeys.endurance import keystrokes
from tests.journeys.rosters import made_up_people, office_with_roster, stored_people
from tests.journeys.timed_terminal import TimedTerminal

A_KEY = 100
A_TAB = 250
A_SCREEN = 6_000
BEHIND_THE_KEYS = 0.3
"""Seconds without output after which whatever runs behind the keys is done."""


@pytest.mark.parametrize("rows", [40, 2000])
def test_a_key_in_the_sheet_costs_the_same_however_long_the_roster(rows: int, tmp_path: Path) -> None:
    person = made_up_people(1, first=rows)[0]
    *keys, last = keystrokes(person)
    with TimedTerminal(office_with_roster(tmp_path, made_up_people(rows))) as terminal:
        terminal.open_roster(rows)
        terminal.wait_for("通过")
        costs = {f"{place} {key!r}": terminal.cost(partial(terminal.type, key)) for place, key in enumerate(keys)}
        terminal.type(last)
        terminal.wait_for(f"{rows + 1}人 0项不符 已存")
        terminal.settle(BEHIND_THE_KEYS)
        costs |= {key: terminal.cost(partial(terminal.key, key)) for key in ("up", "down", "left", "right")}
        before = terminal.received
        terminal.watch_until(time.perf_counter() + 2)
        assert terminal.received == before
    assert {key: cost for key, cost in costs.items() if cost > A_KEY} == {}


def test_a_new_trainee_costs_the_name_and_thirty_keys(tmp_path: Path) -> None:
    people = made_up_people(2)
    typed = [keystrokes(person) for person in people]
    assert [len(keys) for keys in typed] == [len(person.name) + 1 + 18 + 11 for person in people]
    with TimedTerminal(office_with_roster(tmp_path, [])) as terminal:
        terminal.open_roster(0)
        for keys in typed:
            terminal.type("".join(keys))
        terminal.wait_for("2人 0项不符 已存")
        terminal.settle(BEHIND_THE_KEYS)
    assert stored_people(tmp_path) == [(person.name, person.id_number, person.phone) for person in people]


def test_tab_in_a_form_sends_two_fields_and_a_hint(tmp_path: Path) -> None:
    with TimedTerminal(office_with_roster(tmp_path, [])) as terminal:
        terminal.wait_for("录入1")
        terminal.key("insert")
        terminal.wait_for("开班申请")
        assert max(terminal.cost(partial(terminal.key, "tab")) for _ in range(3)) <= A_TAB


def test_a_screen_opens_for_little(tmp_path: Path) -> None:
    with TimedTerminal(office_with_roster(tmp_path, made_up_people(40))) as terminal:
        terminal.wait_for("录入1")
        costs = {"roster": terminal.cost(partial(terminal.key, "enter"), BEHIND_THE_KEYS)}
        for key in ("f1", "f9", "f10", "f5"):
            costs[key] = terminal.cost(partial(terminal.key, key), BEHIND_THE_KEYS)
            costs[f"back from {key}"] = terminal.cost(partial(terminal.key, "ctrl+b"), BEHIND_THE_KEYS)
        terminal.wait_for("案件")
        costs["intake"] = terminal.cost(partial(terminal.key, "insert"), BEHIND_THE_KEYS)
    assert {screen: cost for screen, cost in costs.items() if cost > A_SCREEN} == {}
