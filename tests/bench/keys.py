"""What keys cost: in the roster sheet, in a form, on the way from screen to screen, and when none is pressed."""

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from pxtui.policy.facts import Trainee
from tests.bench.table import Line, Report, spread
from tests.support.rosters import made_up_people, office_with_roster
from tests.support.timed_terminal import Answer, TimedTerminal

_KEYED = 4
"""New people keyed into each sheet."""
_FAR = 10_000
"""Where people begin who stand in no roster yet."""
_BEHIND_THE_KEYS = 0.3
"""Seconds without output after which a row is stored and checked, or a screen complete."""
_MOVES = 25
"""More than a page."""
_PAGES = 2
_FORM_FIELDS = 30
_IDLE_SECONDS = 5

_FINISHED = "the key that ends a row, until the row is stored and checked"

Answers = dict[str, list[Answer]]


def measured_keys() -> list[Report]:
    """Everything that a clerk presses."""
    with tempfile.TemporaryDirectory() as folder:
        small = office_with_roster(Path(folder) / "40", made_up_people(40))
        large = office_with_roster(Path(folder) / "2000", made_up_people(2000))
        return [_sheet(small, 40), _sheet(large, 2000), _screens(small)]


def _sheet(office: Path, rows: int) -> Report:
    answers: Answers = defaultdict(list)
    with TimedTerminal(office) as terminal:
        terminal.open_roster(rows)
        terminal.settle(_BEHIND_THE_KEYS)
        for index, person in enumerate(made_up_people(_KEYED, _FAR)):
            _key_person(terminal, person, answers, at_once=index % 2 == 0)
        terminal.key("ctrl+home")
        terminal.settle(_BEHIND_THE_KEYS)
        for _ in range(_MOVES):
            _move(terminal, "Down", "down", answers)
        terminal.key("ctrl+home")
        terminal.settle(_BEHIND_THE_KEYS)
        for _ in range(_PAGES):
            _move(terminal, "PgDn", "pagedown", answers)
        idle = _idle(terminal)
    first_words = spread([it.first_ms for it in answers[_FINISHED]], "ms")
    return Report(
        exact=[
            *(_bytes_line(f"{rows} rows: {what}", some, 100) for what, some in answers.items()),
            Line(f"{rows} rows: idle for {_IDLE_SECONDS} s", f"{idle} B", "0 B"),
        ],
        times=[
            *(_time_line(f"{rows} rows: {what}", some, 10) for what, some in answers.items()),
            Line(f"{rows} rows: the key that ends a row, until it is answered", first_words, "p95 10 ms"),
        ],
    )


def _key_person(terminal: TimedTerminal, person: Trainee, answers: Answers, *, at_once: bool) -> None:
    press = partial(_press, terminal, answers)
    if at_once:
        press("a name of 3 汉字 at once", lambda: terminal.type(person.name))
    else:
        for character in person.name:
            press("a 汉字 of a name", partial(terminal.type, character))
    press("Enter to the next field", lambda: terminal.key("enter"))
    for digit in person.id_number[:-1]:
        press("a digit of an ID number", partial(terminal.type, digit))
    press("the last digit of an ID number", lambda: terminal.type(person.id_number[-1]))
    for digit in person.phone[:-1]:
        press("a digit of a phone number", partial(terminal.type, digit))
    answers[_FINISHED].append(terminal.answer(lambda: terminal.type(person.phone[-1]), _BEHIND_THE_KEYS))


def _move(terminal: TimedTerminal, what: str, key: str, answers: Answers) -> None:
    first = terminal.line(5)[:5]
    answer = terminal.answer(lambda: terminal.key(key))
    is_scrolled = terminal.line(5)[:5] != first
    answers[f"{what} that scrolls" if is_scrolled else what].append(answer)


def _press(terminal: TimedTerminal, answers: Answers, what: str, act: Callable[[], None]) -> None:
    answers[what].append(terminal.answer(act))


def _idle(terminal: TimedTerminal) -> int:
    terminal.settle(_BEHIND_THE_KEYS)
    before = terminal.received
    terminal.watch_until(time.perf_counter() + _IDLE_SECONDS)
    return terminal.received - before


def _screens(office: Path) -> Report:
    tabs: Answers = defaultdict(list)
    opened: Answers = defaultdict(list)
    with TimedTerminal(office) as terminal:
        terminal.wait_for("录入1")
        opened["the roster"].append(terminal.answer(lambda: terminal.key("enter"), _BEHIND_THE_KEYS))
        for name, key in (("help", "f1"), ("papers", "f9"), ("menu", "f10"), ("the check", "f5")):
            opened[name].append(terminal.answer(partial(terminal.key, key), _BEHIND_THE_KEYS))
            opened[f"back from {name}"].append(terminal.answer(lambda: terminal.key("ctrl+b"), _BEHIND_THE_KEYS))
        terminal.key("ctrl+b")
        terminal.wait_for("案件")
        opened["the intake form"].append(terminal.answer(lambda: terminal.key("insert"), _BEHIND_THE_KEYS))
        for _ in range(_FORM_FIELDS):
            _move(terminal, "Tab in the intake form", "tab", tabs)
    return Report(
        exact=[
            *(_bytes_line(what, some, 250) for what, some in tabs.items()),
            *(_bytes_line(f"opened: {what}", some, 6000) for what, some in opened.items()),
        ],
        times=[
            *(_time_line(what, some, 10) for what, some in tabs.items()),
            *(_time_line(f"opened: {what}", some, 150) for what, some in opened.items()),
        ],
    )


def _bytes_line(what: str, answers: Sequence[Answer], budget: int) -> Line:
    sizes = [answer.size for answer in answers]
    return Line(what, f"p50 {median(sizes):.0f} B, most {max(sizes)} B", f"{budget} B")


def _time_line(what: str, answers: Sequence[Answer], budget: int) -> Line:
    return Line(what, spread([answer.last_ms for answer in answers], "ms"), f"p95 {budget} ms")
