"""`pxtui` in which a function of its own fails: `python -m tests.support.faulty_program CALL WORDS…`, from 0.

The fault says everything that was known where it arose: all local values of all functions that were under way, as the
worst message would that somebody might write. With -1 nothing fails, and it says at its end how many calls there were.
"""

import atexit
import sys
import threading
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import FrameType

_ROOT = Path(__file__).parents[2]
_OURS = tuple(f"{_ROOT / hall}/" for hall in ("pxtui", "screens", "db"))
_BEFORE_ANYTHING = ("keep_private", "forget_settings", "_speak_utf8", "run", "main")
"""What runs before the program knows of any person; the first functions of `pxtui.cli`."""
_LONGEST = 4_000
"""Characters of one value."""


def _fail_at(call: int) -> None:
    numbers = count()

    def watch(frame: FrameType, event: str, _value: object) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(_OURS) or code.co_name in _BEFORE_ANYTHING:
            return
        if next(numbers) == call:
            raise RuntimeError(_all_that_is_known(frame))

    sys.settrace(watch)
    threading.settrace(watch)
    if call < 0:
        atexit.register(lambda: print(f"steps: {next(numbers)}"))


def _all_that_is_known(frame: FrameType) -> str:
    known = []
    at: FrameType | None = frame
    while at is not None:
        for name, value in at.f_locals.items():
            with suppress(Exception):
                known.append(f"{name} = {value!r}"[:_LONGEST])
        at = at.f_back
    return "; ".join(known)


if __name__ == "__main__":
    _, _call, *_words = sys.argv
    sys.argv = ["pxtui", *_words]
    from pxtui.cli import main

    _fail_at(int(_call))
    main()
