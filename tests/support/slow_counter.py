"""The program over a database that takes half a second longer for everything: run as a program, in tests only."""

import sys
import time
from collections.abc import Callable

from pxtui import app
from screens.frame.app import Answer

DELAY_SECONDS = 0.5


class SlowCounter(app.Pxtui):
    """Whatever is asked of the register waits inside its transaction, as on a disk that many share."""

    def asked(self, function: Callable[..., Answer], arguments: tuple[object, ...]) -> Answer:
        """Look something up, slowly."""
        return super().asked(_slowed(function), arguments)

    def acted(self, function: Callable[..., Answer], arguments: tuple[object, ...]) -> Answer:
        """Act, slowly."""
        return super().acted(_slowed(function), arguments)


def _slowed(function: Callable[..., Answer]) -> Callable[..., Answer]:
    def later(*arguments: object) -> Answer:
        time.sleep(DELAY_SECONDS)
        return function(*arguments)

    return later


if __name__ == "__main__":
    app.Pxtui = SlowCounter  # type: ignore[misc]  # the program as it is, but for its archive
    sys.exit(app.open_desk())
