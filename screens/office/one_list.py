"""A page that is one list."""

from screens.frame.screen import StepScreen
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane


class OneList(StepScreen):
    """The cursor is in the list."""

    columns: tuple[ListColumn, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.listing = Listing(self.columns)

    @property
    def pane(self) -> Pane:
        """The list."""
        return self.listing
