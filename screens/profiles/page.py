"""What the pages of people, enterprises and platforms share: facts above, lines to open, the line under the cursor."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pxtui.casework.lifecycle.stages import Stage
from screens.frame.prompt import reason_fault
from screens.frame.screen import Handlers, StepScreen
from screens.frame.steps import room_for
from screens.terminal.plain import wrapped
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose

_BELOW = 16
"""Lines that the frame, the lines of the page and the detail take at least."""
_DETAIL_HEIGHT = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page."""

    cells: tuple[str, ...]
    detail: tuple[Paragraph, ...] = ()
    """Said below while the cursor is on it."""
    room: str = ""
    """The screen that Enter opens, with `argument`; empty: none."""
    argument: object = None


class ProfilePage(StepScreen):
    """Facts about one subject, which is named by what the screen is opened with."""

    columns: tuple[ListColumn, ...] = ()
    what = ""
    """What the page is about, in Chinese."""

    def __init__(self, subject: Any) -> None:
        super().__init__()
        self.subject = subject
        self._facts = Prose()
        self._listing = Listing(self.columns)
        self._detail = Prose()
        self._detail.styles.height = _DETAIL_HEIGHT
        self._lines: Sequence[Line] = ()

    def handlers(self) -> Handlers:
        """Lines are opened."""
        return {**super().handlers(), "open": self.do_open}

    @property
    def pane(self) -> Pane:
        """The lines."""
        return self._listing

    def body(self) -> Iterable[Pane]:
        """Facts, lines, detail."""
        return (self._facts, self._listing, self._detail)

    def opened(self) -> None:
        """Ask for the page."""
        self.show_title(self.what)
        self.load()

    def came_back(self) -> None:
        """What was opened may have changed it."""
        self.load()

    def follow_register(self) -> None:
        """A colleague may have changed it."""
        self.fill_quietly(self.load)

    def load(self) -> None:
        """Ask for the page; `show_page` hears of it."""
        raise NotImplementedError

    def show_page(self, title: str, right: str, facts: Iterable[Paragraph], lines: Iterable[Line]) -> None:
        """Show a page."""
        self.show_title(title, right)
        facts = tuple(facts)
        self._facts.styles.height = self._lines_for(facts)
        self._facts.show(*facts)
        self._lines = tuple(lines)
        self._listing.show(line.cells for line in self._lines)
        self._tell()

    def _lines_for(self, facts: Iterable[Paragraph]) -> int:
        """As many as the facts need, as long as there is room for the lines of the page."""
        size = self.app.size
        texts = [fact if isinstance(fact, str) else fact[0] for fact in facts]
        needed = sum(len(wrapped(text, size.width - 2)) for text in texts)
        return max(1, min(needed, size.height - _BELOW)) + 1

    def after_key(self) -> None:
        """The detail follows the cursor."""
        self._tell()

    def _tell(self) -> None:
        self._detail.show(*(self._lines[self._listing.index].detail if self._lines else ("没有记录。",)))

    def do_open(self) -> None:
        """Enter."""
        here = self._lines[self._listing.index] if self._lines else Line(())
        if here.room:
            self.counter.open(here.room, here.argument)
        else:
            self.warn("这一行没有可打开的：其他部门的案件、清单里的记录只在这里列出。")

    def ask_to_open_in_full(self, function: Callable[..., str]) -> None:
        """Ctrl+C: ask why, then tell the full numbers until the next key; the register notes who looked."""

        def tell(reason: str) -> None:
            self.write(function, self.subject, reason, then=self.say, hold=True)

        self.ask("看全号的理由：", tell, check=reason_fault)


def case_line(cells: tuple[str, ...], detail: tuple[Paragraph, ...], number: str, stage: Stage | None) -> Line:
    """The line of a case, which opens at the step where it waits; not openable where the clerk does not see it."""
    if not number or stage is None:
        return Line(cells, detail)
    return Line(cells, detail, room_for(stage), number)
