"""What a page tells of the backups: the last good one, all of them, the drill, and the keys that open them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db import backup_list
from db.backup_list import Backup
from db.models import Register, Role
from pxtui.casework.keeping import backups
from pxtui.casework.keeping.office_key import office_key
from pxtui.casework.keeping.restoring import last_drill
from pxtui.casework.office import duties
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import by
from pxtui.clock import CHINA
from pxtui.errors import PxtuiError
from pxtui.progress import Watch

BACK_UP = by("备份", Role.ADMINISTRATOR, Role.HEAD)
"""Looking at the backups and making one; no act of the journal, as the program makes one every day by itself."""
Order = Callable[[Watch], Backup]
"""Makes a backup of a moment, and tells how far it is."""
FRESH = timedelta(days=1)
DRILL_EVERY = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class ListedBackup:
    """A backup as a row of the list."""

    name: str
    """Of its file."""
    made_at: str
    """Date and time in China."""
    size: str
    """In MB."""
    cases: int
    entries: int
    """Of the journal."""
    program: str
    """Version that made it."""
    is_proven: bool | None
    """Whether the chain proves every row; None: it is of before the chain."""
    opens_with_key: bool
    """It is sealed for the office key of today, not for one of before."""


@dataclass(frozen=True, slots=True)
class BackupState:
    """What there is; for somebody who may not look, only whether a fresh one is there."""

    may_look: bool
    is_fresh: bool
    """The last good one is at most a day old."""
    last: str = ""
    """When the last good one was made and how long ago that is, in Chinese; empty: there is none."""
    listed: tuple[ListedBackup, ...] = ()
    """The newest first."""
    drilled: str = ""
    """As `last`, of the last drill that came out well."""
    is_drill_due: bool = True
    key: str = ""
    """Fingerprint of the office key in groups; empty: there is none."""
    key_fault: str = ""
    """Why there is none, in Chinese."""
    has_register_keys: bool = False
    """The keys of the sealed fields are backed up in their newest version."""


def state(context: Context) -> BackupState:
    """The backups in the register's own folder; nothing is opened, so that it takes no time."""
    folder, at = context.home.backups, context.at
    found = backup_list.listed(folder)
    # One that the chain does not prove is no good one: what was altered is in it.
    good = max((backup.made_at for backup in found if backup.is_whole is not False), default=None)
    is_fresh = good is not None and at - good <= FRESH
    if not duties.may(context, BACK_UP, context.clerk):
        return BackupState(may_look=False, is_fresh=is_fresh)
    fingerprint = key = fault = ""
    try:
        fingerprint, key = office_key(context.home).fingerprint, office_key(context.home).in_groups
    except PxtuiError as wrong:
        fault = wrong.sentence
    drilled = last_drill(context.home)
    return BackupState(
        may_look=True,
        is_fresh=is_fresh,
        last=_with_age(good, at),
        listed=tuple(_listed(backup, fingerprint) for backup in reversed(found)),
        drilled=_with_age(drilled, at),
        is_drill_due=drilled is None or at - drilled > DRILL_EVERY,
        key=key,
        key_fault=fault,
        has_register_keys=backup_list.newest_keys(folder) >= context.session.get_one(Register, 1).key_version,
    )


def order(context: Context) -> Order:
    """What makes a backup of now; it asks the register for nothing more and takes long, so it is called in a thread.

    Raises:
        NotAllowed: it is for others.
        PxtuiError: there is no office key.
    """
    duties.require_role(context, BACK_UP)
    office_key(context.home)
    home, at = context.home, context.at
    return lambda watch: backups.back_up(home, at, watch=watch)


def sentence_of(backup: Backup) -> str:
    """What is said when it is made."""
    if backup.is_whole is False:
        return "已备份，但台账里有程序以外的改动：请管理员在本机运行 pxtui verify 查明。"
    return f"已备份并读回核对：{_local(backup.made_at)}，{_size(backup)}。"


def _listed(backup: Backup, fingerprint: str) -> ListedBackup:
    return ListedBackup(
        name=backup.name,
        made_at=_local(backup.made_at),
        size=_size(backup),
        cases=backup.content.rows.get("training_case", 0),
        entries=backup.content.journal,
        program=backup.program,
        is_proven=backup.is_whole,
        opens_with_key=backup.key == fingerprint,
    )


def _local(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _size(backup: Backup) -> str:
    return f"{backup.bytes / 1e6:.1f}MB"


def _with_age(then: datetime | None, at: datetime) -> str:
    return "" if then is None else f"{_local(then)}（{_age(at - then)}）"


def _age(passed: timedelta) -> str:
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return "刚才"
    if minutes < 60:
        return f"{minutes}分钟前"
    if minutes < 48 * 60:
        return f"{minutes // 60}小时前"
    return f"{minutes // (24 * 60)}天前"
