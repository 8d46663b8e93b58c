"""The acting member of staff and the moment of the act: a part of every `Context`."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Acting:
    """A member of staff, with the office's code, at a moment in China's time zone."""

    name: str
    office: str
    at: datetime
    token: str = ""
    """Random text that names the running program, for leases of rosters; empty for a command."""
    request: str | None = None
    """Key of an act that may be repeated because its answer was lost; see `journal.was_done`."""

    @property
    def today(self) -> date:
        """The date of the act in China."""
        return self.at.date()
