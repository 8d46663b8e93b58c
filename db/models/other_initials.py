"""Names on file by the initials of their less usual readings: 翟 is z and d."""

from sqlmodel import Field

from db.models.row import Row


class OtherInitials(Row, table=True):
    """The initials of a name read otherwise than usual; the usual ones stand with the person or applicant."""

    __tablename__ = "other_initials"

    id: int = Field(default=None, primary_key=True)
    initials: str = Field(index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    """Whose name it is; None: it is an applicant's."""
    applicant_id: int | None = Field(default=None, foreign_key="applicant.id", index=True)
