"""Where the cursor stands when a roster opens: at the first cell or row that needs something."""

from collections.abc import Sequence

from screens.entry.effects import Row
from screens.entry.fields import Field
from screens.frame.sheet import SheetScreen


class Arrival:
    """The way to the first row that needs something. Once a key was pressed the cursor is the clerk's alone.

    Who types at once must not type over a person: no cell that is right is typed into before the cursor was moved.
    """

    def __init__(self, screen: SheetScreen) -> None:
        self._screen = screen
        self._waits_for_check = False
        self._brought_to: int | None = None
        """The row with nothing to be keyed in it to which the screen has moved."""

    def rows_came(self, rows: Sequence[Row], keys: Sequence[str]) -> None:
        """To the first cell of these columns that is faulty or lacks something, or else behind the last row."""
        sheet = self._screen.sheet
        wanted = first_wanted(sheet.engine.fields, rows, keys)
        if wanted is not None:
            sheet.go_to(*wanted)
        elif self._screen.grows:
            sheet.press("ctrl+end")
        self._waits_for_check = wanted is None and self._screen.grows

    def check_came(self, wanting: set[int]) -> None:
        """Before any key: to the first of the rows that the check stops or that have two names."""
        sheet = self._screen.sheet
        if self._waits_for_check and wanting and sheet.engine.draft() is None:
            self._brought_to = min(wanting)
            sheet.go_to(self._brought_to, "name")
        self._waits_for_check = False

    def typing_begins(self) -> None:
        """The screen has moved the cursor, not the clerk: what is typed now is a new person."""
        if self._brought_to is not None:
            self._screen.sheet.press("ctrl+end")

    def key_comes(self) -> None:
        """A key is going to be taken."""
        self._waits_for_check = False

    def key_came(self) -> None:
        """A key was taken: from now on the cursor stands where the clerk has put it."""
        self._brought_to = None


def first_wanted(fields: Sequence[Field], rows: Sequence[Row], keys: Sequence[str]) -> tuple[int, str] | None:
    """Row and key of the first cell that is faulty or lacks what other rows have; None where there is none."""
    columns = [field for field in fields if field.key in keys]
    usual = {field.key for field in columns if len(rows) == 1 or any(row.get(field.key) for row in rows)}
    for place, row in enumerate(rows):
        for field in columns:
            text = row.get(field.key, "")
            if field.fault(text) if text else field.key in usual:
                return place, field.key
    return None
