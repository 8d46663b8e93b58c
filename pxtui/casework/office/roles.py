"""Roles of the staff (受理员, 复核人, 负责人, 出纳, 审计员, 管理员), a register's offices, whose cases somebody sees.

A register may be several offices': those in which its staff work. Whoever works in one sees its cases; of the others'
only what the rules need is told, in findings. Cases of an office without staff here are those of the office whose
register it is.
"""

from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from db.held import held, looked_up
from db.models import Office, Register, Staff
from db.models import Role as Role
from pxtui.casework.office.context import Context
from pxtui.errors import NotAllowed, NotFound, Refused
from pxtui.identifiers.text import canonical
from pxtui.policy.parameters import bodies, looks_on


def role_of(context: Context, name: str) -> Role:
    """The role of a member of staff."""
    return Role(context.session.exec(select(Staff.role).where(col(Staff.name) == name)).one())


def role_of_acting(context: Context) -> Role | None:
    """The role of the acting person; None: commands read as nobody, and a register is upgraded by the program."""
    role = context.session.exec(select(Staff.role).where(col(Staff.name) == context.clerk)).first()
    return None if role is None else Role(role)


def sees_personal_data(context: Context) -> bool:
    """Whether ID numbers, phones and accounts are shown in full to the acting person: not to an auditor and in the
    bureau, who read them masked, nor to an administrator, who decides on no case. A command that reads asks nobody's
    name.
    """
    return role_of_acting(context) not in (Role.AUDITOR, Role.ADMINISTRATOR) and not looks_on(context.office)


def has_other(context: Context, role: Role, name: str = "") -> bool:
    """Whether a working member of staff of the acting person's office other than `name` has a role."""
    others = select(Staff.id).where(col(Staff.role) == role.value, col(Staff.active).is_(True), col(Staff.name) != name)
    return context.session.exec(others.where(*of_own_office(context, Staff.office_code))).first() is not None


def offices_here(session: Session) -> frozenset[str]:
    """The codes of the offices that keep this register: its own, and those in which somebody of its staff works."""
    register = held(session, Register, 1)
    known = looked_up(session, Staff, _offices_of_staff)
    return known if register is None else known | {register.home_office}


def _offices_of_staff(session: Session) -> frozenset[str]:
    return frozenset(session.exec(select(Staff.office_code).distinct()))


def office_of_new_case(context: Context, stated: str) -> str:
    """The code of the office whose case an application becomes: in a register of several the one at whose counter it
    was handed in, which passes it on where another one decides; else the one that is stated.
    """
    return context.office if len(offices_here(context.session)) > 1 else stated


def is_home(context: Context) -> bool:
    """Whether the acting person works in the office whose register it is, or acts for the program."""
    register = held(context.session, Register, 1)
    return register is None or context.office == register.home_office


def sees_all_offices(context: Context) -> bool:
    """Whether the acting person sees the cases of every office: an auditor and the bureau, masked; and whoever reads in
    nobody's name, such as the program.
    """
    return looks_on(context.office) or role_of_acting(context) in (None, Role.AUDITOR)


def of_own_office(context: Context, office_code: Any) -> tuple[ColumnElement[bool], ...]:
    """Conditions on rows with a column of office codes: those of the acting person's office.

    Empty where the register is one office's, so that nothing is asked there that was not asked before.
    """
    others = offices_here(context.session) - {context.office}
    if not others:
        return ()
    return (col(office_code).not_in(others),) if is_home(context) else (col(office_code) == context.office,)


def of_seen_offices(context: Context, office_code: Any) -> tuple[ColumnElement[bool], ...]:
    """The same with those of all offices for whoever sees all."""
    own = of_own_office(context, office_code)
    if not own or not sees_all_offices(context):
        return own
    return (col(office_code) == context.acting.only_office,) if context.acting.only_office else ()


def offices_to_look_at(context: Context) -> tuple[tuple[str, str], ...]:
    """Code and short name of the offices whose cases the acting person may list one by one, as he sees those of all;
    empty where the register is one office's, or for whoever sees his own alone.
    """
    here = offices_here(context.session)
    if len(here) == 1 or not context.clerk or not sees_all_offices(context):
        return ()
    offices = context.rulebook.latest
    return tuple((code, offices.office(code).short_name) for code in sorted(here) if not looks_on(code))


def is_of_another_office(context: Context, office_code: str) -> bool:
    """Whether what is of this office is another one's of this register, and not the acting person's."""
    if office_code == context.office:
        return False
    return office_code in offices_here(context.session) or not is_home(context)


def require_seen(context: Context, office_code: str, number: str) -> None:
    """Refuse a case or batch of another office of this register to who does not see all.

    Raises:
        NotAllowed: it is another office's.
    """
    if not is_of_another_office(context, office_code) or sees_all_offices(context):
        return
    office = context.session.get_one(Office, office_code).name
    raise NotAllowed(f"{number}由{office}办理，不在本部门，看不到内容；有关情况请与该部门联系。")


def require_office(context: Context, code: str) -> str:
    """The code of an office, or of the committee or bureau, that somebody of the staff works in; it has its row then.

    Raises:
        NotFound: there is none.
    """
    known = {**context.rulebook.latest.offices, **bodies()}
    if code not in known:
        raise NotFound(f"没有代码为“{code}”的部门，可用：{'、'.join(known)}。")
    if context.session.get(Office, code) is None:
        office = known[code]
        context.session.add(Office(code=code, name=office.name, letter=office.letters))
        context.session.flush()
    return code


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
