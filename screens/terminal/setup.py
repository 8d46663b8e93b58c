"""Cures for what terminals and slow lines do to a stock Textual program. Import this before textual."""

import codecs
import functools
import os
import signal
import sys
import termios
from collections.abc import Callable
from types import FrameType

_OFFICE_SETTING = "TEXTUAL_COLOR_SYSTEM"
_HUNG_UP = 129
_LEAVE_SCREEN = b"\x1b[?2004l\x1b[?25h\x1b[0m\x1b[?1049l"


def prepare_environment() -> None:
    """Set what Textual reads when it is imported.

    A slow line splits an escape sequence: 250 ms keep its halves together. The Kitty protocol garbles what some
    terminals commit from an input method. Of Textual's other settings, which load code, write files and press keys,
    only the number of colours is an office's business.
    """
    for name in [name for name in os.environ if name.startswith("TEXTUAL") and name != _OFFICE_SETTING]:
        del os.environ[name]
    os.environ["ESCDELAY"] = "250"
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    # A key that follows another one waits for the next frame: 16 ms at Textual's 60 a second.
    os.environ["TEXTUAL_FPS"] = "120"


def forgive_foreign_bytes() -> None:
    """Let what is no text pass: a byte that is no UTF-8 ends the program no more, an unknown key types nothing.

    Such a byte, as from a GBK terminal, arrives as the key `replacement_character`.
    """
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver

    from screens.terminal.keyboard import Keyboard

    def forgiving(encoding: str) -> functools.partial[codecs.IncrementalDecoder]:
        return functools.partial(codecs.getincrementaldecoder(encoding), errors="replace")

    setattr(linux_driver, "getincrementaldecoder", forgiving)  # noqa: B010 - it is no public name
    setattr(linux_driver, "XTermParser", Keyboard)  # noqa: B010 - it is no public name


def save_on_hangup(save: Callable[[], None]) -> None:
    """When the line drops or the program is told to end: save, give the terminal back, and be gone.

    A handler of the event loop would come too late: under a flood of input the loop hangs and saves nothing.
    """
    before = _terminal_modes()

    def end(number: int, _frame: FrameType | None) -> None:
        try:
            save()
        finally:
            if number != signal.SIGHUP:
                _give_back_terminal(before)
            os._exit(_HUNG_UP if number == signal.SIGHUP else 128 + number)

    signal.signal(signal.SIGHUP, end)
    signal.signal(signal.SIGTERM, end)


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
