"""A backup restored into a new place, or into one that is gone again for a drill, and held against what it was."""

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from db import backup_list
from db.backup import checked
from db.backup_list import Backup
from db.chain import noted
from db.engine import open_archive
from db.models import Act
from db.models import Register as RegisterRow
from db.private_files import create_private_folder
from db.revision import HEAD, refuse_newer
from db.seal import Vault
from db.sealed_columns import require_all_open
from pxtui.casework.keeping.backups import (
    MANIFEST_MEMBER,
    REGISTER,
    REGISTER_MEMBER,
    aside,
    digest_of,
    proven_by_chain,
)
from pxtui.casework.keeping.key_backup import put_keys
from pxtui.casework.keeping.sealed_archive import FRAME_BYTES, SealedReader, unpacked
from pxtui.casework.office import journal
from pxtui.casework.office.context import Acting
from pxtui.casework.office.program_version import NOBODY
from pxtui.casework.office.register import Register
from pxtui.clock import CHINA
from pxtui.errors import Damaged, NotFound, Refused
from pxtui.home import Home
from pxtui.policy.parameters import shipped_rulebook
from pxtui.whole_file import flush_folder, reason_of

DRILLS = "drills.jsonl"
"""Beside the backups: a line for every drill that came out well."""
_UNFINISHED = ".restoring"
_LONGEST_MANIFEST = 1_000_000
_OWN = ("wording", "templates")
_OF_OFFICE = re.compile(r"offices/([a-z0-9-]+)/(.+)")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came out of a backup."""

    backup: Backup
    """As its manifest says; everything was held against it."""
    sealed_texts: int | None
    """How many sealed texts were opened; None: without the keys none could be."""
    seconds: float


def restore(
    file: Path,
    private: X25519PrivateKey,
    new_place: Path,
    keys: Path | None = None,
    at: datetime | None = None,
    pace: Callable[[], float] = time.monotonic,
) -> Restored:
    """Restore a backup into a folder that does not exist yet; whatever goes wrong, it does not exist afterwards either.

    Args:
        keys: the backup of the keys of the sealed fields; None: they are put there by hand.
        at: when, for the journal of what is restored, which says so in its next entry; None: it is only looked at.
        pace: seconds that go by.

    Raises:
        PxtuiError: the place is taken, the backup was altered or cut, is for another key, or does not contain what its
            manifest says.
    """
    if os.path.lexists(new_place):
        raise Refused(f"“{new_place}”已经存在，没有恢复；只恢复到新的文件夹，绝不覆盖台账，请换一个名字。")
    if not new_place.absolute().parent.is_dir():
        raise NotFound(f"没有文件夹“{new_place.absolute().parent}”，请先建立或换一个位置。")
    started = pace()
    for left in new_place.absolute().parent.glob(f".{new_place.name}.*{_UNFINISHED}"):
        # Of a restoring that was killed: a register in the open must not lie about.
        shutil.rmtree(left, ignore_errors=True)
    unfinished = new_place.with_name(f".{new_place.name}.{secrets.token_hex(8)}{_UNFINISHED}")
    try:
        create_private_folder(unfinished, "恢复用的文件夹")
        home = Home(unfinished)
        backup = _taken_out(file, private, home)
        if keys is not None:
            put_keys(keys, private, home)
        # What is set back here on purpose is not told as one that somebody set back.
        noted.forget(home.key.parent)
        texts = _require_same(home, backup, home.key)
        if at is not None and texts is not None:
            _note(home, backup, at)
        unfinished.rename(new_place)
        flush_folder(new_place.parent)
    except OSError as fault:
        raise Refused(f"没有恢复成：{reason_of(fault)}。") from fault
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return Restored(backup, texts, pace() - started)


def drill(
    home: Home, at: datetime, file: Path, private: X25519PrivateKey, pace: Callable[[], float] = time.monotonic
) -> Restored:
    """Restore a backup into a folder that is removed again, and note that it came out well.

    Raises:
        PxtuiError: as `restore`.
    """
    started = pace()
    create_private_folder(home.backups, "备份文件夹")
    with backup_list.turn(home.backups, waits=True), aside(home.backups) as place:
        try:
            restored_home = Home(place)
            backup = _taken_out(file, private, restored_home)
            texts = _require_same(restored_home, backup, home.key)
        except OSError as fault:
            raise Refused(f"演练没有完成：{reason_of(fault)}。") from fault
    restored = Restored(backup, texts, pace() - started)
    line = {
        "at": at.isoformat(),
        "name": backup.name,
        "made_at": backup.made_at.isoformat(),
        "seconds": restored.seconds,
    }
    backup_list.append_line(home.backups / DRILLS, json.dumps(line))
    return restored


def last_drill(home: Home) -> datetime | None:
    """When a backup was last restored for a drill and came out well; None: never."""
    try:
        lines = (home.backups / DRILLS).read_text("utf-8").splitlines()
        return datetime.fromisoformat(json.loads(lines[-1])["at"]) if lines else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _taken_out(file: Path, private: X25519PrivateKey, home: Home) -> Backup:
    """Write the files of a backup into a new data folder; its manifest."""
    for folder in (home.register.parent, home.key.parent, home.drafts, home.papers):
        create_private_folder(folder, "恢复用的文件夹")
    manifest: Backup | None = None
    found = ""
    with _opened(file) as sealed:
        for name, content in unpacked(SealedReader(sealed, file.name, REGISTER, private)):
            if name == MANIFEST_MEMBER:
                manifest = backup_list.read_line(content.read(_LONGEST_MANIFEST).decode("utf-8", errors="replace"))
            else:
                _store(content, _place_of(home, name))
    if manifest is not None and home.register.exists():
        with home.register.open("rb") as register:
            found = digest_of(register)
    if manifest is None or found != manifest.content_digest:
        raise Damaged(f"“{file.name}”里的台账与它的清单不符，没有恢复，请换另一份备份。")
    refuse_newer(manifest.content.revision)
    return manifest


def _require_same(home: Home, backup: Backup, key_file: Path) -> int | None:
    """Hold a restored register against the manifest; how many sealed texts opened, None without the keys or where the
    tables are those of an earlier version."""
    differences = checked(home.register).differences(backup.content)
    if differences:
        raise Damaged(f"恢复出来的台账与备份时不一致（{'、'.join(differences)}），没有恢复，请换另一份备份。")
    if not key_file.exists() or backup.content.revision != HEAD:
        return None
    vault = Vault.open(key_file)
    texts = require_all_open(home.register, vault)
    if backup.is_whole and not proven_by_chain(home.register, backup.content, vault):
        raise Damaged("恢复出来的台账与校验链不符，没有恢复，请换另一份备份。")
    return texts


def _note(home: Home, backup: Backup, at: datetime) -> None:
    """What came after the backup is missing from here on, and whoever reads the journal has to know it."""
    archive = open_archive(home.register, Vault.open(home.key))
    try:
        with archive.reading() as session:
            row = session.get_one(RegisterRow, 1)
        register = Register(archive, home, row, shipped_rulebook())
        with register.writing(Acting(NOBODY, row.home_office, at), accepts_clock=True) as context:
            made = f"{backup.made_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
            summary = f"由{made}的备份恢复（经办记录到第{backup.content.journal}条），此后办理的不在里面"
            journal.record(context, None, Act.REGISTER_RESTORE, summary)
    finally:
        archive.close()


def _opened(file: Path) -> IO[bytes]:
    try:
        if not file.is_file():
            raise NotFound(f"找不到备份“{file}”，请核对路径和U盘。")
        return file.open("rb")
    except OSError as fault:
        raise Refused(f"读不出备份“{file}”（{fault.strerror}），请检查权限和磁盘。") from fault


def _place_of(home: Home, name: str) -> Path:
    if name == REGISTER_MEMBER:
        return home.register
    if of_office := _OF_OFFICE.fullmatch(name):
        home, name = home.of_office(of_office[1]), of_office[2]
    if name == home.platforms.name:
        return home.platforms
    folder, _, own = name.partition("/")
    # The names come out of a verified file; still, nothing is ever written beside the new folder.
    if folder in _OWN and own and "/" not in own and own not in (".", ".."):
        return home.own / folder / own
    raise Damaged("备份里有本程序不认识的内容，没有恢复，请换另一份备份或先更新程序。")


def _store(content: IO[bytes], path: Path) -> None:
    create_private_folder(path.parent, "恢复用的文件夹")
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
        shutil.copyfileobj(content, file, FRAME_BYTES)
        file.flush()
        os.fsync(file.fileno())
