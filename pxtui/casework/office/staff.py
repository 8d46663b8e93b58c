"""Who works with the register: added, and retired when they leave; nobody is ever deleted from what they did."""

from sqlmodel import Session, col, select

from db.models import Staff
from pxtui.casework.office import journal
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.acting import Acting
from pxtui.casework.office.roles import Role, has_other, require_role, role_of
from pxtui.errors import PxtuiError
from pxtui.identifiers.text import canonical


def names(session: Session) -> tuple[str, ...]:
    """Those who work here now, in the order in which they came."""
    return tuple(session.exec(select(Staff.name).where(col(Staff.active).is_(True)).order_by(col(Staff.id))))


def members(session: Session) -> tuple[tuple[str, Role], ...]:
    """Those who work here now, and what for."""
    return tuple((name, role_of(session, name)) for name in names(session))


def add(session: Session, acting: Acting, name: str, role: Role = Role.CLERK) -> str:
    """Somebody begins to work here, or comes back, in a role; the name as it is kept.

    Raises:
        PxtuiError: the name is none, somebody of that name works here, or it is not for this person.
    """
    _require_administrator(session, acting)
    kept = proper_name(name)
    member = session.exec(select(Staff).where(col(Staff.name) == kept)).first()
    if member is not None and member.active:
        raise PxtuiError(f"台账里已有名为“{kept}”的人员；同名的请加以区别，如“{kept}二”。")
    if member is None:
        member = Staff(name=kept, office_code=acting.office, role=role.value)
    member.role = role.value
    member.active = True
    session.add(member)
    journal.record(session, acting, None, "staff.add", f"增加人员：{kept} {role.value}")
    return kept


def assign(session: Session, acting: Acting, name: str, role: Role) -> str:
    """Give somebody who works here another role; the name as it is kept.

    Raises:
        PxtuiError: nobody of that name works here, or it is not for this person.
    """
    _require_administrator(session, acting)
    member = _working(session, name)
    if role is not Role.ADMINISTRATOR:
        _require_another_administrator(session, member)
    journal.record(session, acting, None, "staff.role", f"岗位：{member.name}由{member.role}改为{role.value}")
    member.role = role.value
    session.add(member)
    return member.name


def retire(session: Session, acting: Acting, name: str) -> str:
    """Somebody works here no more; what they did stays theirs. The name as it is kept.

    Raises:
        PxtuiError: nobody of that name works here, it is the only one, or it is not for this person.
    """
    _require_administrator(session, acting)
    member = _working(session, name)
    if len(names(session)) == 1:
        raise PxtuiError(f"“{member.name}”是唯一的在岗人员，请先增加一人。")
    _require_another_administrator(session, member)
    member.active = False
    session.add(member)
    journal.record(session, acting, None, "staff.retire", f"人员离岗：{member.name}")
    return member.name


def proper_name(name: str) -> str:
    """A name as it is kept; it will stand on papers.

    Raises:
        PxtuiError: it is empty, or a key meant for something else has got into it.
    """
    kept = canonical(name)
    if not kept:
        raise PxtuiError("姓名不能为空，请填写人员姓名。")
    if any(character.isdigit() for character in kept):
        raise PxtuiError(f"姓名“{kept}”里有数字，请改正。")
    return kept


def _require_administrator(session: Session, acting: Acting) -> None:
    # Whoever prepares payments must not make up the second person.
    if office_settings.settings(session).duties_apart:
        require_role(session, acting, Role.ADMINISTRATOR, "人员的增减和岗位")


def _require_another_administrator(session: Session, member: Staff) -> None:
    if not office_settings.settings(session).duties_apart or member.role != Role.ADMINISTRATOR:
        return
    if not has_other(session, Role.ADMINISTRATOR, member.name):
        raise PxtuiError(f"“{member.name}”是唯一的管理员，岗位分设时不能没有管理员，请先指定另一人。")


def _working(session: Session, name: str) -> Staff:
    kept = canonical(name)
    if kept not in names(session):
        raise PxtuiError(f"台账里没有名为“{name}”的在岗人员，现有：{'、'.join(names(session))}。")
    return session.exec(select(Staff).where(col(Staff.name) == kept)).one()
