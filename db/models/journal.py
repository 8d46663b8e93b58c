"""What was done by whom, and what was printed."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.columns import Coded, UtcMoment
from db.models.act import Act
from db.models.row import SealedRow


class JournalEntry(SealedRow, table=True):
    """One act. Triggers of the database refuse to change or delete it."""

    __tablename__ = "journal_entry"

    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcMoment, index=True)
    staff_name: str
    case_id: int | None = Field(default=None, foreign_key="training_case.id", index=True)
    action: Act = Field(sa_type=Coded(Act))
    summary: str
    """Without personal data."""
    before: bytes = b""
    """Sealed, like `after`."""
    after: bytes = b""
    request: str | None = Field(default=None, index=True)
    """Of an act that may be asked for again when nobody knows whether it was done: the key of the asking."""


class PaperIssued(SealedRow, table=True):
    """A paper that left the program, and its very bytes."""

    __tablename__ = "paper_issued"
    __table_args__ = (UniqueConstraint("office_code", "form", "year", "serial"),)

    id: int = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, foreign_key="training_case.id", index=True)
    """None: it is about the whole office."""
    office_code: str = Field(foreign_key="office.code")
    form: str
    year: int
    """In which it was issued: numbers begin anew in each."""
    serial: int | None = None
    """None: it is the applicant's own form and bears the case's number."""
    number: str = ""
    file_name: str
    version_code: str
    """Printed on the paper, so that paper and record can be matched."""
    digest: str
    """SHA-256 of the file, hexadecimal."""
    content: bytes = b""
    """Sealed; empty for papers of a time when it was not kept."""
    issued_at: datetime = Field(sa_type=UtcMoment)
    staff_name: str
