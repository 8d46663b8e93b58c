"""The keymap: safe keys, one meaning a key, and somebody who does each."""

import importlib
import pkgutil
from typing import get_args

import pytest
from rich.cells import cell_len

import screens
from screens.frame.catalogue import ROOMS
from screens.frame.command import EVERYWHERE, CommandId
from screens.frame.keymap import COMMANDS, command_for, commands_of, is_quit, key_bar
from screens.frame.screen import StepScreen
from screens.roster.learning import Learning

# Terminals take h, i, j and m for Backspace, Tab and Enter, and s and z to stop; q passes where nothing else quits.
SAFE = (
    {f"f{number}" for number in range(1, 13)}
    | {f"ctrl+{letter}" for letter in "abcdefgklnopqrtuvwxy"}
    | {"enter", "escape", "tab", "insert", "delete"}
)
NAMES = sorted({name for command in COMMANDS for name in command.screens} - {EVERYWHERE})


def classes() -> list[type[StepScreen]]:
    """Every screen of the program that has keys of its own."""
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        importlib.import_module(module.name)
    found, left = [], [StepScreen]
    while left:
        kind = left.pop()
        left += kind.__subclasses__()
        if kind.name_in_keymap and kind.__module__.startswith("screens."):
            found.append(kind)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_key_means_one_thing_on_a_screen_and_every_terminal_sends_it(name: str) -> None:
    keys = [key for command in commands_of(name) for key in (command.key, command.also) if key]
    assert len(keys) == len(set(keys))
    assert set(keys) <= SAFE


def test_every_f_key_has_a_second_way_in() -> None:
    assert [command.id for command in COMMANDS if command.key.startswith("f") and not command.also] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_key_bar_fits_into_80_columns(name: str) -> None:
    assert cell_len(f" {key_bar(name)}") <= 80


def test_a_key_has_the_same_meaning_everywhere() -> None:
    fixed = {
        "f1": "帮助",
        "f2": "改",
        "f3": "查找",
        "f6": "导入",
        "f7": "删行",
        "f8": "撤销",
        "f9": "文书",
        "f10": "菜单",
    }
    for name in NAMES:
        for key, label in fixed.items():
            command = command_for(name, key)
            assert command is None or command.label == label


def handled(kind: type[StepScreen]) -> set[str]:
    """The commands in the table of a screen, which stands before the screen is made."""
    return set(kind.handlers(object.__new__(kind)))


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: kind.__name__)
def test_a_screen_has_a_method_for_each_of_its_keys_and_none_that_no_key_reaches(kind: type[StepScreen]) -> None:
    assert handled(kind) == {command.id for command in commands_of(kind.name_in_keymap)}


def test_every_screen_of_the_keymap_and_of_the_catalogue_is_one_of_those() -> None:
    assert {kind.name_in_keymap for kind in classes()} == {*NAMES, *ROOMS}


def test_every_screen_but_the_desk_answers_the_key_that_ends_the_program() -> None:
    for kind in classes():
        for key in ("ctrl+q", "f12"):
            command = command_for(kind.name_in_keymap, key)
            assert is_quit(key)
            assert kind.name_in_keymap == "desk" if command is not None else "Esc" in kind.how_to_quit


def test_every_command_has_a_key() -> None:
    assert {command.id for command in COMMANDS} == set(get_args(CommandId))


def test_the_help_of_the_learning_records_names_the_key_of_the_bar() -> None:
    (sentence,) = Learning("2020-DQ-0001").help_texts()
    assert "F11全员" in key_bar("learning")
    assert "F11先全员按完成、合格填好" in sentence
