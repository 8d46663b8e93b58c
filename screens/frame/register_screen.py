"""What a screen asks of the register and does in it, and the keys that wait for an answer."""

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from textual import events
from textual._styles_cache import StylesCache

from pxtui.casework.office import versions
from pxtui.casework.office.versions import Version
from pxtui.progress import Watch
from screens.frame.app import Counter
from screens.frame.long_work import LongWork
from screens.frame.takes_keys import LONG_WAIT, WAITS, TakesKeys

Answer = TypeVar("Answer")


class RegisterScreen(TakesKeys, inherit_bindings=False):
    """A screen that reads and writes through the app; answers come only as long as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self._held = 0
        """Answers that keys wait for."""
        self._waits_since = time.monotonic()
        """Since when they do, if they do; a screen that is not drawn yet has them wait, too."""
        self._long: LongWork | None = None
        self._unanswered: dict[Callable[..., object], Callable[[], None]] = {}
        """What was asked in vain while the database was away, the last of each kind."""
        self.is_opening = True
        """No key was taken yet: what is asked for is what the screen shows, and not what somebody once wanted."""
        self._is_quiet = False
        """It is filled anew by itself: no key waits for that, and nothing is drawn before the answer."""

    @property
    def counter(self) -> Counter:
        """The app."""
        app = self.app
        assert isinstance(app, Counter)
        return app

    def on_unmount(self) -> None:
        """The page goes, and with it what it has drawn: names and numbers of people among it."""
        # Textual knows the colours of the last 1,024 panes by the panes' own lines, and so keeps what they have drawn.
        StylesCache.get_inner_outer.cache_clear()

    def warn(self, text: str) -> None:
        """Tell what is wrong and what to do, with the bell."""
        raise NotImplementedError

    def ask_password(self, sentence: str, then: Callable[[str], None], left: Callable[[], None]) -> None:
        """Ask for the password of whoever sits here."""
        raise NotImplementedError

    def place_cursor(self) -> None:
        """Put the terminal's cursor where the next character will stand."""
        raise NotImplementedError

    def before_write(self) -> None:
        """Something is going to be written: what must be in the register before it goes first."""

    def read(
        self,
        function: Callable[..., Answer],
        *arguments: object,
        then: Callable[[Answer], None],
        hold: bool = False,
    ) -> None:
        """Ask casework; the answer comes only if the screen still stands.

        `hold`: keys typed meanwhile wait for the answer, because it decides what they mean.
        """
        if self._is_quiet:
            # What cannot be read now is told to whoever asks for it.
            self.counter.read(function, *arguments, then=self._answered(then, False), failed=lambda _: None)
            return
        again = partial(self.read, function, *arguments, then=then, hold=hold)
        is_opening = self.is_opening

        def unanswered() -> None:
            if is_opening:
                self._unanswered[function] = again

        failed = self._failed(hold, unanswered=unanswered)
        self.counter.read(function, *arguments, then=self._answered(then, hold), failed=failed)

    def database_back(self) -> None:
        """What could not be looked up is asked for again."""
        unanswered, self._unanswered = self._unanswered, {}
        for again in unanswered.values():
            again()

    def follow_register(self) -> None:
        """Another counter has stored something: a screen that shows a list of it asks anew, see `fill_quietly`."""

    def fill_quietly(self, load: Callable[[], None]) -> None:
        """Let the screen ask for what it shows as if nobody had noticed."""
        self._is_quiet = True
        try:
            load()
        finally:
            self._is_quiet = False

    def write(
        self,
        function: Callable[..., Answer],
        *arguments: object,
        then: Callable[[Answer], None],
        failed: Callable[[], None] = lambda: None,
        hold: bool = False,
    ) -> None:
        """Let casework act, in the order of the calls; `failed` hears of a refusal before the clerk does."""
        self.write_plainly(function, *arguments, then=then, failed=failed, hold=hold)

    def write_plainly(
        self,
        function: Callable[..., Answer],
        *arguments: object,
        then: Callable[[Answer], None],
        failed: Callable[[], None] = lambda: None,
        hold: bool = False,
    ) -> None:
        """The same where `write` holds what it stores against its version first, see `storing`."""
        self.before_write()
        self._act_in_register("", function, arguments, then, failed, hold)

    def decide_on(
        self,
        version: Version,
        what: str,
        function: Callable[..., Answer],
        *arguments: object,
        then: Callable[[Answer], None],
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        """Let casework act on what was shown, called `what` in Chinese, as long as it is that; keys wait for it."""

        self.write(
            versions.decide, version, what, versions.Bound(function, arguments), then=then, failed=failed, hold=True
        )

    def _act_in_register(
        self,
        password: str,
        function: Callable[..., Answer],
        arguments: tuple[object, ...],
        then: Callable[[Answer], None],
        failed: Callable[[], None],
        hold: bool,
    ) -> None:
        """Let casework act, and once more with the password where the act wants it."""

        def again(given: str) -> None:
            self._act_in_register(given, function, arguments, then, failed, hold)

        def unsigned(sentence: str) -> None:
            self._let_go(hold)
            if self.is_attached:
                self.ask_password(sentence, again, failed)
                self.place_cursor()
            self.counter.take_keys()

        self.counter.write(
            function,
            *arguments,
            then=self._answered(then, hold),
            failed=self._failed(hold, failed),
            unsigned=unsigned,
            password=password,
        )

    def try_password(self, function: Callable[[], Answer], then: Callable[[Answer], None]) -> None:
        """Do what lets somebody in; keys wait for it."""
        self.counter.try_password(function, self._answered(then, True), self._failed(True))

    def work(self, function: Callable[[], Answer], then: Callable[[Answer], None], *, hold: bool = False) -> None:
        """Do something long that needs no register."""
        self.counter.work(function, self._answered(then, hold), self._failed(hold))

    def long_work(self, doing: str, given_up: str) -> Watch:
        """What to hand to work that may take long and is asked for next, with `hold`; see `LongWork`."""
        self._long = LongWork(self, doing, given_up)
        return self._long.watch

    def stops_work(self, event: events.Key | events.Paste) -> bool:
        """Esc stops what takes long, and what cannot be stopped can be left."""
        if self._long is not None and self._long.is_stopped_by(event):
            return True
        if self.waits_long and self.leaves_by(event):
            self.counter.leave_at_once()
            return True
        return False

    @property
    def waits_long(self) -> bool:
        """Whether keys have waited for an answer for a while."""
        return not self.is_ready and time.monotonic() - self._waits_since > LONG_WAIT

    def tell_waiting(self) -> None:
        """Long work tells by itself."""
        if self._long is None and not self.is_ready:
            self.say(WAITS)

    @property
    def is_ready(self) -> bool:
        """Whether keys mean something now."""
        return self._held == 0

    def _let_go(self, hold: bool) -> LongWork | None:
        """An answer is there; the long work that has come to its end with it."""
        self._held -= hold
        if self._held or self._long is None:
            return None
        ended, self._long = self._long, None
        ended.end()
        return ended

    def _answered(self, then: Callable[[Answer], None], hold: bool) -> Callable[[Answer], None]:
        if hold and not self._held:
            self._waits_since = time.monotonic()
        self._held += hold

        def go_on(answer: Answer) -> None:
            self._let_go(hold)
            if self.is_attached:
                then(answer)
                self.place_cursor()
            self.counter.take_keys()

        return go_on

    def _failed(
        self, hold: bool, failed: Callable[[], None] = lambda: None, *, unanswered: Callable[[], None] | None = None
    ) -> Callable[[str], None]:
        def go_on(sentence: str) -> None:
            ended = self._let_go(hold)
            if self.is_attached:
                failed()
                if ended is not None and ended.watch.is_cancelled:
                    self.say(ended.given_up)
                elif unanswered is not None and self.counter.away.is_away:
                    # Whoever keys goes on, and hears no bell at every name that cannot be looked up.
                    unanswered()
                    self.show_away()
                else:
                    self.warn(sentence)
            self.counter.take_keys()

        return go_on
