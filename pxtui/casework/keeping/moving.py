"""A register moved to another place: from a file to a database on a server, back into a file, or into another folder.

The register is only read. Its copy is there whole, held against it field by field, or not at all.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from db.chain.walk import verify
from db.copying import Copied, copy_register, with_next_key
from db.engine import open_archive
from db.faults import faults_in_chinese
from db.kinds import kind_of
from db.models import Act
from db.models import Register as RegisterRow
from db.private_files import create_private_folder, require_private
from db.revision import HEAD, stored_revision
from db.seal import Vault, key_file_text, keys_of
from db.upgrade import is_there, make_new, new_register
from pxtui.casework.office import journal
from pxtui.casework.office.calendar_in_force import CalendarInForce
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.program_version import NOBODY
from pxtui.errors import Damaged, NotFound, Refused
from pxtui.home import DATABASE_URL, Home, Server
from pxtui.policy.parameters import shipped_rulebook
from pxtui.whole_file import flush_folder, reason_of, write_whole

_UNFINISHED = ".copying"
_OWN_FOLDERS = ("wording", "templates", "papers", "drafts")

Tell = Callable[[str], None]
"""What is being done, in Chinese."""


def move(source: Home, target: Home, at: datetime, tell: Tell = lambda _: None) -> Copied:
    """Copy a register with its keys and its office's own files; the old one stays as it is.

    Args:
        target: a new folder; or one for the keys and files of a register whose tables are on a server.
        at: the moment, for the entry in the journal of the copy.

    Raises:
        PxtuiError: the register is missing, of another version, in the middle of a rotation of its key, or altered
            past the program; the target is taken, or does not take it.
    """
    vault, row = opened(source)
    head = verified_head(source, vault, tell)
    with place_for(target) as place:
        anew = with_next_key(vault, _keys_left(place))
        _put_files(source, place, anew)
        tell("开始复制")

        def enter(session: Session, copied: Copied) -> None:
            if copied.head != head:
                raise Refused("复制时还有人在办理，没有复制；请关闭所有柜台再试。")
            _record(session, anew, source, Acting(NOBODY, row.home_office, at), copied)

        if isinstance(place.database, Server):
            make_new(place.database)
            return copy_register(source.database, vault, place.database, anew, at, enter, tell)
        with new_register(place.database) as made:
            return copy_register(source.database, vault, made, anew, at, enter, tell)


def opened(source: Home) -> tuple[Vault, RegisterRow]:
    """The keys in force and the row of a register that can be copied.

    Raises:
        PxtuiError: there is none, it is of another version, or its key is being rotated.
    """
    if not is_there(source.database):
        raise NotFound(f"“{source.root}”里没有台账，没有可复制的，请核对 --from。")
    with faults_in_chinese(source.database):
        revision = stored_revision(source.database)
    if revision != HEAD:
        raise Refused(f"“{source.root}”的台账是{revision}，本程序是{HEAD}：请先用本程序打开一次（会先备份再升级）。")
    archive = open_archive(source.database, Vault.open(source.key))
    try:
        with archive.reading() as session:
            row = session.get_one(RegisterRow, 1)
    finally:
        archive.close()
    if row.resealed_version < row.key_version:
        raise Refused("台账正在更换密钥，还没有换完，没有复制：请先运行 pxtui key rotate 换完。")
    return archive.vault, row


def verified_head(source: Home, vault: Vault, tell: Tell) -> str:
    """The head of a register that is as the program left it.

    Raises:
        PxtuiError: it was altered past the program, or cannot be read.
    """
    tell("核验原台账")
    with faults_in_chinese(source.database):
        found = verify(source.database, vault)
    if not found.is_whole:
        raise Damaged(
            f"“{source.root}”的台账有{len(found.findings)}处内容被程序以外的途径改动，没有复制；"
            "请管理员运行 pxtui verify 查明。"
        )
    return found.head


@contextmanager
def place_for(target: Home) -> Iterator[Home]:
    """The folder to fill: of a register on a server the one it will have, else one that has its name at the end."""
    if target.server is not None:
        _require_free(target, target.server)
        create_private_folder(target.root, "数据文件夹")
        yield target
        return
    if os.path.lexists(target.root):
        raise Refused(f"“{target.root}”已经存在，没有复制；只复制到新的文件夹，绝不覆盖台账，请换一个名字。")
    parent = target.root.absolute().parent
    if not parent.is_dir():
        raise NotFound(f"没有文件夹“{parent}”，请先建立或换一个位置。")
    for left in parent.glob(f".{target.root.name}.*{_UNFINISHED}"):
        # Of an attempt that was killed: a register in the open must not lie about.
        shutil.rmtree(left, ignore_errors=True)
    unfinished = target.root.with_name(f".{target.root.name}.{secrets.token_hex(8)}{_UNFINISHED}")
    try:
        create_private_folder(unfinished, "数据文件夹")
        yield Home(unfinished)
        unfinished.rename(target.root)
        flush_folder(parent)
    except OSError as fault:
        raise Refused(f"没有复制成：{reason_of(fault)}。") from fault
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _require_free(target: Home, server: Server) -> None:
    if is_there(server):
        raise Refused(f"数据库“{server}”里已有台账，没有复制，绝不覆盖；请换一个空的数据库。")
    if target.register.exists():
        raise Refused(f"“{target.root}”里已有台账，没有复制；请用 --folder 另写一个放密钥的新文件夹。")
    with faults_in_chinese(server):
        if stored_revision(server) is not None and not kind_of(server).may_change_tables(server):
            raise Refused(f"复制到数据库“{server}”要用迁移账号，复制以后改用程序的账号。")


def _keys_left(place: Home) -> dict[int, bytes]:
    """The keys that an attempt before has put into the folder: there may be a copy that was made with them."""
    if not os.path.lexists(place.key):
        return {}
    require_private(place.key, "密钥文件")
    return keys_of(place.key.read_bytes()) or {}


def _put_files(source: Home, place: Home, anew: Vault) -> None:
    """The keys, on the disk before what they open, and what the office has beside its register."""
    for folder in (place.key.parent, place.drafts, place.papers):
        create_private_folder(folder, "数据文件夹")
    if not isinstance(place.database, Server):
        create_private_folder(place.register.parent, "数据文件夹")
    try:
        if (left := _keys_left(place)) != anew.keys():
            if left:
                raise Refused(f"“{place.root}”里有另一个台账的密钥，没有复制，绝不覆盖；请换一个文件夹。")
            write_whole(place.key, key_file_text(anew.keys()), replaces=True)
        if place.server is not None:
            write_whole(place.root / DATABASE_URL, place.server.url.encode(), replaces=True)
        for path in _own_files(source):
            copied = place.root / path.relative_to(source.root)
            copied.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(copied, path.read_bytes(), replaces=True)
    except OSError as fault:
        raise Refused(f"没有复制成：{reason_of(fault)}。") from fault


def _own_files(source: Home) -> Iterator[Path]:
    single = (source.exchange_key, source.backup_key, source.platforms)
    folders = (path for name in _OWN_FOLDERS for path in sorted((source.root / name).rglob("*")))
    yield from (path for path in (*single, *folders) if path.is_file() and not path.is_symlink())


def _record(session: Session, vault: Vault, source: Home, acting: Acting, copied: Copied) -> None:
    """What was copied, for whoever reads the journal of the copy: head, counts and sums."""
    rules = shipped_rulebook()
    context = Context(session, vault, rules, CalendarInForce().of(session), source, acting)
    cases, entries = copied.rows["training_case"], copied.rows["journal_entry"]
    summary = f"台账从另一处复制到这里，逐项核对一致：{cases}个案件，经办记录{entries}条，链头{copied.head}"
    after = {"head": copied.head, "rows": dict(copied.rows), "sums": dict(copied.sums)}
    journal.record(context, None, Act.REGISTER_COPY, summary, after=after)
