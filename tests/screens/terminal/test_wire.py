"""The wire: what the terminal shows is what stock Textual would show, for a fraction of the bytes."""

import sys
from functools import partial
from typing import Any

import pytest

from tests.screens.cells import seen
from tests.support.terminal import KEYS, Terminal

pytestmark = pytest.mark.terminal

PERSON = ("李", "四", "enter", *"510402198001010018", *"13800000001")
SESSIONS = {
    "noise": ("x",) * 30,
    "moves": ("x",) * 30,
    "sheet": (*PERSON, "up", "pageup", "down", "f2", "left", "𠮷", "backspace", "f4", "pagedown", "f8"),
    "form": ("张", "tab", "1", "0316", "tab", "pagedown", "down", "pageup", "up"),
    "list": ("down", "down", "end", "up", "pageup", "home", "enter", "pagedown", "up"),
}
A_MOMENT = 0.01
"""Seconds: the other program has been at it for longer."""


def demo(which: str, count: int, *more: str, columns: int = 80, rows: int = 24, **window: Any) -> Terminal:
    """The demo, its screen drawn; `window`: what else there is to say of it."""
    command = [sys.executable, "-m", "tests.screens.demo", which, str(count), *more]
    terminal = Terminal(command, columns=columns, rows=rows, warm=True, **window)
    terminal.wait_for("F1帮助")
    terminal.settle(0.15)
    return terminal


def press(terminal: Terminal, key: str) -> None:
    """A key by its name, or text, and what comes of it."""
    send(terminal, key)
    terminal.settle()


def send(terminal: Terminal, key: str) -> None:
    """A key by its name, or text."""
    if key in KEYS:
        terminal.key(key)
    else:
        terminal.type(key)


def shown(terminal: Terminal, rows: int) -> tuple[object, ...]:
    """Every cell with what is seen of its style, and the cursor."""
    return terminal.cursor, *(seen(terminal.cells(y)) for y in range(rows))


@pytest.mark.parametrize(("which", "ambiguous"), [*((which, 1) for which in SESSIONS), ("noise", 2), ("moves", 2)])
def test_every_cell_is_as_stock_textual_shows_it(which: str, ambiguous: int) -> None:
    start = partial(demo, which, 40, cells_of_ambiguous=ambiguous)
    with start() as ours, start("--stock") as stock:
        for key in SESSIONS[which]:
            send(ours, key)
            send(stock, key)
            ours.settle()
            stock.settle(A_MOMENT)
            if shown(ours, 24) != shown(stock, 24):
                # A busy machine may answer late; it must not answer otherwise.
                ours.settle(0.5)
                stock.settle(0.5)
            assert shown(ours, 24) == shown(stock, 24), key
        assert ours.received < 0.75 * stock.received


@pytest.mark.parametrize("count", [40, 2000])
def test_a_key_in_the_sheet_costs_little_however_many_rows(count: int) -> None:
    with demo("sheet", count, columns=100, rows=30) as terminal:
        keys = ("a", "张", "enter", "5", "down", "up")
        costs = {key: terminal.cost(partial(press, terminal, key)) for key in keys}
        assert max(costs.values()) <= 110, costs
        assert sum(costs.values()) / len(costs) <= 80, costs


def test_a_tab_in_a_form_a_screen_and_waiting_cost_little() -> None:
    with demo("form", 0, columns=100, rows=30) as terminal:
        assert terminal.received <= 6000
        assert terminal.cost(partial(press, terminal, "张")) <= 100
        assert max(terminal.cost(partial(press, terminal, "tab")) for _ in range(8)) <= 250
        before = terminal.received
        terminal.settle(1.0)
        assert terminal.received == before


def test_a_window_that_shrinks_and_grows_again_is_drawn_anew() -> None:
    with demo("sheet", 10) as terminal:
        before = shown(terminal, 24)
        terminal.resize(50, 10)
        terminal.settle()
        terminal.resize(80, 24)
        terminal.wait_until(lambda: shown(terminal, 24) == before, "the screen as it was")


def test_a_spoilt_screen_is_healed_by_one_key() -> None:
    with demo("list", 10) as terminal:
        before = shown(terminal, 24)
        terminal.spoil("\x1b[5;3HBroadcast message from root: 张三\x1b[1;1Hxx")
        assert shown(terminal, 24) != before
        terminal.key("ctrl+l")
        terminal.wait_until(lambda: shown(terminal, 24) == before, "the screen as it was")


def test_the_cursor_is_shown_behind_the_last_character() -> None:
    with demo("sheet", 40) as terminal:
        assert terminal.cursor_is_shown
        for key, at in (("张", 8), ("·", 9), ("𠮷", 11), ("left", 9), ("home", 6), ("end", 11)):
            press(terminal, key)
            assert terminal.cursor[0] == at, key
            assert "张" in terminal.line(terminal.cursor[1])


def test_an_answer_about_wide_characters_that_comes_late_takes_no_key_with_it() -> None:
    with demo("sheet", 40, cells_of_ambiguous=2) as asked, demo("sheet", 40) as told_late:
        asked.type("买·力")
        asked.wait_for("买·力")
        asked.settle()
        told_late.type("买\x1b[2;2R·")
        told_late.wait_for("买·")
        told_late.screen.cells_of_ambiguous = 2
        told_late.type("\x1b[2;3R力")
        told_late.wait_until(lambda: shown(told_late, 24) == shown(asked, 24), "the same as the other")
        assert "买·力" in told_late.line(told_late.cursor[1])


def test_without_colours_bars_are_reversed_and_nothing_is_coloured() -> None:
    start = partial(demo, "list", 10)
    with start() as coloured, start(env={"NO_COLOR": "1"}) as plain, start(env={"NO_COLOR": ""}) as empty:
        assert {cell.fg for y in range(24) for cell in plain.cells(y)} == {"default"}
        assert shown(empty, 24) == shown(coloured, 24)
        for y in range(24):
            for cell, uncoloured in zip(coloured.cells(y), plain.cells(y), strict=True):
                assert uncoloured.data == cell.data
                assert uncoloured.reverse == (cell.reverse or cell.bg != "default")
