"""Signing in: whose seat it is, whether the password is right, what too many wrong ones do (GB/T 22239-2019 8.1.4.1 b).

These functions take the register and not a `Context`: a password is tried between a look and an act, outside of any
transaction, because that takes a sixth of a second; and an attempt that fails must be stored although it is refused.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from db.models import Act, JournalEntry, Office, SignInFailure, Staff, StaffPassword
from db.models import Register as RegisterRow
from pxtui.casework.office import duties, journal
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.program_version import NOBODY
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role, has_other
from pxtui.casework.office.settings import NOT_APART, SIGNED_IN_BY_NAME
from pxtui.casework.staff import logins, members, passwords, second_person
from pxtui.clock import CHINA
from pxtui.errors import NotAllowed, PasswordWanted, Refused
from pxtui.identifiers.text import canonical
from pxtui.server_login import ServerLogin

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
DISABLED_AFTER = timedelta(days=90)
"""Without a sign-in."""
_MOST_TOLD = 5
CHANGED_AFTER = timedelta(days=180)
_WRONG = "姓名或口令不对，请重新输入。"
_WRONG_AGAIN = "口令不对，请再输一次"


@dataclass(frozen=True, slots=True)
class Seat:
    """Who may sit down at the counter, and by what."""

    name: str | None
    """None: it is chosen or keyed."""
    by_name_alone: bool
    """No password is asked for."""
    is_first: bool = False
    """Nobody has a password yet: whoever sits down chooses the first."""
    is_vouched_for: bool = False
    """The server has said who it is."""
    names: tuple[str, ...] = ()
    """To choose from, where the name alone counts."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody whose password was right."""

    acting: Acting
    must_change: bool
    """Another password is to be set before anything else is done."""
    told: str = ""
    """Who was given a password or a login since the last sign-in, in Chinese; empty: nobody."""


def seat(register: Register, login: ServerLogin, asked: str | None, at: datetime) -> Seat:
    """Whose seat it is.

    Args:
        asked: the name that `--as` says or that was chosen; None: none.

    Raises:
        PxtuiError: the server vouches for somebody else or for nobody that works here, or, where the name alone counts,
            nobody has that name.
    """
    with register.reading(register.nobody(at)) as context:
        vouched = logins.name_of(context, login)
        if vouched and asked and canonical(asked) != vouched:
            raise Refused(f"您是以{vouched}登录服务器的，不能以“{canonical(asked)}”办理。")
        name = vouched or (canonical(asked) if asked else None)
        names = members.names(context)
        if name is None and len(names) == 1:
            (name,) = names
        if not _wants_password(context, name, len(names)):
            if name is not None:
                name = register.seated(name, at).name
            return Seat(name, by_name_alone=True, is_vouched_for=bool(vouched), names=names)
        return Seat(name, by_name_alone=False, is_first=_is_first(context), is_vouched_for=bool(vouched))


def is_open_to_all(context: Context) -> bool:
    """Whether a register that is no practice register is used without a password."""
    return not _is_practice(context) and not _wants_password(context, None, len(members.names(context)))


def marks(context: Context) -> str:
    """What an office that is no practice register does without, for every screen and paper; empty: nothing."""
    by_name = SIGNED_IN_BY_NAME if is_open_to_all(context) else ""
    together = NOT_APART if not _is_practice(context) and not duties.are_apart(context) else ""
    return "　".join(filter(None, (by_name, together)))


def sign_in(register: Register, name: str, password: str, at: datetime) -> SignedIn:
    """Let somebody in; what was tried is in the journal, whatever came of it.

    Raises:
        PxtuiError: the password is wrong, nobody of that name has one, too many were wrong, or it has long been unused.
    """
    return _tried(register, name, password, at, is_sign_in=True)


def confirmed(register: Register, acting: Acting, password: str) -> Acting:
    """The acting person after the password was given once more.

    Raises:
        PasswordWanted: it is wrong.
        PxtuiError: too many were wrong, or it was not used for long.
    """
    try:
        return replace(_tried(register, acting.name, password, acting.at, is_sign_in=False).acting, token=acting.token)
    except Refused as fault:
        if fault.sentence == _WRONG:
            raise PasswordWanted(_WRONG_AGAIN) from None
        raise


def choose_first(register: Register, name: str, password: str, at: datetime) -> SignedIn:
    """The first password of a register in which nobody has one, such as one of before there were passwords.

    Raises:
        PxtuiError: somebody has or had one, nobody of that name works here, it is for an administrator, or the password
            cannot be one.
    """
    acting = register.seated(name, at)
    with register.writing(acting, accepts_clock=True) as context:
        if not _is_first(context):
            raise Refused("台账已有口令，不能再设第一个口令，请用自己的口令登录，或请管理员设初始口令。")
        _require_home(context)
        if has_other(context, Role.ADMINISTRATOR, acting.name) and not _is_administrator(context):
            raise Refused("第一个口令由管理员设：请管理员先登录，再给各人设初始口令。")
        set_own(context, password)
    return sign_in(register, name, password, at)


def _require_home(context: Context) -> None:
    """Of several offices the one whose register it is sets passwords for the others, and nobody sets them for it."""
    home = context.session.get_one(RegisterRow, 1).home_office
    working = select(Staff.id).where(col(Staff.office_code) == home, col(Staff.active).is_(True))
    if context.office != home and context.session.exec(working.limit(1)).first() is not None:
        name = context.session.get_one(Office, home).name
        raise Refused(f"第一个口令由{name}的人员设：请其先登录，再给其他部门的人设初始口令。")


def set_own(context: Context, password: str) -> None:
    """Another password for the acting person, from now on.

    Raises:
        PxtuiError: it cannot be one, it is the one of before, or that one was not given.
    """
    member = _member(context, context.clerk)
    if sentence := passwords.fault(password, member.name):
        raise Refused(sentence)
    row = context.session.get(StaffPassword, member.id)
    if row is not None and passwords.opens(context.vault, member.id, member.name, row.verifier, password):
        raise Refused("新口令与原口令相同，请换一个。")
    journal.record(context, None, Act.STAFF_PASSWORD, f"设登录口令：{member.name}")
    _keep(context, member, password, must_change=False)


def give_initial(context: Context, name: str, password: str, how: str = "", *, agreed: bool = False) -> None:
    """A new password for somebody else, who sets another one at the next sign-in; to be told to nobody else.

    Args:
        how: for the journal, in Chinese, beginning with a comma.
        agreed: a second person has confirmed it, or none is wanted; `changes` says so and nobody else.

    Raises:
        PxtuiError: nobody of that name works here, it is the acting person, there are administrators and the acting
            person is none, or a second person has to confirm it.
    """
    kept = members.working_name(context, name)
    if kept == context.clerk:
        raise Refused("自己的口令请在人员一页把光标移到自己，按Enter改（或用 pxtui staff password）。")
    if not agreed and not second_person.is_alone(context):
        raise NotAllowed(second_person.WANTED)
    apart = duties.are_apart(context)
    if not apart and has_other(context, Role.ADMINISTRATOR, context.clerk) and not _is_administrator(context):
        raise Refused("别人的初始口令由管理员设，请交管理员办理。")
    journal.record(context, None, Act.STAFF_INITIAL_PASSWORD, f"设初始口令：{kept}{how}，首次登录须改")
    set_initial(context, kept, password)


def set_initial(context: Context, name: str, password: str) -> None:
    """The password of a working member of staff is this one until the next sign-in; the act is entered by others."""
    member = _member(context, name)
    _keep(context, member, password, must_change=True)
    # Whoever was locked out has a new password now.
    if failure := context.session.get(SignInFailure, _name_key(context, member.name)):
        context.session.delete(failure)


def with_password(context: Context) -> tuple[str, ...]:
    """The names of the working staff who have a password."""
    asked = select(Staff.name).join(StaffPassword, col(StaffPassword.staff_id) == col(Staff.id))
    return tuple(context.session.exec(asked.where(col(Staff.active).is_(True)).order_by(col(Staff.id))))


def _wants_password(context: Context, name: str | None, people: int) -> bool:
    """Practice registers ask only those who have set one to practise it; a real one all, but one who works alone."""
    if _is_practice(context):
        return name in with_password(context)
    return people > 1 or office_settings.settings(context).sign_in_wanted


def _is_practice(context: Context) -> bool:
    return context.session.get_one(RegisterRow, 1).is_practice


def _is_first(context: Context) -> bool:
    # Passwords that somebody took out of the file by hand do not make the next one the first. A merge leaves them.
    merged = select(func.coalesce(func.max(JournalEntry.id), 0)).where(col(JournalEntry.action) == Act.REGISTER_MERGE)
    since = col(JournalEntry.id) > context.session.exec(merged).one()
    set_before = select(JournalEntry.id).where(col(JournalEntry.action) == Act.STAFF_PASSWORD, since)
    rows = (select(StaffPassword.staff_id), set_before)
    return all(context.session.exec(asked.limit(1)).first() is None for asked in rows)


def _is_administrator(context: Context) -> bool:
    return _member(context, context.clerk).role is Role.ADMINISTRATOR


def _member(context: Context, name: str) -> Staff:
    return context.session.exec(select(Staff).where(col(Staff.name) == canonical(name))).one()


def _keep(context: Context, member: Staff, password: str, *, must_change: bool) -> None:
    verifier = passwords.kept(context.vault, member.id, member.name, password)
    context.session.merge(
        StaffPassword(
            staff_id=member.id, verifier=verifier, must_change=must_change, set_at=context.at, used_at=context.at
        )
    )


def _name_key(context: Context, name: str) -> bytes:
    # A lasting key: a rotation of the keys ends no lock.
    return hmac.digest(context.vault.lasting_key("sign-in"), canonical(name).encode(), "sha256")


@dataclass(frozen=True, slots=True)
class _Known:
    """What is kept under a name; where nothing is, what opens for nobody and takes as long to try."""

    staff_id: int = 0
    name: str = ""
    verifier: str = ""
    office: str = ""


def _known(session: Session, name: str) -> _Known:
    asked = (
        select(Staff, StaffPassword)
        .join(StaffPassword, col(StaffPassword.staff_id) == col(Staff.id))
        .where(col(Staff.name) == canonical(name), col(Staff.active).is_(True))
    )
    found = session.exec(asked).first()
    return _Known() if found is None else _Known(found[0].id, found[0].name, found[1].verifier, found[0].office_code)


def _tried(register: Register, name: str, password: str, at: datetime, *, is_sign_in: bool) -> SignedIn:
    with register.reading(register.nobody(at)) as context:
        known = _known(context.session, name)
        vault = context.vault
    is_right = passwords.opens(vault, known.staff_id, known.name, known.verifier, password)
    acting = Acting(NOBODY, register.office, at)
    # A clock that is wrong stops the acts; whoever puts that right must be let in first.
    with register.writing(acting, accepts_clock=True) as context:
        outcome = _settled(context, name, known, is_right=is_right, is_sign_in=is_sign_in)
        if isinstance(outcome, SignedIn) and passwords.is_outdated(known.verifier):
            row = context.session.get_one(StaffPassword, known.staff_id)
            row.verifier = passwords.kept(vault, known.staff_id, known.name, password)
            context.session.add(row)
    if isinstance(outcome, str):
        raise Refused(outcome)
    return outcome


def _settled(context: Context, name: str, known: _Known, *, is_right: bool, is_sign_in: bool) -> SignedIn | str:
    """What becomes of an attempt; where it fails, the sentence."""
    failure = context.session.get(SignInFailure, _name_key(context, name))
    if failure is not None and context.at >= failure.last_at + LOCKED_FOR:
        context.session.delete(failure)
        context.session.flush()
        failure = None
    if failure is not None and failure.failures >= MOST_FAILURES:
        _record(context, known, "登录未试：已锁定" if is_sign_in else "确认未试：已锁定")
        return _locked(failure)
    # Somebody else may have set another one, or the person may have left, while this one was tried.
    if not is_right or _known(context.session, name) != known:
        return _failed(context, known, failure, name, what="登录" if is_sign_in else "确认")
    row = context.session.get_one(StaffPassword, known.staff_id)
    idle = context.at - row.used_at > DISABLED_AFTER
    if idle and _can_be_set_anew(context, known):
        _record(context, known, "登录未成：超过90天没有使用，已停用")
        return f"这个口令{DISABLED_AFTER.days}天没有用过，已停用，请管理员重设初始口令。"
    if failure is not None:
        context.session.delete(failure)
    acting = replace(context.acting, name=known.name, office=known.office, confirmed_at=context.at)
    must_change = row.must_change or idle or context.at - row.set_at > CHANGED_AFTER
    told = ""
    if is_sign_in:
        told = _given_since(context, row.used_at)
        row.used_at = context.at
        context.session.add(row)
        journal.record(context.by(acting), None, Act.SIGN_IN, f"登录：{known.name}")
    return SignedIn(acting, must_change, told)


def _given_since(context: Context, moment: datetime) -> str:
    """The passwords and logins that were given since a moment: whoever was given somebody else's is seen by all."""
    entries = select(JournalEntry).where(
        col(JournalEntry.at) > moment,
        col(JournalEntry.action).in_([Act.STAFF_INITIAL_PASSWORD, Act.STAFF_LOGIN, Act.STAFF_RECOVER]),
    )
    lines = [
        f"{entry.at.astimezone(CHINA):%Y-%m-%d %H:%M} {entry.staff_name} {entry.summary}"
        for entry in context.session.exec(entries.order_by(col(JournalEntry.id).desc()).limit(_MOST_TOLD))
    ]
    return f"您上次登录以后：{'；'.join(lines)}。不是您知道的请立即告诉负责人。" if lines else ""


def _failed(context: Context, known: _Known, failure: SignInFailure | None, name: str, what: str) -> str:
    _forget_old(context)
    failure = failure or SignInFailure(name_key=_name_key(context, name), failures=0, last_at=context.at)
    failure.failures += 1
    failure.last_at = context.at
    context.session.add(failure)
    locked = failure.failures >= MOST_FAILURES
    _record(context, known, f"{what}未成：口令不对，第{failure.failures}次{'，锁定15分钟' if locked else ''}")
    return _locked(failure) if locked else _WRONG


def _record(context: Context, known: _Known, what: str) -> None:
    # A name that nobody bears may be a password in the wrong place.
    journal.record(context, None, Act.SIGN_IN_FAIL, f"{what}（{known.name or '没有这个姓名或没有口令'}）")


def _locked(failure: SignInFailure) -> str:
    until = (failure.last_at + LOCKED_FOR).astimezone(CHINA)
    return f"口令连续{MOST_FAILURES}次不对，已锁定到{until:%H:%M}，到时再试；忘记的请管理员重设初始口令。"


def _forget_old(context: Context) -> None:
    """Names that were tried long ago: of those that nobody bears there could be any number."""
    rows: Sequence[SignInFailure] = context.session.exec(
        select(SignInFailure).where(col(SignInFailure.last_at) < context.at - LOCKED_FOR)
    ).all()
    for row in rows:
        context.session.delete(row)


def _can_be_set_anew(context: Context, known: _Known) -> bool:
    """Whether somebody else could: the last one who can is not shut out for good."""
    others = select(Staff).join(StaffPassword, col(StaffPassword.staff_id) == col(Staff.id))
    at_work = context.session.exec(others.where(col(Staff.active).is_(True), col(Staff.id) != known.staff_id)).all()
    if has_other(context, Role.ADMINISTRATOR):
        return any(member.role is Role.ADMINISTRATOR for member in at_work)
    return bool(at_work)
