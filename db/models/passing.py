"""Numbers of cases that an office passed on to another one."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.models.case import display_number
from db.models.row import Row


class PassedCase(Row, table=True):
    """The number that a case had at an office before it was passed on: it stays used there."""

    __tablename__ = "passed_case"
    __table_args__ = (UniqueConstraint("office_code", "year", "serial"),)

    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id", index=True)
    office_code: str = Field(foreign_key="office.code")
    """Of the office that passed it on, like `letter`, `year` and `serial`."""
    letter: str
    year: int
    serial: int
    to_office: str = Field(foreign_key="office.code")
    passed_on: date
    passed_by: str
    reason: str

    @property
    def number(self) -> str:
        """The number as it was keyed there: 2020-DQ-0017."""
        return f"{self.year:04}-{self.letter}-{self.serial:04}"

    @property
    def display_number(self) -> str:
        """The number as it stood on papers there: 线培〔2020〕DQ-0017."""
        return display_number(self.letter, self.year, self.serial)
