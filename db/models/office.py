"""Offices, staff with roles and substitutes, what two people change of them, and the register's own row."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from db.columns import Coded, UtcMoment
from db.models.row import Row, SealedRow


class Role(StrEnum):
    """The role of a member of staff, for duties apart."""

    CLERK = "受理员"
    REVIEWER = "复核人"
    HEAD = "负责人"
    ADMINISTRATOR = "管理员"
    CASHIER = "出纳"
    AUDITOR = "审计员"


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
    person_key: bytes | None = None
    """Look-up key of the person's ID number: two names with the same key are one person. None: nobody entered it."""
    left_on: date | None = None
    """None: works here, or left at a time when the day was not noted."""


class Substitution(Row, table=True):
    """Who acts for an absent colleague, with that colleague's role, on which days. Names are those of `staff`."""

    __table_args__ = (CheckConstraint("from_on <= to_on", name="days"),)

    id: int = Field(default=None, primary_key=True)
    absent: str
    substitute: str
    from_on: date
    to_on: date
    """The last day, which may be brought forward."""


class StaffChangeKind(StrEnum):
    """What of staff and settings two people change, where duties are apart."""

    ADD = "add"
    ROLE = "role"
    PERSON = "person"
    """Whose name it is: the ID number behind it."""
    SUBSTITUTION = "substitution"
    SETTINGS = "settings"
    PASSWORD = "password"  # noqa: S105 - a kind
    """An initial password for somebody else."""
    KEY = "key"
    """By which the server knows somebody; so an account."""
    ACCOUNT = "account"


class StaffChange(SealedRow, table=True):
    """Such a change that one person proposed and another one confirms."""

    __tablename__ = "staff_change"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('add', 'role', 'person', 'substitution', 'settings', 'password', 'key', 'account')", name="kind"
        ),
    )

    id: int = Field(default=None, primary_key=True)
    kind: StaffChangeKind = Field(sa_type=Coded(StaffChangeKind))
    about: bytes = b""
    """Sealed, as JSON."""
    proposed_on: date
    proposed_by: str
    decided_on: date | None = None
    """None: it waits."""
    decided_by: str | None = None
    in_force: bool = False


class Register(Row, table=True):
    """The register itself: one row."""

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    home_office: str = Field(foreign_key="office.code")
    schema_note: str = ""
    """Version of the program that wrote last, such as 0.1.0; empty in registers of a time when none was noted."""
    created_at: datetime = Field(sa_type=UtcMoment)
    key_check: bytes
    """`Vault.key_check` of the key that seals."""
    key_version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    """The version of the key that seals; `resealed_version` follows it when nothing is sealed with an older one."""
    look_up_version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    """The last version that look-up keys are made with."""
    resealed_version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    is_practice: bool = False
    """Whether it is there to be practised in: only then does `PXTUI_TODAY` count."""
    clock_from_entry: int = 0
    """The id of the journal entry from which on moments are held against the clock: of the last reason that was given
    for a clock behind the journal.
    """
