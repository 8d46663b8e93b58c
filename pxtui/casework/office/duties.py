"""Separation of duties (岗位分设): an act for one role only, two steps by two people, where the office has set it."""

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.office.roles import Role, require_role, role_of
from pxtui.errors import Refused


def are_apart(context: Context) -> bool:
    """Whether the office has set `duties_apart`."""
    return office_settings.settings(context).duties_apart


def require_where_apart(context: Context, role: Role, act: str) -> None:
    """Refuse an act of a person in another role, where duties are apart.

    Args:
        act: the act's name in the refusal, in Chinese: 拨付批次的签发.

    Raises:
        PxtuiError: the person has another role.
    """
    if are_apart(context):
        require_role(context, role, act)


def require_another(context: Context, name: str, sentence: str) -> None:
    """Refuse the second step of an act to the person who took the first.

    Args:
        name: of the person who took the first step.
        sentence: of the refusal, in Chinese: what is refused and who may do it.

    Raises:
        PxtuiError: it is the same person.
    """
    if context.clerk == name:
        raise Refused(sentence)


def require_own_or_role(context: Context, name: str, role: Role, act: str) -> None:
    """Refuse to take back what waits for a second person to who neither proposed nor decides it, where duties are
    apart.

    Args:
        name: of the person who proposed it.
        role: that decides it.
        act: the act's name in the refusal, in Chinese.

    Raises:
        PxtuiError: it is another person in another role.
    """
    if are_apart(context) and context.clerk != name and role_of(context, context.clerk) is not role:
        raise Refused(f"{act}由提出人{name}或{role.value}办理，请告诉他们撤销的理由。")
