"""Deductions by hand of single people, and counted copies of materials."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Integer64
from db.models.row import Row, SealedRow


class RowDeduction(SealedRow, table=True):
    """A reviewer's deduction of a person from a claim."""

    __tablename__ = "row_deduction"
    __table_args__ = (UniqueConstraint("case_id", "id_key"),)

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id",)

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id")
    id_key: bytes
    """Look-up key of the canonical ID number: it is about the person, wherever the row moves in a corrected roster."""
    code: str
    """Code of the reason, two digits."""
    reason: bytes = b""
    """Sealed: it may concern a person's health or criminal record."""
    deducted_on: date
    staff_name: str


class MaterialCopies(Row, table=True):
    """The counted copies of a material; without a row: not counted."""

    __tablename__ = "material_copies"
    __table_args__ = (
        CheckConstraint("application IN ('opening', 'claim')", name="application"),
        CheckConstraint("copies >= 0", name="copies"),
    )

    case_id: int = Field(primary_key=True, foreign_key="training_case.id")
    application: str = Field(primary_key=True)
    material: str = Field(primary_key=True)
    copies: int = Field(sa_type=Integer64)
