"""What the program does by itself at the first start of a day: verify the register, back it up, let old data go.

In this order: what was altered past the program is found before it is copied, and the copy is made before data go.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from pxtui.casework.keeping.backups import back_up_daily
from pxtui.casework.keeping.retention import run_daily
from pxtui.casework.office.register import Register
from pxtui.casework.verifying import whole


class News(NamedTuple):
    """What a task has to tell."""

    sentence: str
    for_the_desk: bool = False
    """It takes back what the desk said before; on other screens something else may stand there."""


Task = Callable[[Register, datetime], News | None]
"""One of them; None: there is nothing to tell."""


def _verify(register: Register, at: datetime) -> News | None:
    found = whole.verify_slowly(register.home, at.date()) if whole.is_due(register.home, at.date()) else ""
    return News(found) if found else None


def _back_up(register: Register, at: datetime) -> News | None:
    made = back_up_daily(register.home, at)
    return None if made is None else News("今天的备份已做好。", for_the_desk=True)


def _let_go(register: Register, at: datetime) -> None:
    run_daily(register, at)


TASKS: tuple[tuple[Task, str], ...] = (
    (_verify, "今天的自动核验没有做成："),
    (_back_up, "今天的自动备份没有做成："),
    (_let_go, "到期的个人信息没有删成："),
)
"""Each with the words before the reason why it could not be done."""
