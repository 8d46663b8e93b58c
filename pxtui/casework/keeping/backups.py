"""Backups of the register while clerks key: copied at one moment, checked, sealed for the office key, and read back."""

import hashlib
import io
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO

from db import backup_list
from db.backup import Content, copy
from db.backup_list import Backup
from db.chain.walk import verify
from db.kinds import kind_of
from db.private_files import create_private_folder
from db.seal import Vault
from db.upgrade import is_there
from pxtui import __version__
from pxtui.casework.keeping.office_key import OfficeKey, office_key
from pxtui.casework.keeping.sealed_archive import FRAME_BYTES, SealedReader, SealedWriter, pack, unpacked
from pxtui.errors import Damaged, NotFound, Refused
from pxtui.home import Home
from pxtui.progress import Watch
from pxtui.whole_file import clear_unfinished, made_whole, reason_of

REGISTER = "register"
"""Kind of the sealed files with a register."""
MANIFEST_MEMBER, REGISTER_MEMBER = "manifest.json", "register.sqlite"
_ASIDE = ".aside-"
_ROOM = 2.2
"""Times the register: its copy, what is sealed of it, and some to work on with."""


def back_up(home: Home, at: datetime, to: Path | None = None, watch: Watch | None = None) -> Backup:
    """Make a backup; it is listed once it was read back and lies safely on the disk.

    Args:
        to: another folder than the register's own, such as a stick's.
        watch: hears how much of the copy is proven; it cannot stop it.

    Raises:
        PxtuiError: there is no office key, the folder or its disk does not take it, or the register is not sound.
    """
    key = office_key(home)
    folder = _folder(home, to)
    with backup_list.turn(home.backups, waits=True):
        return _back_up(home, at, folder, key, watch)


def back_up_daily(home: Home, at: datetime) -> Backup | None:
    """The first backup of a day; None: there is one already, somebody makes it now, or there is no office key yet.

    Raises:
        PxtuiError: as `back_up`.
    """
    if not home.backup_key.exists():
        return None
    key, folder = office_key(home), _folder(home, None)
    with backup_list.turn(folder, waits=False) as is_mine:
        if not is_mine or any(backup.made_at.date() == at.date() for backup in backup_list.listed(folder)):
            return None
        return _back_up(home, at, folder, key)


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """A private folder of its own that is gone afterwards; what a killed program left of one goes as well."""
    for left in folder.glob(f"{_ASIDE}*"):
        shutil.rmtree(left, ignore_errors=True)
    place = folder / f"{_ASIDE}{secrets.token_hex(8)}"
    create_private_folder(place, "临时文件夹")
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _folder(home: Home, to: Path | None) -> Path:
    if not is_there(home.database):
        raise NotFound(f"“{home.root}”里没有台账，没有可备份的。")
    create_private_folder(home.backups, "备份文件夹")
    if to is not None and not to.is_dir():
        raise NotFound(f"没有文件夹“{to}”，请核对U盘是否插好，或先建立这个文件夹。")
    return to or home.backups


def _back_up(home: Home, at: datetime, folder: Path, key: OfficeKey, watch: Watch | None = None) -> Backup:
    _require_room(home, folder)
    clear_unfinished(folder)
    name = f"{at:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}{backup_list.SUFFIX}"
    try:
        with aside(home.backups) as place, made_whole(folder / name) as unfinished:
            copied = place / REGISTER_MEMBER
            content = copy(home.database, copied)
            with copied.open("rb") as file:
                content_digest = digest_of(file)
            is_whole = proven_by_chain(copied, content, Vault.open(home.key), watch)
            backup = Backup(name, at, 0, "", content_digest, key.fingerprint, __version__, content, is_whole)
            writer = _sealed(home, copied, backup, unfinished, key)
            _require_readable(unfinished, writer, content_digest)
            backup = replace(backup, bytes=writer.bytes, digest=writer.digest)
            # Entered first: a file without its line would be known to nobody, a line without its file is no backup.
            backup_list.enter(folder, backup)
    except OSError as fault:
        raise Refused(f"备份没有写成，没有登记：{reason_of(fault)}。") from fault
    backup_list.rotate(folder)
    return backup


def _sealed(home: Home, copied: Path, backup: Backup, unfinished: Path, key: OfficeKey) -> SealedWriter:
    with unfinished.open("wb") as file:
        writer = SealedWriter(file, key, REGISTER)
        pack(writer, _files(home, copied, backup))
        file.flush()
        os.fsync(file.fileno())
    return writer


def _files(home: Home, copied: Path, backup: Backup) -> Iterator[tuple[str, int, IO[bytes]]]:
    """The manifest, the register, and the office's own wording, templates and words of platforms."""
    line = backup.line.encode()
    yield MANIFEST_MEMBER, len(line), io.BytesIO(line)
    for path, name in ((copied, REGISTER_MEMBER), *_own_files(home)):
        with path.open("rb") as file:
            yield name, os.fstat(file.fileno()).st_size, file


def _own_files(home: Home) -> list[tuple[Path, str]]:
    homes = [home, *(home.of_office(folder.name) for folder in sorted(home.offices.glob("*")))]
    candidates = [
        path
        for of_office in homes
        for path in (
            of_office.platforms,
            *sorted(of_office.wording.glob("*")),
            *sorted(of_office.templates.glob("*")),
        )
    ]
    return [(path, str(path.relative_to(home.root))) for path in candidates if path.is_file() and not path.is_symlink()]


def _require_readable(part: Path, writer: SealedWriter, content_digest: str) -> None:
    """Read a sealed file back as whoever wrote it, from its first byte to its last.

    Raises:
        Damaged: what comes back is something else.
    """
    sealed = hashlib.sha256()
    with part.open("rb") as file:
        while piece := file.read(FRAME_BYTES):
            sealed.update(piece)
        file.seek(0)
        reader = SealedReader(file, part.name, REGISTER, None, writer.content_key)
        found = ""
        for name, member in unpacked(reader):
            if name == REGISTER_MEMBER:
                found = digest_of(member)
    if found != content_digest or sealed.hexdigest() != writer.digest:
        raise Damaged("备份写好后读回来不一致，没有登记，请检查磁盘后再试。")


def proven_by_chain(register: Path, content: Content, vault: Vault, watch: Watch | None = None) -> bool | None:
    """Whether a copy is what the program wrote, row by row; None: it is of before the chain.

    A register that was altered past the program is backed up all the same: it may be all that there is.
    """
    if not content.head:
        return None

    def tell(done: int, total: int) -> None:
        if watch is not None:
            watch.done, watch.total = done, total
        # Keys come first: this thread holds up those that wait for it only between two pieces of its work.
        time.sleep(0)

    return verify(register, vault, anchors=[content.head], progress=tell).is_whole


def digest_of(content: IO[bytes]) -> str:
    """SHA-256 of what is left to read, hexadecimal."""
    digest = hashlib.sha256()
    while piece := content.read(FRAME_BYTES):
        digest.update(piece)
    return digest.hexdigest()


def _require_room(home: Home, folder: Path) -> None:
    size = kind_of(home.database).size(home.database)
    for place, times in ((home.backups, _ROOM), (folder, 1.1)):
        if shutil.disk_usage(place).free < size * times:
            raise Refused(
                f"“{place}”所在的磁盘剩余空间不够写备份（需要约{size * times / 1e6:.0f}MB），请腾出空间后再试。"
            )
