"""What the previews of rosters and learning records share: rows over notes, and a warning before what is left out."""

from collections.abc import Iterable, Sequence

from screens.frame.case import CaseScreen
from screens.frame.screen import Handlers
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane
from screens.widgets.prose import Prose

_NOTES_HEIGHT = 8


class PreviewScreen(CaseScreen):
    """Rows as they would be taken, and below them notes; the cursor is in one of the two."""

    scrolling_keys = "上下键、PgUp、PgDn"

    def __init__(self, number: str, columns: Sequence[ListColumn]) -> None:
        super().__init__(number)
        self._listing = Listing(columns)
        self._notes = Prose()
        self._notes.styles.height = _NOTES_HEIGHT
        self._in_notes = False
        self._is_warned = self._was_just_warned = False

    def handlers(self) -> Handlers:
        """What was read is taken or looked at."""
        return {**super().handlers(), "take": self.do_take, "notes": self.do_notes}

    @property
    def pane(self) -> Pane:
        """The rows, or the notes below them."""
        return self._notes if self._in_notes else self._listing

    def body(self) -> Iterable[Pane]:
        """Rows above, notes below."""
        return (self._listing, self._notes)

    @property
    def is_warned(self) -> bool:
        """Whether the key before this one brought a warning."""
        return self._is_warned

    def warn_once(self, sentence: str) -> None:
        """Say what is left out or replaced; the same key, pressed next, does it."""
        self._was_just_warned = True
        self.warn(sentence)

    def do_take(self) -> None:
        """Enter; twice where something stays out or is replaced."""
        raise NotImplementedError

    def do_notes(self) -> None:
        """Tab: the cursor to the notes, and back to the rows."""
        self._in_notes = not self._in_notes
        where = "下面的说明" if self._in_notes else "上面的人员"
        self.say(f"{self.scrolling_keys}现在翻{where}；Tab换回。")

    def after_key(self) -> None:
        """A warning holds for the very next key."""
        self._is_warned, self._was_just_warned = self._was_just_warned, False

    def pressed(self, key: str) -> None:
        """Left and right scroll the notes from wherever the cursor is."""
        if key in ("left", "right"):
            self._notes.press("pageup" if key == "left" else "pagedown")
