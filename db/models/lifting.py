"""The lifting of the epidemic measures: announced once, for all offices."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from db.models.row import Row


class Lifting(Row, table=True):
    """The day on which the end of the epidemic was announced (notice 三): one row, in force once it is signed."""

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    lifted_on: date
    document: str
    """Title and number of the announcement."""
    set_on: date
    set_by: str
    signed_on: date | None = None
    signed_by: str | None = None


class LiftingCorrection(Row, table=True):
    """Another day in the place of one that was signed: announced by one, in force once another has signed."""

    __tablename__ = "lifting_correction"

    id: int = Field(default=None, primary_key=True)
    before_on: date
    """The day that was in force when it was announced."""
    lifted_on: date
    document: str
    reason: str
    set_on: date
    set_by: str
    signed_on: date | None = None
    signed_by: str | None = None
