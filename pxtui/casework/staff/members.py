"""The staff of the register: added, given roles, retired; never deleted, because the journal names them."""

from sqlmodel import col, select

from db.models import Act, Staff, StaffLogin, StaffPassword
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import by
from pxtui.casework.office.roles import Role, has_other, proper_name, role_of
from pxtui.errors import NotFound, Refused
from pxtui.identifiers.text import canonical


def names(context: Context) -> tuple[str, ...]:
    """The names of the working staff, in the order of their adding."""
    return tuple(context.session.exec(select(Staff.name).where(col(Staff.active).is_(True)).order_by(col(Staff.id))))


def working(context: Context) -> tuple[tuple[str, Role], ...]:
    """The names and roles of the working staff, in the order of their adding."""
    return tuple((name, role_of(context, name)) for name in names(context))


def add(context: Context, name: str, role: Role = Role.CLERK) -> str:
    """Add a member of staff, or take a retired one back, in a role; returns the name as it is stored.

    Raises:
        PxtuiError: the name is empty or has digits, is borne by a working member, or the acting person is no
            administrator where duties are apart.
    """
    _require_administrator(context)
    kept = proper_name(name)
    member = context.session.exec(select(Staff).where(col(Staff.name) == kept)).first()
    if member is not None and member.active:
        raise Refused(f"台账里已有名为“{kept}”的人员；同名的请加以区别，如“{kept}二”。")
    if member is None:
        member = Staff(name=kept, office_code=context.office, role=role)
    member.role = role
    member.active, member.left_on = True, None
    context.session.add(member)
    journal.record(context, None, Act.STAFF_ADD, f"增加人员：{kept} {role.value}")
    return kept


def assign(context: Context, name: str, role: Role) -> str:
    """Give a working member of staff another role; returns the name as it is stored.

    Raises:
        PxtuiError: nobody of that name works here, it is the only administrator, or the acting person is none, where
            duties are apart.
    """
    _require_administrator(context)
    member = _working(context, name)
    if role is not Role.ADMINISTRATOR:
        _require_another_administrator(context, member)
    journal.record(context, None, Act.STAFF_ROLE, f"岗位：{member.name}由{member.role}改为{role.value}")
    member.role = role
    context.session.add(member)
    return member.name


def retire(context: Context, name: str) -> str:
    """Retire a member of staff; journal entries keep the name. Returns the name as it is stored.

    Raises:
        PxtuiError: nobody of that name works here, it is the only one or the only administrator, or the acting person
            is no administrator where duties are apart.
    """
    _require_administrator(context)
    member = _working(context, name)
    if len(names(context)) == 1:
        raise Refused(f"“{member.name}”是唯一的在岗人员，请先增加一人。")
    _require_another_administrator(context, member)
    # Before, because nobody who has left acts.
    journal.record(context, None, Act.STAFF_RETIRE, f"人员离岗：{member.name}")
    member.active, member.left_on = False, context.today
    context.session.add(member)
    _take_away_logins(context, member)
    return member.name


def _take_away_logins(context: Context, member: Staff) -> None:
    """Whoever comes back gets a password and a key anew."""
    if password := context.session.get(StaffPassword, member.id):
        context.session.delete(password)
    for login in context.session.exec(select(StaffLogin).where(col(StaffLogin.staff_id) == member.id)):
        login.revoked_at = login.revoked_at or context.at
        context.session.add(login)


def _require_administrator(context: Context) -> None:
    # Whoever prepares payments must not make up the second person.
    duties.require_role(context, by("人员的增减和岗位", Role.ADMINISTRATOR))


def _require_another_administrator(context: Context, member: Staff) -> None:
    if not duties.are_apart(context) or member.role != Role.ADMINISTRATOR:
        return
    if not has_other(context, Role.ADMINISTRATOR, member.name):
        raise Refused(f"“{member.name}”是唯一的管理员，岗位分设时不能没有管理员，请先指定另一人。")


def _working(context: Context, name: str) -> Staff:
    kept = canonical(name)
    if kept not in names(context):
        raise NotFound(f"台账里没有名为“{name}”的在岗人员，现有：{'、'.join(names(context))}。")
    return context.session.exec(select(Staff).where(col(Staff.name) == kept)).one()
