"""What a role may see of personal data; screens, commands and papers ask here and nowhere else.

Clerks, reviewers, heads and cashiers see in full what they key and what they reveal; an auditor sees everything with
masked numbers; an administrator, who decides on no case, sees nothing of people.
"""

from dataclasses import replace
from enum import Enum, auto

from pxtui.casework.office.context import Context
from pxtui.casework.office.roles import Role, role_of_acting, sees_personal_data
from pxtui.errors import NotAllowed
from pxtui.identifiers import id_number, phone
from pxtui.policy.facts import Trainee

_SHOWN_OF_AN_ACCOUNT = 4
_STARS = "******"


class Sight(Enum):
    """How much."""

    FULL = auto()
    MASKED = auto()
    NOTHING = auto()


def sight(context: Context) -> Sight:
    """What the acting person may see; a command that reads in nobody's name prints masked numbers."""
    role = role_of_acting(context)
    if role is Role.ADMINISTRATOR:
        return Sight.NOTHING
    return Sight.FULL if role is not None and sees_personal_data(context) else Sight.MASKED


def require_people(context: Context) -> None:
    """Refuse people and their data to who may see nothing of them.

    Raises:
        NotAllowed: an administrator asks.
    """
    if sight(context) is Sight.NOTHING:
        raise NotAllowed("管理员不办案件，不看个人信息，请由经办人、复核人或负责人查看。")


def require_full(context: Context, what: str) -> None:
    """Refuse full numbers. `what`: what is asked for, in Chinese: 带完整号码的文书.

    Raises:
        NotAllowed: the person's role sees masked numbers at most.
    """
    require_people(context)
    if sight(context) is not Sight.FULL:
        role = role_of_acting(context)
        own = f"您的岗位是{role.value}" if role is not None else "没有说明由谁查看（--as 姓名）"
        raise NotAllowed(f"{what}不对此开放：{own}，只看隐去中间几位的号码。")


def masked_account(number: str) -> str:
    """An account with the last four of its characters: ************0001."""
    return "*" * max(0, len(number) - _SHOWN_OF_AN_ACCOUNT) + number[-_SHOWN_OF_AN_ACCOUNT:]


def masked_person(trainee: Trainee) -> Trainee:
    """The row with its numbers masked, of a password that there is one."""
    return replace(
        trainee,
        id_number=id_number.masked(trainee.id_number),
        phone=phone.masked(trainee.phone),
        account=masked_account(trainee.account),
        password=_STARS if trainee.password else "",
    )
