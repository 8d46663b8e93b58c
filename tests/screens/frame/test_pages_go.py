"""A page that was left is kept by nothing, nor is what it has drawn: a clerk opens hundreds in a day."""

import asyncio
import gc
from collections import Counter as Amounts

from textual._styles_cache import StylesCache
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from pxtui.casework.office.register import Register
from screens.widgets.pane import Pane
from tests.support.counter import Counter
from tests.support.pages import AtOnce, _settled
from tests.support.rosters import made_up_people

PARTS = (Screen, Widget, StylesCache, Strip)
"""What a page consists of, and what it has drawn."""
PAGES = ("intake", "roster", "papers", "eligibility")


def parts_kept() -> Amounts[type]:
    gc.collect()
    return Amounts(type(thing) for thing in gc.get_objects() if isinstance(thing, PARTS))


async def opened_and_left(register: Register, counter: Counter, number: str) -> tuple[Amounts[type], Amounts[type]]:
    """What is kept once each page was there, and once each was there twice more."""
    app = AtOnce(register, counter, "desk")

    async def look_at_each() -> None:
        for page in PAGES:
            app.open(page, number)
            await pilot.pause()
            await _settled(app)
            app.pop_screen()
            await pilot.pause()

    async with app.run_test(size=(80, 24)) as pilot:
        await _settled(app)
        await look_at_each()
        before = parts_kept()
        for _ in range(2):
            await look_at_each()
        after = parts_kept()
    app.finish_work()
    return before, after


def test_pages_that_were_left_are_kept_by_nothing(register: Register) -> None:
    counter = Counter(register)
    number = counter.file(made_up_people(20))
    before, after = asyncio.run(opened_and_left(register, counter, number))
    assert any(issubclass(kind, Pane) for kind in before)
    assert after == before
