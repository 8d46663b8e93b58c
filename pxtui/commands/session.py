"""How a command gets at the register: opened for it, closed after it, and who acts in it."""

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import Annotated

import typer
from sqlmodel import Session

from pxtui import clock
from pxtui.casework.office.acting import Acting
from pxtui.casework.office.register import acting_as, open_register
from pxtui.home import home

As = Annotated[str | None, typer.Option("--as", metavar="NAME", help="由谁办理；只有一人时可省略。")]
Number = Annotated[str, typer.Argument(metavar="N", help="案件编号，如2020-DQ-0017。")]


@contextmanager
def reading() -> Iterator[Session]:
    """The register, to look something up."""
    register = open_register(home(), clock.now())
    try:
        with register.reading() as session:
            yield session
    finally:
        register.close()


@contextmanager
def writing(name: str | None) -> Iterator[tuple[Session, Acting]]:
    """The register and who acts: one transaction, stored whole or not at all; what is printed in it comes after."""
    now = clock.now()
    register = open_register(home(), now)
    # Nobody shall read that something is done before it is, and a reader who goes away shall undo nothing.
    told = StringIO()
    try:
        with register.writing() as session, redirect_stdout(told):
            yield session, acting_as(session, name, now)
    finally:
        register.close()
    print(told.getvalue(), end="")
