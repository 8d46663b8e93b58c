"""Which version of the program made a register and which one took it over later, told from its journal."""

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
"""As it stands in the journal."""
NOBODY = "程序"
"""In the place of a clerk's name: a register is upgraded when it is opened, before anybody has said who sits there."""


def is_noted(session: Session) -> bool:
    """Whether the register says that this version of the program wrote it last."""
    return session.get_one(Register, 1).schema_note == __version__


def note(context: Context, backup: Path | None) -> None:
    """Enter that this version of the program goes on with the register, unless that stands there already.

    `backup`: the copy that was made before the tables were changed; None where they were not.
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
    """A line for the making of the register and for each upgrade, the oldest first, and one for this program."""
    acts = col(JournalEntry.action).in_([Act.REGISTER_CREATE, Act.REGISTER_UPGRADE])
    for entry in context.session.exec(select(JournalEntry).where(acts).order_by(col(JournalEntry.id))):
        yield f"{entry.at.astimezone(CHINA):%Y-%m-%d %H:%M} {entry.staff_name} {entry.summary}"
    yield f"现用{THIS_PROGRAM}，台账结构{HEAD}"
