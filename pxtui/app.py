"""The app: it owns the register and the clock, and gives every screen its answers."""

import gc
import os
import secrets
import sys
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from screens.terminal.setup import end_children, prepare_environment, require_terminal, save_on_hangup

prepare_environment()
# Nothing of what is loaded at the start becomes garbage; looking for it again and again costs a tenth of the time.
gc.disable()

from pxtui import clock  # noqa: E402 - Textual reads the environment when it is imported
from pxtui.errors import DatabaseAway, PxtuiError, Refused  # noqa: E402
from pxtui.home import Home, home  # noqa: E402
from pxtui.own_process import keep_private  # noqa: E402
from pxtui.reach import Served, served_reach  # noqa: E402
from screens.frame.app import Counter, Standing  # noqa: E402
from screens.frame.following import Following  # noqa: E402
from screens.frame.idle import Idle, due, next_look  # noqa: E402
from screens.frame.screen import StepScreen  # noqa: E402
from screens.start.splash import Splash  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from pxtui.casework.office.context import Acting
    from pxtui.casework.office.drafts import DraftBox
    from pxtui.casework.office.register import Register
    from pxtui.daily import News
    from pxtui.password_pages import PasswordPages

Answer = TypeVar("Answer")

_OPENED_NEXT = ("roster", "intake", "eligibility", "menu", "papers")
_AFTER_THE_DESK = 0.5
"""Seconds: the desk's own data come first."""
_AGAIN = 5.0
"""Seconds until it is looked again whether the page can be locked."""
_LAST_WRITES = 3.0
"""Seconds that a hang-up gives the rows that are still being written."""


class Pxtui(Counter):
    """The program at the counter."""

    def __init__(
        self, place: Home, clerk: str | None = None, practice_day: date | None = None, served: Served | None = None
    ) -> None:
        """The desk over the register in a folder.

        Args:
            place: the data folder; the practice register's where the clerk chooses it on the first page.
            clerk: who sits here; None: asked for where there are several.
            practice_day: the day on which is practised; None: today.
            served: over the line of a server; None: on the clerk's own machine.
        """
        super().__init__(place)
        self._served = served
        self._practice_day = practice_day
        self._office_register: Register | None = None
        self._clerk = clerk
        self._office = ""
        """The code of the clerk's office."""
        self._drafts: DraftBox | None = None
        self._token = secrets.token_hex(8)
        self._has_password = False
        self._following = Following(self)
        self.farewell = ""
        """What is said when the program has ended by itself."""

    def get_default_screen(self) -> Splash:
        """The first screen is drawn before anything else is loaded."""
        return Splash()

    def on_mount(self) -> None:
        """The frame stands; everything heavy is loaded behind it."""
        save_on_hangup(self.keep_last_draft)
        self.work(self._open, self._opened, self._not_opened)

    def _open(self) -> "Register | None":
        # The screens bring the archive with them: loaded here, in the thread, and not before the first paint.
        from pxtui.casework.office.register import exists, open_register
        from screens.frame.catalogue import ROOMS, load

        self.rooms = ROOMS
        if not exists(self.place):
            if self._served is not None:
                raise Refused("服务器上还没有建立台账，请管理员在服务器上运行 pxtui init。")
            load("welcome")
            return None
        load("desk")
        return open_register(self.place, self._now(), practice_day=self._practice_day)

    def _opened(self, register: "Register | None") -> None:
        if register is None:
            self.open("welcome", self._make, _offices())
            return
        self._seat(register)

    def _seat(self, register: "Register", name: str | None = None) -> None:
        """Ask who sits here, by name in practice, by password else, unless the server or the words have said so."""
        from pxtui.casework.staff import sign_in
        from pxtui.server_login import server_login

        try:
            seat = sign_in.seat(register, server_login(), name or self._clerk, self._now())
        except PxtuiError as fault:
            self._not_opened(fault.sentence)
            return
        if not seat.by_name_alone:
            self.open("sign_in", self._pages(register).sign_in(seat.name, is_first=seat.is_first))
        elif seat.name is None:
            self.open("who", seat.names, lambda chosen: self._seat(register, chosen))
        else:
            self._take(register, seat.name)

    def _pages(self, register: "Register") -> "PasswordPages":
        from pxtui.password_pages import PasswordPages

        return PasswordPages(
            register,
            self._now,
            take=lambda name, told: self._take(register, name, told),
            leave=lambda: self.exit(0),
            set_next=lambda page: self.go_on_to("sign_in", page),
        )

    def _not_opened(self, sentence: str) -> None:
        self.fault_sentence = sentence
        self.exit(1, return_code=1)

    def _make(self, office: str, name: str, practice: bool, password: str, administers: bool) -> "Callable[[], None]":
        """Make the register that the first page asks for; called in a thread, what it gives back on the screen's."""
        from pxtui.casework.office.register import NOT_FOR_PRACTICE, create, open_register

        if practice:
            from pxtui.casework.practice.register import CLERK, PRACTICE_DAY, make_practice_register
            from pxtui.home import practice_home

            self.place, self._practice_day = practice_home(), self._practice_day or PRACTICE_DAY
            make_practice_register(self.place, self._now())
            register = open_register(self.place, self._now(), practice_day=self._practice_day)
            return lambda: self._take(register, CLERK)
        if self._practice_day is not None:
            raise Refused(NOT_FOR_PRACTICE)
        from pxtui.password_pages import beginning

        begin = beginning(password, administers=administers)
        register = create(self.place, office=office, name=name, at=self._now(), begin=begin)
        return lambda: self._take(register, name)

    def _take(self, register: "Register", name: str | None, told: str = "") -> None:
        from pxtui.casework.office.roles import role_of
        from pxtui.casework.staff.sign_in import marks, with_password
        from screens.frame.catalogue import resumed

        self._office_register = register
        register.leave_in_doubt()
        self.rulebook = register.rulebook
        try:
            acting = register.seated(name, self._now())
            with register.reading(acting) as context:
                role = role_of(context, acting.name)
                mark = marks(context)
                self._has_password = acting.name in with_password(context)
        except PxtuiError as fault:
            self._not_opened(fault.sentence)
            return
        self._clerk, self._office = acting.name, acting.office
        self.place = register.home_of(acting.office)
        if self._served is not None:
            self.reach = served_reach(self.place, acting.name, self._served.inbox)
        self._drafts = register.drafts_of(acting.name)
        office = register.rulebook.latest.office(acting.office).short_name
        self.standing = Standing(office, acting.name, role.value, acting.today, register.is_practice, mark)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.open("desk")
        for sentence in filter(None, (told, *register.told_late[:1])):
            # Behind what the desk says of itself, which would stand in its place.
            self.call_after_refresh(self.work, partial(str, sentence), self.say_next, self.say_next)
        draft = self._drafts.newest()
        if draft is not None:
            self.push_screen(resumed(draft))
        # What is loaded by now stays: collecting garbage over it would hold up a key every few seconds.
        gc.freeze()
        gc.enable()
        if not register.is_practice:
            self.last_key = time.monotonic()
            self.set_timer(next_look(0), self._look_at_idle)
        self._following.start(register.changes)
        self.set_timer(_AFTER_THE_DESK, partial(self._load_ahead, *_OPENED_NEXT))
        self.take_keys()

    def _look_at_idle(self) -> None:
        self.grown_idle(time.monotonic() - self.last_key)

    def grown_idle(self, seconds: float) -> None:
        """Nobody pressed a key for so long: the page is locked, later the program ends and keeps what is unfinished."""
        what = due(seconds)
        if what is Idle.END:
            self.farewell = "30分钟没有操作，已退出；没有存下的内容已保留，下次打开接着办。"
            self.leave_at_once()
            return
        # What is being answered may open a page; it is waited for.
        is_ready = isinstance(self.screen, StepScreen) and self.screen.is_ready
        if what is Idle.LOCK and not self.is_locked and is_ready:
            self._lock()
        self.set_timer(next_look(seconds) if self.is_locked or what is Idle.NOTHING else _AGAIN, self._look_at_idle)

    def _lock(self) -> None:
        register, clerk = self._open_register(), self._clerk
        assert clerk is not None
        self.is_locked = True
        self._following.pause()
        page = self._pages(register).lock(clerk, self._locked_by_password(register, clerk), self._unlocked)
        self.open("sign_in", replace(page, leave=self.leave_at_once))

    def _locked_by_password(self, register: "Register", clerk: str) -> bool:
        from pxtui.casework.staff.sign_in import with_password

        # As it was when it could be asked: the page is locked whether the database answers or not.
        if self.away.is_away:
            return self._has_password
        with suppress(DatabaseAway), register.reading(register.nobody(self._now())) as context:
            self._has_password = clerk in with_password(context)
        return self._has_password

    def _unlocked(self) -> None:
        self.pop_screen()
        self.unlock()
        self._following.go_on()

    def open_own_password(self) -> None:
        """Open the page on which whoever sits here sets another password."""
        assert self._clerk is not None
        register = self._open_register()

        def done() -> None:
            self.pop_screen()
            self.say_next("口令已改。")

        wants_old = self._locked_by_password(register, self._clerk)
        page = self._pages(register).change(self._clerk, done, wants_old=wants_old)
        self.open("sign_in", replace(page, leave=self._left_page, ends_the_program=False))

    def _left_page(self) -> None:
        self.pop_screen()

    def _load_ahead(self, *rooms: str) -> None:
        """Load what is likely to be opened next, one room after the other: whoever looks something up goes between."""
        from screens.frame.catalogue import load

        if rooms:
            self.work(partial(load, rooms[0]), lambda _: self._load_ahead(*rooms[1:]), self.say_next)
        else:
            gc.freeze()
            self._begin_daily_work()

    def _begin_daily_work(self) -> None:
        """The work of the day, in a thread of its own: neither keys nor the end of the program wait for it."""
        register = self._open_register()
        if not register.is_practice:
            Thread(target=self._do_daily_work, args=(register,), name="daily", daemon=True).start()

    def _do_daily_work(self, register: "Register") -> None:
        from pxtui.daily import TASKS, News

        for task, failure in TASKS:
            try:
                news = task(register, self._now())
            except Exception as fault:  # whatever it is, the clerk goes on and is told
                news = News(failure + self._sentence_of(fault))
            if news is not None:
                self.post_message(self.Answered(partial(self._tell, news)))

    def _tell(self, news: "News") -> None:
        is_desk = isinstance(self.screen, StepScreen) and self.screen.name_in_keymap == "desk"
        if is_desk or not news.for_the_desk:
            self.say_next(news.sentence)

    def asked(self, function: "Callable[..., Answer]", arguments: tuple[object, ...]) -> Answer:
        """Look something up in the register."""
        with self._open_register().reading(self._acting()) as context:
            return function(context, *arguments)

    def acted(self, function: "Callable[..., Answer]", arguments: tuple[object, ...]) -> Answer:
        """Act in the register: one transaction."""
        return self._open_register().act(self._acting(), function, arguments)

    def acted_signed(self, password: str, function: "Callable[..., Answer]", arguments: tuple[object, ...]) -> Answer:
        """Act in the register after the password was given for it."""
        from pxtui.casework.staff import sign_in

        register = self._open_register()
        return register.act(sign_in.confirmed(register, self._acting(), password), function, arguments)

    def probe(self) -> None:
        """Ask the database whether it can be written."""
        with self._open_register().writing(self._acting()):
            pass

    def stands(self, doubt: tuple[int, bytes]) -> bool:
        """Whether a transaction is stored whose end was not answered."""
        return self._open_register().stands(doubt)

    def draft_kept(self, screen: str, number: str, draft: dict[str, Any] | None) -> None:
        """Put a draft on the disk, or take it away."""
        if self._drafts is None:
            return
        if draft is None:
            self._drafts.forget(screen, number)
        else:
            self._drafts.keep(draft)

    def draft_on_disk(self, screen: str, number: str) -> dict[str, Any] | None:
        """What an earlier session left unfinished."""
        return None if self._drafts is None else self._drafts.kept(screen, number)

    def keep_last_draft(self) -> None:
        """When the line drops, or somebody leaves at once."""
        # The page on top may be a help page: what was being typed is on one below it.
        drafts = [screen.draft() for screen in reversed(self.screen_stack) if isinstance(screen, StepScreen)]
        unfinished = [draft for draft in drafts if draft is not None]
        if self._drafts is not None and unfinished:
            self._drafts.keep_finally(unfinished[0])
        # The draft has the rows that are still being written too; waiting only spares the clerk the sight of them.
        self.wait_for_writes(_LAST_WRITES)

    def _now(self) -> datetime:
        return clock.now(self._practice_day)

    def _open_register(self) -> "Register":
        if self._office_register is None:
            raise Refused("台账还没有打开，请稍候。")
        return self._office_register

    def _acting(self) -> "Acting":
        from pxtui.casework.office.context import Acting

        assert self._clerk is not None
        return Acting(self._clerk, self._office, self._now(), self._token, only_office=self.only_office)


def _offices() -> list[tuple[str, str]]:
    """Code and name of every office that can have a register."""
    from pxtui.policy.parameters import shipped_rulebook

    return [(code, office.short_name) for code, office in shipped_rulebook().latest.offices.items()]


def open_desk(
    clerk: str | None = None,
    place: Home | None = None,
    practice_day: date | None = None,
    served: Served | None = None,
) -> int:
    """Run the program in this terminal, for the clerk of that name; the exit code.

    Args:
        place: the data folder; None: the one that `PXTUI_HOME` names.
        practice_day: the day on which is practised; None: the one that `PXTUI_TODAY` names, else today.
        served: over the line of a server; None: on the clerk's own machine.

    Raises:
        PxtuiError: there is no terminal to draw on.
    """
    return run_in_terminal(lambda: Pxtui(place or home(), clerk, practice_day or clock.practice_day(), served))


def run_in_terminal(made: "Callable[[], Pxtui]") -> int:
    """Run a program that `made` makes in this terminal; the exit code.

    Raises:
        PxtuiError: there is no terminal to draw on.
    """
    require_terminal()
    keep_private()
    app = made()
    app.run(mouse=False)
    is_at_work = app.finish_work()
    for sentence in filter(None, (app.fault_sentence, app.farewell, app.away.farewell)):
        print(sentence, file=sys.stderr)
    if is_at_work:
        # The interpreter would wait for what nobody waits for any more; what a transaction has begun is taken back.
        sys.stderr.flush()
        end_children()
        os._exit(app.return_code or 0)
    return app.return_code or 0
