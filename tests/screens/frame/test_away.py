"""Whether the database answers: what is refused meanwhile, what comes after its return, and what became of acts."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import pytest

from pxtui.errors import DatabaseAway, Refused
from screens.frame import away as away_module
from screens.frame.away import Away

DOUBT = (7, b"mac")


@dataclass
class Desk:
    """As much of the app as it needs; its screen is none that takes keys."""

    refusals: list[Refused] = field(default_factory=list)
    """What the database says when it is asked, one after the other; then it answers."""
    is_stored: bool | None = True
    """None: the register is too busy to be asked."""
    said: list[str] = field(default_factory=list)
    due: list[Callable[[], None]] = field(default_factory=list)
    asked: int = 0
    screen: object = None

    class Answered:
        """What goes on in front."""

        def __init__(self, go_on: Callable[[], None], *, waits: bool) -> None:
            assert not waits
            self.go_on = go_on

    def post_message(self, message: Answered) -> None:
        self.due.append(message.go_on)

    def probe(self) -> None:
        self.asked += 1
        if self.refusals:
            raise self.refusals.pop(0)

    def stands(self, doubt: tuple[int, bytes]) -> bool:
        assert doubt == DOUBT
        if self.is_stored is None:
            raise Refused("台账正被另一处占用")
        return self.is_stored

    def say_next(self, sentence: str) -> None:
        self.said.append(sentence)

    @property
    def behind(self) -> "Desk":
        return self

    def begin(self, _: str, work: Callable[[object], str], then: Callable[[str], None], failed: object) -> None:
        then(work(None))

    def go_on(self) -> None:
        """What was posted is done."""
        while self.due:
            self.due.pop(0)()


@dataclass
class Rows:
    """Rows that wait in a draft."""

    rows_waiting: int
    times: int = 0

    def again(self) -> None:
        self.times += 1


@pytest.fixture(autouse=True)
def threads() -> Iterator[list[Callable[[], None]]]:
    """The threads that were begun; whoever wants one to run runs it."""
    begun: list[Callable[[], None]] = []

    class Begun:
        def __init__(self, target: Callable[[], None], **_: Any) -> None:
            begun.append(target)

        def start(self) -> None:
            pass

    with patch.object(away_module, "Thread", Begun), patch.object(away_module, "_PAUSES", (0.0, 0.0)):
        yield begun


def _lost(away: Away, doubt: tuple[int, bytes] | None = None) -> DatabaseAway:
    fault = DatabaseAway("连不上")
    fault.doubt = doubt
    with suppress(DatabaseAway), away.watched(away.turn):
        raise fault
    return fault


def _made(desk: Desk) -> Away:
    return Away(desk)  # type: ignore[arg-type]


def test_once_it_was_lost_one_thread_asks_and_everybody_else_is_refused_at_once(
    threads: list[Callable[[], None]],
) -> None:
    desk = Desk(refusals=[DatabaseAway("连不上"), DatabaseAway("连不上"), Refused("时钟不对")])
    away, done = _made(desk), []
    for _ in range(3):
        _lost(away)
    assert away.told(DatabaseAway("数据库连不上")) == "台账连不上，没有办理；恢复后会提示，请再办。"
    with pytest.raises(DatabaseAway, match="没有办理"), away.watched(away.turn):
        done.append("asked")
    assert (len(threads), done) == (1, [])
    assert away.sentence == "台账连不上，正在自动重连，恢复后会提示。"
    threads[0]()
    desk.go_on()
    assert (desk.asked, away.sentence, desk.said) == (3, "", ["台账已恢复。"])
    # Before anybody sits here, nobody looks for it.
    assert away.told(DatabaseAway("数据库连不上")) == "数据库连不上"
    with away.watched(away.turn):
        done.append("asked")
    assert done == ["asked"]


def test_what_was_asked_for_before_the_return_is_not_done_behind_what_comes_after_it(
    threads: list[Callable[[], None]],
) -> None:
    desk = Desk()
    away = _made(desk)
    early = away.turn
    _lost(away)
    threads[0]()
    desk.go_on()
    with pytest.raises(DatabaseAway), away.watched(early):
        pytest.fail("it would overtake what failed before it")


def test_rows_are_counted_and_asked_for_when_it_is_back(threads: list[Callable[[], None]]) -> None:
    desk, rows = Desk(), Rows(3)
    away = _made(desk)
    _lost(away)
    away.wait_with(rows)
    away.wait_with(rows)
    assert away.sentence == "台账连不上，3行在本机草稿，恢复后自动写入。"
    assert "3行还在本机草稿里" in away.farewell
    threads[0]()
    desk.go_on()
    assert (rows.times, desk.said, away.farewell) == (1, ["台账已恢复，正在写入3行。"], "")


def test_rows_whose_line_broke_only_after_the_return_are_asked_for_as_well() -> None:
    desk, rows = Desk(), Rows(1)
    _made(desk).wait_with(rows)
    desk.go_on()
    assert rows.times == 1


@pytest.mark.parametrize(
    ("is_stored", "sentence"),
    [
        (True, "断开时的那一步已经存下，不要再办。"),
        (False, "断开时的那一步没有存下，请再办一次。"),
        (None, "断开时的那一步存下没有没能查明，请先查看再办。"),
    ],
)
def test_what_became_of_an_act_in_doubt_is_told_when_it_is_back(
    is_stored: bool | None, sentence: str, threads: list[Callable[[], None]]
) -> None:
    desk = Desk(is_stored=is_stored)
    away = _made(desk)
    fault = _lost(away, DOUBT)
    assert away.told(fault) == "台账断开了，这一步存下没有还不知道；恢复后会核对并提示。"
    away.settle(fault)
    threads[0]()
    desk.go_on()
    assert desk.said == ["台账已恢复。", f"台账已恢复。{sentence}"]
