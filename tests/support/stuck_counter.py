"""The program over a register that answers nothing as long as a file `stuck` lies in its folder: run in tests only."""

import sys
import time
from collections.abc import Callable

from pxtui import app
from pxtui.home import home
from screens.frame.app import Answer

_LOOK = 0.01


class StuckCounter(app.Pxtui):
    """Whatever is asked, acted or read waits, as for a lock, a disk or a share that does not answer."""

    def work(
        self, function: Callable[[], Answer], then: Callable[[Answer], None], failed: Callable[[str], None]
    ) -> None:
        """Do something long, once it is free."""
        super().work(_freed(function), then, failed)

    def asked(self, function: Callable[..., Answer], arguments: tuple[object, ...]) -> Answer:
        """Look something up, once it is free."""
        return super().asked(_freed(function), arguments)

    def acted(self, function: Callable[..., Answer], arguments: tuple[object, ...]) -> Answer:
        """Act, once it is free."""
        return super().acted(_freed(function), arguments)


def _freed(function: Callable[..., Answer]) -> Callable[..., Answer]:
    def later(*arguments: object) -> Answer:
        while (home().root / "stuck").exists():
            time.sleep(_LOOK)
        return function(*arguments)

    return later


if __name__ == "__main__":
    app.Pxtui = StuckCounter  # type: ignore[misc]  # the program as it is, but for its archive
    sys.exit(app.open_desk())
