"""The screens over a register without a terminal: keys go in, and what is drawn comes out as lines of text."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from textual import events

from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import role_of
from pxtui.casework.staff import sign_in
from pxtui.errors import PasswordWanted, PxtuiError
from screens.frame.app import Counter, Standing
from screens.frame.behind import Behind
from screens.frame.catalogue import ROOMS
from screens.frame.screen import StepScreen
from screens.widgets.pane import Pane
from screens.widgets.prose import Prose
from tests.support.counter import Counter as Clerk

TYPED = "="
"""Before a text that is typed; whatever else is the name of a key."""


Room = str | tuple[Any, ...]
"""The name of a screen, or the name and what it is opened with."""


class AtOnce(Counter):
    """The counter over one register without threads: what is asked or done is answered at the next turn."""

    def __init__(
        self, register: Register, clerk: Clerk, room: Room, ahead: Sequence[events.Key | events.Paste] = ()
    ) -> None:
        super().__init__(register.home)
        self.rulebook = register.rulebook
        self.rooms = ROOMS
        self.behind = BehindAtOnce(lambda go_on: self.post_message(self.Answered(go_on)), self._sentence_of)
        self._office = register
        self._clerk = clerk
        self._first = (room,) if isinstance(room, str) else room
        self._ahead = ahead
        with register.reading(clerk.acting) as context:
            role = role_of(context, clerk.clerk)
        self.standing = Standing("东区人社局", clerk.clerk, role.value, clerk.day, False)

    async def on_mount(self) -> None:
        """The desk lies below every page."""
        self.push_screen(Floor())
        self.open(*self._first)
        for event in self._ahead:
            await self.on_event(event)

    def read(
        self,
        function: Callable[..., Any],
        *arguments: object,
        then: Callable[[Any], None],
        failed: Callable[[str], None],
    ) -> None:
        """Ask casework."""

        def ask() -> Any:
            with self._office.reading(replace(self._clerk.acting, only_office=self.only_office)) as context:
                return function(context, *arguments)

        self._answer(ask, then, failed)

    def asked(self, function: Callable[..., Any], arguments: tuple[object, ...]) -> Any:
        """Run a look-up."""
        with self._office.reading(replace(self._clerk.acting, only_office=self.only_office)) as context:
            return function(context, *arguments)

    def write(
        self,
        function: Callable[..., Any],
        *arguments: object,
        then: Callable[[Any], None],
        failed: Callable[[str], None],
        unsigned: Callable[[str], None] | None = None,
        away: Callable[[], None] | None = None,
        password: str = "",
    ) -> None:
        """Let casework act."""

        def act() -> Any:
            acting = self._clerk.acting
            if password:
                acting = sign_in.confirmed(self._office, acting, password)
            with self._office.writing(acting) as context:
                return function(context, *arguments)

        self._answer(act, then, failed, unsigned)

    def work(self, function: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[str], None]) -> None:
        """Do what needs no register."""
        self._answer(function, then, failed)

    def try_password(
        self, function: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[str], None]
    ) -> None:
        """Do what lets somebody in."""
        self._answer(function, then, failed)

    def draft_kept(self, screen: str, number: str, draft: dict[str, Any] | None) -> None:
        """Nothing is left on the disk."""

    def draft_on_disk(self, screen: str, number: str) -> dict[str, Any] | None:
        """No earlier session has left anything."""
        return None

    @property
    def has_to_go_on(self) -> bool:
        """Whether a key or an answer has not come to its screen yet."""
        pumps = (self, self.screen)
        waits = any(pump._next_callbacks or pump.message_queue_size for pump in pumps)
        return waits or bool(self._typed) or (isinstance(self.screen, StepScreen) and not self.screen.is_ready)

    def _answer(
        self,
        function: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[str], None],
        unsigned: Callable[[str], None] | None = None,
    ) -> None:
        try:
            answer = function()
        except PasswordWanted as fault:
            self.call_next(unsigned or failed, fault.sentence)
        except PxtuiError as fault:
            self.call_next(failed, fault.sentence)
        else:
            self.call_next(then, answer)


class BehindAtOnce(Behind):
    """Done before anything else."""

    def start(self, work: Callable[[], None]) -> None:
        """No thread."""
        work()


class Floor(StepScreen):
    """What is left when a page has been left."""

    @property
    def pane(self) -> Pane:
        """Nothing."""
        return Prose()


def seen(
    register: Register,
    clerk: Clerk,
    room: Room,
    *keys: str | events.Paste | Callable[[], object],
    columns: int = 80,
    rows: int = 24,
    ahead: Iterable[str] = (),
    look: Callable[[AtOnce], object] | None = None,
) -> list[str]:
    """The lines of the screen after the keys and pastes, without blanks at their ends.

    A function among the keys is called in its turn: what a colleague does meanwhile at another counter.

    `ahead`: keys that are there before anything of the screen was drawn. `look` is called at first and after each key.
    """

    async def sit() -> list[str]:
        app = AtOnce(register, clerk, room, [event for key in ahead for event in _events(key)])
        async with app.run_test(size=(columns, rows)) as pilot:
            await _settled(app)
            for key in keys:
                if callable(key):
                    key()
                    continue
                if look is not None:
                    await pilot.pause()
                    look(app)
                for event in _events(key):
                    await app.on_event(event)
                await _settled(app)
            await pilot.pause()
            await _settled(app)
            await pilot.pause()
            if look is not None:
                look(app)
            lines = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
        app.finish_work()
        return lines

    return asyncio.run(sit())


async def _settled(app: AtOnce) -> None:
    """Until nothing that was typed or asked waits any more; Textual's own pause takes a fiftieth of a second a key."""
    while app.has_to_go_on:
        await asyncio.sleep(0)


def _events(key: str | events.Paste) -> Sequence[events.Key | events.Paste]:
    if isinstance(key, events.Paste):
        return [key]
    if key.startswith(TYPED):
        return [events.Key(character, character) for character in key.removeprefix(TYPED)]
    return [events.Key(key, None)] if key else []


def at(clerk: Clerk, name: str) -> Clerk:
    """Somebody else at the same counter."""
    return replace(clerk, clerk=name)
