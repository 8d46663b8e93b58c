"""Whose word a password or a login of somebody else takes, besides that of who asks for it.

Where duties are apart a 负责人 or an administrator, neither who asks nor whose it is. A county has often one of each:
for the one the other asks, and then any colleague stands by. Only who has a password of the own counts, because the
rest could be made up by whoever sets theirs.
"""

from collections.abc import Iterable

from sqlmodel import col, select

from db.models import Register, Staff, StaffPassword
from pxtui.casework.office import duties
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import Permission, by
from pxtui.casework.office.roles import Role

NAME = "他人口令和登录的确认"
WANTED = "岗位分设时别人的口令和登录由管理员或负责人提出，另一人确认；请在人员一页（F10、0、1）提出。"
OF_OFFICE = by(NAME, Role.HEAD, Role.ADMINISTRATOR)
OF_COLLEAGUES = by(NAME, *(role for role in Role if role is not Role.AUDITOR))


def is_alone(context: Context) -> bool:
    """Whether one person sets them: duties are not apart, or nobody else has a password of the own yet."""
    return not duties.are_apart(context) or not _others(context, [context.clerk])


def confirmation(context: Context, proposed_by: str, name: str) -> Permission | None:
    """Who confirms what was proposed about `name`; None: there is nobody."""
    others = _others(context, [proposed_by, name])
    if any(duties.may(context, OF_OFFICE, other) for other in others):
        return OF_OFFICE
    return OF_COLLEAGUES if any(duties.may(context, OF_COLLEAGUES, other) for other in others) else None


def _others(context: Context, names: Iterable[str]) -> list[str]:
    """Who signs in with a password of the own, by another person than these names."""
    people = duties.person_of(context)
    own = {people.get(name, name) for name in names}
    return [name for name in _signing_in(context) if people[name] not in own]


def _signing_in(context: Context) -> Iterable[str]:
    asked = select(Staff.name).where(col(Staff.active).is_(True))
    if not context.session.get_one(Register, 1).is_practice:
        passwords = select(StaffPassword.staff_id).where(col(StaffPassword.must_change).is_(False))
        asked = asked.where(col(Staff.id).in_(passwords))
    return context.session.exec(asked.order_by(col(Staff.id))).all()
