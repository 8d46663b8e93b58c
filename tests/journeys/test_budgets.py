"""What keys may cost on the line: bytes and keystrokes, which no slow machine changes. Times: `make bench`."""

import time
from functools import partial
from pathlib import Path

import pytest

from tests.support.endurance import keystrokes
from tests.support.rosters import made_up_people, office_with_roster, stored_people
from tests.support.timed_terminal import TimedTerminal

A_CHARACTER = 20
A_MOVE = 75
A_ROW_THAT_COMES_IN = 135
A_FINISHED_ROW = 100
"""With its verdict, the count of people and the minute."""
A_TAB = 250
A_SCREEN = 2_500
BEHIND_THE_KEYS = 0.1
"""Seconds without output after which whatever runs behind the keys is done."""
MORE_THAN_A_PAGE = 26


def wait_until_checked(terminal: TimedTerminal) -> None:
    """Until the row above the cursor is stored and has its verdict."""
    terminal.wait_until(lambda: terminal.line(terminal.cursor[1] - 1).endswith("通过"), "a verdict")
    terminal.settle(BEHIND_THE_KEYS)


@pytest.mark.parametrize("rows", [40, 2000])
def test_a_key_in_the_sheet_costs_the_same_however_long_the_roster(rows: int, tmp_path: Path) -> None:
    first, second = ([*keystrokes(person)] for person in made_up_people(2, first=rows))
    with TimedTerminal(office_with_roster(tmp_path, made_up_people(rows)), warm=True) as terminal:
        terminal.open_roster(rows)
        terminal.wait_for("通过")
        terminal.type("".join(first))
        wait_until_checked(terminal)
        costs = [terminal.cost(partial(terminal.type, key)) for key in second[:-1]]
        digits = [cost for key, cost in zip(second, costs, strict=False) if key.isascii() and key.isdigit()]
        digits.remove(max(digits))  # the end of the ID number, which shows sex and age and moves on
        assert max(digits) <= A_CHARACTER
        # With a name may come who has it already.
        assert max(costs) <= A_MOVE
        assert terminal.cost(partial(terminal.type, second[-1]), BEHIND_THE_KEYS) <= A_FINISHED_ROW
        wait_until_checked(terminal)
        before = terminal.received
        terminal.watch_until(time.perf_counter() + 2)
        assert terminal.received == before


@pytest.mark.parametrize("rows", [40, 2000])
def test_moving_through_the_sheet_costs_a_row_however_long_the_roster(rows: int, tmp_path: Path) -> None:
    with TimedTerminal(office_with_roster(tmp_path, made_up_people(rows)), warm=True) as terminal:
        terminal.open_roster(rows)
        terminal.wait_for("通过")
        terminal.key("ctrl+home")
        moves = [terminal.cost(partial(terminal.key, "down")) for _ in range(MORE_THAN_A_PAGE)]
        assert sorted(moves)[MORE_THAN_A_PAGE // 2] <= A_MOVE
        assert max(moves) <= A_ROW_THAT_COMES_IN
        assert max(terminal.cost(partial(terminal.key, key)) for key in ("up", "right", "left")) <= A_MOVE


def test_a_new_trainee_costs_the_name_and_thirty_keys(tmp_path: Path) -> None:
    people = made_up_people(2)
    typed = [keystrokes(person) for person in people]
    assert [len(keys) for keys in typed] == [len(person.name) + 1 + 18 + 11 for person in people]
    with TimedTerminal(office_with_roster(tmp_path, []), warm=True) as terminal:
        terminal.open_roster(0)
        for keys in typed:
            terminal.type("".join(keys))
        terminal.wait_for("2人 0项不符 已存")
        terminal.settle(BEHIND_THE_KEYS)
    assert stored_people(tmp_path) == [(person.name, person.id_number, person.phone) for person in people]


def test_tab_in_a_form_sends_two_fields_and_a_hint(tmp_path: Path) -> None:
    with TimedTerminal(office_with_roster(tmp_path, []), warm=True) as terminal:
        terminal.wait_for("录入1")
        terminal.key("insert")
        terminal.wait_for("开班申请")
        costs = {}
        while "营业执照" not in terminal.line(terminal.cursor[1]):
            cost = terminal.cost(partial(terminal.key, "tab"))
            costs[terminal.line(terminal.cursor[1]).split()[0]] = cost
    assert len(costs) > 30
    assert {field: cost for field, cost in costs.items() if cost > A_TAB} == {}


def test_a_screen_opens_for_little(tmp_path: Path) -> None:
    with TimedTerminal(office_with_roster(tmp_path, made_up_people(40)), warm=True) as terminal:
        terminal.wait_for("录入1")
        costs = {"roster": terminal.cost(partial(terminal.key, "enter"), BEHIND_THE_KEYS)}
        for key in ("f1", "f9", "f10", "f5"):
            costs[key] = terminal.cost(partial(terminal.key, key), BEHIND_THE_KEYS)
            costs[f"back from {key}"] = terminal.cost(partial(terminal.key, "ctrl+b"), BEHIND_THE_KEYS)
        costs["desk"] = terminal.cost(partial(terminal.key, "ctrl+b"), BEHIND_THE_KEYS)
        terminal.wait_for("案件")
        costs["intake"] = terminal.cost(partial(terminal.key, "insert"), BEHIND_THE_KEYS)
    assert {screen: cost for screen, cost in costs.items() if cost > A_SCREEN} == {}
