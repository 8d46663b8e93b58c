"""Who is there for what, where duties are apart."""

from sqlmodel import col, select

from db.models import Role as Role
from db.models import Staff
from pxtui.casework.office.context import Context
from pxtui.errors import Refused


def role_of(context: Context, name: str) -> Role:
    """What a member of staff is there for."""
    return Role(context.session.exec(select(Staff.role).where(col(Staff.name) == name)).one())


def has_other(context: Context, role: Role, name: str = "") -> bool:
    """Whether somebody besides `name` works here in a role."""
    others = select(Staff.id).where(col(Staff.role) == role.value, col(Staff.active).is_(True), col(Staff.name) != name)
    return context.session.exec(others).first() is not None


def require_role(context: Context, role: Role, what: str) -> None:
    """Refuse whoever is not there for it.

    Raises:
        PxtuiError: the person has another role.
    """
    own = role_of(context, context.clerk)
    if own is not role:
        raise Refused(f"{what}由{role.value}办理，您的岗位是{own.value}，请交{role.value}办理。")
