"""Funds, payment batches and payments with the bank's answers, recoveries."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
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
    handed_over_on: date | None = None
    handed_over_by: str | None = None
    digest: str = ""
    """SHA-256 of the file that was handed over, hexadecimal."""


class PaymentLine(SealedRow, table=True):
    """A payment to an enterprise; a bounced one stays, and is repeated in another batch."""

    __tablename__ = "payment_line"
    __table_args__ = (
        UniqueConstraint("batch_id", "case_id"),
        CheckConstraint("amount_fen > 0", name="amount_fen"),
        CheckConstraint("outcome IN ('paid', 'bounced', 'stopped')", name="outcome"),
    )

    id: int = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="payment_batch.id")
    case_id: int = Field(foreign_key="training_case.id", index=True)
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


class Recovery(Row, table=True):
    """A recovery of paid money, in force when another person has approved it."""

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id", index=True)
    amount_fen: int = Field(sa_type=Integer64)
    reason: str
    ordered_on: date
    ordered_by: str
    approved_on: date | None = None
    approved_by: str | None = None
    dropped_on: date | None = None
    returned_on: date | None = None
    reference: str = ""
