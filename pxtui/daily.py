"""What the program does by itself at the first start of a day: verify the register, back it up, let old data go.

In this order: what was altered past the program is found before it is copied, and the copy is made before data go.
"""

from collections.abc import Callable
from datetime import datetime

from pxtui.casework.keeping.backups import back_up_daily
from pxtui.casework.keeping.retention import run_daily
from pxtui.casework.office.register import Register
from pxtui.casework.verifying import whole

Task = Callable[[Register, datetime], str]
"""One of them; what is to be told of it, in a sentence, empty for nothing."""


def _verify(register: Register, at: datetime) -> str:
    return whole.verify_slowly(register.home, at.date()) if whole.is_due(register.home, at.date()) else ""


def _back_up(register: Register, at: datetime) -> str:
    back_up_daily(register.home, at)
    return ""


def _let_go(register: Register, at: datetime) -> str:
    run_daily(register, at)
    return ""


TASKS: tuple[tuple[Task, str], ...] = (
    (_verify, "今天的自动核验没有做成："),
    (_back_up, "今天的自动备份没有做成："),
    (_let_go, "到期的个人信息没有删成："),
)
"""Each with the words before the reason why it could not be done."""
