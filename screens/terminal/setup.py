"""Cures for what terminals and slow lines do to a stock Textual program. Import this before textual."""

import os
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

from pxtui.environment import forget_settings
from pxtui.errors import Refused

_HUNG_UP = 129
_LEAVE_SCREEN = b"\x1b[?2004l\x1b[?25h\x1b[0m\x1b[?1049l"
_LONGEST_DEAF = 1.5
"""Seconds after which a main thread that takes no signal is not waited for any more."""
_A_MOMENT = 0.1
_NOT_DRAWN_ON = ("dumb", "unknown")
"""Rich knows them as terminals that cannot move the cursor, and Textual draws nothing on them but its first page."""
_is_ending = threading.Event()


def prepare_environment() -> None:
    """Set what Textual reads when it is imported.

    A slow line splits an escape sequence: 250 ms keep its halves together. The Kitty protocol garbles what some
    terminals commit from an input method.
    """
    forget_settings()
    os.environ["ESCDELAY"] = "250"
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    # A key that follows another one waits for the next frame: 16 ms at Textual's 60 a second.
    os.environ["TEXTUAL_FPS"] = "120"


def require_terminal() -> None:
    """Let nothing be drawn where nothing can be.

    Raises:
        PxtuiError: there is no terminal, or one that cannot move its cursor.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused("柜台须在终端里打开，请在终端窗口运行 pxtui；脚本请用 pxtui --help 里的命令。")
    if (kind := os.environ.get("TERM", "").lower()) in _NOT_DRAWN_ON:
        raise Refused(
            f"终端类型是{kind}，柜台在里面画不出来；请换一个终端窗口，或先运行 export TERM=xterm 再运行 pxtui。"
        )


def save_on_hangup(save: Callable[[], None]) -> None:
    """When the line drops or the program is told to end: save, give the terminal back, and be gone.

    A handler of the event loop would come too late: under a flood of input the loop hangs and saves nothing.
    """
    before = _terminal_modes()

    def end(number: int, _frame: FrameType | None) -> None:
        # A closed terminal is told more than once: by the shell, by the system, by the read end.
        _is_ending.set()
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        try:
            save()
        finally:
            with suppress(Exception):
                end_children()
                if number != signal.SIGHUP:
                    _give_back_terminal(before)
            os._exit(_HUNG_UP if number == signal.SIGHUP else 128 + number)

    signal.signal(signal.SIGHUP, end)
    signal.signal(signal.SIGTERM, end)


def hang_up() -> None:
    """End as a hang-up signal does; called in another thread than the main one, once the terminal is known to be gone.

    Under `make`, or where a script leads the session, the signal reaches the leader alone, which waits for us.
    """
    main_thread = threading.main_thread().ident
    end = time.monotonic() + _LONGEST_DEAF
    while main_thread is not None and not _is_ending.is_set() and time.monotonic() < end:
        signal.pthread_kill(main_thread, signal.SIGHUP)
        _is_ending.wait(_A_MOMENT)
    if not _is_ending.is_set():
        # Nothing but the key under way is lost: drafts are on the disk by then.
        os._exit(_HUNG_UP)


def end_children() -> None:
    """Nobody waits any more for what a child reads; where no system tells who they are they end by their limits."""
    for listed in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            for child in listed.read_text().split():
                os.kill(int(child), signal.SIGKILL)


def _terminal_modes() -> list[int | list[bytes | int]] | None:
    try:
        return termios.tcgetattr(sys.__stdin__)  # type: ignore[arg-type]
    except (termios.error, ValueError, OSError):
        return None


def _give_back_terminal(modes: list[int | list[bytes | int]] | None) -> None:
    if modes is None:
        return
    # Line input, echo and signals on again: what raw mode took away.
    modes[0] = int(modes[0]) | termios.ICRNL | termios.IXON  # type: ignore[arg-type]
    modes[1] = int(modes[1]) | termios.OPOST  # type: ignore[arg-type]
    modes[3] = int(modes[3]) | termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN  # type: ignore[arg-type]
    os.write(2, _LEAVE_SCREEN)
    termios.tcsetattr(0, termios.TCSANOW, modes)
