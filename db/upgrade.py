"""Upgrade of a register to this program's schema: a backup first, then all migrations or none."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.engine import private_engine
from db.faults import faults_in_chinese
from db.private_files import create_private, flush_to_disk, require_private
from db.revision import HEAD, refuse_newer, stored_revision
from pxtui.errors import PxtuiError, Refused

if TYPE_CHECKING:
    from alembic.config import Config


def upgrade(path: Path, *, now: datetime) -> Path | None:
    """Make the register at `path`, or upgrade an older one.

    Returns the path of the backup, named by `now`, beside the register; None where there was nothing to back up.

    Raises:
        PxtuiError: the register is newer than the program, not a register, locked, or cannot be written.
    """
    with faults_in_chinese(path):
        revision = stored_revision(path)
        if revision == HEAD:
            return None
        backup = None
        if revision is not None:
            refuse_newer(revision)
            backup = _back_up(path, revision, now)
        elif not os.path.exists(path):
            create_private(path, "台账")
        require_private(path, "台账")
        _migrate(path)
        return backup


def _back_up(path: Path, revision: str, now: datetime) -> Path:
    backup = path.with_name(f"{path.stem}-{revision}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.backup.sqlite")
    # VACUUM INTO takes an empty file, and so the copy is private from its first byte.
    create_private(backup, "台账备份")
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(backup),))
        with closing(sqlite3.connect(backup)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise Refused(f"台账“{path}”的备份没有通过检验，没有升级，请检查磁盘和台账。")
        flush_to_disk(backup)
    except (sqlite3.Error, PxtuiError):
        # A broken copy must not be taken for a backup.
        backup.unlink()
        raise
    return backup


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
