"""The chain of transactions, see `db.chain`: its keys, its links, and the proof of every row as it stands."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary, String
from sqlmodel import Field

from db.columns import UtcMoment
from db.models.row import Row, SealedRow


class ChainKey(SealedRow, table=True):
    """A key of the chain, sealed under the register's key. Another one begins with another version."""

    __tablename__ = "chain_key"

    version: int = Field(primary_key=True)
    secret: bytes = b""
    """Sealed, hexadecimal."""


class ChainLink(Row, table=True):
    """A transaction, bound to the one before. Triggers of the database refuse its change, deletion and a gap."""

    __tablename__ = "chain_link"

    id: int = Field(default=None, primary_key=True)
    at: datetime | None = Field(default=None, sa_type=UtcMoment)
    staff_name: str
    kind: str
    """`db.chain.links.Kind`."""
    key_version: int
    writes: bytes
    """`db.chain.links.Write`, one after the other."""
    mac: bytes
    """32 bytes; the first eight are the head that papers bear."""


class RowProof(Row, table=True):
    """The proof of a row as its last link left it: of all tables but this one and that of the links."""

    __tablename__ = "row_proof"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it, a ClassVar hides it

    table_name: str = Field(sa_column=Column("table_name", String, primary_key=True))
    row_key: bytes = Field(sa_column=Column("row_key", LargeBinary, primary_key=True))
    link_id: int
    content: bytes
    tags: bytes


class AcceptedFinding(Row, table=True):
    """A finding of a verification that one person laid before another; it counts once that one has confirmed it."""

    __tablename__ = "accepted_finding"

    id: int = Field(default=None, primary_key=True)
    mark: str
    """`db.chain.findings.Finding.mark`, or that of a check of the register by itself."""
    sentence: str
    """What was found, as it was shown: case, table, row and field."""
    reason: str
    proposed_by: str
    proposed_at: datetime = Field(sa_type=UtcMoment)
    accepted_by: str | None = None
    accepted_at: datetime | None = Field(default=None, sa_type=UtcMoment)
