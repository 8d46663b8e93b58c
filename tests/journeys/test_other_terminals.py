"""A whole case on terminals that draw otherwise: at every key the window shows what the program means it to show."""

import json
import re
import sys
from pathlib import Path

from pxtui.home import Home
from screens.terminal.widths import QUESTION
from tests.conftest import empty_register
from tests.support.one_case import approval, claim, intake, keyed, roster
from tests.support.rosters import made_up_people
from tests.support.terminal import Terminal

COMMAND = (sys.executable, "-m", "tests.support.watched_counter")
A_MOMENT = 0.01
"""Seconds; that nothing is at work any more is looked at besides."""
COLOURS = (*range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108), 38, 48)


class WatchedTerminal(Terminal):
    """A window that is looked at after every key: each cell and the cursor are as the program means them to be."""

    def __init__(self, folder: Path, day: str, *, cells_of_ambiguous: int = 1, **settings: str) -> None:
        """`settings`: more of the environment."""
        self._told_in = folder / "cells.json"
        environment = {
            "HOME": str(folder),
            "PXTUI_HOME": str(folder / "data"),
            "PXTUI_TODAY": day,
            "PYTHONPATH": ":".join(sys.path),
            "WATCHED_CELLS": str(self._told_in),
            **settings,
        }
        super().__init__(COMMAND, env=environment, warm=True, cells_of_ambiguous=cells_of_ambiguous)
        self.looks = 0

    def send(self, data: bytes) -> None:
        super().send(data)
        self.settle(A_MOMENT)
        self.wait_until(self._shows_what_is_meant, "what the program means to show")
        self.looks += 1

    def _shows_what_is_meant(self) -> bool:
        if self._process.poll() is not None:
            return True
        meant = json.loads(self._told_in.read_text(encoding="utf-8"))
        rows = [[cell.data for cell in self.cells(y)] for y in range(24)]
        return bool(meant["rows"] == rows and meant["cursor"] == [*self.cursor])


def key_a_whole_case(folder: Path, *, cells_of_ambiguous: int = 1, **settings: str) -> bytes:
    """From the empty desk to the decision on the claim, a name with a middle dot among it; all that was sent."""
    empty_register(Home(folder / "data")).close()
    with WatchedTerminal(folder, "2020-03-16", cells_of_ambiguous=cells_of_ambiguous, **settings) as terminal:
        terminal.wait_for("还没有案件")
        intake(terminal)
        roster(terminal)
        key_a_name_with_a_dot(terminal)
        approval(terminal)
        sent, looks = bytes(terminal.raw), terminal.looks
    with WatchedTerminal(folder, "2020-04-10", cells_of_ambiguous=cells_of_ambiguous, **settings) as terminal:
        terminal.wait_for("待申领1")
        claim(terminal)
        assert looks + terminal.looks > 100
        return sent + bytes(terminal.raw)


def key_a_name_with_a_dot(terminal: Terminal) -> None:
    """Key a row with it, correct the name in the middle, and take the row back."""
    person = made_up_people(1)[0]
    keyed(terminal, "买买提·艾“力", "<left>", "<backspace>", "<left>", "<left>", "<delete>", "·", "<end>", "<enter>")
    keyed(terminal, person.id_number, person.phone)
    terminal.wait_for("25人")
    keyed(terminal, "<up>", "<up>", "<down>", "<f8>")
    terminal.wait_for("24人")


def colours(sent: bytes) -> set[int]:
    """The colours among all styles that were sent."""
    styles = re.findall(rb"\x1b\[([0-9;]*)m", sent)
    return {int(code) for style in styles for code in style.split(b";") if code} & set(COLOURS)


def test_without_colours_a_whole_case_is_keyed_and_bars_are_seen(tmp_path: Path) -> None:
    sent = key_a_whole_case(tmp_path, NO_COLOR="1")
    assert colours(sent) == set()
    assert b"\x1b[1;7m" in sent


def test_where_ambiguous_characters_take_two_cells_a_whole_case_is_keyed_and_nothing_is_left_behind(
    tmp_path: Path,
) -> None:
    sent = key_a_whole_case(tmp_path, cells_of_ambiguous=2)
    assert sent.count(QUESTION.encode()) == 2
