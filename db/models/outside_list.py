"""Lists from elsewhere (pensioners, deaths, public payroll and others) and what came of comparing cases with them."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.columns import Coded, UtcMoment
from db.models.row import Row, SealedRow


class ListKind(StrEnum):
    """What a list is of."""

    PENSIONERS = "pensioners"
    DEATHS = "deaths"
    PAYROLL = "payroll"
    """Whom the public purse pays."""
    INSURANCE = "insurance"
    """Whom the employers insured in one month."""
    SCHOOLS = "schools"
    """Pupils and students."""
    STRUCK_OFF = "struck-off"
    """Enterprises whose licence was revoked or that were struck off."""


_KINDS = ", ".join(f"'{kind.value}'" for kind in ListKind)


class OutsideList(SealedRow, table=True):
    """A list that was taken in: whose it is, of which day, and until when it may be relied on."""

    __tablename__ = "outside_list"
    __table_args__ = (CheckConstraint(f"kind IN ({_KINDS})", name="kind"), CheckConstraint("parts > 0", name="parts"))

    id: int = Field(default=None, primary_key=True)
    kind: ListKind = Field(sa_type=Coded(ListKind))
    source: str
    """Who gave it."""
    as_of: date
    """The day that it tells of."""
    valid_until: date
    """Its last day: later nobody is compared with it, and its lines are erased."""
    month: date | None = None
    """The first day of the month of an `INSURANCE`."""
    digest: str
    """SHA-256 of the file, hexadecimal."""
    lines: int
    """That were read."""
    unread: int
    """Lines that nobody could be told from."""
    parts: int
    """How many `OutsidePart` there are."""
    secret: bytes = b""
    """Sealed: the key of its entries, hexadecimal; empty: they are erased."""
    words: bytes = b""
    """Sealed: employers, schools and states that entries name by their place, as JSON."""
    imported_at: datetime = Field(sa_type=UtcMoment)
    imported_by: str
    withdrawn_on: date | None = None
    """When its import was taken back; None: it stands."""
    withdrawn_by: str | None = None
    erased_on: date | None = None
    """When its lines went, because its term was over."""


class OutsidePart(Row, table=True):
    """Some lines of a list. Which part a line is in follows from its digest, so that a case reads a few of them."""

    __tablename__ = "outside_part"

    list_id: int = Field(primary_key=True, foreign_key="outside_list.id")
    part: int = Field(primary_key=True)
    entries: bytes
    """Entries of `pxtui.casework.outside_lists.packing` one behind the other: digests under the key of the list, and
    no number or name of anybody.
    """


class OutsideComparison(SealedRow, table=True):
    """That the people of a case were compared with a list, and what was found."""

    __tablename__ = "outside_comparison"
    __table_args__ = (
        UniqueConstraint("case_id", "list_id", "application"),
        Index(None, "list_id", "hits"),
        CheckConstraint("application IN ('opening', 'claim')", name="application"),
    )

    belongs_to: ClassVar[tuple[str, ...]] = ("list_id", "case_id")

    id: int = Field(default=None, primary_key=True)
    list_id: int = Field(foreign_key="outside_list.id")
    case_id: int = Field(foreign_key="training_case.id")
    application: str
    compared_on: date
    compared_by: str
    people: int
    hits: int
    told: bytes = b""
    """Sealed: who was compared and who was found, as JSON."""


class OutsideAnswer(SealedRow, table=True):
    """What a member of staff decided about somebody whom a list has; the newest of a case, kind and person counts."""

    __tablename__ = "outside_answer"
    __table_args__ = (CheckConstraint(f"kind IN ({_KINDS})", name="kind"),)

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id",)

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id", index=True)
    kind: ListKind = Field(sa_type=Coded(ListKind))
    id_key: bytes | None = None
    """Look-up key of the number with its century; None: it is about an enterprise, or its person is erased."""
    firm: str = ""
    """What lists have the enterprise under; empty: it is about a person."""
    evidence: bytes = b""
    """Sealed: what the list said of it. Where a later one says otherwise, it is decided anew."""
    stands: bool
    """The list is right about this person; else it does not matter here."""
    reason: bytes = b""
    """Sealed."""
    decided_at: datetime = Field(sa_type=UtcMoment)
    decided_by: str
