"""Offices, staff with their roles, and the register's own row."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from db.columns import Coded, UtcMoment
from db.models.row import Row


class Role(StrEnum):
    """The role of a member of staff, for duties apart."""

    CLERK = "受理员"
    REVIEWER = "复核人"
    HEAD = "负责人"
    ADMINISTRATOR = "管理员"


class Office(Row, table=True):
    """An office of notice 四(一)."""

    code: str = Field(primary_key=True)
    name: str
    letter: str
    """The letters in its case numbers, such as DQ."""


class Staff(Row, table=True):
    """A person at the counter or behind it."""

    # None only until the row is flushed: typed as what every reader sees.
    id: int = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    office_code: str = Field(foreign_key="office.code")
    role: Role = Field(sa_type=Coded(Role))
    active: bool = True


class Register(Row, table=True):
    """The register itself: one row."""

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    home_office: str = Field(foreign_key="office.code")
    schema_note: str = ""
    """Version of the program that wrote last, such as 0.1.0; empty in registers of a time when none was noted."""
    created_at: datetime = Field(sa_type=UtcMoment)
    key_check: bytes
    """`Vault.key_check` of the key under which everything is sealed."""
    is_practice: bool = False
    """Whether it is there to be practised in: only then does `PXTUI_TODAY` count."""
    clock_from_entry: int = 0
    """The id of the journal entry from which on moments are held against the clock: of the last reason that was given
    for a clock behind the journal.
    """
