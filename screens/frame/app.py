"""The Textual app: keys in their order, the register asked in threads, drafts, and faults without a traceback."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events
from textual.app import App
from textual.message import Message

from pxtui import faults
from pxtui.errors import DatabaseAway, PasswordWanted, PxtuiError
from pxtui.reach import Reach
from screens.entry.rows import SheetLeft
from screens.frame.away import Away
from screens.frame.behind import Behind
from screens.frame.kept_drafts import KeptDrafts
from screens.frame.standing import Standing as Standing
from screens.frame.takes_keys import LONG_WAIT, WAITS, TakesKeys, is_escape, is_quit_key
from screens.terminal.driver import CounterDriver
from screens.terminal.wire import Wire

if TYPE_CHECKING:
    from pxtui.home import Home
    from pxtui.policy.parameters import Rulebook

Answer = TypeVar("Answer")

_A_MOMENT = 0.005
_LONGEST_WRITE = 6.0
"""Seconds; a register that is locked is waited for five."""


class Counter(Wire, App[int]):
    """What every screen may ask of the app. Its register is opened and asked in threads, never on the screen's."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []  # noqa: RUF012 - Textual reads it; every key comes from the registry
    CSS = """
    Screen { layout: vertical; overflow: hidden; background: ansi_default; color: ansi_default; }
    #body { height: 1fr; width: 100%; padding: 0 1; }
    Pane { width: 100%; height: 1fr; }
    """

    standing: Standing | None = None
    reach: Reach = Reach()
    """Which files this session may read and write."""
    rulebook: "Rulebook"
    """The notices of the register that is open; there once somebody is seated."""
    rooms: Mapping[str, Callable[..., "TakesKeys"]] = {}
    """The screens by name; given by the app, so that no screen needs to know another."""

    class Answered(Message):
        """A thread is done: what to do with its answer."""

        def __init__(self, go_on: Callable[[], None], *, waits: bool = True) -> None:
            """`waits`: while the program is locked, it comes after that."""
            super().__init__()
            self.go_on, self.waits = go_on, waits

    def __init__(self, place: "Home") -> None:
        """`place`: the data folder of the register."""
        super().__init__(driver_class=CounterDriver)
        self.place = place
        self.theme = "ansi-dark"
        self.fault_sentence = ""
        self._writes_begun = self._writes_done = 0
        self._last_progress = 0.0
        """When a write ended, or began with none before it: seconds of the monotonic clock."""
        self._at_work: set[Future[Any]] = set()
        self._is_left = False
        self._is_waited_for = False
        self.sheets_left: dict[tuple[str, str], SheetLeft] = {}
        """By screen and case, sheets whose changes are in no journal: undo and redo go on when they open again."""
        self.case_at_hand = ""
        """The number of the case that was worked on last; the desk takes it up and forgets it."""
        self.only_office = ""
        """The code of the office whose cases alone are listed; empty: of all that are seen."""
        self.last_key = time.monotonic()
        """When somebody pressed a key: seconds of the monotonic clock."""
        self.is_locked = False
        self.behind = Behind(lambda go_on: self.post_message(self.Answered(go_on)), self._sentence_of)
        self._behind_the_lock: list[Counter.Answered] = []
        self._typed: deque[events.Key | events.Paste] = deque()
        # Writes wait for one another in the order of the keys; looking something up never waits for them.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="read")
        self._unfinished = KeptDrafts(self.draft_kept, self.draft_on_disk, self._tell_of_draft)
        self.away = Away(self)

    def open(self, room: str, *arguments: object) -> None:
        """Put a screen on top."""
        self.push_screen(self.rooms[room](*arguments))

    def go_on_to(self, room: str, *arguments: object) -> None:
        """Put a screen in the place of the one on top."""
        self.switch_screen(self.rooms[room](*arguments))

    def read(
        self,
        function: Callable[..., Answer],
        *arguments: object,
        then: Callable[[Answer], None],
        failed: Callable[[str], None],
    ) -> None:
        """Ask casework: `function(context, *arguments)` in a thread, `then` with its answer on the screen's."""
        turn = self.away.turn

        def ask() -> Answer:
            with self.away.watched(turn):
                return self.asked(function, arguments)

        self._in_thread(self._reader, ask, then, failed)

    def write(
        self,
        function: Callable[..., Answer],
        *arguments: object,
        then: Callable[[Answer], None],
        failed: Callable[[str], None],
        unsigned: Callable[[str], None] | None = None,
        away: Callable[[], None] | None = None,
        password: str = "",
    ) -> None:
        """Let casework act: `function(context, *arguments)` in one transaction, in the order of the calls.

        Args:
            unsigned: hears that the password is wanted for it, or that the one given was wrong; None: `failed` does.
            away: hears that the database is away, of an act that is asked for again by itself; None: `failed` does.
            password: of whoever sits here, for an act that signs.
        """
        if self._writes_done == self._writes_begun:
            self._last_progress = time.monotonic()
        self._writes_begun += 1
        draft, turn = self._unfinished.last, self.away.turn

        def act() -> Answer:
            # What is stored must not stand on the disk as unfinished: whoever resumes would store it again, by half.
            if draft is not None:
                wait((draft,))
            try:
                with self.away.watched(turn):
                    if password:
                        return self.acted_signed(password, function, arguments)
                    return self.acted(function, arguments)
            finally:
                self._writes_done += 1
                self._last_progress = time.monotonic()

        self._in_thread(self._writer, act, then, failed, unsigned, away)

    def wait_for_writes(self, seconds: float) -> None:
        """Wait until every row that was finished is stored; at the end of the program only, for it stops the screen."""
        end = time.monotonic() + seconds
        while self._writes_done < self._writes_begun and time.monotonic() < end:
            time.sleep(_A_MOMENT)

    def work(
        self, function: Callable[[], Answer], then: Callable[[Answer], None], failed: Callable[[str], None]
    ) -> None:
        """Do something long that needs no register, such as reading a workbook."""
        self._in_thread(self._reader, function, then, failed)

    def asked(self, function: Callable[..., Answer], arguments: tuple[object, ...]) -> Answer:
        """Run a look-up in the register; called in a thread."""
        raise NotImplementedError

    def acted(self, function: Callable[..., Answer], arguments: tuple[object, ...]) -> Answer:
        """Run an act in the register; called in a thread."""
        raise NotImplementedError

    def probe(self) -> None:
        """Ask the database whether it can be written; called in a thread."""
        raise NotImplementedError

    def stands(self, doubt: tuple[int, bytes]) -> bool:
        """Whether a transaction is stored whose end was not answered; called in a thread."""
        raise NotImplementedError

    def open_own_password(self) -> None:
        """Open the page on which whoever sits here sets another password."""
        raise NotImplementedError

    def acted_signed(self, password: str, function: Callable[..., Answer], arguments: tuple[object, ...]) -> Answer:
        """Run an act that signs, after the password; called in a thread."""
        raise NotImplementedError

    def try_password(
        self, function: Callable[[], Answer], then: Callable[[Answer], None], failed: Callable[[str], None]
    ) -> None:
        """Do what lets somebody in; its answer does not wait for the lock, which waits for it."""
        self._in_thread(self._reader, function, then, failed, waits=False)

    def unlock(self) -> None:
        """What was answered while the program was locked comes now."""
        self.is_locked = False
        answered, self._behind_the_lock = self._behind_the_lock, []
        for message in answered:
            message.go_on()

    async def on_event(self, event: events.Event) -> None:
        """Keys are taken here, one after another: a screen that opens gets what was typed after its opening."""
        if isinstance(event, events.Key | events.Paste):
            self.last_key = time.monotonic()
            if isinstance(self.screen, TakesKeys) and self.screen.stops_work(event):
                # Whoever wanted out before it was possible has got what she wanted.
                self._typed = deque(typed for typed in self._typed if not is_escape(typed))
                return
            if is_quit_key(event) and self.is_writing_long:
                self.leave_at_once()
                return
            self._typed.append(event)
            self.take_keys()
            self._look_after_keys()
        else:
            await super().on_event(event)

    def take_keys(self) -> None:
        """Give the keys that wait to the screen on top, as long as it can take them."""
        while self._typed and isinstance(screen := self.screen, TakesKeys) and screen.is_ready:
            screen.take(self._typed.popleft())

    def _look_after_keys(self) -> None:
        """Let whoever has pressed a key that nobody takes know why, once it takes long, or leave if it was for that."""

        def tell() -> None:
            self._is_waited_for = False
            if not self._typed or not isinstance(screen := self.screen, TakesKeys):
                return
            if screen.waits_long and any(map(screen.leaves_by, self._typed)):
                self.leave_at_once()
                return
            if screen.waits_long:
                screen.tell_waiting()
            self._look_after_keys()

        if self._typed and not self._is_waited_for:
            self._is_waited_for = True
            self.set_timer(LONG_WAIT, tell)

    @property
    def is_writing_long(self) -> bool:
        """Whether what is to be stored has not got on for a while."""
        return self._writes_done < self._writes_begun and time.monotonic() - self._last_progress > LONG_WAIT

    def leave_at_once(self) -> None:
        """End the program although it waits for something: what is unfinished is kept as when the line drops."""
        self._is_left = True
        try:
            self.keep_last_draft()
        except Exception as fault:
            self.fault_sentence = self._sentence_of(fault)
        self.exit(0)

    def keep_last_draft(self) -> None:
        """Put on the disk what is unfinished on any screen, the last that is written."""
        raise NotImplementedError

    def keep_draft(self, screen: str, number: str, draft: dict[str, Any] | None) -> None:
        """Keep what is unfinished on a screen of a case, or forget it; never in the way of the keys."""
        self._unfinished.keep(screen, number, draft)

    def _tell_of_draft(self, fault: BaseException) -> None:
        sentence = self._sentence_of(fault)
        self.post_message(self.Answered(lambda: self.say_next(sentence)))

    def kept_draft(self, screen: str, number: str) -> dict[str, Any] | None:
        """What was left unfinished on a screen of a case."""
        return self._unfinished.kept(screen, number)

    def draft_kept(self, screen: str, number: str, draft: dict[str, Any] | None) -> None:
        """Put a draft on the disk, or take it away; called in a thread."""
        raise NotImplementedError

    def draft_on_disk(self, screen: str, number: str) -> dict[str, Any] | None:
        """What an earlier session left unfinished."""
        raise NotImplementedError

    def say_next(self, sentence: str) -> None:
        """Say something on the screen that comes on top."""

        def say() -> None:
            if isinstance(self.screen, TakesKeys):
                self.screen.say(sentence)

        self.call_after_refresh(say)

    def on_counter_answered(self, message: Answered) -> None:
        """Go on where the thread ended; nothing is opened over the page that locks."""
        if self.is_locked and message.waits:
            self._behind_the_lock.append(message)
        else:
            message.go_on()

    def _in_thread(
        self,
        pool: ThreadPoolExecutor,
        function: Callable[[], Answer],
        then: Callable[[Answer], None],
        failed: Callable[[str], None],
        unsigned: Callable[[str], None] | None = None,
        away: Callable[[], None] | None = None,
        *,
        waits: bool = True,
    ) -> Future[Answer]:
        def ended(future: Future[Answer]) -> None:
            if future.cancelled():
                return
            fault = future.exception()
            if fault is None:
                self.post_message(self.Answered(lambda: then(future.result()), waits=waits))
            else:
                go_on = self._with_fault(fault, failed, unsigned, away)
                self.post_message(self.Answered(go_on, waits=waits))

        future = pool.submit(function)
        self._at_work.add(future)
        future.add_done_callback(self._at_work.discard)
        future.add_done_callback(ended)
        return future

    def _with_fault(
        self,
        fault: BaseException,
        failed: Callable[[str], None],
        unsigned: Callable[[str], None] | None,
        away: Callable[[], None] | None,
    ) -> Callable[[], None]:
        """How to go on with a fault: who hears of it."""
        if isinstance(fault, DatabaseAway):
            if away is not None:
                return away
            self.away.settle(fault)
        sentence = self._sentence_of(fault)
        hears = unsigned if unsigned is not None and isinstance(fault, PasswordWanted) else failed
        return lambda: hears(sentence)

    def _sentence_of(self, fault: BaseException) -> str:
        if isinstance(fault, DatabaseAway):
            return self.away.told(fault)
        return fault.sentence if isinstance(fault, PxtuiError) else faults.report(fault, self.place.fault_log)

    def after_writes(self, then: Callable[[], None]) -> None:
        """Go on when everything that was keyed is stored."""
        future = self._in_thread(self._writer, lambda: None, lambda _: then(), self.say_next)

        def tell() -> None:
            if not future.done() and isinstance(screen := self.screen, TakesKeys):
                screen.say(WAITS)

        if self._writes_done < self._writes_begun:
            self.set_timer(LONG_WAIT, tell)

    def finish_work(self) -> bool:
        """Wait until what was keyed is stored, unless that was given up; whether a thread is still at work."""
        while not self._is_left and self._writes_done < self._writes_begun:
            self._is_left = time.monotonic() - self._last_progress > _LONGEST_WRITE
            time.sleep(_A_MOMENT)
        self._writer.shutdown(wait=not self._is_left, cancel_futures=self._is_left)
        self._unfinished.end(wait=not self._is_left)
        self.away.ended.set()
        self._reader.shutdown(wait=False, cancel_futures=True)
        return bool(self._at_work)

    def _handle_exception(self, error: Exception) -> None:
        """End without a traceback: Textual's would show the values of variables, and so people's numbers."""
        self.fault_sentence = faults.report(error, self.place.fault_log)
        self._return_code = 1
        self._close_messages_no_wait()

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """A picture of the screen would be a file full of people's data."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Nothing on these screens opens a browser."""
