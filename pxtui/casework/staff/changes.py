"""What could make up a second person is changed by two: staff, roles, substitution, logins, settings that ask for two.

Where duties are apart an administrator proposes it, and a 负责人 or another administrator confirms it; until then it is
not in force. The first administrator of an office is alone until there is somebody else who may confirm. For passwords
and logins of others see `second_person`; of an initial password each of the two is shown one half.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Unpack

from db.models import Act, StaffChange, StaffChangeKind
from pxtui.casework.office import duties, journal
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import Permission, by
from pxtui.casework.office.roles import Role, has_other, proper_name, role_of
from pxtui.casework.office.settings import Wanted
from pxtui.casework.staff import logins, members, passwords, proposed, second_person, sign_in, substitution
from pxtui.casework.staff.proposal import LOGINS, About, in_words, to_check
from pxtui.errors import NotAllowed, Refused
from pxtui.policy import codec
from pxtui.server_login import PublicKey

CONFIRMATION = by("人员和设置改动的确认", Role.HEAD, Role.ADMINISTRATOR)
"""Who confirms."""
_WHERE = "按F10、0、1、Ctrl+N，或 pxtui staff confirm"


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
    awaited: str = ""
    """Who confirms, in Chinese."""
    to_check: str = ""
    """What is compared first, in Chinese."""

    @property
    def sentence(self) -> str:
        """Who proposes what."""
        return f"{self.proposed_on} {self.proposed_by}提出{self.what}。"


def add(
    context: Context,
    name: str,
    role: Role = Role.CLERK,
    *,
    id_number: str = "",
    office: str = "",
    password: bool = False,
    account: str = "",
    key: PublicKey | None = None,
) -> str:
    """Add a member of staff, or take a retired one back, or propose it; what was done, in Chinese.

    Whoever is added with a password or a login is ready to work: both come in at once, by one confirmation.

    Args:
        id_number: of the person, of which only a key is kept; empty: not known, which goes only as long as duties are
            not apart.
        office: code of the office where the person works; empty: that of the acting person.
        password: an initial one is set as well; the sentence shows it, or the first half, to be shown once.
        account: of the operating system; empty: none.
        key: to log in to the server with, in the place of an account.

    Raises:
        PxtuiError: see `members.add`, `give_password`, `give_account` and `give_key`; the number is none or is missing,
            both an account and a key are given, the same waits already, or it is not for this person.
    """
    if not id_number.strip() and duties.are_apart(context):
        raise Refused("岗位分设时增加人员要登记身份证号，才分得清是不是同一人；台账里只存它的加密标识。")
    if account.strip() and key is not None:
        raise Refused("登录公钥和系统账户只写一种；另一种以后再登记。")
    about = About(
        proper_name(name),
        role,
        office,
        members.person_key(context, id_number).hex() if id_number.strip() else "",
        half=passwords.half() if password else "",
        login=account.strip() if key is None else key.fingerprint,
        public_key="" if key is None else key.text,
    )
    is_of_two = about.lets_in and not second_person.is_alone(context)
    if is_of_two and _is_of_one(context, StaffChangeKind.ADD):
        return _add_then_let_in(context, about)
    return _do(context, StaffChangeKind.ADD, about)


def _add_then_let_in(context: Context, about: About) -> str:
    """The first administrator adds alone, but lets nobody in alone where a colleague can confirm it."""
    done = [_do(context, StaffChangeKind.ADD, replace(about, half="", login="", public_key=""))]
    if about.login:
        kind = StaffChangeKind.KEY if about.public_key else StaffChangeKind.ACCOUNT
        given = _of_colleague(context, about.name, login=about.login, public_key=about.public_key)
        done.append(_do(context, kind, given))
    if about.half:
        done.insert(0, _do(context, StaffChangeKind.PASSWORD, _of_colleague(context, about.name, half=about.half)))
    return "".join(done)


def assign(context: Context, name: str, role: Role) -> str:
    """Give a member of staff another role, or propose it; see `add`."""
    return _do(context, StaffChangeKind.ROLE, About(proper_name(name), role))


def identify(context: Context, name: str, id_number: str) -> str:
    """Say by the ID number whose name it is, or propose it; see `add`."""
    return _do(
        context,
        StaffChangeKind.PERSON,
        About(proper_name(name), person=members.person_key(context, id_number).hex()),
    )


def substitute(context: Context, absent: str, name: str, from_on: date, to_on: date) -> str:
    """Let `name` act for an absent colleague, or propose it; see `substitution.put`."""
    about = About(proper_name(name), absent=proper_name(absent), from_on=from_on, to_on=to_on)
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
    return _do(context, StaffChangeKind.SETTINGS, About(settings=json.dumps(named, sort_keys=True)))


def give_password(context: Context, name: str) -> str:
    """An initial password for somebody else, or the first half of one; a sentence that shows it, to be shown once.

    Raises:
        PxtuiError: as `sign_in.give_initial`; there is nobody who could confirm, or it waits already.
    """
    return _do(context, StaffChangeKind.PASSWORD, _of_colleague(context, name, half=passwords.half()))


def give_key(context: Context, name: str, key: PublicKey) -> str:
    """Enter a public key, or propose it; see `logins.enter_key` and `give_password`."""
    about = _of_colleague(context, name, login=key.fingerprint, public_key=key.text)
    return _do(context, StaffChangeKind.KEY, about)


def give_account(context: Context, name: str, account: str) -> str:
    """Enter an account of the operating system, or propose it; see `logins.enter_account` and `give_password`."""
    return _do(context, StaffChangeKind.ACCOUNT, _of_colleague(context, name, login=account.strip()))


def waiting(context: Context) -> tuple[Waiting, ...]:
    """The changes that wait, the oldest first; they are few."""
    return tuple(
        Waiting(
            row.id,
            in_words(row.kind, _about(context, row)),
            row.proposed_on,
            row.proposed_by,
            is_for_acting=_why_not(context, row) == "",
            awaited=_awaited(context, row),
            to_check=to_check(row.kind, _about(context, row)),
        )
        for row in proposed.waiting(context, StaffChange)
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
    about = _about(context, row)
    permission = _confirmation(context, row.kind, row.proposed_by, about)
    duties.require_role(context, permission)
    duties.require_another(context, permission, row.proposed_by, _by_another(row))
    if sentence := _why_not(context, row):
        raise NotAllowed(sentence)
    _require_as_proposed(context, row.kind, about)
    proposed.put_in_force(context, row)
    # The half that is kept for whoever confirms is kept no longer.
    row.seal(context.vault, about=codec.dump_text(About, replace(about, half="")))
    return _put_in_force(context, row.kind, about, row.proposed_by)


def drop(context: Context, change_id: int, reason: str) -> None:
    """Take a change that waits back, or turn it down.

    Raises:
        PxtuiError: it does not wait, no reason is given, or it is not for this person.
    """
    row = _require_waiting(context, change_id)
    about = _about(context, row)
    decider = by("这项改动的撤销", Role.HEAD, Role.ADMINISTRATOR)
    proposed.turn_down(context, row, decider, Act.STAFF_DROP, in_words(row.kind, about), reason)
    row.seal(context.vault, about=codec.dump_text(About, replace(about, half="")))


def _do(context: Context, kind: StaffChangeKind, about: About) -> str:
    duties.require_role(context, by(_ACT_NAMES[kind], *_proposers(kind)))
    if _is_of_one(context, kind):
        return _put_in_force(context, kind, about)
    proposed.require_possible(context, partial(_put_in_force, context, kind, about))
    what, confirmation = in_words(kind, about), _confirmation(context, kind, context.clerk, about)
    rows = proposed.waiting(context, StaffChange)
    if any(row.kind is kind and replace(_about(context, row), half=about.half) == about for row in rows):
        raise Refused(f"已经提出{what}，等待确认；要重新提出的，请先在人员一页（F10、0、1）按Ctrl+N撤销那一项。")
    row = StaffChange(kind=kind, proposed_on=context.today, proposed_by=context.clerk)
    row.seal(context.vault, about=codec.dump_text(About, about))
    context.session.add(row)
    journal.record(context, None, Act.STAFF_PROPOSE, f"提出{what}")
    context.session.flush()
    if about.half:
        return f"前一半 {about.half} 只显示这次，请当面告诉{about.name}；确认的人（Ctrl+N）告诉另一半。"
    return f"已提出，由{confirmation.who}中另一人确认后生效（{_WHERE}）：{what}。"


_ACT_NAMES: Mapping[StaffChangeKind, str] = {
    StaffChangeKind.ADD: "人员的增减和岗位",
    StaffChangeKind.ROLE: "人员的增减和岗位",
    StaffChangeKind.PERSON: "人员证号的登记",
    StaffChangeKind.SUBSTITUTION: "代理的登记",
    StaffChangeKind.SETTINGS: "本部门设置的改动",
    StaffChangeKind.PASSWORD: "别人初始口令的设定",
    StaffChangeKind.KEY: "登录公钥和账户的登记",
    StaffChangeKind.ACCOUNT: "登录公钥和账户的登记",
}


def _proposers(kind: StaffChangeKind) -> tuple[Role, ...]:
    # Else an administrator who forgot the own password would have no way back.
    return (Role.HEAD, Role.ADMINISTRATOR) if kind in LOGINS else (Role.ADMINISTRATOR,)


def _is_of_one(context: Context, kind: StaffChangeKind) -> bool:
    if kind in LOGINS:
        return second_person.is_alone(context)
    return not duties.are_apart(context) or members.is_founding(context)


def _confirmation(context: Context, kind: StaffChangeKind, proposed_by: str, about: About) -> Permission:
    """Who may confirm a change.

    Raises:
        Refused: nobody is there who could.
    """
    if kind not in LOGINS:
        return CONFIRMATION
    permission = second_person.confirmation(context, proposed_by, about.name)
    if permission is None:
        raise Refused(
            f"除{proposed_by}和{about.name}以外还没有人设过自己的口令，没有人能确认；"
            "请由第三人先设好口令，或在服务器上用备份私钥运行 pxtui staff recover。"
        )
    return permission


def _of_colleague(context: Context, name: str, *, login: str = "", public_key: str = "", half: str = "") -> About:
    """About somebody who works here, with the role and the person of now: whoever confirms sees them."""
    kept = members.working_name(context, name)
    person = duties.person_of(context)[kept]
    return About(kept, role_of(context, kept), person=person, login=login, public_key=public_key, half=half)


def _require_as_proposed(context: Context, kind: StaffChangeKind, about: About) -> None:
    if kind not in LOGINS:
        return
    now = _of_colleague(context, about.name)
    if (now.role, now.person) != (about.role, about.person):
        raise Refused(f"提出以后{about.name}的岗位或身份证号有改动，请先撤销这一项，核对后重新提出。")


def _put_in_force(context: Context, kind: StaffChangeKind, about: About, proposed_by: str = "") -> str:
    """Do it; `proposed_by`: by another than the acting person."""
    if kind in LOGINS:
        return _let_in(context, kind, about, proposed_by)
    person = bytes.fromhex(about.person) or None
    if kind is StaffChangeKind.ADD:
        return _add(context, about, person, proposed_by)
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


def _add(context: Context, about: About, person: bytes | None, proposed_by: str) -> str:
    assert about.role is not None
    name = members.add(context, about.name, about.role, person=person, office=about.office, agreed=True)
    others = _other_names(context, name)
    same = f"；与{'、'.join(others)}是同一人，岗位分设的各步按一人算" if others else ""
    done = [f"已增加{name}，岗位{about.role.value}{same}。"]
    if about.login:
        kind = StaffChangeKind.KEY if about.public_key else StaffChangeKind.ACCOUNT
        done.append(f"{_let_in(context, kind, about, proposed_by)}。")
    if about.half:
        # First, because a line of the screen may be shorter than all of it.
        done.insert(0, f"{_let_in(context, StaffChangeKind.PASSWORD, about, proposed_by).rstrip('。')}。")
    return "".join(done)


def _let_in(context: Context, kind: StaffChangeKind, about: About, proposed_by: str) -> str:
    by_two = f"，{proposed_by}提出" if proposed_by else ""
    if kind is StaffChangeKind.PASSWORD:
        first, second = about.half or passwords.half(), passwords.half()
        sign_in.give_initial(context, about.name, passwords.of_halves(first, second), by_two, agreed=True)
        if proposed_by:
            return f"后一半 {second} 只显示这一次，请当面告诉{about.name}；前一半由{proposed_by}告诉。"
        return f"{about.name}的初始口令（只显示这一次，请当面告知）：{passwords.of_halves(first, second)}"
    if kind is StaffChangeKind.KEY:
        logins.enter_key(context, about.name, PublicKey(about.public_key), by_two, agreed=True)
        return f"已登记{about.name}的公钥 {about.login}"
    logins.enter_account(context, about.name, about.login, by_two, agreed=True)
    return f"已登记{about.name}的系统账户 {about.login}"


def _other_names(context: Context, name: str) -> list[str]:
    people = duties.person_of(context)
    return [other for other, person in people.items() if person == people[name] and other != name]


def _by_another(row: StaffChange) -> str:
    return f"此项由{row.proposed_by}提出，须由另一人确认。"


def _why_not(context: Context, row: StaffChange) -> str:
    """Why the acting person may not confirm a change, in Chinese; empty where he may."""
    people = duties.person_of(context)
    own, about = people.get(context.clerk, ""), _about(context, row)
    try:
        permission = _confirmation(context, row.kind, row.proposed_by, about)
    except Refused as fault:
        return fault.sentence
    if not duties.may(context, permission, context.clerk):
        return f"{permission.name}由{permission.who}办理。"
    if people.get(row.proposed_by) == own:
        return _by_another(row)
    if own in (about.person, people.get(about.name)):
        return "此项是您本人的改动，须由另一人确认。"
    return ""


def _awaited(context: Context, row: StaffChange) -> str:
    try:
        permission = _confirmation(context, row.kind, row.proposed_by, _about(context, row))
    except Refused:
        return CONFIRMATION.who
    return "同事" if permission == second_person.OF_COLLEAGUES else CONFIRMATION.who


def _about(context: Context, row: StaffChange) -> About:
    return proposed.about(context, row, About)


def _require_waiting(context: Context, change_id: int) -> StaffChange:
    missing = f"没有等待确认的第{change_id}项，请在人员一页（F10、0、1）按Ctrl+N查看。"
    return proposed.one_waiting(context, StaffChange, change_id, missing)
