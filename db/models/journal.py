"""What was done by whom, what was printed, and what is not finished."""

from datetime import datetime

from sqlmodel import Field

from db.columns import UtcMoment
from db.models.row import Row, SealedRow


class JournalEntry(SealedRow, table=True):
    """One act. Triggers of the database refuse to change or delete it."""

    __tablename__ = "journal_entry"

    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcMoment)
    staff_name: str
    case_id: int | None = Field(default=None, foreign_key="training_case.id", index=True)
    action: str
    summary: str
    """Without personal data."""
    before: bytes = b""
    """Sealed, like `after`."""
    after: bytes = b""


class PaperIssued(Row, table=True):
    """A paper that left the program."""

    __tablename__ = "paper_issued"

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id", index=True)
    form: str
    file_name: str
    version_code: str
    """Printed on the paper, so that paper and record can be matched."""
    digest: str
    """SHA-256 of the file, hexadecimal."""
    issued_at: datetime = Field(sa_type=UtcMoment)
    staff_name: str


class Draft(SealedRow, table=True):
    """What somebody was keying when the line was cut."""

    key: str = Field(primary_key=True)
    """Screen and case."""
    staff_name: str
    payload: bytes = b""
    """Sealed."""
    saved_at: datetime = Field(sa_type=UtcMoment)
