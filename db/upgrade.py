"""Upgrade of a register to this program's schema: a backup first, then all migrations or none."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.engine import private_engine
from db.faults import faults_in_chinese
from db.private_files import made_private, require_private
from db.revision import HEAD, refuse_newer, stored_revision
from pxtui.errors import Damaged, Refused

if TYPE_CHECKING:
    from alembic.config import Config

_MOST_BACKUPS = 100
"""In one second."""


def make_new(path: Path) -> None:
    """Fill an empty private file with the tables of a register.

    Raises:
        PxtuiError: the file cannot be written.
    """
    with faults_in_chinese(path):
        _migrate(path)


def upgrade(path: Path, *, now: datetime) -> Path | None:
    """Make the register at `path`, or upgrade an older one.

    Returns the path of the backup, named by `now`, beside the register; None where there was nothing to back up.

    Raises:
        PxtuiError: the register is newer than the program, empty, not a register, locked, or cannot be written.
    """
    if not os.path.lexists(path):
        with made_private(path, "台账") as aside:
            make_new(aside)
        return None
    require_private(path, "台账")
    with faults_in_chinese(path):
        revision = stored_revision(path)
        if revision == HEAD:
            return None
        if revision is None:
            raise Damaged(f"台账“{path}”是空的，请从备份恢复。")
        refuse_newer(revision)
        backup = _back_up(path, revision, now)
        _migrate(path)
        return backup


def _back_up(path: Path, revision: str, now: datetime) -> Path:
    backup = _free_name(f"{path.stem}-{revision}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}", path.parent)
    with made_private(backup, "台账备份") as aside:
        # VACUUM INTO takes an empty file, and so the copy is private from its first byte.
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(aside),))
        with closing(sqlite3.connect(aside)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise Refused(f"台账“{path}”的备份没有通过检验，没有升级，请检查磁盘和台账。")
    return backup


def _free_name(stem: str, folder: Path) -> Path:
    """A second start in the same second makes a backup of its own."""
    names = (f"{stem}{number}.backup.sqlite" for number in ("", *(f"-{again}" for again in range(2, _MOST_BACKUPS))))
    return next((folder / name for name in names if not (folder / name).exists()), folder / f"{stem}.backup.sqlite")


def _migrate(path: Path) -> None:
    from alembic import command

    engine = private_engine(path)
    try:
        with engine.begin() as connection:
            configuration = _configuration()
            configuration.attributes["connection"] = connection
            command.upgrade(configuration, "head")
    finally:
        engine.dispose()


def _configuration() -> "Config":
    from alembic.config import Config

    return Config(str(Path(__file__).with_name("migrations") / "alembic.ini"))
