"""What others tell: a bundle of its own case, and the other offices of the city of theirs."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.columns import Coded, UtcMoment
from db.models.row import Row, SealedRow


class BundleTraining(SealedRow, table=True):
    """A training that the bundle of a case tells of; it counts for that case until an office confirms it."""

    __tablename__ = "bundle_training"

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id",)

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id", index=True)
    id_number: bytes = b""
    """Sealed."""
    id_key: bytes = Field(index=True)
    """Look-up key of the number with its century."""
    occupation: str
    level: str | None = None
    starts_on: date
    ends_on: date | None = None
    delivery: str
    subsidised: bool
    paid: bool


class BundleVoucher(Row, table=True):
    """A voucher that the bundle of a case tells to be used; it counts for that case until an office confirms it."""

    __tablename__ = "bundle_voucher"

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id", index=True)
    number: str
    """As typed."""


class ExchangePartner(Row, table=True):
    """Another office whose public keys an administrator has entered."""

    __tablename__ = "exchange_partner"

    office_code: str = Field(primary_key=True, foreign_key="office.code")
    box_key: bytes
    """X25519, 32 bytes."""
    sign_key: bytes
    """Ed25519, 32 bytes."""
    trusted_at: datetime = Field(sa_type=UtcMoment)
    trusted_by: str


class ExchangeImport(Row, table=True):
    """A file of another office that was taken in: what it covers, so that an older one takes nothing back."""

    __tablename__ = "exchange_import"
    __table_args__ = (UniqueConstraint("office_code", "digest"),)

    id: int = Field(default=None, primary_key=True)
    office_code: str = Field(foreign_key="office.code")
    made_at: datetime = Field(sa_type=UtcMoment)
    since: date | None = None
    """The first day of the classes in it; None: all."""
    digest: str
    """SHA-256 of the file, hexadecimal."""
    imported_at: datetime = Field(sa_type=UtcMoment)


class ExchangedTraining(SealedRow, table=True):
    """A training of somebody in a case of another office, as that office told it last."""

    __tablename__ = "exchanged_training"
    __table_args__ = (UniqueConstraint("office_code", "case_number", "id_key"), Index(None, "id_key", "starts_on"))

    belongs_to: ClassVar[tuple[str, ...]] = ("office_code",)

    id: int = Field(default=None, primary_key=True)
    office_code: str = Field(foreign_key="office.code")
    case_number: str
    """Of that office, such as 2020-RH-0017."""
    id_number: bytes = b""
    """Sealed."""
    id_key: bytes
    occupation: str
    level: str | None = None
    starts_on: date
    ends_on: date | None = None
    held_since: date
    """The day from which that office holds the place for this person."""
    by_claim: bool
    """The claim says who was trained; else the opening, and another office may judge the claim of this class."""
    paid: bool
    told_at: datetime = Field(sa_type=UtcMoment)
    """When the file was made that told it."""
    struck: str = ""
    """Why it counts no more; empty: it counts."""


class ExchangedVoucher(Row, table=True):
    """A voucher in a claim at another office, as that office told it last."""

    __tablename__ = "exchanged_voucher"
    __table_args__ = (UniqueConstraint("office_code", "case_number", "number_key"),)

    id: int = Field(default=None, primary_key=True)
    office_code: str = Field(foreign_key="office.code")
    case_number: str
    number: str
    """As typed."""
    number_key: str = Field(index=True)
    number_tail: str = Field(default="", index=True)
    starts_on: date
    """Of its class."""
    claimed_on: date
    paid: bool
    """The money has been paid, or is on its way."""
    told_at: datetime = Field(sa_type=UtcMoment)
    struck: str = ""


class SourceKind(StrEnum):
    """What is changed in that which the register was told from elsewhere."""

    TRAINING = "training"
    """Struck: what somebody's trainings of one first day are told to be."""
    VOUCHER = "voucher"
    """Struck: that a voucher was used elsewhere."""
    CLASS = "class"
    """Struck: what lists tell of a case's own class."""
    OFFICE = "office"
    """Struck: all that another office told, and its keys."""
    KEYS = "keys"
    """Entered: the public keys of another office."""


class SourceChange(SealedRow, table=True):
    """Such a change that one person proposed and another one agrees to."""

    __tablename__ = "source_change"
    __table_args__ = (CheckConstraint("kind IN ('training', 'voucher', 'class', 'office', 'keys')", name="kind"),)

    id: int = Field(default=None, primary_key=True)
    kind: SourceKind = Field(sa_type=Coded(SourceKind))
    about: bytes = b""
    """Sealed: whose training, which voucher, case, office or keys, as JSON."""
    reason: bytes = b""
    """Sealed."""
    proposed_on: date
    proposed_by: str
    decided_on: date | None = None
    """None: it waits."""
    decided_by: str | None = None
    in_force: bool = False
