"""The register of a command: opened for one transaction and closed after it, with the acting clerk."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from datetime import datetime
from io import StringIO
from typing import Annotated

import typer

from pxtui import clock
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.staff import sign_in
from pxtui.commands import keyed_passwords
from pxtui.errors import Refused
from pxtui.home import home
from pxtui.server_login import server_login

As = Annotated[str | None, typer.Option("--as", metavar="NAME", help="由谁办理；只有一人时可省略。")]
Number = Annotated[str, typer.Argument(metavar="N", help="案件编号，如2020-DQ-0017。")]


@contextmanager
def starting(name: str | None) -> Iterator[tuple[Register, sign_in.Seat, datetime]]:
    """The register before anybody is signed in, whose seat it is, and now."""
    day = clock.practice_day()
    now = clock.now(day)
    register = open_register(home(), now, practice_day=day)
    try:
        yield register, sign_in.seat(register, server_login(), name, now), now
    finally:
        register.close()


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
def writing(name: str | None, *, accepts_clock: bool = False, sets_password: bool = False) -> Iterator[Context]:
    """The context of a write transaction of the clerk `name`; what is printed in it appears after the commit.

    In a register with passwords the clerk gives his own first.

    Args:
        accepts_clock: see `Register.writing`.
        sets_password: the command sets another password, as somebody must whose password was set by somebody else.
    """
    day = clock.practice_day()
    now = clock.now(day)
    register = open_register(home(), now, practice_day=day)
    _tell_late(register)
    # Nobody shall read that something is done before it is, and a reader who goes away shall undo nothing.
    printed = StringIO()
    try:
        acting = _signed_in(register, name, now, sets_password=sets_password)
        acts = register.writing(acting, accepts_clock=accepts_clock)
        with acts as context, redirect_stdout(printed):
            yield context
    finally:
        register.close()
    print(printed.getvalue(), end="")


@contextmanager
def signed_in_often(name: str | None) -> Iterator[tuple[Register, Callable[[], Acting]]]:
    """The register, and who acts in it at the present moment, for a command of many transactions.

    In a register with passwords the clerk gives his own first, once.
    """
    day = clock.practice_day()
    register = open_register(home(), clock.now(day), practice_day=day)
    _tell_late(register)
    try:
        acting = _signed_in(register, name, clock.now(day), sets_password=False)
        yield register, lambda: replace(acting, at=clock.now(day))
    finally:
        register.close()


def _signed_in(register: Register, name: str | None, at: datetime, *, sets_password: bool) -> Acting:
    """Who acts, by name alone where that is enough, else by the password.

    Raises:
        PxtuiError: somebody else is logged in, the password is wrong, or it must be changed first.
    """
    seat = sign_in.seat(register, server_login(), name, at)
    if seat.by_name_alone:
        return register.seated(seat.name, at)
    if seat.name is None:
        raise Refused("请用 --as 姓名 说明由谁办理，再输入口令。")
    if seat.is_first:
        raise Refused("台账还没有登录口令，请先设：运行 pxtui 打开柜台，或 pxtui staff password --first。")
    signed_in = sign_in.sign_in(register, seat.name, keyed_passwords.password(f"{seat.name}的口令："), at)
    if signed_in.told:
        print(signed_in.told, file=sys.stderr)
    if signed_in.must_change and not sets_password:
        raise Refused("口令要先改：请运行 pxtui staff password，或打开柜台改。")
    return signed_in.acting


def _tell_late(register: Register) -> None:
    """Say what became of files of earlier acts; beside what is asked for, not in it."""
    for sentence in register.told_late:
        print(sentence, file=sys.stderr)
