"""Corrections of single fields of a decided case, in force or waiting for a second person."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from db.columns import Coded
from db.models.row import SealedRow


class CorrectedField(StrEnum):
    """A field that may be put right after the decision, because it decides nothing."""

    APPLICANT_NAME = "applicant-name"
    CREDIT_CODE = "credit-code"
    ADDRESS = "address"
    CONTACT_NAME = "contact-name"
    CONTACT_PHONE = "contact-phone"
    VOUCHER_DAY = "voucher-day"


class Correction(SealedRow, table=True):
    """One field, old and new."""

    __table_args__ = (
        CheckConstraint(
            "field IN ('applicant-name', 'credit-code', 'address', 'contact-name', 'contact-phone', 'voucher-day')",
            name="field",
        ),
        CheckConstraint("(field = 'voucher-day') = (position IS NOT NULL)", name="position"),
    )

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id",)

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id", index=True)
    field: CorrectedField = Field(sa_type=Coded(CorrectedField))
    position: int | None = None
    """Of a voucher among those of its case, from 0."""
    about: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """The voucher's number as it was then."""
    before: bytes = b""
    """Sealed, like the texts below: a phone is a personal number."""
    after: bytes = b""
    reason: bytes = b""
    entered_on: date
    entered_by: str
    decided_on: date | None = Field(default=None, index=True)
    """None: it waits for a second person."""
    decided_by: str | None = None
    in_force: bool = False
