"""People on file, rows of rosters with learning results, leases, statistics of keying."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from db.columns import ExactDecimal, Integer64, UtcMoment
from db.models.row import Row, SealedRow


class Person(SealedRow, table=True):
    """A person on file, with the newest name and phone."""

    id: int = Field(default=None, primary_key=True)
    id_key: bytes = Field(unique=True)
    """Look-up key of the canonical ID number."""
    id_number: bytes = b""
    """Sealed."""
    name: str
    phone: bytes = b""
    """Sealed."""
    initials: str = Field(default="", index=True, sa_column_kwargs={"server_default": ""})
    """Initials of the name by `pxtui.identifiers.pinyin`."""
    tail_key: bytes | None = Field(default=None, index=True)
    """Look-up key of the last four characters of the ID number."""


class RosterLease(Row, table=True):
    """The lease of a roster: only its holder writes, until it is released or has run out."""

    __tablename__ = "roster_lease"

    case_id: int = Field(primary_key=True, foreign_key="training_case.id")
    staff_name: str
    token: str
    """Token of the running program: of a clerk's two windows only the newer one writes."""
    renewed_at: datetime = Field(sa_type=UtcMoment)


class KeyingSession(Row, table=True):
    """Counters of one keying of a sheet, for the clerk who keyed."""

    __tablename__ = "keying_session"

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id")
    staff_name: str = Field(index=True)
    sheet: str
    ended_at: datetime = Field(sa_type=UtcMoment)
    seconds: int
    keystrokes: int
    corrections: int
    rows: int


class Enrolment(SealedRow, table=True):
    """A row of a case's roster, as typed: Attachment 2 (opening) or Attachment 4 (claim)."""

    __table_args__ = (
        UniqueConstraint("case_id", "application", "position"),
        Index(None, "name", "case_id"),
        CheckConstraint("application IN ('opening', 'claim')", name="application"),
    )

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id",)

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id")
    application: str
    position: int
    """Position in the roster, from 0: the order of the file."""
    seq: int = Field(sa_type=Integer64)
    """序号 as it stands in the roster."""
    name: str
    sex: str | None = None
    age: int | None = Field(default=None, sa_type=Integer64)
    id_number: bytes = b""
    """Sealed."""
    id_key: bytes | None = Field(default=None, index=True)
    """Look-up key of the canonical ID number; None where that is empty."""
    phone: bytes = b""
    """Sealed."""
    phone_key: bytes | None = Field(default=None, index=True)
    """Look-up key of the digits of `phone`; None where that is empty."""
    remark: str = ""
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    approved: bool | None = None
    """None: not decided."""
    left_on: date | None = None
    """When its person left the approved class; None: nobody left."""


class LearningResult(SealedRow, table=True):
    """The learning result of a row of a claim's roster."""

    __tablename__ = "learning_result"
    __table_args__ = (
        # Of those whose password is still there, which are few: they go soon after the decision.
        Index(
            "ix_learning_result_with_password",
            "enrolment_id",
            sqlite_where=text("length(password) > 0"),
            postgresql_where=text("length(password) > 0"),
        ),
    )

    enrolment_id: int = Field(primary_key=True, foreign_key="enrolment.id")
    course_hours: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    completed_hours: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    account: bytes = b""
    """Sealed."""
    password: bytes = b""
    """Sealed."""
    passed: bool | None = None
