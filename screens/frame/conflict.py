"""Somebody else stored sooner: both values of each field side by side, and one key a field says which is taken."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from screens.frame.screen import Handlers, StepScreen
from screens.frame.storing import FieldConflict
from screens.terminal.theme import CAUTION, STRONG
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane
from screens.widgets.prose import Prose

_THEIRS, _MINE = "1", "2"
_DETAIL_HEIGHT = 5
_COLUMNS = (
    ListColumn("栏目", 14),
    ListColumn("原来", 12),
    ListColumn("1 同事存的", 0),
    ListColumn("2 您填的", 19),
    ListColumn("取", 6),
)


class Conflict(StepScreen):
    """The fields that a colleague changed while they were keyed here."""

    name_in_keymap = "conflict"

    def __init__(self, fields: Sequence[FieldConflict], then: Callable[[frozenset[str]], None]) -> None:
        """`then` hears the keys of the fields of which the colleague's value is taken."""
        super().__init__()
        self._fields = list(fields)
        self._then = then
        self._listing = Listing(_COLUMNS)
        self._detail = Prose()
        self._detail.styles.height = _DETAIL_HEIGHT

    def handlers(self) -> Handlers:
        """Store what was chosen."""
        return {**super().handlers(), "next": self.do_next}

    @property
    def pane(self) -> Pane:
        """The list."""
        return self._listing

    def body(self) -> Iterable[Pane]:
        """The fields, and the one under the cursor in full."""
        return (self._listing, self._detail)

    def opened(self) -> None:
        """Show what differs; the cursor is where something is to be chosen."""
        names = "、".join(dict.fromkeys(field.by.split(" ")[0] for field in self._fields))
        self.show_title(f"{names}先存了，{len(self._fields)}栏不同", "按1取同事存的，按2取您填的")
        self._go_to_open()
        self._show()
        self.say(self._what_is_left() or "您没有动过这几栏，取同事存的；按Enter存下，Esc回去接着改。")

    def typed(self, character: str) -> None:
        """A digit chooses, and goes on to what is still to be chosen."""
        if character not in (_THEIRS, _MINE):
            self.warn("请按1取同事存的，按2取您填的。")
            return
        at = self._listing.index
        self._fields[at] = replace(self._fields[at], takes_theirs=character == _THEIRS)
        self._go_to_open()
        self._show()
        self.say(self._what_is_left() or "都选好了，按Enter存下。")

    def after_key(self) -> None:
        """The field under the cursor is told in full."""
        self._show_detail()

    def do_next(self) -> None:
        """Enter."""
        if sentence := self._what_is_left():
            self._go_to_open()
            self._show()
            self.warn(sentence)
            return
        taken = frozenset(field.key for field in self._fields if field.takes_theirs)
        self.leave()
        self._then(taken)

    def do_back(self) -> None:
        """Esc: nothing is stored, and what was keyed stands as it did."""
        self.leave()
        self.counter.say_next("没有存下，您填的都还在；再存时还会对照。")

    def _what_is_left(self) -> str:
        left = sum(field.takes_theirs is None for field in self._fields)
        return f"还有{left}栏两人都改了，请逐栏按1或2。" if left else ""

    def _go_to_open(self) -> None:
        left = [place for place, field in enumerate(self._fields) if field.takes_theirs is None]
        if left:
            # Behind the cursor first: the fields are gone through from above.
            self._listing.index = next((place for place in left if place >= self._listing.index), left[0])

    def _show(self) -> None:
        self._listing.show(
            (field.label, field.was, field.theirs, field.mine, _choice(field.takes_theirs)) for field in self._fields
        )
        self._show_detail()

    def _show_detail(self) -> None:
        here = self._fields[self._listing.index]
        self._detail.show(
            (f"{here.label}　{here.by}改的", STRONG),
            f"  原来　　 {here.was or '（空白）'}",
            f"1 同事存的 {here.theirs or '（空白）'}",
            f"2 您填的　 {here.mine or '（空白）'}",
            ("还没有选", CAUTION) if here.takes_theirs is None else "",
        )

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "两人同时改了一件事：您打开以后同事先存了。这里逐栏列出原来的、同事存的和您填的，说明谁在什么时候改的。",
            "按1取同事存的，按2取您填的，上下键换一栏；同事改了而您没有动的先取同事存的。全部选好按Enter存下，"
            "Esc不存，回去接着改，您填的都还在。同事存的以前的内容记入办理记录，不会丢失。",
        )


def _choice(takes_theirs: bool | None) -> str:
    return "未选" if takes_theirs is None else "同事的" if takes_theirs else "您的"
