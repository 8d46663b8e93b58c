"""The State Council's calendar of a year that came after the program: entered, and in force once it is signed."""

from datetime import date

from sqlmodel import Field

from db.models.row import Row


class CalendarVersion(Row, table=True):
    """What an announcement says of a year. A version in force is never changed: a trigger refuses it; a later
    announcement is another version.
    """

    __tablename__ = "calendar_version"

    id: int = Field(default=None, primary_key=True)
    year: int
    document: str
    """Title and number of the announcement."""
    days: str
    """A line a day, such as `2027-01-01 休`."""
    set_on: date
    set_by: str
    signed_on: date | None = None
    """None: not in force yet."""
    signed_by: str | None = None
