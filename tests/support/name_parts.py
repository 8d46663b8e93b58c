"""The parts of names in a register, beside those that its names have."""

from sqlalchemy import select
from sqlmodel import col

from db.models import NamePart
from db.name_parts import Key, wanted
from pxtui.casework.office.register import Register


def stored_parts(register: Register) -> set[Key]:
    """All rows that there are."""
    columns = (col(NamePart.kind), col(NamePart.part), col(NamePart.case_id), col(NamePart.owner_id))
    with register._archive.reading() as session:
        return {
            (kind, part, case_id, person_id) for kind, part, case_id, person_id in session.execute(select(*columns))
        }


def parts_of_names(register: Register) -> set[Key]:
    """All rows that there have to be, made anew out of the names."""
    with register._archive.reading() as session:
        return {key for some in wanted(session.connection()) for key in some}
