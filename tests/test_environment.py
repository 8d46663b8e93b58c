"""Nothing that stands in the environment loads code, presses keys, writes a file or changes a screen."""

import os
from pathlib import Path

import pytest

from pxtui.environment import forget_settings
from screens.terminal.setup import prepare_environment
from tests.support import hostile_environment
from tests.support.rosters import office_with_roster
from tests.support.terminal import Terminal
from tests.support.terminal_counter import COMMAND, counter, surroundings


def test_what_a_library_would_read_is_gone_before_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in hostile_environment.of_libraries(Path("/nowhere")).items():
        monkeypatch.setenv(name, value)
    forget_settings()
    assert set(hostile_environment.of_libraries(Path("/nowhere"))) & set(os.environ) == set()


@pytest.mark.parametrize(("colours", "is_kept"), [("256", True), ("standard", True), ("zzz", False), ("", False)])
def test_only_a_number_of_colours_that_there_is_stays(
    colours: str, is_kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTUAL_COLOR_SYSTEM", colours)
    prepare_environment()
    assert ("TEXTUAL_COLOR_SYSTEM" in os.environ) is is_kept


@pytest.mark.terminal
def test_the_desk_is_the_same_in_a_hostile_environment(tmp_path: Path) -> None:
    office = office_with_roster(tmp_path / "office", [])
    traps = tmp_path / "traps"
    traps.mkdir()
    hostile_environment.write_evil_module(traps, hostile_environment.EVIL)
    with counter(office) as terminal:
        terminal.wait_for("录入1")
        terminal.settle()
        usual = terminal.screen_text()
    environment = surroundings(office) | hostile_environment.of_libraries(traps)
    environment["PYTHONPATH"] += f"{os.pathsep}{traps}"
    with Terminal(COMMAND, env=environment) as terminal:
        terminal.wait_for("录入1")
        terminal.settle()
        assert terminal.screen_text() == usual
        # Textual's own palette, with its picture of the screen as a file, would come in the place of the papers.
        terminal.key("ctrl+p")
        terminal.wait_for("Enter出具")
    assert hostile_environment.marks(tmp_path) == []
