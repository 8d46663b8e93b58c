"""Somebody at the real program without a terminal: keys go in, pictures of its screens come out."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from textual import events

from pxtui.app import Pxtui
from pxtui.home import Home
from screens.frame.takes_keys import TakesKeys
from tools.manual.drawing import drawn

TYPED = "="
"""Before a text that is typed; whatever else is the name of a key."""
_SIZE = (80, 24)
_A_MOMENT = 0.005
_QUIET = 3
"""Looks at which nothing waited, one after the other: an answer may have asked for the next."""


class Sitting:
    """The program, and what is done at it."""

    def __init__(self, app: Pxtui) -> None:
        self._app = app

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for what they do."""
        for key in keys:
            for event in _events(key):
                await self._app.on_event(event)
                await self.settled()

    async def open(self, room: str, *arguments: object) -> None:
        """Open a screen over the one on top."""
        self._app.open(room, *arguments)
        await self.settled()

    async def settled(self) -> None:
        """Until nothing that was keyed or asked waits any more."""
        quiet = 0
        while quiet < _QUIET:
            await asyncio.sleep(_A_MOMENT)
            quiet = 0 if self._is_busy() else quiet + 1

    def _is_busy(self) -> bool:
        app: Any = self._app
        is_ready = isinstance(app.screen, TakesKeys) and app.screen.is_ready
        return (
            bool(app._at_work or app._typed or app.message_queue_size or app.screen.message_queue_size) or not is_ready
        )

    def lines(self) -> list[str]:
        """What stands on the screen."""
        return [strip.text.rstrip() for strip in self._app.screen._compositor.render_strips()]

    def picture(self, title: str) -> str:
        """The screen as SVG."""
        return drawn(list(self._app.screen._compositor.render_strips()), self._app.size.width, title)


@asynccontextmanager
async def sitting(home: Home, clerk: str, day: date, size: tuple[int, int] = _SIZE) -> AsyncIterator[Sitting]:
    """Sit down as a clerk before a practice register, on a day of its own."""
    app = Pxtui(home, clerk, day)
    async with app.run_test(size=size):
        at = Sitting(app)
        await at.settled()
        yield at
        app.exit(0)
    app.finish_work()


def _events(key: str) -> Sequence[events.Key]:
    if key.startswith(TYPED):
        return [events.Key(character, character) for character in key.removeprefix(TYPED)]
    return [events.Key(key, key if len(key) == 1 else None)]
