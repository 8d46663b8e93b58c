"""What stands on the terminal before the register is open."""

from collections.abc import Iterable

from textual import events

from screens.frame.screen import StepScreen
from screens.frame.takes_keys import LONG_WAIT, is_escape
from screens.widgets.pane import Pane, Piece


class Splash(StepScreen):
    """The first screen: the frame alone, while the register is opened behind it."""

    def __init__(self) -> None:
        super().__init__()
        self._pane = _Nothing()

    @property
    def pane(self) -> Pane:
        """Nothing yet."""
        return self._pane

    def opened(self) -> None:
        """Say what is under way."""
        self.say("正在打开台账")
        self.set_timer(LONG_WAIT, lambda: self.say("正在打开台账，请稍候；不等了按F12退出。"))

    @property
    def is_ready(self) -> bool:
        """What is typed ahead waits for the desk."""
        return False

    def leaves_by(self, event: events.Key | events.Paste) -> bool:
        """Esc has nothing else to go back to."""
        return is_escape(event) or super().leaves_by(event)

    def tell_waiting(self) -> None:
        """It tells by itself."""


class _Nothing(Pane):
    """An empty pane."""

    def pieces(self, y: int) -> Iterable[Piece]:
        """Blank."""
        return ()
