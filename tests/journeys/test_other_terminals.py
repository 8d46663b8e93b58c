"""A whole case on terminals that draw otherwise: at every key the window shows what the program means it to show."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pxtui.home import Home
from screens.terminal.widths import QUESTION
from tests.conftest import empty_register
from tests.support import on_server
from tests.support.one_case import (
    approval,
    claim,
    intake,
    keyed,
    order,
    pay_and_archive,
    public_notice,
    roster,
    second_officer,
)
from tests.support.rosters import made_up_people
from tests.support.terminal import Terminal

COMMAND = (sys.executable, "-m", "tests.support.watched_counter")
A_MOMENT = 0.01
"""Seconds; that nothing is at work any more is looked at besides."""
COLOURS = (*range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108), 38, 48)


class WatchedTerminal(Terminal):
    """A window that is looked at after every key: each cell and the cursor are as the program means them to be."""

    def __init__(
        self, folder: Path, day: str, *, clerk: str = "张三", cells_of_ambiguous: int = 1, **settings: str
    ) -> None:
        """`settings`: more of the environment."""
        self._told_in = folder / "cells.json"
        environment = {
            "HOME": str(folder),
            "PXTUI_HOME": str(folder / "data"),
            **on_server.environment_of(folder / "data"),
            "PXTUI_TODAY": day,
            "PYTHONPATH": ":".join(sys.path),
            "WATCHED_CELLS": str(self._told_in),
            **settings,
        }
        super().__init__((*COMMAND, "--as", clerk), env=environment, warm=True, cells_of_ambiguous=cells_of_ambiguous)
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
    """From the empty desk to the archive, a name with a middle dot among it; all that was sent."""
    empty_register(Home(folder / "data")).close()
    (folder / "公示“页”.pdf").write_bytes(b"%PDF-1.4")
    sent, looks = bytearray(), 0

    @contextmanager
    def session(day: str, beginning: str, clerk: str = "张三") -> Iterator[Terminal]:
        nonlocal looks
        window = WatchedTerminal(folder, day, clerk=clerk, cells_of_ambiguous=cells_of_ambiguous, **settings)
        with window as terminal:
            terminal.wait_for(beginning)
            yield terminal
            sent.extend(terminal.raw)
            looks += terminal.looks

    with session("2020-03-16", "还没有案件") as terminal:
        intake(terminal)
        roster(terminal)
        key_a_name_with_a_dot(terminal)
        approval(terminal)
        correct_the_contact(terminal)
    with session("2020-04-10", "待申领1") as terminal:
        claim(terminal)
        public_notice(terminal, folder / "公示“页”.pdf")
        second_officer(terminal, "李·主任")
    with session("2020-04-15", "公示1") as terminal:
        order(terminal)
    with session("2020-04-15", "拨付1", clerk="李·主任") as terminal:
        pay_and_archive(terminal)
    assert looks > 150
    return bytes(sent)


def correct_the_contact(terminal: Terminal) -> None:
    """From the desk and back: one field of the approved case is put right."""
    keyed(terminal, "<enter>")
    terminal.wait_for("4撤回")
    keyed(terminal, "<f2>")
    terminal.wait_for("更正哪一项")
    keyed(terminal, "4", "阿木·约布", "<enter>", "“核对”附件1", "<enter>")
    terminal.wait_for("已更正")
    keyed(terminal, "<escape>")
    terminal.wait_for("Ins新收件")


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
    assert sent.count(QUESTION.encode()) == 4
