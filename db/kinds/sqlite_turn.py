"""Writers of a file are served in turn: SQLite itself lets each try again by chance, and some for ever.

Whoever wants to write stands in a queue of the kernel's, and its head alone asks SQLite. What is locked for that is the
folder of the file: no further file lies beside a register, and SQLite's own locks on it stay, which a process loses as
soon as it closes any descriptor of the file. The queue is no lock of the register: who cannot stand in it, or stood in
it too long, asks SQLite without it.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def in_turn(folder: Path, seconds: float) -> Iterator[bool]:
    """Wait for one's turn among those who write in a folder; the next one's is behind the block.

    The end of a killed program ends its turn and its place.

    Args:
        seconds: how long at most.

    Yields:
        Whether one is at the head. Not: it took too long, or there is no queue, as on some shares and on Windows.
    """
    descriptor = _opened(folder)
    if descriptor is None:
        yield False
        return
    gone = threading.Event()
    try:
        yield _is_head(descriptor, gone, seconds)
    finally:
        gone.set()
        _let_go(descriptor)


def _opened(folder: Path) -> int | None:
    if os.name != "posix":
        return None
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None


def _is_head(descriptor: int, gone: threading.Event, seconds: float) -> bool:
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        # The kernel keeps the order and knows no end of patience: a thread waits in its queue, and may be left there.
        outcome: list[bool] = []
        waiting = threading.Thread(target=_wait, args=(os.dup(descriptor), gone, outcome), daemon=True)
        waiting.start()
        waiting.join(seconds)
        return outcome == [True]
    except OSError:
        return False
    return True


def _wait(descriptor: int, gone: threading.Event, outcome: list[bool]) -> None:
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        outcome.append(True)
    except OSError:
        outcome.append(False)
    finally:
        # Whoever has gone has let go of the lock before it was his.
        if gone.is_set():
            _let_go(descriptor)
        else:
            os.close(descriptor)


def _let_go(descriptor: int) -> None:
    import fcntl

    # Said, and not only left to the closing: a forked program has the descriptor too and would keep the turn.
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)
