"""A case: one class of one applicant, from the application for its opening to the payment."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, Index, Integer, UniqueConstraint
from sqlmodel import Field

from db.columns import Coded, CodeList, ExactDecimal, Integer64
from db.models.row import Row
from db.models.stage import Stage

_VERSION = Column("version", Integer, nullable=False)


class Case(Row, table=True):
    """Codes are text here: what they mean, casework and policy know."""

    __tablename__ = "training_case"
    __table_args__ = (
        UniqueConstraint("office_code", "year", "serial"),
        Index(None, "stage"),
        Index(None, "year", "letter", "serial"),
        Index(None, "serial"),
        Index(None, "opening_received_on"),
        Index(None, "claim_received_on"),
        Index(None, "provider"),
        # With all that a share of the money is summed from, so that no case is read for it.
        Index("ix_training_case_occupation_money", "occupation", "platform", "office_code", "approved_total_fen"),
        Index("ix_training_case_platform_money", "platform", "provider", "office_code", "approved_total_fen"),
        Index("ix_training_case_provider_money", "provider", "platform", "office_code", "approved_total_fen"),
        Index(None, "provider_credit_code"),
        CheckConstraint("serial > 0", name="serial"),
    )
    # Whoever saves a copy that somebody else has overtaken is refused.
    __mapper_args__ = {"version_id_col": _VERSION}  # noqa: RUF012 - SQLAlchemy reads it, a ClassVar hides it

    id: int = Field(default=None, primary_key=True)
    version: int = Field(default=1, sa_column=_VERSION)
    office_code: str = Field(foreign_key="office.code")
    letter: str
    year: int
    serial: int
    stage: Stage = Field(sa_type=Coded(Stage))

    applicant_id: int = Field(foreign_key="applicant.id", index=True)
    applicant_name: str
    credit_code: str
    kind: str
    size: str | None = None
    stated_size: str | None = None
    """The size stated by the applicant; `size` is the one by its figures."""
    group: str | None = None
    vanadium_titanium_zone: bool
    county: str

    trainees: str
    occupation: str
    level: str | None = None
    format: str
    fee: str
    main_business: bool
    platform: str | None = None
    provider: str | None = None
    starts_on: date
    ends_on: date
    course_hours: Decimal = Field(sa_type=ExactDecimal)
    course_title: str | None = None
    domain: str | None = None
    contract_number: str | None = None
    planned_fee_fen: int | None = Field(default=None, sa_type=Integer64)
    methods: tuple[str, ...] = Field(default=(), sa_type=CodeList, sa_column_kwargs={"server_default": "[]"})
    """How the lessons are given; this and what follows is the plan of Attachment 1, which no rule judges."""
    supervision: tuple[str, ...] = Field(default=(), sa_type=CodeList, sa_column_kwargs={"server_default": "[]"})
    exam: str = Field(default="", sa_column_kwargs={"server_default": ""})
    total_hours: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    theory_hours: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    key_group: str = Field(default="", sa_column_kwargs={"server_default": ""})
    provider_credit_code: str = Field(default="", sa_column_kwargs={"server_default": ""})
    relevance: str = Field(default="", sa_column_kwargs={"server_default": ""})
    remark: str | None = None

    lifted_on: date | None = None
    opened_by: str | None = None
    opening_received_on: date | None = None
    claim_received_on: date | None = None
    opening_materials: tuple[str, ...] = Field(default=(), sa_type=CodeList)
    claim_materials: tuple[str, ...] = Field(default=(), sa_type=CodeList)
    evidence: tuple[str, ...] = Field(default=(), sa_type=CodeList)
    opening_roster_known: bool = True
    purchased_heads: int | None = Field(default=None, sa_type=Integer64)
    cover_head_count: int | None = Field(default=None, sa_type=Integer64)
    cover_tail_sum: int | None = Field(default=None, sa_type=Integer64)

    opening_opinion: str | None = None
    opening_decided_on: date | None = None
    opening_decided_by: str | None = None
    claim_opinion: str | None = None
    claim_decided_on: date | None = None
    claim_decided_by: str | None = None
    approved_heads: int | None = Field(default=None, sa_type=Integer64)
    approved_total_fen: int | None = Field(default=None, sa_type=Integer64)
    asked_total_fen: int | None = Field(default=None, sa_type=Integer64)
    """The amount written in Attachment 3, in fen; None: not keyed."""
    claimed_total_fen: int | None = Field(default=None, sa_type=Integer64)
    checked_total_fen: int | None = Field(default=None, sa_type=Integer64)

    stage_since: date | None = None
    """Day of the last move; None: not moved since the register has this column."""
    resubmitted_on: date | None = None
    """The day from which the office's promise counts anew (`pxtui/casework/lifecycle/due.py`); None: from the receipt.

    Written when a returned application is submitted again, when a granted claim is reviewed anew and when an objection
    to it is upheld; taken out when an application is submitted that was not returned.
    """
    correction_until: date | None = None
    """Last day for the correction by the last correction notice; None: none was issued since the hand-in."""
    booked_on: date | None = None
    paper_place: str = ""
    bundle_key: bytes | None = Field(default=None, index=True)
    """Look-up key of the facts of the bundle from which it was filed; None: it was filed by hand, or before."""

    @property
    def number(self) -> str:
        """The case number as keyed and in file names: 2020-DQ-0017."""
        return case_number(self.letter, self.year, self.serial)

    @property
    def display_number(self) -> str:
        """The case number as shown and printed: 线培〔2020〕DQ-0017."""
        return display_number(self.letter, self.year, self.serial)


def case_number(letter: str, year: int, serial: int) -> str:
    """A case number as keyed and in file names: 2020-DQ-0017."""
    return f"{year:04}-{letter}-{serial:04}"


def display_number(letter: str, year: int, serial: int) -> str:
    """A case number as shown and printed: 线培〔2020〕DQ-0017."""
    return f"线培〔{year:04}〕{letter}-{serial:04}"
