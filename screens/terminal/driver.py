"""The driver: the terminal as Textual uses it, with our own reading of it and an end when it is gone."""

import codecs
import os
import select

from textual.drivers.linux_driver import LinuxDriver
from textual.events import CursorPosition
from textual.message import Message

from screens.terminal.keyboard import Keyboard
from screens.terminal.setup import hang_up
from screens.terminal.widths import ANSWERED_IN_LINE, QUESTION

_LONGEST_READ = 4096
_LOOK = 0.1
"""Seconds after which it is looked whether a sequence goes on that was begun, and whether the terminal is there."""
_EMPTY_READS = 3
"""So many reads without a byte, one after the other, come from a terminal that is gone, and fewer from a Ctrl+D."""


class AmbiguousMeasured(Message):
    """The terminal has said how wide it draws ambiguous characters."""

    def __init__(self, cells: int) -> None:
        """`cells`: 1 or 2."""
        super().__init__()
        self.cells = cells


class CounterDriver(LinuxDriver):
    """What is no text passes: a byte that is no UTF-8, as from a GBK terminal, is the key `replacement_character`."""

    def start_application_mode(self) -> None:
        """Ask, too, how wide ambiguous characters are; the answer comes between the keys, whenever it does."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._writer_thread is not None:
            self.write(QUESTION)
            self.flush()

    def process_message(self, message: Message) -> None:
        """Take a report of the cursor for the answer that it is."""
        if not isinstance(message, CursorPosition):
            super().process_message(message)
        elif message.y == ANSWERED_IN_LINE and message.x in (1, 2):
            super().process_message(AmbiguousMeasured(message.x))

    def run_input_thread(self) -> None:
        """Read until the program ends or the terminal is gone."""
        keyboard = Keyboard(self._debug)
        decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        parent = os.getppid()
        empty_reads = 0
        while not self.exit_event.is_set():
            data = self._read()
            if data is not None:
                empty_reads = 0 if data else empty_reads + 1
            if empty_reads >= _EMPTY_READS or self._is_left_behind(parent):
                hang_up()
                return
            if data:
                for message in keyboard.feed(decode(data)):
                    self.process_message(message)
            elif data is not None:
                self.exit_event.wait(_LOOK)
            for message in keyboard.tick():
                self.process_message(message)

    def _read(self) -> bytes | None:
        """What has come; None where nothing has in a while, no bytes where nothing will."""
        if not select.select([self.fileno], [], [], _LOOK)[0]:
            return None
        try:
            return os.read(self.fileno, _LONGEST_READ)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def _is_left_behind(self, parent: int) -> bool:
        """Whether whoever started the program is gone and has left the terminal to somebody else."""
        if os.getppid() == parent:
            return False
        try:
            return os.tcgetpgrp(self.fileno) != os.getpgrp()
        except OSError:
            return True
