"""Somebody new is taken from the desk to the first paper by what the screen says alone, and nothing of it stays."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from pxtui import tour
from pxtui.app import Pxtui
from pxtui.casework.practice.register import CLERK, PRACTICE_DAY
from pxtui.casework.practice.tour import make_tour_register
from pxtui.clock import now
from pxtui.home import Home
from screens.frame.catalogue import ROOMS
from screens.guide.tour_steps import ELSEWHERE, PHONE, STEPS, WRONG_NUMBER
from tools.manual.sitting import Sitting

KEYS = (
    ("enter",),
    ("=周敏", "enter", f"={WRONG_NUMBER}"),
    ("backspace", "=9"),
    (f"={PHONE}",),
    ("ctrl+n",),
    ("down", "ctrl+n"),
    ("=1", "enter"),
    ("=1", "enter", "enter"),
    ("f9",),
    ("enter",),
    ("escape",),
    ("f10",),
    ("escape",),
)
"""What the steps ask for."""


async def seen_at_each_step(home: Home, *detour: str) -> tuple[list[str], list[str], bool]:
    """The two lines of the guide before each step and at the end; the last screen; whether Ctrl+Q has ended it."""
    app = tour.Tour(home, CLERK)
    async with app.run_test(size=(80, 24)) as pilot:
        at = Sitting(app)

        async def guided() -> str:
            await at.settled()
            await pilot.pause()
            (first,) = [place for place, line in enumerate(at.lines()) if line.startswith(" 导览")]
            return "".join(at.lines()[first : first + 2])

        told = [await guided()]
        for keys in (detour,) if detour else KEYS:
            await at.press(*keys)
            told.append(await guided())
        lines = at.lines()
        await at.press("ctrl+q")
        is_ended = app._exit
        app.exit(0)
    app.finish_work()
    return told, lines, is_ended


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The register of the tour."""
    found = Home(tmp_path / "data")
    make_tour_register(found, now(PRACTICE_DAY))
    return found


def test_who_presses_what_stands_there_comes_from_the_desk_to_the_end(home: Home) -> None:
    told, _, is_ended = asyncio.run(seen_at_each_step(home))
    assert told == [f" 导览{place}/{len(STEPS)}  {step.sees} {step.press}" for place, step in enumerate(STEPS, 1)]
    assert list(home.papers.rglob("*.xlsx"))
    assert is_ended


def test_whoever_looks_elsewhere_is_told_the_way_back(home: Home) -> None:
    told, _, _ = asyncio.run(seen_at_each_step(home, "f11"))
    assert told[1].endswith(" ".join(ELSEWHERE))


def test_esc_leaves_the_tour_after_one_question(home: Home) -> None:
    told, lines, _ = asyncio.run(seen_at_each_step(home, "escape"))
    assert told[0] == told[1]
    assert any("离开导览，录过的都不留下：Enter确认" in line for line in lines)


def test_every_sentence_of_the_tour_fits_its_line_and_names_a_screen() -> None:
    for place, step in enumerate(STEPS, 1):
        assert cell_len(f" 导览{place}/{len(STEPS)}  {step.sees}") <= 80
        assert cell_len(step.press) < 80
        assert step.screen in ROOMS


@pytest.mark.parametrize("is_made", [True, False])
def test_nothing_of_the_tour_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_made: bool) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def run(made: Callable[[], Pxtui]) -> int:
        if is_made:
            assert made().place.register.exists()
        return 0

    monkeypatch.setattr(tour, "run_in_terminal", run)
    assert tour.run_tour() == 0
    assert list(tmp_path.iterdir()) == []
