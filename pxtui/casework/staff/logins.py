"""Keys and accounts by which the server knows members of staff: entered, revoked, and whose they are."""

from dataclasses import dataclass

from sqlmodel import col, select

from db.models import Act, LoginKind, Staff, StaffLogin
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.staff import members, second_person
from pxtui.errors import NotAllowed, NotFound, Refused
from pxtui.server_login import PublicKey, ServerLogin

_KINDS = {LoginKind.KEY: "登录公钥", LoginKind.ACCOUNT: "系统账户"}


@dataclass(frozen=True, slots=True)
class Login:
    """A key or account of a member of staff."""

    name: str
    kind: LoginKind
    value: str
    """The fingerprint of a key, or the name of an account."""
    public_key: str
    is_revoked: bool

    @property
    def kind_in_words(self) -> str:
        """What it is, in Chinese."""
        return _KINDS[self.kind]


def name_of(context: Context, login: ServerLogin) -> str | None:
    """The name of the working member of staff whom the server vouches for; None: it says nothing of any.

    Raises:
        Refused: somebody logged in by a key that is nobody's here, revoked, or of somebody who has left; or by several
            keys of different people.
    """
    rows = _matching(context, login)
    if not rows:
        if login.over_ssh and _has_keys(context):
            raise Refused("登录用的密钥没有登记给任何人，请联系管理员登记（pxtui staff key）。")
        return None
    if any(row.revoked_at is not None for row in rows):
        raise Refused("登录用的密钥或账户已撤销，不能再用，请联系管理员。")
    members = {row.staff_id for row in rows}
    if len(members) > 1:
        raise Refused("登录用的几把密钥登记给了不同的人，请只用自己的一把。")
    member = context.session.get_one(Staff, members.pop())
    if not member.active:
        raise Refused("登录用的密钥或账户是已离岗人员的，不能再用，请联系管理员。")
    return member.name


def enter_key(context: Context, name: str, key: PublicKey, how: str = "", *, agreed: bool = False) -> str:
    """Enter a public key of a working member of staff; its fingerprint.

    Args:
        how: for the journal, in Chinese, beginning with a comma.
        agreed: a second person has confirmed it, or none is wanted; `changes` says so and nobody else.

    Raises:
        PxtuiError: nobody of that name works here, the key is entered already (revoked or not), or a second person has
            to confirm it.
    """
    _require_agreed(context, agreed=agreed)
    _enter(context, name, LoginKind.KEY, key.fingerprint, key.text, how)
    return key.fingerprint


def enter_account(context: Context, name: str, account: str, how: str = "", *, agreed: bool = False) -> str:
    """Enter an account of the operating system; the like of `enter_key`. One that was revoked may be given again."""
    _require_agreed(context, agreed=agreed)
    named = account.strip()
    if not named or named.split() != [named] or not named.isprintable():
        raise Refused(f"“{account}”不是系统账户名，请写成服务器上的登录名，如zhangsan。")
    _enter(context, name, LoginKind.ACCOUNT, named, "", how)
    return named


def revoke(context: Context, value: str) -> str:
    """Revoke a key by its fingerprint, or an account by its name; the name of the person.

    Raises:
        PxtuiError: there is none, or the acting person is no administrator where duties are apart.
    """
    duties.require_role(context, Act.STAFF_REVOKE_LOGIN)
    row = context.session.exec(
        select(StaffLogin).where(col(StaffLogin.value) == value.strip(), col(StaffLogin.revoked_at).is_(None))
    ).first()
    if row is None:
        raise NotFound(f"没有登记“{value}”，请用 pxtui staff logins 查看指纹和账户。")
    member = context.session.get_one(Staff, row.staff_id)
    row.revoked_at = context.at
    context.session.add(row)
    journal.record(context, None, Act.STAFF_REVOKE_LOGIN, f"撤销{_KINDS[row.kind]}：{member.name} {row.value}")
    return member.name


def all_of(context: Context) -> tuple[Login, ...]:
    """Every key and account that was ever entered, by person."""
    asked = select(StaffLogin, Staff).join(Staff, col(Staff.id) == col(StaffLogin.staff_id))
    rows = context.session.exec(asked.order_by(col(Staff.id), col(StaffLogin.id)))
    return tuple(
        Login(member.name, row.kind, row.value, row.public_key, row.revoked_at is not None or not member.active)
        for row, member in rows
    )


def _matching(context: Context, login: ServerLogin) -> list[StaffLogin]:
    kind, values = LoginKind.KEY, [key.fingerprint for key in login.keys]
    if not login.over_ssh:
        kind, values = LoginKind.ACCOUNT, [login.account]
    asked = select(StaffLogin).where(col(StaffLogin.kind) == kind, col(StaffLogin.value).in_(values))
    return list(context.session.exec(asked))


def _has_keys(context: Context) -> bool:
    asked = select(StaffLogin.id).where(col(StaffLogin.kind) == LoginKind.KEY)
    return context.session.exec(asked.limit(1)).first() is not None


def _enter(context: Context, name: str, kind: LoginKind, value: str, public_key: str, how: str) -> None:
    kept = members.working_name(context, name)
    member = context.session.exec(select(Staff).where(col(Staff.name) == kept)).one()
    asked = select(StaffLogin).where(col(StaffLogin.kind) == kind, col(StaffLogin.value) == value)
    row = context.session.exec(asked).first()
    if row is not None and (row.revoked_at is None or kind is LoginKind.KEY):
        owner = context.session.get_one(Staff, row.staff_id).name
        state = "，已撤销" if row.revoked_at is not None else ""
        raise Refused(f"这{_KINDS[kind]}已登记给{owner}{state}，不能再登记；一人一把，请换一把。")
    row = row or StaffLogin(staff_id=member.id, kind=kind, value=value, public_key=public_key, added_at=context.at)
    row.staff_id, row.added_at, row.revoked_at = member.id, context.at, None
    context.session.add(row)
    journal.record(context, None, Act.STAFF_LOGIN, f"登记{_KINDS[kind]}：{member.name} {value}{how}")


def _require_agreed(context: Context, *, agreed: bool) -> None:
    if not agreed and not second_person.is_alone(context):
        raise NotAllowed(second_person.WANTED)
