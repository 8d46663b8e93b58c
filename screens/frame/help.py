"""F1: what the screen is for, and all its keys, from the same registry as the key bar."""

from screens.frame.keymap import commands_of, key_name
from screens.frame.screen import StepScreen
from screens.terminal.plain import fitted
from screens.terminal.theme import HEAD
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose

_NAMES_WIDTH = 17


class Help(StepScreen):
    """The help of one screen."""

    name_in_keymap = "help"

    def __init__(self, about: str, texts: tuple[str, ...]) -> None:
        super().__init__()
        self._about = about
        self._texts = texts
        self._prose = Prose()

    @property
    def pane(self) -> Pane:
        """The text."""
        return self._prose

    def opened(self) -> None:
        """Tell it all."""
        self.show_title("帮助")
        keys: list[Paragraph] = []
        for command in commands_of(self._about):
            names = key_name(command.key) + (f" 或 {key_name(command.also)}" if command.also else "")
            keys.append(f"{fitted(names, _NAMES_WIDTH)}{command.label}：{command.help}")
        general = "方向键移动，Tab到每一栏，Enter走最短的路；PgUp、PgDn翻页。"
        self._prose.show(*self._texts, *([""] if self._texts else []), ("按键", HEAD), *keys, general)

    def do_help(self) -> None:
        """Already here."""
        self.leave()
