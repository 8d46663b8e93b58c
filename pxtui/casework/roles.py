"""Who is there for what, where duties are apart."""

from sqlmodel import Session, col, select

from db.models import Staff
from pxtui.casework.acting import Acting
from pxtui.casework.stages import Role
from pxtui.errors import PxtuiError


def require_role(session: Session, acting: Acting, role: Role, what: str) -> None:
    """Refuse whoever is not there for it.

    Raises:
        PxtuiError: the person has another role.
    """
    member = session.exec(select(Staff).where(col(Staff.name) == acting.name)).one()
    if member.role != role.value:
        raise PxtuiError(f"{what}由{role.value}办理，您的岗位是{member.role}，请交{role.value}办理。")
