"""Frozen decisions: facts, outcome and parameter files of each step of a review."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from db.models.row import Row, SealedRow


class FrozenRules(Row, table=True):
    """A set of parameter files, stored once for all decisions made by it."""

    __tablename__ = "frozen_rules"

    digest: str = Field(primary_key=True)
    """SHA-256 of the texts, hexadecimal."""
    texts: str
    """JSON: name of the file → its TOML text."""


class Decision(SealedRow, table=True):
    """One step of a review."""

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id",)
    tells_what_was: ClassVar[bool] = True

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id", index=True)
    action: str
    """A value of `Action`; plain text, so that a replay can report a damaged one and continue."""
    application: str
    decided_on: date
    staff_name: str
    rules_digest: str = Field(foreign_key="frozen_rules.digest")
    facts: bytes = b""
    """Sealed: rosters and other trainings of people."""
    outcome: bytes = b""
    """Sealed."""
    answer: bytes = b""
    """Sealed: what stood open and what was said to it; empty where nothing had to be answered."""


class ProposedChange(SealedRow, table=True):
    """A change of an approved class that waits for whoever may approve."""

    __tablename__ = "proposed_change"

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id",)

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id", index=True)
    proposed_on: date
    proposed_by: str
    wanted: bytes = b""
    """Sealed: people who join are named in it."""
    reason: bytes = b""
    """Sealed."""
    decided_on: date | None = Field(default=None, index=True)
    """None: it waits."""
    decided_by: str | None = None
    in_force: bool = False
