"""What the office's pages share: a list of what is there over the detail of the row under the cursor."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from screens.office.entry_form import Entry
from screens.office.one_list import OneList
from screens.widgets.pane import Pane
from screens.widgets.prose import Paragraph, Prose

Item = TypeVar("Item")

_DETAIL_HEIGHT = 4


class OfficePage(OneList, Generic[Item]):
    """A list; a key opens a form over it, and what it did is seen when the form is gone."""

    detail_height = _DETAIL_HEIGHT
    nothing = ""
    """What stands in the place of the detail where the list is empty: the key to begin with."""

    def __init__(self) -> None:
        super().__init__()
        self.detail = Prose()
        self.detail.styles.height = self.detail_height
        self.items: Sequence[Item] = ()
        self.sought = ""
        """The key of the item at which the cursor shall stand next."""

    def load(self) -> None:
        """Ask for the items; `show_items` hears them."""
        raise NotImplementedError

    def row(self, item: Item) -> tuple[str, ...]:
        """An item as a row of the list."""
        raise NotImplementedError

    def key_of(self, item: Item) -> str:
        """By what an item is found again when the list is read anew."""
        raise NotImplementedError

    def detail_of(self, item: Item) -> Iterable[Paragraph]:
        """What is said of the item under the cursor."""
        raise NotImplementedError

    def body(self) -> Iterable[Pane]:
        """The list and the detail."""
        return (self.listing, self.detail)

    def opened(self) -> None:
        """Ask for what is there."""
        self.load()

    def came_back(self) -> None:
        """A form has gone: it may have changed the list."""
        self.load()

    def follow_register(self) -> None:
        """A colleague may have changed the list."""
        self.fill_quietly(self.load)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these, with the cursor where it was or at the item that is sought."""
        sought = self.sought or (self.key_of(self.here) if self.items else "")
        self.sought, self.items = "", items
        keys = [self.key_of(item) for item in items]
        if sought in keys:
            self.listing.index = keys.index(sought)
        self.listing.show(map(self.row, items))
        self._tell()

    @property
    def here(self) -> Item:
        """The item under the cursor; only where there are items."""
        return self.items[self.listing.index]

    def with_here(self, then: Callable[[Item], None]) -> None:
        """Go on with the item under the cursor; say so where the list is empty."""
        if self.items:
            then(self.here)
        else:
            self.warn(self.nothing)

    def after_key(self) -> None:
        """The detail follows the cursor."""
        self._tell()

    def _tell(self) -> None:
        # Not on the message line: what was just done is said there.
        self.detail.show(*(self.detail_of(self.here) if self.items else (self.nothing,)))

    def ask_in_form(self, entry: Entry) -> None:
        """Open a form over the page."""
        self.counter.open("office_form", entry)

    def act(self, function: Callable[..., Any], *arguments: object, sentence: str) -> None:
        """Let casework act on what is under the cursor, then show the page anew and say what was done."""

        def done(_: object) -> None:
            self.load()
            self.say(sentence)

        self.write(function, *arguments, then=done, hold=True)
