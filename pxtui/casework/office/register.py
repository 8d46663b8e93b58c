"""The register of an office: creation, opening, automatic upgrade after a backup, transactions."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from db import phone_keys
from db.about import About, Unheld, about_of
from db.chain.walk import verify
from db.engine import Archive, open_archive, vault_of
from db.kinds import Changes
from db.models import Act, Office, Staff
from db.models import Register as RegisterRow
from db.private_files import take_back
from db.seal import Vault
from db.upgrade import is_there, new_register, upgrade
from pxtui import __version__
from pxtui.casework.office import clock_check, journal, outgoing, program_version
from pxtui.casework.office.calendar_in_force import CalendarInForce
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.drafts import DraftBox
from pxtui.casework.office.outgoing import Unwritten
from pxtui.casework.office.roles import Role, proper_name
from pxtui.errors import Damaged, DatabaseAway, NotAllowed, NotFound, Overtaken, Refused
from pxtui.home import Home
from pxtui.identifiers.text import canonical
from pxtui.policy.parameters import Rulebook, shipped_rulebook
from pxtui.whole_file import alone_in, clear_unfinished

Answer = TypeVar("Answer")

_TIMES = 4
"""How often an act that was overtaken is begun anew before the clerk is told."""
NOT_FOR_PRACTICE = "这是正式台账，日期只按本机时钟，不能指定；请去掉环境变量PXTUI_TODAY再打开，练习请用 pxtui demo。"
_FILES_LATER = "这一步已经存下，不要再办；数据库随后断开了，文件还没有写出来，下次打开程序时补写。"
_EMPTY = (
    "台账文件“{}”是空的，里面什么也没有：请管理员用最近的备份（同一文件夹里的.backup.sqlite或另存的备份）覆盖它；"
    "从来没有录入过的，删去这个空文件后运行 pxtui 重新建立。"
)


class Register:
    """An open register with its vault, data folder, office and rulebook."""

    def __init__(self, archive: Archive, home: Home, row: RegisterRow, rulebook: Rulebook) -> None:
        """`row`: what the register says of itself; `rulebook`: the notices that cases are judged by."""
        self._archive = archive
        self.home = home
        self.office = row.home_office
        self.is_practice = row.is_practice
        self.rulebook = rulebook
        self._calendar = CalendarInForce()
        self.written_late: tuple[Path, ...] = ()
        """Files that an earlier session committed and this one wrote when the register was opened."""
        self.unwritten: tuple[Unwritten, ...] = ()
        """Those that could not be written then either."""
        self.taken_back: tuple[str, ...] = ()
        """A sentence for each folder that was open to other users."""

    @property
    def told_late(self) -> tuple[str, ...]:
        """What is to be said of both, a sentence each."""
        written = (f"上次已登记出具而没有写成的文件已补写：{path}" for path in self.written_late)
        return (*(file.sentence for file in self.unwritten), *self.taken_back, *written)

    @contextmanager
    def writing(self, acting: Acting, *, accepts_clock: bool = False, about: About | None = None) -> Iterator[Context]:
        """One transaction of `acting` that is stored whole or not at all; its files are written when it stands.

        Args:
            accepts_clock: the act is the reason for which a clock behind the journal is right.
            about: see `db.engine.Archive.writing`.

        Raises:
            PxtuiError: the register refuses, as one that is no practice register does while the clock is behind its
                journal, or the transaction stands and a file of it could not be written.
        """
        try:
            with self._archive.writing(acting.name, acting.at, about=about) as session:
                context = self._context(session, acting)
                if not accepts_clock:
                    clock_check.require_in_order(context)
                yield context
        except NotAllowed as fault:
            self._keep_refusal(acting, fault)
            raise
        if ids := outgoing.of_transaction(session):
            try:
                _, failed = outgoing.write(self._archive, self.home, ids, acting.at)
            except DatabaseAway as away:
                raise Refused(_FILES_LATER) from away
            if failed:
                raise Refused(failed[0].sentence)

    def act(self, acting: Acting, function: Callable[..., Answer], arguments: Sequence[object]) -> Answer:
        """Let somebody act: beside others as far as it is known what the act is about, and once more where it was
        overtaken; else, and where it writes more than it was about, alone.

        Raises:
            PxtuiError: as for `writing`, or the act is refused.
        """
        about = about_of(function, arguments)
        with suppress(Unheld):
            for _ in range(_TIMES if about is not None else 0):
                with suppress(Overtaken), self.writing(acting, about=about) as context:
                    return function(context, *arguments)
        with self.writing(acting) as context:
            return function(context, *arguments)

    def _keep_refusal(self, acting: Acting, fault: NotAllowed) -> None:
        """That somebody tried what is not his to do, in a transaction of its own: that of the act is gone."""
        with self._archive.writing(acting.name, acting.at, about=About()) as session:
            context = self._context(session, replace(acting, request=None))
            journal.record(context, None, Act.ACT_REFUSED, f"没有办理：{fault.sentence}")

    def write_unwritten(self, at: datetime, folder: Path | None = None) -> tuple[list[Path], list[Unwritten]]:
        """Write again what was committed and is not written yet; where it is, and what could not be written.

        Args:
            folder: another place than the one that was asked for.
        """
        with self._archive.reading() as session:
            ids = outgoing.unwritten(session)
        return outgoing.write(self._archive, self.home, ids, at, folder, late=True) if ids else ([], [])

    @contextmanager
    def reading(self, acting: Acting) -> Iterator[Context]:
        """A read-only transaction for `acting`: one consistent view."""
        with self._archive.reading() as session:
            yield self._context(session, acting)

    def seated(self, name: str | None, at: datetime) -> Acting:
        """The acting member of staff by name, at a moment; for None the only one there is.

        Raises:
            PxtuiError: nobody of that name works here, or the name is None and several people work here.
        """
        with self._archive.reading() as session:
            return _acting_as(session, name, at)

    def nobody(self, at: datetime) -> Acting:
        """An acting person without a name, for reading only."""
        return Acting("", self.office, at)

    def changes(self) -> AbstractContextManager[Changes]:
        """Listen to what anybody stores from now on that a list may show."""
        return self._archive.changes()

    def drafts_of(self, clerk: str) -> DraftBox:
        """The drafts of a clerk."""
        return DraftBox(self.home.drafts, self._archive.vault, clerk)

    def require_unaltered(self, sentence: str) -> None:
        """Refuse, with this sentence, a register that is not row by row as the program wrote it.

        Raises:
            Damaged: it was altered.
        """
        if not verify(self.home.database, self._archive.vault).is_whole:
            raise Damaged(sentence)

    def bind_anew(self, at: datetime, first: Callable[[Connection], None]) -> None:
        """Give the chain a new key and prove every row with it; only after `require_unaltered`.

        `first`: what is changed in the same transaction.
        """
        self._archive.bind_anew(at, draw=True, first=first)

    def leave_in_doubt(self) -> None:
        """Whoever acts is told at once that it is not known whether a transaction stands, and asks `stands` later."""
        self._archive.settles_within = 0.0

    def stands(self, doubt: tuple[int, bytes]) -> bool:
        """Whether a transaction is stored whose end was not answered, see `DatabaseAway`.

        Raises:
            DatabaseAway: the database cannot be reached.
        """
        return self._archive.stands(doubt)

    def close(self) -> None:
        """Close the connections to the register's file."""
        self._archive.close()

    def _context(self, session: Session, acting: Acting) -> Context:
        calendar = self._calendar.of(session)
        return Context(session, vault_of(session), self.rulebook, calendar, self.home_of(acting.office), acting)

    def home_of(self, office: str) -> Home:
        """The data folder as the office with this code uses it."""
        return self.home.of_office("" if office == self.office else office)


def exists(home: Home) -> bool:
    """Whether there is a register in this folder."""
    return is_there(home.database)


def create(
    home: Home,
    *,
    office: str,
    name: str,
    at: datetime,
    rulebook: Rulebook | None = None,
    is_practice: bool = False,
    begin: Callable[[Context], None] = lambda _: None,
) -> Register:
    """Make the register of an office with its first member of staff; `rulebook` None: the shipped notices.

    Args:
        is_practice: it is there to be practised in, on any day.
        begin: what the first member of staff does at once, such as setting a password; stored with the rest.

    Raises:
        PxtuiError: the folder has a register already, the office's code is unknown, the name is empty, or the disk
            refuses.
    """
    rules = rulebook or shipped_rulebook()
    offices = rules.latest.offices
    if office not in offices:
        raise NotFound(f"没有代码为“{office}”的部门，可用：{'、'.join(offices)}。")
    first = proper_name(name)
    _make_folders(home)
    with _alone(home):
        if exists(home):
            _require_content(home)
            raise Refused(f"“{home.root}”里已有台账，不再新建；直接运行 pxtui 即可打开。")
        # The key is on the disk before the register that needs it can be seen.
        vault = Vault.for_new_register(home.key)
        row = RegisterRow(
            home_office=office,
            created_at=at,
            key_check=vault.key_check,
            schema_note=__version__,
            is_practice=is_practice,
        )
        with new_register(home.database) as made:
            _fill(Register(open_archive(made, vault), home, row, rules), row, Acting(first, office, at), begin)
    return Register(open_archive(home.database, vault), home, row, rules)


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    try:
        with alone_in(home.root):
            yield
    except BlockingIOError:
        raise Refused(f"另一处正在“{home.root}”里建立台账，请等它结束后运行 pxtui。") from None


def _fill(register: Register, row: RegisterRow, acting: Acting, begin: Callable[[Context], None]) -> None:
    """Enter what a register begins with, and close it."""
    offices = register.rulebook.latest.offices
    with closing(register), register.writing(acting) as context:
        session = context.session
        for known in offices.values():
            session.add(Office(code=known.code, name=known.name, letter=known.letters))
        session.flush()
        session.add(row)
        session.add(Staff(name=acting.name, office_code=acting.office, role=Role.CLERK))
        kind = "演练台账" if register.is_practice else "台账"
        made = f"建立{kind}：{offices[acting.office].name}（{program_version.THIS_PROGRAM}）"
        journal.record(context, None, Act.REGISTER_CREATE, made)
        session.flush()
        begin(context)


def _require_content(home: Home) -> None:
    """Refuse a register's file of 0 bytes: a full disk or a copy that broke off leaves one.

    Raises:
        Damaged: it is empty.
    """
    if home.register.is_file() and home.register.stat().st_size == 0:
        raise Damaged(_EMPTY.format(home.register))


def open_register(
    home: Home, at: datetime, rulebook: Rulebook | None = None, *, practice_day: date | None = None
) -> Register:
    """Open the register in a folder, after an upgrade with a backup beside it where it is older.

    `rulebook` None: the shipped notices.

    Args:
        practice_day: the day that `PXTUI_TODAY` names; None: it names none, and `at` comes from the clock.

    Raises:
        PxtuiError: the folder has no register, its key is missing, it is empty or cannot be read, or a practice day is
            named and it is no practice register.
    """
    if not exists(home):
        raise NotFound("还没有建立台账，请先运行 pxtui init --office dongqu --name 姓名，或直接运行 pxtui。")
    _require_content(home)
    taken_back = _take_back(home)
    for folder in (home.register.parent, home.key.parent, home.drafts):
        clear_unfinished(folder)
    vault = Vault.open(home.key)
    backup = upgrade(home.database, now=at, vault=vault)
    archive = open_archive(home.database, vault)
    with archive.reading() as session:
        row = session.get(RegisterRow, 1)
        if row is None:
            raise Damaged(_EMPTY.format(home.database))
        noted = program_version.is_noted(session)
        in_order = row.is_practice or not clock_check.newest_after(session, row, at)
    if practice_day is not None and not row.is_practice:
        archive.close()
        raise Refused(NOT_FOR_PRACTICE)
    register = Register(archive, home, row, rulebook or shipped_rulebook())
    register.taken_back = taken_back
    # Only then: opening a register writes nothing on all other days; and where the clock is wrong, it is only read.
    if in_order and (backup is not None or not noted):
        with register.writing(Acting(program_version.NOBODY, register.office, at)) as context:
            phone_keys.fill_in(context.session, context.vault)
            program_version.note(context, backup)
    written, failed = register.write_unwritten(at)
    register.written_late, register.unwritten = tuple(written), tuple(failed)
    return register


def _acting_as(session: Session, name: str | None, at: datetime) -> Acting:
    staff = session.exec(select(Staff).where(col(Staff.active).is_(True)).order_by(col(Staff.id))).all()
    names = "、".join(member.name for member in staff)
    if name is None:
        if len(staff) > 1:
            raise Refused(f"请用 --as 姓名 说明由谁办理：{names}。")
        return Acting(staff[0].name, staff[0].office_code, at)
    for member in staff:
        if member.name == canonical(name):
            return Acting(member.name, member.office_code, at)
    raise NotFound(f"台账里没有名为“{name}”的人员，可用：{names}。")


def _make_folders(home: Home) -> None:
    for folder in (home.root, home.register.parent, home.key.parent, home.drafts, home.papers):
        _make_private_folder(folder)
    _take_back(home)


def _take_back(home: Home) -> tuple[str, ...]:
    """Close our folders to other users; a sentence for each that was open."""
    ours = {
        home.register.parent: "台账文件夹",
        home.key.parent: "密钥文件夹",
        home.drafts: "草稿文件夹",
        home.papers: "文书文件夹",
        home.offices: "各部门的文件夹",
    }
    of_the_office = {home.root: "数据文件夹", home.wording: "用语文件夹", home.templates: "模板文件夹"}
    return tuple(
        sentence
        for folder, name in (of_the_office | ours).items()
        if os.path.exists(folder) and (sentence := take_back(folder, name, may_be_kept_by_root=folder in of_the_office))
    )


def _make_private_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise Refused(f"不能建立文件夹“{folder}”，请检查权限或另设 PXTUI_HOME。") from fault
