"""Changes of a roster on their way into the register: until they are there, they ride in the draft."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

from pxtui.casework.roster import undo as roster_undo
from pxtui.casework.roster.edits import Manner
from pxtui.casework.roster.undo import ChangeKind, RowChange
from screens.entry.effects import Row, RowInserted, RowRemoved, RowStored
from screens.frame.sheet import SheetScreen
from screens.roster.columns import to_trainee

_AT_ONCE = 20
"""Changes in one transaction after the database was away."""
_SLOW = 0.3
"""Seconds, after which the title says that rows are on their way; sooner it would only flicker."""


@dataclass(frozen=True, slots=True)
class RowWrite:
    """A change as the sheet made it: texts only, so that a draft can hold it."""

    request: str
    kind: str
    position: int
    values: Row | None
    manner: str

    @classmethod
    def of(cls, effect: RowStored | RowInserted | RowRemoved, *, is_new: bool = False) -> "RowWrite":
        """What an effect of the engine asks for, under a key of its own.

        `is_new`: the row was the empty one behind the last. It is inserted, so that it never takes the place of
        a row that somebody else keyed meanwhile.
        """
        key = secrets.token_hex(8)
        again = Manner.REDOING if effect.redoing else Manner.KEYED
        manner = (Manner.UNDOING if effect.undoing else again).value
        if isinstance(effect, RowRemoved):
            return cls(key, ChangeKind.REMOVE.value, effect.index, None, manner)
        if is_new or isinstance(effect, RowInserted):
            return cls(key, ChangeKind.INSERT.value, effect.index, effect.values, manner)
        return cls(
            key, ChangeKind.PUT.value, effect.index, effect.values, Manner.JOINED.value if effect.joined else manner
        )

    def change(self, today: date) -> RowChange:
        """The change as casework takes it."""
        trainee = None if self.values is None else to_trainee(self.values, today)
        return RowChange(self.request, ChangeKind(self.kind), self.position, trainee, Manner(self.manner))


class RowWrites:
    """Changes that the register has not stored yet, in their order. What one key changes goes in one transaction."""

    def __init__(
        self, screen: SheetScreen, stored: Callable[[tuple[RowWrite, ...]], None], title: Callable[[], None]
    ) -> None:
        """`stored` hears what has arrived, if the screen still stands; `title` draws the `title_addition` anew."""
        self._screen = screen
        self._tell = stored
        self._title = title
        self._unstored: dict[str, RowWrite] = {}
        self._waiting: list[RowWrite] = []
        self._refused = False
        self._is_away = False
        """The database was lost with changes on their way; until it has them all, none overtakes another."""
        self._is_catching_up = False
        """The database is back, and is getting them."""
        self._caught_up_with = 0
        self._stored_at = ""

    def __bool__(self) -> bool:
        return bool(self._unstored)

    @property
    def rows_waiting(self) -> int:
        """How many changes the register has not."""
        return len(self._unstored)

    @property
    def places(self) -> set[int]:
        """The rows that came to nothing so far, as they stood when they were changed."""
        if not (self._is_away or self._refused):
            return set()
        return {write.position for write in self._unstored.values() if write.values is not None}

    def add(self, write: RowWrite) -> None:
        """A change is to be stored, with all others of the same key."""
        self._unstored[write.request] = write
        if not self._waiting:
            self._screen.counter.call_next(self.send)
        self._waiting.append(write)

    def send(self) -> None:
        """Send what waits: first into the draft, then to the register. The answer counts even without the screen."""
        writes, self._waiting = tuple(self._waiting), []
        if not writes:
            return
        self._screen.keep_draft_now()
        if self._is_away:
            # While the database is getting those before them, they come by themselves.
            if not self._is_catching_up:
                self._screen.counter.away.wait_with(self)
            self._tell_unstored()
            return
        self._store(writes, self._arrived)
        if self._screen.is_attached:
            self._screen.set_timer(_SLOW, self._tell_slow)

    def _store(self, writes: tuple[RowWrite, ...], arrived: Callable[[tuple[RowWrite, ...], str], None]) -> None:
        changes = tuple(write.change(self._screen.today) for write in writes)
        self._screen.counter.write(
            roster_undo.make_all,
            self._screen.number,
            changes,
            then=partial(arrived, writes),
            failed=self._not_taken,
            away=self._lost,
        )

    def _lost(self) -> None:
        """The database is away: whether it has the changes or not, they are asked for again when it is back."""
        self._is_away, self._is_catching_up = True, False
        self._screen.counter.away.wait_with(self)
        self._tell_unstored()

    def again(self) -> None:
        """It is back: it gets some at a time, in their order, and others between; what it has is not done twice."""
        if self._is_catching_up:
            return
        self._refused, self._is_catching_up, self._caught_up_with = False, True, 0
        self._go_on()

    def _go_on(self) -> None:
        some = tuple(islice(self._unstored.values(), _AT_ONCE))
        if some:
            self._store(some, self._caught_up)
            return
        self._is_away = self._is_catching_up = False
        self._screen.counter.say_next(f"台账已恢复，{self._caught_up_with}行已写入。")

    def _caught_up(self, writes: tuple[RowWrite, ...], stored_at: str) -> None:
        self._caught_up_with += len(writes)
        self._arrived(writes, stored_at)
        self._go_on()

    def _tell_unstored(self) -> None:
        if self._screen.is_attached:
            self._title()

    def take_draft(self, kept: Iterable[Mapping[str, Any]]) -> None:
        """Go on with what an earlier session had on its way, and with what was refused."""
        for values in kept:
            self._unstored.setdefault(values["request"], RowWrite(**values))
        self._refused = self._is_away = False
        self._waiting = list(self._unstored.values())
        self.send()

    def as_draft(self) -> dict[str, Any]:
        """For the draft; empty where nothing is on its way."""
        return {"unstored": [asdict(write) for write in self._unstored.values()]} if self._unstored else {}

    @property
    def title_addition(self) -> str:
        """For the title: whether everything is stored, and since when."""
        if self._is_away:
            return f"  {len(self._unstored)}处未存"
        if self._refused:
            return f"  {len(self._unstored)}处没有存下，按F5再存"
        return "  正在存" if self._unstored else f"  已存{self._stored_at}" if self._stored_at else ""

    def _tell_slow(self) -> None:
        if self._unstored:
            self._title()

    def _arrived(self, writes: tuple[RowWrite, ...], stored_at: str) -> None:
        for write in writes:
            self._unstored.pop(write.request, None)
        self._stored_at = stored_at
        self._screen.keep_draft()
        if self._screen.is_attached:
            self._tell(writes)

    def _not_taken(self, sentence: str) -> None:
        """Changes were refused: they stay in the draft, and F5 asks for them again."""
        self._refused = True
        if self._is_away:
            # Somebody else may have taken the roster over meanwhile.
            self._is_away = self._is_catching_up = False
            sentence = f"{sentence}未存的{len(self._unstored)}行留在草稿里。"
        self._screen.tell_refused(sentence)
