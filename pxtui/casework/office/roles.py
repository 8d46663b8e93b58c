"""Roles of the staff (受理员, 复核人, 负责人, 出纳, 审计员, 管理员) and what is refused to another role."""

from sqlmodel import col, select

from db.models import Role as Role
from db.models import Staff
from pxtui.casework.office.context import Context
from pxtui.errors import Refused
from pxtui.identifiers.text import canonical


def role_of(context: Context, name: str) -> Role:
    """The role of a member of staff."""
    return Role(context.session.exec(select(Staff.role).where(col(Staff.name) == name)).one())


def role_of_acting(context: Context) -> Role | None:
    """The role of the acting person; None: commands read as nobody, and a register is upgraded by the program."""
    role = context.session.exec(select(Staff.role).where(col(Staff.name) == context.clerk)).first()
    return None if role is None else Role(role)


def sees_personal_data(context: Context) -> bool:
    """Whether ID numbers, phones and accounts are shown in full to the acting person: not to an auditor, who reads
    them masked, nor to an administrator, who decides on no case. A command that reads asks nobody's name.
    """
    return role_of_acting(context) not in (Role.AUDITOR, Role.ADMINISTRATOR)


def has_other(context: Context, role: Role, name: str = "") -> bool:
    """Whether a working member of staff other than `name` has a role."""
    others = select(Staff.id).where(col(Staff.role) == role.value, col(Staff.active).is_(True), col(Staff.name) != name)
    return context.session.exec(others).first() is not None


def proper_name(name: str) -> str:
    """A person's name in canonical form, as it is stored and printed.

    Raises:
        PxtuiError: the name is empty or has digits.
    """
    kept = canonical(name)
    if not kept:
        raise Refused("姓名不能为空，请填写人员姓名。")
    if any(character.isdigit() for character in kept):
        raise Refused(f"姓名“{kept}”里有数字，请改正。")
    return kept
