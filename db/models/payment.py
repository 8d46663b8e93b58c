"""Funds, payment batches and payments with the bank's answers, recoveries."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.columns import Coded, Integer64
from db.models.row import Row, SealedRow


class PaymentOutcome(StrEnum):
    """The outcome of a payment."""

    PAID = "paid"
    BOUNCED = "bounced"
    STOPPED = "stopped"
    """Taken out of its batch before the hand-over to the bank."""


class Fund(Row, table=True):
    """A fund. Its balance is the grant less payments made or under way, plus what was returned."""

    code: str = Field(primary_key=True)
    name: str
    granted_fen: int = Field(sa_type=Integer64)


class PaymentBatch(Row, table=True):
    """A batch of payments from one fund, signed, handed over and answered together."""

    __tablename__ = "payment_batch"
    __table_args__ = (UniqueConstraint("office_code", "year", "serial"),)

    id: int = Field(default=None, primary_key=True)
    office_code: str = Field(foreign_key="office.code")
    year: int
    serial: int
    fund_code: str = Field(foreign_key="fund.code")
    prepared_on: date
    prepared_by: str
    signed_on: date | None = None
    signed_by: str | None = None
    second_signed_on: date | None = None
    """Of the second signature, which a large batch needs; it goes with the first."""
    second_signed_by: str | None = None
    handed_over_on: date | None = None
    handed_over_by: str | None = None
    digest: str = ""
    """SHA-256 of the file that was handed over, hexadecimal."""


class PaymentLine(SealedRow, table=True):
    """A payment to an enterprise; a bounced one stays, and is repeated in another batch."""

    __tablename__ = "payment_line"
    __table_args__ = (
        UniqueConstraint("batch_id", "case_id"),
        Index(None, "case_id", "outcome"),
        Index(None, "outcome", "reference"),
        Index(None, "batch_id", "outcome", "amount_fen"),
        CheckConstraint("amount_fen > 0", name="amount_fen"),
        CheckConstraint("outcome IN ('paid', 'bounced', 'stopped')", name="outcome"),
    )

    belongs_to: ClassVar[tuple[str, ...]] = ("case_id", "batch_id")

    id: int = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="payment_batch.id")
    case_id: int = Field(foreign_key="training_case.id")
    amount_fen: int = Field(sa_type=Integer64)
    account_name: str
    bank_name: str
    account: bytes = b""
    """Sealed."""
    outcome: PaymentOutcome | None = Field(default=None, sa_type=Coded(PaymentOutcome))
    """None: not answered."""
    answered_on: date | None = None
    reference: str = ""
    """The bank's number of a payment, or its reason for a bounced one."""
    answered_by: str | None = None
    """Who entered the answer; None: nobody yet, or at a time when it was not noted."""
    is_by_hand: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """The answer is a clerk's word and stands in no file of the bank."""
    bounce_confirmed_on: date | None = None
    """Of a bounce that was entered by hand: when another person saw it confirmed by the bank."""
    bounce_confirmed_by: str | None = None


class PaymentSignature(SealedRow, table=True):
    """What somebody saw who signed a batch of payments; the newest of a batch is in force."""

    __tablename__ = "payment_signature"

    belongs_to: ClassVar[tuple[str, ...]] = ("batch_id",)
    tells_what_was: ClassVar[bool] = True

    id: int = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="payment_batch.id", index=True)
    signed_on: date
    signed_by: str
    digest: str
    """SHA-256 of the content, hexadecimal."""
    content: bytes = b""
    """Sealed: batch, source, and of every payment case, payee, bank, account and amount, as canonical JSON."""


class PaymentContradiction(Row, table=True):
    """An answer of the bank that says otherwise than what was entered before; it is kept until somebody decides."""

    __tablename__ = "payment_contradiction"

    id: int = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="payment_line.id", index=True)
    is_paid: bool
    """What the later answer says; `reference` and `said_on` are its own."""
    reference: str
    said_on: date
    is_by_hand: bool
    recorded_on: date
    recorded_by: str
    resolved_on: date | None = Field(default=None, index=True)
    """None: nobody has decided."""
    resolved_by: str | None = None
    found_paid: bool | None = None
    """What was decided."""
    reason: str = ""


class Recovery(Row, table=True):
    """A recovery of paid money, in force when another person has approved it."""

    __table_args__ = (Index(None, "returned_on", "dropped_on"), Index(None, "is_fraud", "approved_on"))

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id", index=True)
    amount_fen: int = Field(sa_type=Integer64)
    reason: str
    is_fraud: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """Obtained by fraud (notice 六(三)): the enterprise stands marked, and its people's places stay taken."""
    ordered_on: date
    ordered_by: str
    approved_on: date | None = None
    approved_by: str | None = None
    drop_asked_on: date | None = None
    """When one person asked to drop what was approved; another one agrees."""
    drop_asked_by: str | None = None
    drop_reason: str = Field(default="", sa_column_kwargs={"server_default": ""})
    dropped_on: date | None = None
    returned_on: date | None = None
    reference: str = Field(default="", index=True)
