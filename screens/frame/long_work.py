"""Work that a clerk waits for: told on the message line once it takes long, and stopped with Esc."""

import time

from textual import events

from pxtui.progress import Watch
from screens.frame.takes_keys import TakesKeys, is_escape

_LONG = 1.0
"""Seconds; telling of what is done sooner would only flicker."""
_TOLD_EVERY = 0.5
"""Seconds."""


class LongWork:
    """From the moment the work is asked for until its answer is there."""

    def __init__(self, screen: TakesKeys, doing: str, given_up: str) -> None:
        """`doing`: what goes on, such as 正在导入; `given_up`: the sentence for whoever has stopped it."""
        self.watch = Watch()
        self.given_up = given_up
        self._screen = screen
        self._doing = doing
        self._is_told = False
        self._begun = time.monotonic()
        self._timer = screen.set_interval(_TOLD_EVERY, self._tell)

    def end(self) -> None:
        """The answer is there."""
        self._timer.stop()

    def is_stopped_by(self, event: events.Key | events.Paste) -> bool:
        """Whether a key has stopped it; only once that is told: until then Esc means what it always does."""
        if self._is_told and is_escape(event):
            self.watch.cancel()
            self._screen.say("正在取消")
            return True
        return False

    def _tell(self) -> None:
        seconds = time.monotonic() - self._begun
        if seconds >= _LONG and not self.watch.is_cancelled:
            self._is_told = True
            far = f"{self.watch.done}/{self.watch.total}" if self.watch.total else f"{seconds:.0f}秒"
            self._screen.say(f"{self._doing} {far}，按Esc取消")
