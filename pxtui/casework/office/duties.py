"""Duties apart: where the office wants it, an act belongs to one role, and two steps to two people."""

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.office.roles import Role, require_role
from pxtui.errors import Refused


def are_apart(context: Context) -> bool:
    """Whether the office keeps its duties apart."""
    return office_settings.settings(context).duties_apart


def require_where_apart(context: Context, role: Role, act: str) -> None:
    """Refuse an act to whoever has another role, where duties are apart.

    Args:
        act: what is done, as the sentence names it: 拨付批次的签发.

    Raises:
        PxtuiError: the person has another role.
    """
    if are_apart(context):
        require_role(context, role, act)


def require_another(context: Context, name: str, sentence: str) -> None:
    """Refuse the second step to whoever took the first.

    Args:
        name: who took the first step.
        sentence: the refusal, with what is refused and who may do it.

    Raises:
        PxtuiError: it is the same person.
    """
    if context.clerk == name:
        raise Refused(sentence)
