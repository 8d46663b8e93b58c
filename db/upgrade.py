"""Upgrade of a register to this program's schema: a backup first, then all migrations or none."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.chain.keys import ChainKeys
from db.chain.renewal import bind_anew
from db.chain.walk import verify
from db.engine import private_engine
from db.faults import faults_in_chinese
from db.kinds import kind_of
from db.private_files import made_private, require_local, require_private
from db.reseal import bind_to_rows
from db.revision import FIRST_BOUND_TO_ROWS, FIRST_WITH_CHAIN, HEAD, refuse_newer, stored_revision
from db.seal import Vault
from pxtui.errors import Damaged, Refused
from pxtui.home import Database, Server
from pxtui.whole_file import clear_unfinished

if TYPE_CHECKING:
    from alembic.config import Config

_MOST_BACKUPS = 100
"""In one second."""


def is_there(database: Database) -> bool:
    """Whether there is a register.

    Raises:
        PxtuiError: the server of the database does not answer.
    """
    with faults_in_chinese(database, reads=True):
        return kind_of(database).is_there(database)


@contextmanager
def new_register(database: Database) -> Iterator[Database]:
    """The tables of a register without rows, to be filled in the block; a file is at its place behind it, whole.

    Of a database on a server the tables stand before; it is a register as soon as it has an office.

    Raises:
        PxtuiError: it cannot be written, or the file is there or lies on a file system of the network.
    """
    if isinstance(database, Server):
        make_new(database)
        yield database
        return
    clear_unfinished(database.parent)
    with made_private(database, "台账") as aside:
        make_new(aside)
        yield aside


def make_new(database: Database) -> None:
    """Fill an empty private file, or an empty database of a server, with the tables of a register.

    Raises:
        PxtuiError: it cannot be written, or the file lies on a file system of the network.
    """
    if isinstance(database, Path):
        require_local(database)
    with faults_in_chinese(database):
        if isinstance(database, Server) and stored_revision(database) == HEAD:
            # The account of the migrations has made them; that of the program may make none.
            return
        _migrate(database)


def upgrade(database: Database, *, now: datetime, vault: Vault | None = None) -> Path | None:
    """Make a register, or upgrade an older one.

    Returns the path of the backup, named by `now`, beside the file; None where there was nothing to back up, and for a
    database on a server, whose backups and whose account for upgrades are its administrator's.

    Args:
        vault: of the register. An older one is verified before and bound anew after its upgrade; without the vault
            only one that is bound to nothing is upgraded.

    Raises:
        PxtuiError: the register is newer than the program, empty, not a register, locked, was changed past the
            program, or cannot be written.
    """
    if isinstance(database, Server):
        _upgrade_on_server(database, now, vault)
        return None
    path = database
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


def _upgrade_on_server(server: Server, now: datetime, vault: Vault | None) -> None:
    with faults_in_chinese(server):
        revision = stored_revision(server)
        if revision == HEAD:
            return
        if revision is None:
            _migrate(server)
            return
        refuse_newer(revision)
        if not kind_of(server).may_change_tables(server):
            raise Refused(
                f"数据库“{server}”里的台账是{revision}，本程序是{HEAD}："
                "请管理员先备份，再用迁移账号运行 pxtui db upgrade。"
            )
        _require_unaltered(server, revision, vault)
        _migrate(server, vault, now, was_bound=revision >= FIRST_BOUND_TO_ROWS)


def _require_unaltered(database: Database, revision: str, vault: Vault | None) -> None:
    """Refuse a register that is not as its chain left it: an upgrade proves everything anew, whatever it finds."""
    if revision < FIRST_WITH_CHAIN or _was_never_used(database):
        return
    if vault is None:
        raise Refused(f"台账“{database}”要有它的密钥才能升级。")
    result = verify(database, vault)
    if not result.is_whole:
        raise Damaged(
            f"台账“{database}”有{len(result.findings)}处内容被程序以外的途径改动，没有升级；"
            "请管理员运行 pxtui verify 查明，用备份核对后再升级。"
        )


def _was_never_used(database: Database) -> bool:
    """Whether a register was made and nothing written into it: then it has no chain yet."""
    with kind_of(database).raw(database) as file:
        return not file.rows("SELECT 1 FROM chain_link UNION SELECT 1 FROM register")


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


def _migrate(
    database: Database, vault: Vault | None = None, now: datetime | None = None, *, was_bound: bool = True
) -> None:
    """All migrations; a register of before is bound with the key of its vault, a new one by its first transaction.

    `was_bound`: its sealed fields are bound to their rows.
    """
    from alembic import command

    engine = private_engine(database)
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
