"""The register of a command: opened for one transaction and closed after it, with the acting clerk."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import Annotated

import typer

from pxtui import clock
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register, open_register
from pxtui.home import home

As = Annotated[str | None, typer.Option("--as", metavar="NAME", help="由谁办理；只有一人时可省略。")]
Number = Annotated[str, typer.Argument(metavar="N", help="案件编号，如2020-DQ-0017。")]


@contextmanager
def reading() -> Iterator[Context]:
    """The context of a read-only transaction."""
    day = clock.practice_day()
    now = clock.now(day)
    register = open_register(home(), now, practice_day=day)
    _tell_late(register)
    try:
        with register.reading(register.nobody(now)) as context:
            yield context
    finally:
        register.close()


@contextmanager
def writing(name: str | None, *, accepts_clock: bool = False) -> Iterator[Context]:
    """The context of a write transaction of the clerk `name`; what is printed in it appears after the commit.

    `accepts_clock`: see `Register.writing`.
    """
    day = clock.practice_day()
    now = clock.now(day)
    register = open_register(home(), now, practice_day=day)
    _tell_late(register)
    # Nobody shall read that something is done before it is, and a reader who goes away shall undo nothing.
    printed = StringIO()
    try:
        acts = register.writing(register.seated(name, now), accepts_clock=accepts_clock)
        with acts as context, redirect_stdout(printed):
            yield context
    finally:
        register.close()
    print(printed.getvalue(), end="")


def _tell_late(register: Register) -> None:
    """Say what became of files of earlier acts; beside what is asked for, not in it."""
    for sentence in register.told_late:
        print(sentence, file=sys.stderr)
