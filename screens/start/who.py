"""The first page where several people share a register: who sits here now."""

from collections.abc import Callable, Sequence

from screens.frame.screen import Handlers, StepScreen
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane

_COLUMNS = (ListColumn("编号", 4, right=True), ListColumn("姓名", 0))


class Who(StepScreen):
    """A list of names; Enter or a digit picks one."""

    name_in_keymap = "who"
    how_to_quit = "要退出，请按Esc。"

    def __init__(self, names: Sequence[str], chosen: Callable[[str], None]) -> None:
        """`chosen` hears the name."""
        super().__init__()
        self._names = names
        self._tell = chosen
        self._listing = Listing(_COLUMNS)

    def handlers(self) -> Handlers:
        """Enter for a name."""
        return {**super().handlers(), "sit": self.do_sit}

    @property
    def pane(self) -> Pane:
        """The list."""
        return self._listing

    def opened(self) -> None:
        """Ask."""
        self.show_title("请选择你是谁", "办理记录和文书会记下姓名")
        self._listing.show((str(number), name) for number, name in enumerate(self._names, start=1))

    def typed(self, character: str) -> None:
        """A digit picks at once."""
        if character.isascii() and character.isdigit() and 0 < int(character) <= len(self._names):
            self._tell(self._names[int(character) - 1])

    def do_sit(self) -> None:
        """Enter."""
        self._tell(self._names[self._listing.index])

    def do_back(self) -> None:
        """Esc."""
        self.app.exit(0)

    def wants_to_quit(self) -> None:
        """Nothing lies below."""
        self.app.exit(0)

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return ("几个人共用一个台账时，先选姓名（按编号或Enter）；也可用 pxtui --as 姓名 直接进入。",)
