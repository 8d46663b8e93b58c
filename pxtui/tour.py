"""The guided tour: the real program over a register of its own that is gone when the tour is."""

import tempfile
from pathlib import Path

from textual import events

from pxtui.app import Pxtui, run_in_terminal
from pxtui.home import Home
from screens.frame.screen import StepScreen
from screens.frame.takes_keys import is_escape
from screens.guide.tour_steps import Progress

_LEAVE = "离开导览，录过的都不留下"
FAREWELL = "导览到此，什么都没有留下。想接着试，运行 pxtui demo：四十多件编造的案件，改坏了也不要紧。"


class Tour(Pxtui):
    """The program with two lines above the message line that say what is pressed next."""

    def __init__(self, place: Home, clerk: str) -> None:
        """`place`: the register of the tour; `clerk`: who sits there."""
        from pxtui.casework.practice.register import PRACTICE_DAY

        super().__init__(place, clerk, PRACTICE_DAY)
        self._progress = Progress()
        self.farewell = FAREWELL

    async def on_event(self, event: events.Event) -> None:
        """Esc leaves the tour, but where it is the key that the tour asks for or leads back to it."""
        if isinstance(event, events.Key) and is_escape(event) and (screen := self._left_by_escape()) is not None:
            screen.confirm(_LEAVE, lambda: self.exit(0))
            screen.place_cursor()
        else:
            await super().on_event(event)

    def _left_by_escape(self) -> StepScreen | None:
        """The screen on top, where Esc leaves the tour."""
        screen, step = self.screen, self._progress.step
        if not isinstance(screen, StepScreen) or screen.name_in_keymap != step.screen or screen.asks:
            return None
        return None if step.by_escape else screen

    def take_keys(self) -> None:
        """What a key has done may be the next step."""
        super().take_keys()
        self.call_after_refresh(self._look)

    def on_counter_answered(self, _: Pxtui.Answered) -> None:
        """So may what was asked for; Textual calls the method of the class above as well."""
        self.call_after_refresh(self._look)

    def _look(self) -> None:
        screen = self.screen
        if not isinstance(screen, StepScreen) or not screen.is_ready:
            return
        text = "\n".join(strip.text for strip in screen._compositor.render_strips())
        screen.show_guide(*self._progress.look(screen.name_in_keymap, text))


def run_tour() -> int:
    """Take the tour in this terminal; the exit code.

    Raises:
        PxtuiError: there is no terminal to draw on, or the disk refuses.
    """
    from pxtui import clock
    from pxtui.casework.practice.register import CLERK, PRACTICE_DAY
    from pxtui.casework.practice.tour import make_tour_register

    with tempfile.TemporaryDirectory(prefix="pxtui-tour-") as folder:
        place = Home(Path(folder) / "data")

        def made() -> Pxtui:
            print("正在准备导览，要几秒钟。", flush=True)
            make_tour_register(place, clock.now(PRACTICE_DAY))
            return Tour(place, CLERK)

        return run_in_terminal(made)
