"""What every function of casework works with: one value that goes first into each of them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from sqlmodel import Session

from db.seal import Vault
from pxtui.casework.office.acting import Acting
from pxtui.home import Home
from pxtui.policy.parameters import Rulebook
from pxtui.policy.working_days import WorkingDays


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
        """The name of who acts."""
        return self.acting.name

    @property
    def office(self) -> str:
        """The code of the office of who acts."""
        return self.acting.office

    @property
    def at(self) -> datetime:
        """The moment of the act, China's time."""
        return self.acting.at

    @property
    def today(self) -> date:
        """The day of the act in China."""
        return self.acting.today

    def by(self, acting: Acting) -> Self:
        """The same transaction in which somebody else acts, or at another moment."""
        return replace(self, acting=acting)

    def asked(self, request: str) -> Self:
        """The same context for an act with a key of its own; see `Acting.request`."""
        return self.by(replace(self.acting, request=request))
