"""What stands in the head of every screen."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the program stands: whose register, who acts, what day it is."""

    office: str
    clerk: str
    role: str
    today: date
    practice: bool
    mark: str = ""
    """What else stands in the head of every screen: that nobody signs in with a password here."""
