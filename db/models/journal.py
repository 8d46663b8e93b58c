"""What was done by whom, what was printed, and what is still to be written."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from db.columns import Coded, UtcMoment
from db.models.act import Act
from db.models.office import Role
from db.models.row import SealedRow


class JournalEntry(SealedRow, table=True):
    """An act. Triggers of the database refuse its change and deletion."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index(None, "case_id", "action"), Index(None, "action", "at"))

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id",)
    tells_what_was: ClassVar[bool] = True

    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcMoment, index=True)
    staff_name: str
    role: Role | None = Field(default=None, sa_type=Coded(Role))
    """The role that the person acted in; None: not noted at the time, or the program itself acted."""
    for_name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """The absent colleague for whom the person acted, as substitute; empty: in a role of his own."""
    case_id: int | None = Field(default=None, foreign_key="training_case.id")
    action: Act = Field(sa_type=Coded(Act))
    summary: str
    """Without personal data."""
    before: bytes = b""
    """Sealed, like `after`."""
    after: bytes = b""
    request: str | None = Field(default=None, index=True)
    """Key of an act that may be repeated because its answer was lost."""


class PaperIssued(SealedRow, table=True):
    """An issued paper with its bytes."""

    __tablename__ = "paper_issued"
    __table_args__ = (UniqueConstraint("office_code", "form", "year", "serial"),)

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id", "office_code")
    tells_what_was: ClassVar[bool] = True

    id: int = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, foreign_key="training_case.id", index=True)
    """None: the paper is about the whole office."""
    office_code: str = Field(foreign_key="office.code")
    form: str
    year: int
    """Year of issue; serial numbers restart each year."""
    serial: int | None = None
    """Serial number by office, form and year; None: an applicant's form without a number of its own."""
    number: str = ""
    file_name: str
    version_code: str
    """Version code printed on the paper, to match paper and record."""
    digest: str
    """SHA-256 of the file, hexadecimal."""
    content: bytes = b""
    """The file in base64, sealed; empty where it was not stored."""
    issued_at: datetime = Field(sa_type=UtcMoment)
    staff_name: str


class OutgoingFile(SealedRow, table=True):
    """A file that was committed before it is written: the register knows of it before anybody can have it.

    A row of a paper goes as soon as the file is there, for the paper is kept elsewhere or must not be kept; that of a
    bank's list stays.
    """

    __tablename__ = "outgoing_file"

    tells_what_was: ClassVar[bool] = True

    id: int = Field(default=None, primary_key=True)
    name: str
    """What it is, in Chinese, for the sentence that says that it was not written."""
    path: str
    digest: str
    """SHA-256 of the file, hexadecimal."""
    content: bytes = b""
    """Sealed, base64."""
    is_kept: bool
    """Whether the row outlives the writing."""
    committed_at: datetime = Field(sa_type=UtcMoment)
    staff_name: str
    written_at: datetime | None = Field(default=None, sa_type=UtcMoment, index=True)
    """None: it is still to be written."""
