"""Files that leave the house: committed first, written after, and written again from the commit after a crash.

A file that was written inside the transaction would be outside while the register knows nothing of it, if the program
ended between the two: a second one with another content or number would follow. So its bytes are sealed into the
register with the act, and come out of it, the same ones, as soon as the act stands and as often as it takes.
"""

import base64
import errno
import hashlib
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

from sqlmodel import Session, col, select

from db.about import About, name_of_file
from db.engine import Archive
from db.models import OutgoingFile
from db.private_files import create_private_folder
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA
from pxtui.errors import Damaged, PxtuiError, Refused
from pxtui.home import Home
from pxtui.whole_file import reason_of

_NEW = "outgoing files of this transaction"


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A file that was committed and could not be written."""

    id: int
    name: str
    path: Path
    committed_at: datetime
    staff_name: str
    fault: str
    """Why not, in Chinese."""

    @property
    def sentence(self) -> str:
        """What happened and how to get the file."""
        return (
            f"{self.name}已登记出具，文件还没有写成（{self.fault.rstrip('。')}）；"
            "排除后重新打开程序（或运行 pxtui unwritten）写出原来的一份，编号和内容不变，不要另出。"
        )


def put(context: Context, path: Path, content: bytes, name: str, *, is_kept: bool = False) -> None:
    """Have a file written once the transaction stands.

    Args:
        name: what it is, in Chinese, with its number.
        is_kept: the bytes stay in the register, sealed, after they are written; else they are erased from it.

    Raises:
        PxtuiError: its place would not take it now.
    """
    _require_room(path, len(content))
    row = OutgoingFile(
        name=name,
        path=str(path.absolute()),
        digest=hashlib.sha256(content).hexdigest(),
        is_kept=is_kept,
        committed_at=context.at,
        staff_name=context.clerk,
    )
    row.seal(context.vault, content=base64.b64encode(content).decode())
    context.session.add(row)
    context.session.flush()
    context.session.info.setdefault(_NEW, []).append(row.id)


def of_transaction(session: Session) -> Sequence[int]:
    """The files that a transaction has put, by their ids."""
    return tuple(session.info.get(_NEW, ()))


def unwritten(session: Session) -> list[int]:
    """The files that are still to be written, by their ids, the oldest first."""
    return list(session.exec(select(OutgoingFile.id).where(col(OutgoingFile.written_at).is_(None))))


def write(
    archive: Archive, home: Home, ids: Collection[int], at: datetime, folder: Path | None = None, *, late: bool = False
) -> tuple[list[Path], list[Unwritten]]:
    """Write committed files; where they are, and those that could not be written and stay committed.

    Args:
        folder: another place than the one that was asked for.
        late: not by the act itself: what somebody has put there since stays.
    """
    written: list[Path] = []
    failed: list[Unwritten] = []
    with archive.reading() as session:
        rows = session.exec(select(OutgoingFile).where(col(OutgoingFile.id).in_(ids)).order_by(col(OutgoingFile.id)))
        found = [row for row in rows if row.written_at is None]
    for row in found:
        path = Path(row.path) if folder is None else folder / Path(row.path).name
        try:
            _write(archive, home, row, path, late=late and folder is None)
            _mark(archive, row.id, at)
            written.append(path)
        except PxtuiError as fault:
            failed.append(Unwritten(row.id, row.name, path, row.committed_at, row.staff_name, fault.sentence))
    return written, failed


def make_office_folder(home: Home) -> None:
    """The folder of an office beside the one whose register it is, closed to others; that one has the data folder.

    Raises:
        PxtuiError: it cannot be made, or others may enter it.
    """
    if home.office:
        for folder in (home.offices, home.own):
            create_private_folder(folder, "部门的文件夹")


def _write(archive: Archive, home: Home, row: OutgoingFile, path: Path, *, late: bool) -> None:
    # openpyxl comes along with it: a start of the program that has nothing to write must not pay for it.
    from pxtui.papers.writing import workbook_file

    content = base64.b64decode(row.unseal(archive.vault, "content"))
    if hashlib.sha256(content).hexdigest() != row.digest:
        raise Damaged(f"{row.name}在台账里的内容与登记的校验码不符，请停止使用并联系管理员核对备份")
    if late and _is_somebody_s(path, row):
        raise Refused(f"“{path}”已有后来的同名文件，没有覆盖；请用 --out 另写到一个文件夹")
    if path.is_relative_to(home.papers.absolute()) or path.is_relative_to(home.offices.absolute()):
        # Only our own: the folder of a stick that was pulled out would be made on this disk.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    workbook_file.store(content, path)


def _is_somebody_s(path: Path, row: OutgoingFile) -> bool:
    """Whether another file than this one was put there after it was committed."""
    try:
        changed_at = datetime.fromtimestamp(path.stat().st_mtime, CHINA)
        return changed_at >= row.committed_at and hashlib.sha256(path.read_bytes()).hexdigest() != row.digest
    except OSError:
        return False


def _mark(archive: Archive, row_id: int, at: datetime) -> None:
    with archive.writing(at=at, about=About(names=(name_of_file(row_id),))) as session:
        row = session.get(OutgoingFile, row_id)
        if row is None:
            return
        row.written_at = at
        if row.is_kept:
            session.add(row)
        else:
            session.delete(row)


def _require_room(path: Path, size: int) -> None:
    """Refuse a place that would not take a file of this size, before anything is registered."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        # Nothing of the file itself stands there, not even for a moment.
        with TemporaryFile(dir=path.parent) as probe:
            probe.write(bytes(size))
            probe.flush()
    except OSError as error:
        raise Refused(f"无法写入“{path}”：{reason_of(error)}") from error
