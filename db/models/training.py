"""Earlier trainings, which are no case of this register."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field

from db.models.row import SealedRow


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
