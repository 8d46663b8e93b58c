"""People of the staff with ID numbers that are made up, of valid check digits."""

from sqlmodel import col, select

from db.models import Staff
from pxtui.casework.office.context import Context
from pxtui.identifiers.id_number import check_character


def id_of(place: int) -> str:
    """The ID number of the staff's person at a place, 0 to 999."""
    first = f"51040219850101{place:03}"
    return first + check_character(first)


def make_one_person(context: Context, *names: str) -> None:
    """Let these names of the staff be those of one person, by one ID number."""
    for member in context.session.exec(select(Staff).where(col(Staff.name).in_(names))):
        member.person_key = b"one person"
        context.session.add(member)
    context.session.flush()
