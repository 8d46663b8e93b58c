"""Rows on their way into a register whose database goes away: none is lost, doubled or overtaken."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from pxtui.casework.roster.undo import RowChange
from screens.entry.effects import RowStored
from screens.roster.row_writes import RowWrite, RowWrites


@dataclass
class Job:
    """What was handed to the thread that writes."""

    changes: tuple[RowChange, ...]
    then: Callable[[str], None]
    failed: Callable[[str], None]
    away: Callable[[], None]

    @property
    def rows(self) -> list[int]:
        return [change.position for change in self.changes]


@dataclass
class Screen:
    """A sheet, its app and the state of the line in one, as far as rows need them."""

    number: str = "2020-DQ-0001"
    today: date = date(2020, 3, 16)
    is_attached: bool = True
    jobs: list[Job] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    waits: int = 0

    @property
    def counter(self) -> "Screen":
        return self

    @property
    def away(self) -> "Screen":
        return self

    def wait_with(self, _: object) -> None:
        self.waits += 1

    def call_next(self, function: Callable[[], None]) -> None:
        function()

    def write(self, _act: object, _number: str, changes: tuple[RowChange, ...], **hears: Any) -> None:
        self.jobs.append(Job(changes, **hears))

    def keep_draft_now(self) -> None:
        pass

    def keep_draft(self) -> None:
        pass

    def set_timer(self, _seconds: float, _function: object) -> None:
        pass

    def say_next(self, sentence: str) -> None:
        self.said.append(sentence)

    tell_refused = say_next


@pytest.fixture
def screen() -> Screen:
    """A roster that is being keyed."""
    return Screen()


@pytest.fixture
def writes(screen: Screen) -> RowWrites:
    """Its rows."""
    return RowWrites(screen, lambda _: None, lambda: None)  # type: ignore[arg-type]


def _key(writes: RowWrites, place: int) -> None:
    effect = RowStored(place, {"name": "王伟"}, joined=False, undoing=False, redoing=False)
    writes.add(RowWrite.of(effect, is_new=True))
    writes.send()


def test_what_is_keyed_while_the_database_is_away_waits_behind_what_came_to_nothing(
    screen: Screen, writes: RowWrites
) -> None:
    _key(writes, 0)
    _key(writes, 1)
    screen.jobs.pop(0).away()
    screen.jobs.pop(0).away()
    _key(writes, 2)
    assert (screen.jobs, writes.rows_waiting, writes.places) == ([], 3, {0, 1, 2})
    assert "3处未存" in writes.title_addition
    requests = [write["request"] for write in writes.as_draft()["unstored"]]
    writes.again()
    (job,) = screen.jobs
    assert (job.rows, [change.request for change in job.changes]) == ([0, 1, 2], requests)


def test_what_is_keyed_while_the_database_is_getting_them_comes_behind_them(screen: Screen, writes: RowWrites) -> None:
    _key(writes, 0)
    screen.jobs.pop().away()
    writes.again()
    waits = screen.waits
    _key(writes, 1)
    writes.again()
    assert (len(screen.jobs), screen.waits) == (1, waits)
    screen.jobs.pop().then("10:00")
    assert screen.jobs[0].rows == [1]
    screen.jobs.pop().then("10:00")
    assert screen.said == ["台账已恢复，2行已写入。"]
    assert (writes.rows_waiting, writes.title_addition) == (0, "  已存10:00")
    _key(writes, 2)
    assert screen.jobs.pop().rows == [2]


def test_it_may_go_away_again_meanwhile(screen: Screen, writes: RowWrites) -> None:
    _key(writes, 0)
    for _ in range(2):
        screen.jobs.pop().away()
        writes.again()
    screen.jobs.pop().then("10:00")
    assert (screen.said, writes.rows_waiting) == (["台账已恢复，1行已写入。"], 0)


def test_many_are_written_some_at_a_time_so_that_others_get_their_turn(screen: Screen, writes: RowWrites) -> None:
    _key(writes, 0)
    screen.jobs.pop().away()
    for place in range(1, 45):
        _key(writes, place)
    writes.again()
    written: list[int] = []
    while screen.jobs:
        job = screen.jobs.pop()
        assert len(job.rows) <= 20
        written += job.rows
        job.then("10:00")
    assert written == list(range(45))


def test_what_is_refused_when_it_is_back_stays_in_the_draft_and_is_told(screen: Screen, writes: RowWrites) -> None:
    _key(writes, 0)
    _key(writes, 1)
    screen.jobs.pop(0).away()
    screen.jobs.pop(0).away()
    writes.again()
    screen.jobs.pop().failed("李四正在录入这份花名册，请等他离开后再改。")
    assert screen.said == ["李四正在录入这份花名册，请等他离开后再改。未存的2行留在草稿里。"]
    assert len(writes.as_draft()["unstored"]) == 2
    assert "2处没有存下，按F5再存" in writes.title_addition
