"""Work that goes on behind the screens, each in a thread of its own: a backup takes minutes, and the clerk goes on.

Neither keys nor other answers wait for it, nor does the end of the program; what it leaves unfinished must be no harm.
"""

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

from pxtui.progress import Watch

Answer = TypeVar("Answer")


class Behind:
    """What is at work, by name."""

    def __init__(
        self, answer: Callable[[Callable[[], None]], object], sentence_of: Callable[[BaseException], str]
    ) -> None:
        """`answer`: called in the thread, has the screens' own thread go on; `sentence_of`: a fault, for the clerk."""
        self._answer = answer
        self._sentence_of = sentence_of
        self._watches: dict[str, Watch] = {}

    def watch_of(self, name: str) -> Watch | None:
        """How far it is; None: it is not at work."""
        return self._watches.get(name)

    def begin(
        self,
        name: str,
        function: Callable[[Watch], Answer],
        then: Callable[[Answer], None],
        failed: Callable[[str], None],
    ) -> None:
        """Let it go on behind the screens; `then` or `failed` hears of its end, whichever screen is on top by then."""
        watch = self._watches[name] = Watch()

        def work() -> None:
            try:
                answer = function(watch)
            except Exception as fault:  # whatever it is, the clerk goes on and is told
                sentence = self._sentence_of(fault)
                self._answer(lambda: self._end(name, lambda: failed(sentence)))
            else:
                self._answer(lambda: self._end(name, lambda: then(answer)))

        self.start(work)

    def _end(self, name: str, go_on: Callable[[], None]) -> None:
        del self._watches[name]
        go_on()

    def start(self, work: Callable[[], None]) -> None:
        """Start the thread."""
        Thread(target=work, name="behind", daemon=True).start()
