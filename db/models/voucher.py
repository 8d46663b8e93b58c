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
    """As it is compared (`voucher_key`); empty where the number is."""
    number_tail: str = Field(default="", index=True)
    """The last eight digits of a tax invoice; empty for anything else. One with its code and without end alike."""
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
    number_tail: str = Field(default="", index=True)
    source: str = ""
