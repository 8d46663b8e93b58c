"""Lists follow what other counters store: a thread listens, and the screen on top asks anew when something came."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event, Thread
from typing import Protocol

from screens.frame.app import Counter
from screens.frame.register_screen import RegisterScreen

LISTEN_SECONDS = 1.0
"""For how long it is listened at a time; the longest that a change in a file goes unheard."""
REST_SECONDS = 1.0
"""At least between two changes that are told: where many counters store, a list is read once for all of them."""
_AGAIN_SECONDS = 10.0
"""Until a database that does not answer is listened to anew."""


class Hears(Protocol):
    """Of what is stored."""

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; whether something was stored since it was asked last."""


class Following:
    """A thread that listens to the register. It asks nothing and draws nothing, and rests while the page is locked."""

    def __init__(self, counter: Counter) -> None:
        """`counter`: whose screen on top is told."""
        self._counter = counter
        self._is_awake = Event()
        self._is_awake.set()
        self._is_over = Event()

    def start(self, listen: Callable[[], AbstractContextManager[Hears]]) -> None:
        """Begin to listen; `listen` opens what is listened to."""
        Thread(target=self.run, args=(listen,), name="follow", daemon=True).start()

    def pause(self) -> None:
        """Listen no more, and let the connection go."""
        self._is_awake.clear()

    def go_on(self) -> None:
        """Listen again; what was stored meanwhile is told at once."""
        self._is_awake.set()

    def end(self) -> None:
        """For good."""
        self._is_over.set()
        self._is_awake.set()

    def tell(self) -> None:
        """Something was stored; called in the thread."""
        self._counter.post_message(Counter.Answered(self._follow_on_top))

    def _follow_on_top(self) -> None:
        if not isinstance(screen := self._counter.screen, RegisterScreen):
            return
        if screen.is_ready:
            screen.follow_register()
        else:
            # What it waits for may have been read before this was stored.
            self._counter.set_timer(REST_SECONDS, self._follow_on_top)

    def run(self, listen: Callable[[], AbstractContextManager[Hears]]) -> None:
        """Until it is over."""
        was_heard = True
        while self._is_awake.wait() and not self._is_over.is_set():
            try:
                with listen() as changes:
                    if not was_heard:
                        self.tell()
                    self._follow(changes)
            except Exception:  # whatever ended the line: nobody is told, lists are only not new until it is there again
                self._is_over.wait(_AGAIN_SECONDS)
            was_heard = False

    def _follow(self, changes: Hears) -> None:
        while self._is_awake.is_set() and not self._is_over.is_set():
            if changes.wait(LISTEN_SECONDS):
                self.tell()
                self._is_over.wait(REST_SECONDS)
