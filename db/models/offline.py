"""Results of classes on the offline procedure (notice 三, 四(二)), and its tariffs."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import ExactDecimal, Integer64
from db.models.row import Row


class OfflineResult(Row, table=True):
    """The offline result of a person of a transferred class."""

    __tablename__ = "offline_result"
    __table_args__ = (CheckConstraint("amount_fen >= 0", name="amount_fen"),)

    enrolment_id: int = Field(primary_key=True, foreign_key="enrolment.id")
    hours: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    """Offline hours; the online hours stand in `LearningResult`."""
    passed: bool | None = None
    amount_fen: int | None = Field(default=None, sa_type=Integer64)
    paid_on: date | None = None
    source: str
    entered_by: str | None = None
    """None: at a time when it was not noted."""
    waits: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """That nothing was paid is told by one person alone: until another confirms it the training counts as paid."""


class CatalogueTariff(Row, table=True):
    """The subsidy of one person for an occupation and level, from a day on, as a document says it."""

    __tablename__ = "catalogue_tariff"
    __table_args__ = (UniqueConstraint("occupation_key", "level", "effective_on"),)

    id: int = Field(default=None, primary_key=True)
    occupation: str
    occupation_key: str
    """The occupation in canonical form, without differences of spaces and widths."""
    level: str
    """1 to 5; empty: the training has none."""
    hours: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    amount_fen: int = Field(sa_type=Integer64)
    effective_on: date
    document: str
