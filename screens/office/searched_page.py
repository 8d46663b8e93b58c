"""A page of the office in which typing searches: F3 and any character begin it, Esc goes back to all."""

from screens.frame.screen import Handlers
from screens.office.list_page import Item, OfficePage


class SearchedPage(OfficePage[Item]):
    """`load` asks for what `search` means; empty: for all."""

    question = ""
    """What is asked, in Chinese."""

    def __init__(self) -> None:
        super().__init__()
        self.search = ""

    def handlers(self) -> Handlers:
        """Find."""
        return {**super().handlers(), "search": self.do_search}

    def typed(self, character: str) -> None:
        """Typing begins a search."""
        self.ask(self.question, self.search_for, begun=character)

    def do_search(self) -> None:
        """F3."""
        self.ask(self.question, self.search_for)

    def search_for(self, text: str) -> None:
        """Show what a text means."""
        self.search = text
        # Another list begins at its first row.
        self.items = ()
        self.load()

    def do_back(self) -> None:
        """Esc: first the search, then the page."""
        if self.search:
            self.search_for("")
        else:
            super().do_back()
