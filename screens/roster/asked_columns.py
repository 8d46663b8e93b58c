"""Reading a roster from outside; where two columns could be one field, the clerk is asked which is the trainee's."""

from collections.abc import Callable, Mapping
from functools import partial

from pxtui.casework.check.roster_import import RosterReading, UndecidedColumns
from screens.frame.screen import StepScreen

_HEADING_CHARACTERS = 6

Readings = tuple[RosterReading, ...]


def read_or_ask(
    screen: StepScreen,
    read: Callable[..., Readings],
    then: Callable[[Readings], None],
    chosen: Mapping[str, str] | None = None,
) -> None:
    """Read, and hand the readings to `then`; Esc at a question leaves everything as it was.

    Args:
        read: takes `chosen`, field to the letter of its column.
        chosen: what the clerk has decided so far.
    """
    known = chosen or {}

    def attempt() -> Readings | UndecidedColumns:
        try:
            return read(chosen=known)
        except UndecidedColumns as undecided:
            return undecided

    def go_on(found: Readings | UndecidedColumns) -> None:
        if not isinstance(found, UndecidedColumns):
            then(found)
            return
        screen.ask(
            _question(found),
            lambda letter: read_or_ask(screen, read, then, {**known, found.field: letter.upper()}),
            check=partial(_fault, found),
        )

    screen.work(attempt, go_on, hold=True)


def _question(undecided: UndecidedColumns) -> str:
    """Short enough for the message line: of each column its letter, its heading and how its first cell ends."""
    columns = " ".join(
        f"{column.letter}{column.heading[:_HEADING_CHARACTERS]}{'已隐藏' * column.is_hidden}“{column.sample}”"
        for column in undecided.columns
    )
    return f"本人的{undecided.meaning}是哪列？{columns} 列号："


def _fault(undecided: UndecidedColumns, letter: str) -> str:
    letters = [column.letter for column in undecided.columns]
    return "" if letter.upper() in letters else f"只能键入{'或'.join(letters)}，Esc不导入"
