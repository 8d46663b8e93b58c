"""What is proposed of staff, substitution, logins and settings, and how it reads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.models import StaffChangeKind
from pxtui.casework.office.roles import Role

LOGINS = frozenset({StaffChangeKind.PASSWORD, StaffChangeKind.KEY, StaffChangeKind.ACCOUNT})
"""What lets somebody in who works here already."""


@dataclass(frozen=True, slots=True)
class About:
    """Whom and what; what is not asked for is empty."""

    name: str = ""
    role: Role | None = None
    office: str = ""
    person: str = ""
    """`members.person_key`, hexadecimal; empty: not entered."""
    absent: str = ""
    """For whom `name` acts."""
    from_on: date | None = None
    to_on: date | None = None
    settings: str = ""
    """The wanted settings as JSON."""
    login: str = ""
    """The fingerprint of a key, or an account."""
    public_key: str = ""
    half: str = ""
    """The first half of an initial password, until it is decided on."""

    @property
    def lets_in(self) -> bool:
        """Whether somebody can sign in by it."""
        return bool(self.half or self.login)


_SETTING_NAMES: Mapping[str, str] = {
    "duties_apart": "岗位分设",
    "second_signature_from_fen": "第二人签发（分）",
    "sign_in_wanted": "登录",
}


def in_words(kind: StaffChangeKind, about: About) -> str:
    """What a change would do, without a number of anybody."""
    role = about.role.value if about.role else ""
    if kind is StaffChangeKind.ADD:
        return f"增加人员{about.name}，岗位{role}{_how_let_in(about)}"
    if kind is StaffChangeKind.ROLE:
        return f"{about.name}的岗位改为{role}"
    if kind is StaffChangeKind.PERSON:
        return f"登记{about.name}的身份证号"
    if kind is StaffChangeKind.SUBSTITUTION:
        return f"{about.from_on}至{about.to_on}由{about.name}代理{about.absent}"
    if kind is StaffChangeKind.PASSWORD:
        return f"给{about.name}（{role}）设初始口令"
    if kind is StaffChangeKind.KEY:
        return f"登记{about.name}（{role}）的登录公钥，指纹{about.login}"
    if kind is StaffChangeKind.ACCOUNT:
        return f"登记{about.name}（{role}）的系统账户{about.login}"
    wanted: dict[str, Any] = json.loads(about.settings)
    return "设置改为：" + "，".join(f"{_SETTING_NAMES.get(key, key)} {_value(value)}" for key, value in wanted.items())


def _how_let_in(about: About) -> str:
    password = "，设初始口令" if about.half else ""
    if about.public_key:
        return f"{password}，登录公钥指纹{about.login}"
    return password + (f"，系统账户{about.login}" if about.login else "")


def _value(value: object) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def to_check(kind: StaffChangeKind, about: About) -> str:
    """What whoever confirms compares first, in Chinese."""
    if kind is StaffChangeKind.KEY:
        return "指纹"
    return "身份证件和公钥指纹" if about.public_key else "身份证件"
