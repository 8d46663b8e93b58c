"""What was decided about signs of fraud, samples for phone and platform checks with their results, kept verdicts."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Integer64, UtcMoment
from db.models.row import Row, SealedRow


class SignDecision(SealedRow, table=True):
    """What somebody decided about a sign; the newest one about the same evidence counts."""

    __tablename__ = "sign_decision"
    __table_args__ = (CheckConstraint("application IN ('opening', 'claim')", name="application"),)

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id",)

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id", index=True)
    application: str
    code: str
    evidence: bytes = b""
    """Sealed: what was to be seen, with rows and sentence."""
    evidence_key: bytes
    """Look-up key of `evidence`: other rows or figures are another sign."""
    decision: str
    """A value of `pxtui.casework.signs.decisions.Decided`."""
    reason: bytes = b""
    """Sealed."""
    decided_at: datetime = Field(sa_type=UtcMoment)
    staff_name: str


class SpotCheck(Row, table=True):
    """The sample of a case for phone and platform checks: who is in it follows from the seed."""

    __tablename__ = "spot_check"
    __table_args__ = (CheckConstraint("percent BETWEEN 1 AND 100", name="percent"),)

    case_id: int = Field(primary_key=True, foreign_key="training_case.id")
    seed: int = Field(sa_type=Integer64)
    percent: int
    least: int
    drawn_at: datetime = Field(sa_type=UtcMoment)
    drawn_by: str


class SpotCall(SealedRow, table=True):
    """The result of one call, or one look at the platform, about a person of the sample."""

    __tablename__ = "spot_call"
    __table_args__ = (UniqueConstraint("case_id", "id_key", "means"),)

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id",)

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id")
    id_key: bytes
    """Look-up key of the canonical ID number."""
    means: str
    """A value of `pxtui.casework.signs.spot_checks.Means`; `outcome` one of `Outcome`."""
    outcome: str
    remark: bytes = b""
    """Sealed."""
    entered_at: datetime = Field(sa_type=UtcMoment)
    entered_by: str
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    confirmed_by: str | None = None
    """The second officer; None: nobody yet."""


class KeptVerdict(SealedRow, table=True):
    """The verdict on an open case at the last check of all."""

    __tablename__ = "kept_verdict"

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id",)

    case_id: int = Field(primary_key=True, foreign_key="training_case.id")
    application: str
    outcome: bytes = b""
    """Sealed, as a decision's."""
    checked_at: datetime = Field(sa_type=UtcMoment)
    changed_on: date | None = Field(default=None, index=True)
    """When a check of all last found it otherwise than before; None: never."""
    changes: bytes = b""
    """Sealed: what was otherwise then, in a sentence."""
