"""Program versions of a register: the version that made it and the later ones, read from its journal."""

from collections.abc import Iterator
from pathlib import Path

from sqlmodel import Session, col, select

from db.models import Act, JournalEntry, Register
from db.revision import HEAD
from pxtui import __version__
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA

THIS_PROGRAM = f"程序{__version__}"
"""Name of the running version in the journal."""
NOBODY = "程序"
"""Name of the acting person of an upgrade: a register is upgraded at its opening, before a clerk is known."""


def is_noted(session: Session) -> bool:
    """Whether the register's row names this version of the program as the last writer."""
    return session.get_one(Register, 1).schema_note == __version__


def note(context: Context, backup: Path | None) -> None:
    """Record this version of the program as the register's writer, unless it is recorded already.

    `backup`: the copy made before the upgrade of the tables; None where they were not upgraded.
    """
    register = context.session.get_one(Register, 1)
    # Asked again inside the transaction: two programs may open the register at once.
    if register.schema_note == __version__ and backup is None:
        return
    before = f"程序{register.schema_note}" if register.schema_note else "未记版本的程序"
    saved = "" if backup is None else f"，升级前的备份：{backup.name}"
    register.schema_note = __version__
    context.session.add(register)
    journal.record(context, None, Act.REGISTER_UPGRADE, f"台账由{before}改由{THIS_PROGRAM}使用（结构{HEAD}{saved}）")


def history(context: Context) -> Iterator[str]:
    """Lines in Chinese: the making of the register, each upgrade, the oldest first, and the running program."""
    acts = col(JournalEntry.action).in_([Act.REGISTER_CREATE, Act.REGISTER_UPGRADE])
    for entry in context.session.exec(select(JournalEntry).where(acts).order_by(col(JournalEntry.id))):
        yield f"{entry.at.astimezone(CHINA):%Y-%m-%d %H:%M} {entry.staff_name} {entry.summary}"
    yield f"现用{THIS_PROGRAM}，台账结构{HEAD}"
