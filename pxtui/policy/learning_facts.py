"""What a platform's records hold, line by line and person by person: what the sums and the flags are made from."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from pxtui.identifiers.id_number import masked

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Session:
    """One line of the records. Empty or None: the records do not say."""

    id_number: str
    name: str
    day: date
    duration: timedelta
    course: str = ""
    account: str = ""
    device: str = ""
    signed_in_at: datetime | None = None
    """China's time."""
    quiz: str = ""
    """What is said of the quiz."""
    score: Decimal | None = None
    """Of the final test."""
    passed: bool | None = None
    """The platform's own word for the final test."""
    place: str = field(default="", compare=False)
    """Where the line stands, for whoever looks it up; two lines that differ only in it are the same."""

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From when to when; None where the beginning is unknown."""
        return None if self.signed_in_at is None else (self.signed_in_at, self.signed_in_at + self.duration)

    @property
    def last_day(self) -> date:
        """The later one of the day that is stated and that of the sign-in."""
        return self.day if self.signed_in_at is None else max(self.day, self.signed_in_at.date())


@dataclass(frozen=True, slots=True)
class ClassDays:
    """What of a class the records are held against; None: not known."""

    starts_on: date | None = None
    ends_on: date | None = None
    lifted_on: date | None = None
    """The last day that counts (R29)."""

    def counts(self, session: Session) -> bool:
        """Whether the session is no later than the lifting."""
        return self.lifted_on is None or session.last_day <= self.lifted_on


@dataclass(frozen=True, slots=True)
class PersonLines:
    """The lines of one person."""

    id_number: str
    lines: tuple[Session, ...]
    sessions: tuple[Session, ...]
    """`lines` without repetitions, in the order of time."""

    @property
    def name(self) -> str:
        """The first one given; empty where none is."""
        return next((line.name for line in self.lines if line.name), "")

    @property
    def who(self) -> str:
        """Who it is, for a sentence."""
        return f"{self.name}（{masked(self.id_number)}）"
