"""How members of staff sign in: passwords, logins that the server vouches for, attempts that failed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.columns import Coded, UtcMoment
from db.models.row import Row


class LoginKind(StrEnum):
    """What the server has seen of somebody who logs in."""

    KEY = "key"
    """The public key of an SSH login."""
    ACCOUNT = "account"
    """An account of the operating system."""


class StaffPassword(Row, table=True):
    """The password of a member of staff. Its hash opens under this member's number and name alone."""

    __tablename__ = "staff_password"

    staff_id: int = Field(primary_key=True, foreign_key="staff.id")
    verifier: str
    """Argon2id with salt and parameters, over a keyed hash of number, name and password."""
    must_change: bool
    """Whether somebody else set it: whoever signs in with it sets another first."""
    set_at: datetime = Field(sa_type=UtcMoment)
    used_at: datetime = Field(sa_type=UtcMoment)
    """Of the last sign-in; before the first one the moment of its setting."""


class StaffLogin(Row, table=True):
    """A key or account by which the server knows a member of staff. Kept when it is revoked: a key never comes back."""

    __tablename__ = "staff_login"
    __table_args__ = (UniqueConstraint("kind", "value"),)

    id: int = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id")
    kind: LoginKind = Field(sa_type=Coded(LoginKind))
    value: str
    """`SHA256:` and the fingerprint of a key, or the name of an account."""
    public_key: str = ""
    """Type and key as in `authorized_keys`, without a comment; empty for an account."""
    added_at: datetime = Field(sa_type=UtcMoment)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class SignInFailure(Row, table=True):
    """Attempts under a name that failed since the last good one; a name that nobody bears is counted alike."""

    __tablename__ = "sign_in_failure"

    name_key: bytes = Field(primary_key=True)
    """Keyed hash of the name: what was keyed there may have been a password."""
    failures: int
    last_at: datetime = Field(sa_type=UtcMoment)
