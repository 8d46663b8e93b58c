"""`pxtui` that kills itself before one of its steps: a change of a file or folder, or a statement to a database.

Run as a program of its own: `python -m tests.support.stepwise_program STEP WORDS…`, steps counted from 0; with -1 it
says at its end how many there were.
"""

import atexit
import os
import signal
import sys

from sqlalchemy import event
from sqlalchemy.engine import Engine

_CHANGES = {"open", "os.mkdir", "os.rename", "os.link", "os.remove", "os.chmod", "os.truncate", "sqlite3.connect"}
"""Names of audit events, see the table in the documentation of Python."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def _kill_before(step: int) -> None:
    left = step

    def count() -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    def watch(name: str, arguments: tuple[object, ...]) -> None:
        if name not in _CHANGES:
            return
        flags = arguments[2] if name == "open" else _WRITING
        if isinstance(flags, int) and flags & _WRITING:
            count()

    sys.addaudithook(watch)
    event.listen(Engine, "before_cursor_execute", lambda *_: count())
    event.listen(Engine, "commit", lambda *_: count())
    if step < 0:
        atexit.register(lambda: print(f"steps: {step - left}"))


if __name__ == "__main__":
    _, _step, *_words = sys.argv
    sys.argv = ["pxtui", *_words]
    # What the interpreter writes at a first start is none of the steps.
    sys.dont_write_bytecode = True
    _kill_before(int(_step))
    from pxtui.cli import main

    main()
