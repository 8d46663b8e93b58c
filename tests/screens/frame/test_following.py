"""Lists follow the register by a thread that listens, draws nothing by itself and rests while the page is locked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from pxtui.home import Home
from screens.frame import following
from screens.frame.app import Counter
from screens.frame.following import Following


class Line:
    """What is listened to: it says what it is told to, then does something else."""

    def __init__(self, *answers: bool | Exception | Callable[[], bool]) -> None:
        self.answers = list(answers)
        self.opened = self.closed = 0

    @contextmanager
    def listen(self) -> Iterator["Line"]:
        """Open it."""
        self.opened += 1
        yield self
        self.closed += 1

    def wait(self, seconds: float) -> bool:
        """The next answer."""
        assert seconds == following.LISTEN_SECONDS
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer() if callable(answer) else answer


class Told(Following):
    """Without a program to tell."""

    def __init__(self, told: Callable[[], None]) -> None:
        super().__init__(Counter(Home(Path("none"))))
        self._note = told

    def tell(self) -> None:
        """Only note it."""
        self._note()


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "REST_SECONDS", 0)
    monkeypatch.setattr(following, "_AGAIN_SECONDS", 0)


def followed(line: Line) -> int:
    """How often something was told, until the last answer ends it."""
    told: list[int] = []
    thread = Told(lambda: told.append(1))

    def end() -> bool:
        thread.end()
        return False

    line.answers.append(end)
    thread.run(line.listen)
    return len(told)


def test_each_change_is_told_and_nothing_where_nothing_was_stored() -> None:
    assert followed(Line(False, True, False, True)) == 2
    assert followed(Line(False, False)) == 0


def test_a_line_that_broke_is_opened_again_and_what_was_missed_is_told() -> None:
    line = Line(False, OSError("gone"), False)
    assert followed(line) == 1
    assert line.opened == 2


def test_while_the_page_is_locked_nothing_is_open_and_behind_it_everything_is_told() -> None:
    told: list[str] = []
    closed = Event()
    line = Line()
    thread = Told(lambda: told.append("changed"))

    def lock() -> bool:
        thread.pause()
        return False

    def unlocked() -> bool:
        told.append("listened")
        thread.end()
        return False

    line.answers = [lock, unlocked]
    held = thread._is_awake.wait

    def wait_awake(timeout: float | None = None) -> bool:
        if not thread._is_awake.is_set():
            assert line.closed == line.opened == 1
            closed.set()
            thread.go_on()
        return held(timeout)

    thread._is_awake.wait = wait_awake  # type: ignore[method-assign]
    thread.run(line.listen)
    assert closed.is_set()
    assert told == ["changed", "listened"]
