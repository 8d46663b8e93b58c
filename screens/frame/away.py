"""Whether the register's database answers; what came to nothing meanwhile is done once it does, in its order."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, repeat
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Protocol

from pxtui.errors import DatabaseAway, PxtuiError
from screens.frame.takes_keys import TakesKeys

if TYPE_CHECKING:
    from screens.frame.app import Counter

_PAUSES = (0.5, 1.0, 2.0)
"""Seconds before each question whether it is back; the last one `_PATIENCE` times more, then `_LATER_PAUSE`."""
_PATIENCE, _LATER_PAUSE = 30, 5.0
_NOT_DONE = "台账连不上，没有办理；恢复后会提示，请再办。"
_BACK, _STANDS, _GONE = "台账已恢复。", "断开时的那一步已经存下，不要再办。", "断开时的那一步没有存下，请再办一次。"
_UNKNOWN = "断开时的那一步存下没有没能查明，请先查看再办。"
_IN_DOUBT = "台账断开了，这一步存下没有还不知道；恢复后会核对并提示。"


class Unwritten(Protocol):
    """Rows that stand in a draft and go into the register by themselves when it is back."""

    @property
    def rows_waiting(self) -> int:
        """How many."""

    def again(self) -> None:
        """The database is back: let it have them."""


class Away:
    """The state of the line to the database, for the threads that ask and the screens that tell.

    Once it was lost nobody but the thread that looks for it asks any more: whoever does is refused at once, keys wait
    for no line, and nothing overtakes what was to be stored before it.
    """

    def __init__(self, counter: "Counter") -> None:
        """`counter`: the app."""
        self._counter = counter
        self._lock = Lock()
        self._is_away = False
        self._turn = 0
        self._doubts: list[tuple[int, bytes]] = []
        """Transactions whose end was not answered."""
        self._waiting: list[Unwritten] = []
        self._reason = ""
        self.ended = Event()
        """Set when the program ends."""

    @property
    def reason(self) -> str:
        """What the database said, for whoever looks after it; empty where it answers."""
        return self._reason if self._is_away else ""

    @property
    def is_away(self) -> bool:
        """Whether it does not answer."""
        return self._is_away

    @property
    def turn(self) -> int:
        """Counts how often it came back: what was asked for before that is not done behind what is done after it."""
        return self._turn

    @property
    def sentence(self) -> str:
        """What the message line says as long as it says nothing else; empty where the database answers."""
        if not self._is_away:
            return ""
        if rows := self._rows_waiting:
            return f"台账连不上，{rows}行在本机草稿，恢复后自动写入。"
        return "台账连不上，正在自动重连，恢复后会提示。"

    @property
    def farewell(self) -> str:
        """What is said when the program ends before it is back; empty where nothing waits."""
        rows = self._rows_waiting
        return f"台账连不上，{rows}行还在本机草稿里，下次打开时接着写入。" if rows else ""

    @property
    def _rows_waiting(self) -> int:
        return sum(unwritten.rows_waiting for unwritten in self._waiting)

    @contextmanager
    def watched(self, turn: int) -> Iterator[None]:
        """Around whatever asks the database; called in its thread.

        Raises:
            DatabaseAway: it is, or was since that turn.
        """
        with self._lock:
            if self._is_away or turn != self._turn:
                raise DatabaseAway(_NOT_DONE)
        try:
            yield
        except DatabaseAway as fault:
            self._lost(fault)
            raise

    def told(self, fault: DatabaseAway) -> str:
        """The fault in a sentence that fits the message line; as it is where nobody looks for the database."""
        if fault.doubt is not None:
            return _IN_DOUBT
        return _NOT_DONE if self._is_away else fault.sentence

    def settle(self, fault: DatabaseAway) -> None:
        """When it is back, find out whether the act was stored, and tell."""
        if fault.doubt is not None:
            self._doubts.append(fault.doubt)

    def wait_with(self, unwritten: Unwritten) -> None:
        """Rows wait for the database; the message line counts them."""
        if not self._is_away:
            # It came back while a thread still waited for the line that broke.
            self._go_on(unwritten.again)
        elif unwritten not in self._waiting:
            self._waiting.append(unwritten)
        self._show()

    def _lost(self, fault: DatabaseAway) -> None:
        with self._lock:
            if self._is_away:
                return
            self._is_away, self._reason = True, fault.sentence
        Thread(target=self._look_for_it, name="away", daemon=True).start()
        self._go_on(self._show)

    def _look_for_it(self) -> None:
        pauses = chain(_PAUSES, repeat(_PAUSES[-1], _PATIENCE), repeat(_LATER_PAUSE))
        while not self.ended.wait(next(pauses)):
            try:
                self._counter.probe()
            except DatabaseAway:
                continue
            except PxtuiError:
                # It answers, whatever else it refuses.
                pass
            self._go_on(self._came_back)
            return

    def _came_back(self) -> None:
        with self._lock:
            self._is_away = False
            self._turn += 1
        self._show()
        if (screen := self._on_top()) is not None:
            screen.database_back()
        rows = self._rows_waiting
        waiting, self._waiting = self._waiting, []
        for unwritten in waiting:
            unwritten.again()
        say = self._counter.say_next
        say(f"台账已恢复，正在写入{rows}行。" if rows else _BACK)
        if self._doubts:
            self._counter.behind.begin("doubts", lambda _: self._settled(), say, say)

    def _settled(self) -> str:
        """What became of the acts in doubt; called in a thread."""
        said = set()
        while self._doubts:
            try:
                with self.watched(self._turn):
                    said.add(_STANDS if self._counter.stands(self._doubts[0]) else _GONE)
            except DatabaseAway:
                # Asked for again when it is back.
                return self.sentence
            except PxtuiError:
                said.add(_UNKNOWN)
            self._doubts.pop(0)
        return _BACK + "".join(sorted(said))

    def _show(self) -> None:
        if (screen := self._on_top()) is not None:
            screen.show_away()

    def _on_top(self) -> TakesKeys | None:
        screen = self._counter.screen
        return screen if isinstance(screen, TakesKeys) else None

    def _go_on(self, function: Callable[[], None]) -> None:
        """In the screens' own thread, also while the program is locked."""
        self._counter.post_message(self._counter.Answered(function, waits=False))
