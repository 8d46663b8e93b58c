"""The staff of the register: added, given roles, retired; never deleted, because the journal names them."""

import hmac

from sqlmodel import col, select

from db.models import Act, Office, Staff, StaffLogin, StaffPassword
from pxtui.casework.office import duties, journal, roles
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import by
from pxtui.casework.office.roles import Role, has_other, proper_name, role_of
from pxtui.errors import NotAllowed, NotFound, Refused
from pxtui.identifiers.id_number import InvalidIdNumber, parse, with_century
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.policy.parameters import bodies

_KEY_BYTES = 16


def names(context: Context) -> tuple[str, ...]:
    """The names of the working staff, in the order of their adding."""
    return tuple(context.session.exec(select(Staff.name).where(col(Staff.active).is_(True)).order_by(col(Staff.id))))


def colleagues(context: Context) -> tuple[str, ...]:
    """The names of the working staff of the acting person's office, in the order of their adding."""
    return tuple(name for name, _ in of_own_office(context))


def of_own_office(context: Context) -> tuple[tuple[str, Role], ...]:
    """The same with their roles."""
    wanted = select(Staff).where(col(Staff.active).is_(True), *roles.of_own_office(context, Staff.office_code))
    return tuple((member.name, member.role) for member in context.session.exec(wanted.order_by(col(Staff.id))))


def with_offices(context: Context) -> tuple[tuple[str, Role, str], ...]:
    """The working staff whom the acting person looks after, each with role and the short name of the office: those of
    all offices in the one whose register it is, else the colleagues. The office is empty where there is one alone.
    """
    wanted = select(Staff).where(col(Staff.active).is_(True))
    if not roles.is_home(context):
        wanted = wanted.where(*roles.of_own_office(context, Staff.office_code))
    is_one = len(roles.offices_here(context.session)) == 1
    offices = context.rulebook.latest
    return tuple(
        (member.name, member.role, "" if is_one else offices.office(member.office_code).short_name)
        for member in context.session.exec(wanted.order_by(col(Staff.id)))
    )


def offices_to_add_to(context: Context) -> tuple[tuple[str, str], ...]:
    """Code and short name of the offices in which the acting person may add staff, his own first; empty: in his own."""
    if len(roles.offices_here(context.session)) == 1 or not roles.is_home(context):
        return ()
    known = {**context.rulebook.latest.offices, **bodies()}
    return tuple((code, known[code].short_name) for code in sorted(known, key=lambda code: code != context.office))


def working_name(context: Context, name: str) -> str:
    """The name of a working member of staff as it is stored.

    Raises:
        NotFound: nobody of that name works here.
    """
    return _working(context, name).name


def working(context: Context) -> tuple[tuple[str, Role], ...]:
    """The names and roles of the working staff, in the order of their adding."""
    return tuple((name, role_of(context, name)) for name in names(context))


def role_of_member(context: Context, name: str) -> Role:
    """The role of a working member of staff.

    Raises:
        NotFound: nobody of that name works here.
    """
    return role_of(context, working_name(context, name))


def person_key(context: Context, number: str) -> bytes:
    """The key of whose ID number it is: the same for all names of one person, and nobody's number can be read from it.

    Raises:
        Refused: it is no ID number.
    """
    kept = with_century(canonical_code(number))
    try:
        parse(kept, today=context.today)
    except InvalidIdNumber as fault:
        raise Refused(f"人员的身份证号有误：{fault}") from fault
    return hmac.digest(context.vault.lasting_key("person of staff"), kept.encode(), "sha256")[:_KEY_BYTES]


def without_person(context: Context) -> tuple[str, ...]:
    """The working staff of whom nobody entered whose name it is."""
    unknown = select(Staff.name).where(col(Staff.active).is_(True), col(Staff.person_key).is_(None))
    return tuple(context.session.exec(unknown.order_by(col(Staff.id))))


def is_founding(context: Context) -> bool:
    """Whether nobody but the acting person could confirm a change: an office with its first administrator."""
    people = duties.person_of(context)
    return _confirmers(context) <= {people.get(context.clerk, context.clerk)}


def add(
    context: Context,
    name: str,
    role: Role = Role.CLERK,
    *,
    person: bytes | None = None,
    office: str = "",
    agreed: bool = False,
) -> str:
    """Add a member of staff, or take a retired one back, in a role; returns the name as it is stored.

    Args:
        person: `person_key` of the ID number; None: nobody entered it.
        office: code of the office where the person works; empty: that of the acting person.
        agreed: a second person has confirmed it; `changes` says so and nobody else.

    Raises:
        PxtuiError: the name is empty or has digits, is borne by a working member, was another person's, or a second
            person has to confirm it, where duties are apart.
    """
    _require_agreed(context, agreed=agreed)
    kept = proper_name(name)
    _require_office(context, office or context.office, kept)
    member = context.session.exec(select(Staff).where(col(Staff.name) == kept)).first()
    if member is not None and member.active:
        raise Refused(f"台账里已有名为“{kept}”的人员；同名的请加以区别，如“{kept}二”。")
    if member is None:
        where = roles.require_office(context, office or context.office)
        member = Staff(name=kept, office_code=where, role=role)
    if member.person_key and person and member.person_key != person:
        raise Refused(f"“{kept}”以前是另一个人的姓名，办理记录里都是他，请加以区别，如“{kept}二”。")
    member.person_key = person or member.person_key
    member.role = role
    member.active, member.left_on = True, None
    context.session.add(member)
    journal.record(context, None, Act.STAFF_ADD, f"增加人员：{kept} {role.value}")
    return kept


def assign(context: Context, name: str, role: Role, *, agreed: bool = False) -> str:
    """Give a working member of staff another role; returns the name as it is stored.

    Args:
        agreed: see `add`.

    Raises:
        PxtuiError: nobody of that name works here, it is the only administrator, nobody would be left to confirm a
            change, or a second person has to confirm it, where duties are apart.
    """
    _require_agreed(context, agreed=agreed)
    member = _working(context, name)
    if role is not Role.ADMINISTRATOR:
        _require_another_administrator(context, member)
    journal.record(context, None, Act.STAFF_ROLE, f"岗位：{member.name}由{member.role}改为{role.value}")
    before = _confirmers(context)
    member.role = role
    context.session.add(member)
    _require_confirmers_left(context, before, member.name)
    return member.name


def identify(context: Context, name: str, person: bytes, *, agreed: bool = False) -> str:
    """Say whose name it is; returns the name as it is stored.

    Args:
        person: `person_key` of the ID number.
        agreed: see `add`.

    Raises:
        PxtuiError: nobody of that name works here, or a second person has to confirm it, where duties are apart.
    """
    _require_agreed(context, agreed=agreed)
    member = _working(context, name)
    done = "更正" if member.person_key else "登记"
    journal.record(context, None, Act.STAFF_PERSON, f"{done}身份证号：{member.name}")
    member.person_key = person
    context.session.add(member)
    return member.name


def retire(context: Context, name: str) -> str:
    """Retire a member of staff; journal entries keep the name. Returns the name as it is stored.

    Raises:
        PxtuiError: nobody of that name works here, it is the only one or the only administrator, or the acting person
            is no administrator where duties are apart.
    """
    duties.require_role(context, Act.STAFF_RETIRE)
    member = _working(context, name)
    if len(names(context)) == 1:
        raise Refused(f"“{member.name}”是唯一的在岗人员，请先增加一人。")
    _require_another_administrator(context, member)
    # Before, because nobody who has left acts.
    journal.record(context, None, Act.STAFF_RETIRE, f"人员离岗：{member.name}")
    before = _confirmers(context)
    member.active, member.left_on = False, context.today
    context.session.add(member)
    _take_away_logins(context, member)
    _require_confirmers_left(context, before, member.name)
    return member.name


def _take_away_logins(context: Context, member: Staff) -> None:
    """Whoever comes back gets a password and a key anew."""
    if password := context.session.get(StaffPassword, member.id):
        context.session.delete(password)
    for login in context.session.exec(select(StaffLogin).where(col(StaffLogin.staff_id) == member.id)):
        login.revoked_at = login.revoked_at or context.at
        context.session.add(login)


def _require_agreed(context: Context, *, agreed: bool) -> None:
    # Whoever needs a second person must not make one up.
    if agreed or not duties.are_apart(context):
        return
    duties.require_role(context, by("人员的增减和岗位", Role.ADMINISTRATOR))
    raise NotAllowed(
        "岗位分设时人员和岗位的改动由管理员提出，另一名管理员或负责人确认；请在人员一页（F10、0、1）提出。"
    )


def _confirmers(context: Context) -> set[str]:
    """The people who may confirm changes of staff and settings."""
    people = duties.person_of(context)
    wanted = select(Staff.name).where(
        col(Staff.active).is_(True), col(Staff.role).in_([Role.HEAD.value, Role.ADMINISTRATOR.value])
    )
    return {people[name] for name in context.session.exec(wanted)}


def _require_confirmers_left(context: Context, before: set[str], name: str) -> None:
    """Refuse what would leave one person alone with all changes, where there were two."""
    context.session.flush()
    if duties.are_apart(context) and len(before) > 1 and len(_confirmers(context)) < 2:
        raise Refused(f"“{name}”是仅有的两名能确认改动的人之一（负责人、管理员），请先增加一名负责人或管理员。")


def _require_another_administrator(context: Context, member: Staff) -> None:
    if not duties.are_apart(context) or member.role != Role.ADMINISTRATOR:
        return
    if not has_other(context, Role.ADMINISTRATOR, member.name):
        raise Refused(f"“{member.name}”是唯一的管理员，岗位分设时不能没有管理员，请先指定另一人。")


def _working(context: Context, name: str) -> Staff:
    kept = canonical(name)
    if kept not in names(context):
        raise NotFound(f"台账里没有名为“{name}”的在岗人员，现有：{'、'.join(names(context))}。")
    member = context.session.exec(select(Staff).where(col(Staff.name) == kept)).one()
    _require_office(context, member.office_code, kept)
    return member


def _require_office(context: Context, office: str, name: str) -> None:
    """Staff of another office are for that office, and for the one whose register it is, which lets offices in."""
    if not roles.is_home(context) and roles.is_of_another_office(context, office):
        where = context.session.get_one(Office, office).name
        raise NotAllowed(f"{name}在{where}，由该部门或台账所在部门的管理员办理。")
