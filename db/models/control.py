"""Settings of the office, and the second keying of rosters."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Integer64, UtcMoment
from db.models.row import Row, SealedRow


class OfficeSetting(Row, table=True):
    """The settings of an office; without a row all are at their defaults."""

    __tablename__ = "office_setting"
    __table_args__ = (CheckConstraint("second_keying_share BETWEEN 0 AND 100", name="second_keying_share"),)

    office_code: str = Field(primary_key=True, foreign_key="office.code")
    tail_sum_wanted: bool
    second_keying_share: int
    """Percent of a roster's rows."""
    duties_apart: bool = False
    """Whether duties are apart: whoever checks a case does not decide on it."""
    correction_days: int = 5
    """Working days, like the two below."""
    opening_days: int = 5
    claim_days: int = 10
    office_phone: str = Field(default="", sa_column_kwargs={"server_default": ""})
    supervision_phone: str = Field(default="", sa_column_kwargs={"server_default": ""})
    address: str = Field(default="", sa_column_kwargs={"server_default": ""})
    fraud_years: int = Field(default=3, sa_column_kwargs={"server_default": "3"})
    """For how long an enterprise stands marked that had to pay back for fraud."""
    notice_hosts: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """On which public notices may stand, with commas between them; empty: on any."""
    second_signature_from_fen: int = Field(default=0, sa_type=Integer64, sa_column_kwargs={"server_default": "0"})
    """A payment batch of this sum or more needs a second signature; 0: none does."""
    sign_in_wanted: bool = Field(default=True, sa_column_kwargs={"server_default": "1"})
    """Whether somebody who works alone signs in with a password, too; where several work, everybody does."""
    signs_decided: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """Whether no application is approved while a sign of fraud waits for a decision."""
    spot_check_wanted: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """Whether no claim is paid before two officers have called its sample."""


class SecondKeying(Row, table=True):
    """The second keying of a case's opening roster."""

    __tablename__ = "second_keying"
    __table_args__ = (CheckConstraint("share BETWEEN 1 AND 100", name="share"),)

    case_id: int = Field(primary_key=True, foreign_key="training_case.id")
    seed: int = Field(sa_type=Integer64)
    """Seed of the draw."""
    share: int
    """Percent of the rows that the clerk set out to key."""
    begun_at: datetime = Field(sa_type=UtcMoment)


class SecondKeyedRow(SealedRow, table=True):
    """The second keying of a roster's row."""

    __tablename__ = "second_keyed_row"
    __table_args__ = (UniqueConstraint("case_id", "row_key"),)

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id",)

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id")
    row_key: bytes
    """Look-up key of the row's name and ID number: a changed row loses its second keying."""
    name: bytes = b""
    """Sealed."""
    id_number: bytes = b""
    """Sealed."""
    staff_name: str
    keyed_at: datetime = Field(sa_type=UtcMoment)
