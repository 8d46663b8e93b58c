"""The context of every casework function: session, vault, rulebook, data folder and acting clerk in one value."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from sqlmodel import Session

from db.seal import Vault
from pxtui.home import Home
from pxtui.policy.parameters import Rulebook
from pxtui.policy.working_days import WorkingDays


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
    confirmed_at: datetime | None = None
    """When the password was given for this act; None: it was not. See `journal.record`."""
    only_office: str = ""
    """The code of the office whose cases alone are listed for whoever sees those of all; empty: all."""

    @property
    def today(self) -> date:
        """The date of the act in China."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Context:
    """One transaction of one register: who acts in it, when, with which key, under which rules and
    calendar, in which folder.

    Nothing in casework reads the environment, the clock or a cached rulebook; what it needs of them stands here, so
    that two registers open in one process never mix.
    """

    session: Session
    vault: Vault
    rulebook: Rulebook
    working_days: WorkingDays
    home: Home
    acting: Acting

    @property
    def clerk(self) -> str:
        """The name of the acting member of staff."""
        return self.acting.name

    @property
    def office(self) -> str:
        """The code of that person's office, such as `dongqu`."""
        return self.acting.office

    @property
    def at(self) -> datetime:
        """The moment of the act, with China's time zone."""
        return self.acting.at

    @property
    def today(self) -> date:
        """The date of the act in China."""
        return self.acting.today

    def by(self, acting: Acting) -> Self:
        """A copy of the context for another person or another moment, in the same transaction."""
        return replace(self, acting=acting)

    def asked(self, request: str) -> Self:
        """A copy of the context for an act with the key `request`; see `Acting.request`."""
        return self.by(replace(self.acting, request=request))
