"""Invoices and payment slips."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.columns import Integer64
from db.models.row import Row


class Voucher(Row, table=True):
    """A voucher of a case's claim."""

    __table_args__ = (UniqueConstraint("case_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id")
    position: int
    number: str
    """As typed."""
    number_key: str = Field(index=True)
    """Canonical; empty where the number is."""
    issued_on: date
    payer: str
    payee: str
    amount_fen: int = Field(sa_type=Integer64)
    """Negative for a red-letter invoice."""
    code: str | None = None
    """发票代码."""
    payment_reference: str | None = None
    paid_on: date | None = None


class UsedVoucher(Row, table=True):
    """A voucher known as used outside the cases of this register."""

    __tablename__ = "used_voucher"

    id: int = Field(default=None, primary_key=True)
    number: str
    """As typed."""
    number_key: str = Field(unique=True)
    source: str = ""
