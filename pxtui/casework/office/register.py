"""The register of an office: creation, opening, automatic upgrade after a backup, transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from db.engine import Archive, open_archive
from db.models import Act, Office, Staff
from db.models import Register as RegisterRow
from db.seal import Vault
from db.upgrade import upgrade
from pxtui import __version__
from pxtui.casework.office import journal, outgoing, phone_keys, program_version, staff
from pxtui.casework.office.acting import Acting
from pxtui.casework.office.context import Context
from pxtui.casework.office.drafts import DraftBox
from pxtui.casework.office.outgoing import Unwritten
from pxtui.casework.office.roles import Role
from pxtui.errors import NotFound, Refused
from pxtui.home import Home
from pxtui.identifiers.text import canonical
from pxtui.policy.parameters import Rulebook, shipped_rulebook


class Register:
    """An open register with its vault, data folder, office and rulebook."""

    def __init__(self, archive: Archive, home: Home, office: str, rulebook: Rulebook) -> None:
        """`office`: the code of the register's office; `rulebook`: the notices that cases are judged by."""
        self._archive = archive
        self.home = home
        self.office = office
        self.rulebook = rulebook
        self.written_late: tuple[Path, ...] = ()
        """Files that an earlier session committed and this one wrote when the register was opened."""
        self.unwritten: tuple[Unwritten, ...] = ()
        """Those that could not be written then either."""

    @property
    def told_late(self) -> tuple[str, ...]:
        """What is to be said of both, a sentence each."""
        written = (f"上次已登记出具而没有写成的文件已补写：{path}" for path in self.written_late)
        return (*(file.sentence for file in self.unwritten), *written)

    @contextmanager
    def writing(self, acting: Acting) -> Iterator[Context]:
        """One transaction of `acting` that is stored whole or not at all; its files are written when it stands.

        Raises:
            PxtuiError: the register refuses, or the transaction stands and a file of it could not be written.
        """
        with self._archive.writing() as session:
            yield self._context(session, acting)
        if ids := outgoing.of_transaction(session):
            _, failed = outgoing.write(self._archive, self.home, ids, acting.at)
            if failed:
                raise Refused(failed[0].sentence)

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

    def drafts_of(self, clerk: str) -> DraftBox:
        """The drafts of a clerk."""
        return DraftBox(self.home.drafts, self._archive.vault, clerk)

    def close(self) -> None:
        """Close the connections to the register's file."""
        self._archive.close()

    def _context(self, session: Session, acting: Acting) -> Context:
        return Context(session, self._archive.vault, self.rulebook, self.home, acting)


def exists(home: Home) -> bool:
    """Whether there is a register in this folder."""
    return home.register.exists()


def create(home: Home, *, office: str, name: str, at: datetime, rulebook: Rulebook | None = None) -> Register:
    """Make the register of an office with its first member of staff; `rulebook` None: the shipped notices.

    Raises:
        PxtuiError: the folder has a register already, the office's code is unknown, the name is empty, or the disk
            refuses.
    """
    rules = rulebook or shipped_rulebook()
    offices = rules.latest.offices
    if office not in offices:
        raise NotFound(f"没有代码为“{office}”的部门，可用：{'、'.join(offices)}。")
    first = staff.proper_name(name)
    if exists(home):
        raise Refused(f"“{home.root}”里已有台账，不再新建；直接运行 pxtui 即可打开。")
    _make_folders(home)
    vault = Vault.open(home.key) if home.key.exists() else Vault.create(home.key)
    upgrade(home.register, now=at)
    archive = open_archive(home.register, vault)
    register = Register(archive, home, office, rules)
    with register.writing(Acting(first, office, at)) as context:
        session = context.session
        for known in offices.values():
            session.add(Office(code=known.code, name=known.name, letter=known.letters))
        session.flush()
        session.add(RegisterRow(home_office=office, created_at=at, key_check=vault.key_check, schema_note=__version__))
        session.add(Staff(name=first, office_code=office, role=Role.CLERK))
        made = f"建立台账：{offices[office].name}（{program_version.THIS_PROGRAM}）"
        journal.record(context, None, Act.REGISTER_CREATE, made)
    return register


def open_register(home: Home, at: datetime, rulebook: Rulebook | None = None) -> Register:
    """Open the register in a folder, after an upgrade with a backup beside it where it is older.

    `rulebook` None: the shipped notices.

    Raises:
        PxtuiError: the folder has no register, its key is missing, or it cannot be read.
    """
    if not exists(home):
        raise NotFound("还没有建立台账，请先运行 pxtui init --office dongqu --name 姓名，或直接运行 pxtui。")
    vault = Vault.open(home.key)
    backup = upgrade(home.register, now=at)
    archive = open_archive(home.register, vault)
    with archive.reading() as session:
        row = session.get_one(RegisterRow, 1)
        noted = program_version.is_noted(session)
    register = Register(archive, home, row.home_office, rulebook or shipped_rulebook())
    # Only then: opening a register writes nothing on all other days.
    if backup is not None or not noted:
        with register.writing(Acting(program_version.NOBODY, register.office, at)) as context:
            phone_keys.fill_in(context)
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


def _make_private_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise Refused(f"不能建立文件夹“{folder}”，请检查权限或另设 PXTUI_HOME。") from fault
