"""The list of the backups in a folder: what counts as one, and which of them a rotation lets go."""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from db.backup import Content
from pxtui.errors import Refused
from pxtui.whole_file import reason_of, write_whole

DAYS_KEPT = 35
"""Days of which the newest backup is kept: what is found out at the end of a month is looked up in the one before."""
MONTHS_KEPT = 12
"""Months of which the newest backup is kept: a year of account, until the next one is closed."""
SUFFIX = ".pxtui-backup"
_LIST = "backups.jsonl"
_KEYS = "key-backups.jsonl"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written whole and verified."""

    name: str
    """Of its file."""
    made_at: datetime
    """With time zone."""
    bytes: int
    """Of the sealed file."""
    digest: str
    """SHA-256 of the sealed file, hexadecimal."""
    content_digest: str
    """SHA-256 of the register's file in it, hexadecimal."""
    key: str
    """Fingerprint of the office key that opens it."""
    program: str
    """Version that made it."""
    content: Content
    is_whole: bool | None = None
    """Whether every row of it is proven by the chain; None: it has no chain yet."""

    @property
    def line(self) -> str:
        """As a line of the list."""
        return json.dumps(asdict(self) | {"made_at": self.made_at.isoformat()}, ensure_ascii=False, sort_keys=True)


def read_line(line: str) -> Backup | None:
    """The backup that a line tells of; None: it tells of none."""
    try:
        members = json.loads(line)
        content = Content(**members.pop("content"))
        backup = Backup(**members | {"made_at": datetime.fromisoformat(members["made_at"])}, content=content)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    is_sound = (
        backup.made_at.tzinfo is not None and backup.name == Path(backup.name).name and backup.name.endswith(SUFFIX)
    )
    return backup if is_sound else None


def listed(folder: Path) -> list[Backup]:
    """The backups of a folder, the oldest first: those of the list whose file is there in its full length."""
    try:
        lines = (folder / _LIST).read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []
    backups = [backup for line in lines if (backup := read_line(line)) is not None and _is_whole(folder, backup)]
    return sorted(backups, key=lambda backup: backup.made_at)


@contextmanager
def turn(folder: Path, *, waits: bool) -> Iterator[bool]:
    """Whether this program may write into the folder now: one at a time; with `waits` as soon as it may."""
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        # Closing it lets go of the lock, and so does the end of a killed program.
        os.close(descriptor)


def enter(folder: Path, backup: Backup) -> None:
    """Add a backup to the list; it is one as soon as its file has its name.

    Raises:
        PxtuiError: the list cannot be written.
    """
    _write(folder, [*listed(folder), backup])


def rotate(folder: Path) -> list[Backup]:
    """Let go of what is neither the newest backup of a kept day nor of a kept month; returns them.

    Counted are the days that have a backup and not those of a calendar, so that neither a clock that was wrong nor a
    long closure lets all of them go. The newest one always stays, and so does the newest that the chain proves.
    """
    backups = listed(folder)
    going = going_of(backups)
    if going:
        _write(folder, [backup for backup in backups if backup not in going])
        for backup in going:
            (folder / backup.name).unlink(missing_ok=True)
    return going


def going_of(backups: Sequence[Backup]) -> list[Backup]:
    """Those of `backups`, the oldest first, that a rotation lets go."""
    by_day = {backup.made_at.date(): backup for backup in backups}
    by_month = {(backup.made_at.year, backup.made_at.month): backup for backup in backups}
    days = [by_day[day] for day in sorted(by_day)[-DAYS_KEPT:]]
    months = [by_month[month] for month in sorted(by_month)[-MONTHS_KEPT:]]
    good = [backup for backup in backups if backup.is_whole][-1:]
    # Two of one day are made on purpose: whoever is about to change much wants the one of before.
    of_last_day = [backup for backup in backups if backup.made_at.date() == backups[-1].made_at.date()]
    kept = {backup.name for some in (days, months, good, of_last_day) for backup in some}
    return [backup for backup in backups if backup.name not in kept]


def _is_whole(folder: Path, backup: Backup) -> bool:
    try:
        return (folder / backup.name).stat().st_size == backup.bytes
    except OSError:
        return False


def _write(folder: Path, backups: Sequence[Backup]) -> None:
    try:
        write_whole(folder / _LIST, "".join(f"{backup.line}\n" for backup in backups).encode(), replaces=True)
    except OSError as fault:
        raise Refused(f"写不了“{folder}”里的备份清单：{reason_of(fault)}。") from fault


def note_keys(folder: Path, version: int, at: datetime) -> None:
    """Note that the keys were backed up, with all versions up to this one.

    Raises:
        PxtuiError: the disk refuses.
    """
    append_line(folder / _KEYS, json.dumps({"version": version, "at": at.isoformat()}))


def newest_keys(folder: Path) -> int:
    """The newest version of the key that was backed up; 0: none was."""
    try:
        lines = (folder / _KEYS).read_text("utf-8", errors="replace").splitlines()
        return max((int(json.loads(line)["version"]) for line in lines), default=0)
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def append_line(path: Path, line: str) -> None:
    """Add a line to a private file that is made where it is missing; it is on disk when this returns.

    Raises:
        PxtuiError: the disk refuses.
    """
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600), "a") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        raise Refused(f"写不了“{path}”：{reason_of(fault)}。") from fault
