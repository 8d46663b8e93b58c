"""Earlier trainings, which are no case of this register."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from db.columns import UtcMoment
from db.models.row import Row, SealedRow


class EarlierTraining(SealedRow, table=True):
    """A training of somebody elsewhere or before: from a list, or from a bundle that an office confirmed."""

    __tablename__ = "earlier_training"
    __table_args__ = (Index(None, "id_key", "starts_on"),)

    id: int = Field(default=None, primary_key=True)
    id_number: bytes = b""
    """Sealed."""
    id_key: bytes | None = None
    """Look-up key of the canonical ID number; None where that is empty."""
    name: str = ""
    occupation: str
    level: str | None = None
    starts_on: date
    ends_on: date | None = None
    delivery: str
    subsidised: bool
    paid: bool
    source: str = ""
    import_id: int | None = Field(default=None, foreign_key="training_import.id", index=True)
    """The import that entered it; None: it was keyed, came with a bundle, or before imports were kept."""


class TrainingImport(Row, table=True):
    """A list of earlier trainings that was taken in: it can be taken back in one step; its source's words are kept."""

    __tablename__ = "training_import"

    id: int = Field(default=None, primary_key=True)
    source: str
    """Who gave the list."""
    digest: str
    """SHA-256 of the file, hexadecimal."""
    headings: str = "{}"
    """By field, what its column was called, as JSON: the next list of the source is read by it."""
    rows: int
    added: int
    imported_at: datetime = Field(sa_type=UtcMoment)
    imported_by: str
    taken_back_on: date | None = None
    taken_back_by: str | None = None
