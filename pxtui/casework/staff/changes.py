"""What could make up a second person is changed by two: staff, roles, substitution, and the settings that ask for two.

Where duties are apart an administrator proposes it, and a 负责人 or another administrator confirms it; until then it is
not in force. The first administrator of an office is alone until there is somebody else who may confirm.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from sqlmodel import col, select

from db.models import Act, StaffChange, StaffChangeKind
from pxtui.casework.office import duties, journal
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import by
from pxtui.casework.office.roles import Role, has_other, proper_name
from pxtui.casework.office.settings import Wanted
from pxtui.casework.staff import members, substitution
from pxtui.errors import Damaged, NotAllowed, NotFound, Refused
from pxtui.policy import codec

CONFIRMATION = by("人员和设置改动的确认", Role.HEAD, Role.ADMINISTRATOR)
"""Who confirms."""
_WHERE = "人员一页（F10、0、1）按Ctrl+N，或 pxtui staff confirm"


@dataclass(frozen=True, slots=True)
class _About:
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


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change that waits for a second person."""

    id: int
    what: str
    """What would be done, in Chinese, without a full stop."""
    proposed_on: date
    proposed_by: str
    is_for_acting: bool
    """The acting person may confirm it."""

    @property
    def sentence(self) -> str:
        """Who proposes what."""
        return f"{self.proposed_on} {self.proposed_by}提出{self.what}。"


def add(context: Context, name: str, role: Role = Role.CLERK, *, id_number: str = "", office: str = "") -> str:
    """Add a member of staff, or take a retired one back, or propose it; what was done, in Chinese.

    Args:
        id_number: of the person, of which only a key is kept; empty: not known, which goes only as long as duties are
            not apart.
        office: code of the office where the person works; empty: that of the acting person.

    Raises:
        PxtuiError: see `members.add`; the number is none or is missing, the same waits already, or it is not for this
            person.
    """
    if not id_number.strip() and duties.are_apart(context):
        raise Refused("岗位分设时增加人员要登记身份证号，才分得清是不是同一人；台账里只存它的加密标识。")
    person = members.person_key(context, id_number).hex() if id_number.strip() else ""
    return _do(context, StaffChangeKind.ADD, _About(proper_name(name), role, office, person))


def assign(context: Context, name: str, role: Role) -> str:
    """Give a member of staff another role, or propose it; see `add`."""
    return _do(context, StaffChangeKind.ROLE, _About(proper_name(name), role))


def identify(context: Context, name: str, id_number: str) -> str:
    """Say by the ID number whose name it is, or propose it; see `add`."""
    return _do(
        context,
        StaffChangeKind.PERSON,
        _About(proper_name(name), person=members.person_key(context, id_number).hex()),
    )


def substitute(context: Context, absent: str, name: str, from_on: date, to_on: date) -> str:
    """Let `name` act for an absent colleague, or propose it; see `substitution.put`."""
    about = _About(proper_name(name), absent=proper_name(absent), from_on=from_on, to_on=to_on)
    return _do(context, StaffChangeKind.SUBSTITUTION, about)


def change_settings(context: Context, **wanted: Unpack[Wanted]) -> str:
    """Change settings of the office, or propose those that two people change; what was done, in Chinese.

    Raises:
        PxtuiError: see `settings.change`; or duties shall be apart, and of somebody nobody knows which person it is.
    """
    before = office_settings.settings(context)
    named = {key: value for key, value in wanted.items() if value is not None}
    is_of_two = any(getattr(before, key) != named[key] for key in named.keys() & office_settings.FOR_TWO)
    parts = named.get("duties_apart") and not before.duties_apart and has_other(context, Role.ADMINISTRATOR)
    if parts and (unknown := members.without_person(context)):
        raise Refused(
            f"岗位分设要分得清是不是同一人，请先登记身份证号（人员一页按F4，或 pxtui staff identify）："
            f"{'、'.join(unknown)}。"
        )
    if not is_of_two or not before.duties_apart:
        return f"现为：{office_settings.change(context, **wanted).in_words}"
    return _do(context, StaffChangeKind.SETTINGS, _About(settings=json.dumps(named, sort_keys=True)))


def waiting(context: Context) -> tuple[Waiting, ...]:
    """The changes that wait, the oldest first; they are few."""
    return tuple(
        Waiting(
            row.id,
            _what(row.kind, _about(context, row)),
            row.proposed_on,
            row.proposed_by,
            is_for_acting=_why_not(context, row) == "",
        )
        for row in _waiting(context)
    )


def notice(context: Context) -> str:
    """That changes wait for the acting person, for the desk; empty where none does."""
    count = sum(change.is_for_acting for change in waiting(context)) if context.clerk else 0
    return f"有{count}项人员或设置的改动等您确认：人员一页（F10、0、1）按Ctrl+N。" if count else ""


def confirm(context: Context, change_id: int) -> str:
    """Let a change come into force; what was done, in Chinese.

    Raises:
        PxtuiError: it does not wait, it was proposed by the same person or is about him, or it is not for this role.
    """
    row = _require_waiting(context, change_id)
    duties.require_role(context, CONFIRMATION)
    duties.require_another(context, CONFIRMATION, row.proposed_by, _by_another(row))
    if sentence := _why_not(context, row):
        raise NotAllowed(sentence)
    row.decided_on, row.decided_by, row.in_force = context.today, context.clerk, True
    context.session.add(row)
    return _put_in_force(context, row.kind, _about(context, row))


def drop(context: Context, change_id: int, reason: str) -> None:
    """Take a change that waits back, or turn it down.

    Raises:
        PxtuiError: it does not wait, no reason is given, or it is not for this person.
    """
    row = _require_waiting(context, change_id)
    duties.require_own_or_role(context, row.proposed_by, by("这项改动的撤销", Role.HEAD, Role.ADMINISTRATOR))
    if not reason.strip():
        raise Refused("撤销须写明理由，请填写后再试。")
    row.decided_on, row.decided_by = context.today, context.clerk
    context.session.add(row)
    summary = f"撤销{row.proposed_by}提出的{_what(row.kind, _about(context, row))}（{reason.strip()}）"
    journal.record(context, None, Act.STAFF_DROP, summary)


def _do(context: Context, kind: StaffChangeKind, about: _About) -> str:
    duties.require_role(context, by(_ACT_NAMES[kind], Role.ADMINISTRATOR))
    if not duties.are_apart(context) or members.is_founding(context):
        return _put_in_force(context, kind, about)
    with context.session.begin_nested() as tried:
        # What would be refused is refused now, and not to whoever has to confirm.
        _put_in_force(context, kind, about)
        tried.rollback()
    what = _what(kind, about)
    if any(row.kind is kind and _about(context, row) == about for row in _waiting(context)):
        raise Refused(f"已经提出{what}，等待确认。")
    row = StaffChange(kind=kind, proposed_on=context.today, proposed_by=context.clerk)
    row.seal(context.vault, about=codec.dump_text(_About, about))
    context.session.add(row)
    journal.record(context, None, Act.STAFF_PROPOSE, f"提出{what}")
    context.session.flush()
    return f"已提出，由{CONFIRMATION.who}中另一人确认后生效（{_WHERE}）：{what}。"


_ACT_NAMES: Mapping[StaffChangeKind, str] = {
    StaffChangeKind.ADD: "人员的增减和岗位",
    StaffChangeKind.ROLE: "人员的增减和岗位",
    StaffChangeKind.PERSON: "人员证号的登记",
    StaffChangeKind.SUBSTITUTION: "代理的登记",
    StaffChangeKind.SETTINGS: "本部门设置的改动",
}


def _put_in_force(context: Context, kind: StaffChangeKind, about: _About) -> str:
    person = bytes.fromhex(about.person) or None
    if kind is StaffChangeKind.ADD:
        assert about.role is not None
        name = members.add(context, about.name, about.role, person=person, office=about.office, agreed=True)
        others = _other_names(context, name)
        same = f"；与{'、'.join(others)}是同一人，岗位分设的各步按一人算" if others else ""
        return f"已增加{name}，岗位{about.role.value}{same}。"
    if kind is StaffChangeKind.ROLE:
        assert about.role is not None
        return f"{members.assign(context, about.name, about.role, agreed=True)}现为{about.role.value}。"
    if kind is StaffChangeKind.PERSON:
        assert person is not None
        return f"已登记{members.identify(context, about.name, person, agreed=True)}的身份证号。"
    if kind is StaffChangeKind.SUBSTITUTION:
        assert about.from_on is not None
        assert about.to_on is not None
        stand = substitution.put(context, about.absent, about.name, about.from_on, about.to_on, agreed=True)
        return f"{stand.sentence}。"
    wanted: Wanted = json.loads(about.settings)
    return f"现为：{office_settings.change(context, agreed=True, **wanted).in_words}"


def _other_names(context: Context, name: str) -> list[str]:
    people = duties.person_of(context)
    return [other for other, person in people.items() if person == people[name] and other != name]


_SETTING_NAMES: Mapping[str, str] = {
    "duties_apart": "岗位分设",
    "second_signature_from_fen": "第二人签发（分）",
    "sign_in_wanted": "登录",
}


def _what(kind: StaffChangeKind, about: _About) -> str:
    """What a change would do, without a number of anybody."""
    role = about.role.value if about.role else ""
    if kind is StaffChangeKind.ADD:
        return f"增加人员{about.name}，岗位{role}"
    if kind is StaffChangeKind.ROLE:
        return f"{about.name}的岗位改为{role}"
    if kind is StaffChangeKind.PERSON:
        return f"登记{about.name}的身份证号"
    if kind is StaffChangeKind.SUBSTITUTION:
        return f"{about.from_on}至{about.to_on}由{about.name}代理{about.absent}"
    wanted: dict[str, Any] = json.loads(about.settings)
    return "设置改为：" + "，".join(f"{_SETTING_NAMES.get(key, key)} {_value(value)}" for key, value in wanted.items())


def _value(value: object) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def _by_another(row: StaffChange) -> str:
    return f"此项由{row.proposed_by}提出，须由另一人确认。"


def _why_not(context: Context, row: StaffChange) -> str:
    """Why the acting person may not confirm a change, in Chinese; empty where he may."""
    people = duties.person_of(context)
    own = people.get(context.clerk, "")
    if not duties.may(context, CONFIRMATION, context.clerk):
        return f"{CONFIRMATION.name}由{CONFIRMATION.who}办理。"
    if people.get(row.proposed_by) == own:
        return _by_another(row)
    about = _about(context, row)
    if own in (about.person, people.get(about.name)):
        return "此项是您本人的改动，须由另一人确认。"
    return ""


def _about(context: Context, row: StaffChange) -> _About:
    try:
        return codec.load_text(_About, row.unseal(context.vault, "about"))
    except ValueError as fault:
        raise Damaged("这项改动的底稿已损坏，请联系管理员核对备份。") from fault


def _waiting(context: Context) -> list[StaffChange]:
    waits = select(StaffChange).where(col(StaffChange.decided_on).is_(None))
    return list(context.session.exec(waits.order_by(col(StaffChange.id))))


def _require_waiting(context: Context, change_id: int) -> StaffChange:
    row = next((row for row in _waiting(context) if row.id == change_id), None)
    if row is None:
        raise NotFound(f"没有等待确认的第{change_id}项，请在人员一页（F10、0、1）按Ctrl+N查看。")
    return row
