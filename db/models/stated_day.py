"""Days stated after the fact: on which day something was received or published, and why it was entered late."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Coded
from db.models.row import Row


class DayOf(StrEnum):
    """What happened on a stated day."""

    OPENING_RECEIVED = "opening-received"
    CLAIM_RECEIVED = "claim-received"
    PUBLISHED = "published"


class StatedDay(Row, table=True):
    """A day before that of its entry, with the reason; a day that the clock gave has no row."""

    __tablename__ = "stated_day"
    __table_args__ = (
        UniqueConstraint("case_id", "what"),
        UniqueConstraint("batch_id", "what"),
        CheckConstraint("what IN ('opening-received', 'claim-received', 'published')", name="what"),
        CheckConstraint("(case_id IS NULL) <> (batch_id IS NULL)", name="one_owner"),
    )

    id: int = Field(default=None, primary_key=True)
    what: DayOf = Field(sa_type=Coded(DayOf))
    case_id: int | None = Field(default=None, foreign_key="training_case.id")
    batch_id: int | None = Field(default=None, foreign_key="publicity_batch.id")
    day: date = Field(index=True)
    reason: str
    entered_on: date
    entered_by: str
    confirmed_on: date | None = None
    confirmed_by: str | None = None
    """None: nobody confirmed it."""
