"""Upgrade of a register to this program's schema: a backup first, then all migrations or none."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.chain.keys import ChainKeys
from db.chain.renewal import bind_anew
from db.chain.walk import verify
from db.engine import private_engine
from db.faults import faults_in_chinese
from db.private_files import made_private, require_local, require_private
from db.reseal import bind_to_rows
from db.revision import FIRST_BOUND_TO_ROWS, FIRST_WITH_CHAIN, HEAD, refuse_newer, stored_revision
from db.seal import Vault
from pxtui.errors import Damaged, Refused

if TYPE_CHECKING:
    from alembic.config import Config

_MOST_BACKUPS = 100
"""In one second."""


def make_new(path: Path) -> None:
    """Fill an empty private file with the tables of a register.

    Raises:
        PxtuiError: the file cannot be written, or lies on a file system of the network.
    """
    require_local(path)
    with faults_in_chinese(path):
        _migrate(path)


def upgrade(path: Path, *, now: datetime, vault: Vault | None = None) -> Path | None:
    """Make the register at `path`, or upgrade an older one.

    Returns the path of the backup, named by `now`, beside the register; None where there was nothing to back up.

    Args:
        vault: of the register. An older one is verified before and bound anew after its upgrade; without the vault
            only one that is bound to nothing is upgraded.

    Raises:
        PxtuiError: the register is newer than the program, empty, not a register, locked, was changed past the
            program, or cannot be written.
    """
    if not os.path.lexists(path):
        with made_private(path, "台账") as aside:
            make_new(aside)
        return None
    require_private(path, "台账")
    require_local(path)
    with faults_in_chinese(path):
        revision = stored_revision(path)
        if revision == HEAD:
            return None
        if revision is None:
            raise Damaged(f"台账“{path}”是空的，请从备份恢复。")
        refuse_newer(revision)
        _require_unaltered(path, revision, vault)
        backup = _back_up(path, revision, now)
        _migrate(path, vault, now, was_bound=revision >= FIRST_BOUND_TO_ROWS)
        return backup


def _require_unaltered(path: Path, revision: str, vault: Vault | None) -> None:
    """Refuse a register that is not as its chain left it: an upgrade proves everything anew, whatever it finds."""
    if revision < FIRST_WITH_CHAIN or _was_never_used(path):
        return
    if vault is None:
        raise Refused(f"台账“{path}”要有它的密钥才能升级。")
    result = verify(path, vault)
    if not result.is_whole:
        raise Damaged(
            f"台账“{path}”有{len(result.findings)}处内容被程序以外的途径改动，没有升级；"
            "请管理员运行 pxtui verify 查明，用备份核对后再升级。"
        )


def _was_never_used(path: Path) -> bool:
    """Whether a register was made and nothing written into it: then it has no chain yet."""
    with closing(sqlite3.connect(path)) as connection:
        return not connection.execute("SELECT 1 FROM chain_link UNION SELECT 1 FROM register").fetchone()


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


def _migrate(path: Path, vault: Vault | None = None, now: datetime | None = None, *, was_bound: bool = True) -> None:
    """All migrations; a register of before is bound with the key of its vault, a new one by its first transaction.

    `was_bound`: its sealed fields are bound to their rows.
    """
    from alembic import command

    engine = private_engine(path)
    try:
        with engine.begin() as connection:
            configuration = _configuration()
            configuration.attributes["connection"] = connection
            command.upgrade(configuration, "head")
            if not was_bound:
                bind_to_rows(connection, vault)
            if vault is not None:
                bind_anew(connection, ChainKeys(vault), now)
    finally:
        engine.dispose()


def _configuration() -> "Config":
    from alembic.config import Config

    return Config(str(Path(__file__).with_name("migrations") / "alembic.ini"))
