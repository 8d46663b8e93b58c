"""Applicants on file: enterprises and training institutions with their newest facts."""

from decimal import Decimal

from sqlmodel import Field

from db.columns import ExactDecimal, Integer64
from db.models.row import SealedRow


class Applicant(SealedRow, table=True):
    """An applicant on file. A correction changes no case: each case has the facts of its filing."""

    id: int = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    credit_code: str
    """As typed."""
    credit_code_key: str = Field(index=True)
    """Canonical; empty where none is known. Not unique: a wrong code must not block the right one."""
    initials: str = Field(default="", index=True, sa_column_kwargs={"server_default": ""})
    """Initials of the name without its place."""
    code_tail: str = Field(default="", index=True, sa_column_kwargs={"server_default": ""})
    """The last four characters of `credit_code_key`."""
    kind: str
    size: str | None = None
    group: str | None = None
    vanadium_titanium_zone: bool = False
    county: str
    industry: str = ""
    staff_count: int | None = Field(default=None, sa_type=Integer64)
    revenue_wan: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    """万元, like `assets_wan`."""
    assets_wan: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    figures_year: int | None = None
    business_scope: str = ""
    address: str = ""
    legal_representative: str = ""
    legal_phone: bytes = Field(default=b"", sa_column_kwargs={"server_default": ""})
    """Sealed; the legal representative's own."""
    contact_name: str = ""
    contact_phone: bytes = b""
    """Sealed."""
    phone_key: bytes | None = Field(default=None, index=True)
    """Look-up key of the digits of `contact_phone`; None where that is empty."""
    bank_name: str = ""
    bank_account: bytes = b""
    """Sealed."""
    account_key: bytes | None = Field(default=None, index=True)
    """Look-up key of `bank_account`; None where that is empty."""
