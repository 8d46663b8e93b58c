"""Roles of the staff (受理员, 复核人, 负责人, 管理员) and what is refused to another role."""

from sqlmodel import col, select

from db.models import Role as Role
from db.models import Staff
from pxtui.casework.office.context import Context
from pxtui.errors import Refused


def role_of(context: Context, name: str) -> Role:
    """The role of a member of staff."""
    return Role(context.session.exec(select(Staff.role).where(col(Staff.name) == name)).one())


def has_other(context: Context, role: Role, name: str = "") -> bool:
    """Whether a working member of staff other than `name` has a role."""
    others = select(Staff.id).where(col(Staff.role) == role.value, col(Staff.active).is_(True), col(Staff.name) != name)
    return context.session.exec(others).first() is not None


def require_role(context: Context, role: Role, what: str) -> None:
    """Refuse an act, called `what` in the refusal, to a person in another role.

    Raises:
        PxtuiError: the person has another role.
    """
    own = role_of(context, context.clerk)
    if own is not role:
        raise Refused(f"{what}由{role.value}办理，您的岗位是{own.value}，请交{role.value}办理。")
