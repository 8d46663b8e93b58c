"""For how long personal data are kept, and how often somebody may look at full numbers."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from db.models.row import Row


class PrivacySetting(Row, table=True):
    """The terms of an office; without a row all are at their defaults."""

    __tablename__ = "privacy_setting"
    __table_args__ = (
        CheckConstraint(
            "daily_reveals >= 0 AND password_days > 0 AND paper_days > 0 AND draft_days > 0 AND refused_days > 0 "
            "AND closed_years > 0",
            name="terms",
        ),
    )

    office_code: str = Field(primary_key=True, foreign_key="office.code")
    daily_reveals: int
    password_days: int
    paper_days: int
    draft_days: int
    refused_days: int
    closed_years: int
