"""Parts of names by case, so that a search reads what it finds and not the whole register."""

from typing import ClassVar

from sqlmodel import Field

from db.models.row import Row


class NamePart(Row, table=True):
    """One or two characters that stand in a name of a case; see `db/name_parts.py`, which alone writes them.

    The rows follow from the names, so nothing proves them, and no foreign key costs a look-up for each.
    """

    __tablename__ = "name_part"
    # The key is all that there is of a row.
    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_with_rowid": False}

    kind: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    case_id: int = Field(primary_key=True)
    """0: it is an applicant's, whatever cases that has."""
    owner_id: int = Field(primary_key=True)
    """The person, or with case 0 the applicant, whose name it is; 0: it is the case's own, or its occupation's."""
