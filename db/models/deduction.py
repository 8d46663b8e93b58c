"""What the review takes off by hand, and how many copies of a material came."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Integer64
from db.models.row import Row, SealedRow


class RowDeduction(SealedRow, table=True):
    """Somebody of a claim's roster gets nothing, because a reviewer said so."""

    __tablename__ = "row_deduction"
    __table_args__ = (UniqueConstraint("case_id", "id_key"),)

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id")
    id_key: bytes
    """Look-up key of the canonical ID number: it is about the person, wherever the row moves in a corrected roster."""
    code: str
    """Of the reason, two digits."""
    reason: bytes = b""
    """Sealed: it may tell of somebody's health or sentence."""
    deducted_on: date
    staff_name: str


class MaterialCopies(Row, table=True):
    """How many copies of a material were counted; without a row nobody has counted."""

    __tablename__ = "material_copies"
    __table_args__ = (
        CheckConstraint("application IN ('opening', 'claim')", name="application"),
        CheckConstraint("copies >= 0", name="copies"),
    )

    case_id: int = Field(primary_key=True, foreign_key="training_case.id")
    application: str = Field(primary_key=True)
    material: str = Field(primary_key=True)
    copies: int = Field(sa_type=Integer64)
