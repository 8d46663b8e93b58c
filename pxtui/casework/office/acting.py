"""Who does something, and when: given to every function that changes a case."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Acting:
    """A member of staff at a moment of China's time."""

    name: str
    office: str
    at: datetime
    token: str = ""
    """Of the running program; a command has none."""
    request: str | None = None
    """Key of an act that may be asked for again when nobody knows whether it was done."""

    @property
    def today(self) -> date:
        """The day on which it is done."""
        return self.at.date()
