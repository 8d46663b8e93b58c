"""Publicity batches of claims (notice 四(二)), and objections."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.columns import Coded, Integer64
from db.models.row import Row, SealedRow


class ItemOutcome(StrEnum):
    """The outcome of a claim in a publicity batch."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    CLEARED = "cleared"


class ObjectionOutcome(StrEnum):
    """The decision on an objection."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"


class PublicityBatch(Row, table=True):
    """A batch of claims published together. Its days are stored as computed at the publication."""

    __tablename__ = "publicity_batch"
    __table_args__ = (UniqueConstraint("office_code", "year", "serial"),)

    id: int = Field(default=None, primary_key=True)
    office_code: str = Field(foreign_key="office.code")
    year: int
    serial: int
    published_on: date
    ends_on: date
    payable_from: date
    page_address: str = ""
    proof_name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Of the file that shows the page as it stood: a picture or a print of it."""
    proof_sha256: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """SHA-256 of that file, hexadecimal."""
    staff_name: str


class PublicityItem(Row, table=True):
    """A claim in a batch with its published figures. A changed amount is published in another batch."""

    __tablename__ = "publicity_item"
    __table_args__ = (
        UniqueConstraint("batch_id", "case_id"),
        Index(None, "case_id", "outcome"),
        Index(None, "outcome"),
        CheckConstraint("outcome IN ('published', 'withdrawn', 'cleared')", name="outcome"),
    )

    id: int = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="publicity_batch.id")
    case_id: int = Field(foreign_key="training_case.id")
    heads: int = Field(sa_type=Integer64)
    total_fen: int = Field(sa_type=Integer64)
    outcome: ItemOutcome = Field(default=ItemOutcome.PUBLISHED, sa_type=Coded(ItemOutcome))


class Objection(SealedRow, table=True):
    """An objection to a published claim."""

    __table_args__ = (CheckConstraint("outcome IN ('upheld', 'dismissed')", name="outcome"),)

    belongs_to: ClassVar[tuple[str, ...]] = ("item_id",)

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="publicity_item.id", index=True)
    received_on: date
    staff_name: str
    objector: bytes = b""
    """Sealed, like the texts below, to protect the objector."""
    contact: bytes = b""
    statement: bytes = b""
    finding: bytes = b""
    outcome: ObjectionOutcome | None = Field(default=None, sa_type=Coded(ObjectionOutcome))
    """None: undecided."""
    decided_on: date | None = None
    decided_by: str | None = None
