"""Names and remarks that would steer a terminal, at the real program: it sends what it sends over harmless ones."""

import re
import shutil
from pathlib import Path

import pytest

from pxtui.casework.practice.register import CLERK, PRACTICE_DAY
from pxtui.home import Home
from tests.support.payloads import one_for_each, spoil
from tests.support.practice import practice_home
from tests.support.terminal_counter import COMMAND, counter

_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;?<>=!$]*[A-Za-z~]|\][^\x07\x1b]*\x07|[=>78])")
"""Textual sets the shape of the pointer by a command of the operating system, ended by a bell."""
_NUMBERS = re.compile("[0-9]+")
_CONTROLS = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
_WALK = (*("enter", "f1", "escape", "down", "escape"), "f4", "down", "escape", "f10", "escape", "down", "f1", "escape")


def sent(folder: Path) -> tuple[set[str], str]:
    """The kinds of sequences of a walk over the desk, and what else of it a terminal obeys."""
    with counter(folder, day=str(PRACTICE_DAY), command=(*COMMAND, "--as", CLERK)) as terminal:
        terminal.wait_for("DQ-00")
        for key in _WALK:
            terminal.key(key)
            terminal.settle()
        text = terminal.raw.decode("utf-8")
    kinds = {_NUMBERS.sub("N", sequence) for sequence in _SEQUENCE.findall(text)}
    return kinds, "".join(_CONTROLS.findall(_SEQUENCE.sub("", text)))


@pytest.mark.long
def test_payloads_in_a_register_make_the_program_send_nothing_else(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    benign = practice_home(tmp_path / "benign" / "data", tmp_path_factory)
    hostile = Home(tmp_path / "hostile" / "data")
    shutil.copytree(benign.root, hostile.root)
    spoil(hostile, lambda text: "" if text == CLERK else one_for_each(text))
    kinds, controls = sent(tmp_path / "benign")
    spoilt_kinds, spoilt_controls = sent(tmp_path / "hostile")
    assert (controls, spoilt_controls) == ("", "")
    assert spoilt_kinds <= kinds
