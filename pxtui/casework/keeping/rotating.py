"""Another key for the sealed fields: everything goes over to it while clerks key, and goes on after any interruption.

The key file keeps the earlier keys as well: a ciphertext names the one that opens it, and backups need theirs.
So the register opens at every moment between. Look-up keys of the new version are made of those of the one before, in
one transaction, because they are compared across the tables; in the same one the chain gets a new key of its own.
Each part is known again by what it left, so that whoever repeats the command, because he saw no answer, rotates once.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlmodel import col, select

from db import backup_list, reseal
from db.models import Act, JournalEntry
from db.models import Register as RegisterRow
from db.seal import Vault, key_file_text, new_key
from db.sealed_columns import sealed_columns
from pxtui.casework.keeping import key_backup
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register
from pxtui.errors import Damaged, Refused
from pxtui.home import Home
from pxtui.whole_file import reason_of, write_whole

_BACKUP = "backup"
"""Among the values of the journal's entry: SHA-256 of the file that the keys were backed up into."""
_ALTERED = "台账里有程序以外的改动，没有更换密钥：请管理员先运行 pxtui verify 查明。"


def rotate(
    register: Register, acting: Callable[[], Acting], to: Path | None, tell: Callable[[str], None] = lambda _: None
) -> int:
    """Let everything under seal go over to a new key, or go on with what was interrupted; the version of the key.

    Args:
        acting: who acts, at the moment of each of the transactions.
        to: where the keys are backed up with the new one, before anything is sealed with it; None only where an
            interrupted rotation goes on.
        tell: what is being done, in Chinese.

    Raises:
        PxtuiError: it is not for this person, there is no office key, the place is taken, or the register was altered
            past the program.
    """
    register.require_unaltered(_ALTERED)
    with register.writing(acting()) as context:
        version = _begin(context, to)
        if not is_unfinished(context):
            return version
    for table in sealed_columns():
        after: int | None = 0
        while after is not None:
            with register.writing(acting()) as context:
                after = reseal.reseal_some(context.session, context.vault, table, after)
        tell(f"已换：{table.table}")
    _bind_anew(register, acting, version, tell)
    with register.writing(acting()) as context:
        _finish(context, version)
    return version


def is_unfinished(context: Context) -> bool:
    """Whether a rotation was interrupted."""
    row = context.session.get_one(RegisterRow, 1)
    return row.resealed_version < row.key_version


def _bind_anew(register: Register, acting: Callable[[], Acting], version: int, tell: Callable[[str], None]) -> None:
    """Look-up keys of the new version and a new key of the chain, once."""
    with register.reading(acting()) as context:
        vault = context.vault
    if vault.look_up_version == version:
        return
    register.require_unaltered(_ALTERED)
    tell("正在换查找用的各项，并重新核对全部内容，这时柜台要等一会儿才能保存")
    register.bind_anew(acting().at, lambda connection: reseal.renew_look_ups(connection, vault, version))


def _begin(context: Context, to: Path | None) -> int:
    """Put the next key into force, once it is in its file and backed up; the version.

    That of before, if the backup at `to` is the one that was made for it: the command was repeated.
    """
    duties.require_role(context, Act.KEY_ROTATE)
    row = context.session.get_one(RegisterRow, 1)
    if is_unfinished(context):
        return row.key_version
    if to is None:
        raise Refused("请用 --to 写明新密钥的备份写到哪里（另一个U盘）：没有备份不启用新密钥。")
    if key_backup.is_of(to, _backup_of_last(context)):
        return row.key_version
    version = row.key_version + 1
    if not key_backup.is_of(to, _noted(context.home, version)):
        key_backup.require_free(context.home, to)
    vault = _with_key(context.home, version)
    digest = _back_up(context, version, to)
    row.key_version, row.key_check = version, vault.in_force(version, row.look_up_version).key_check
    context.session.add(row)
    summary = f"更换台账的密钥：第{version}版启用，已有内容开始改用"
    journal.record(context, None, Act.KEY_ROTATE, summary, after={_BACKUP: digest})
    return version


def _back_up(context: Context, version: int, to: Path) -> str:
    """Back up the keys with the next one, unless an attempt before has; the SHA-256 of the file."""
    content = key_backup.sealed_keys(context)
    if key_backup.is_of(to, noted := _noted(context.home, version)):
        backup_list.note_keys(context.home.backups, version, context.at)
        return noted
    digest = hashlib.sha256(content).hexdigest()
    try:
        # Before the file is there: it can be opened with the office's private key alone, and so not be known again.
        write_whole(_note_of(context.home, version), digest.encode(), replaces=True)
    except OSError as fault:
        raise Refused(f"写不了“{context.home.key.parent}”：{reason_of(fault)}，没有更换密钥。") from fault
    key_backup.write_keys(context.home, to, content, context.at)
    return digest


def _backup_of_last(context: Context) -> str:
    """The SHA-256 of the backup that was made for the key in force; empty where it was the first."""
    asked = select(JournalEntry).where(JournalEntry.action == Act.KEY_ROTATE).order_by(col(JournalEntry.id).desc())
    for entry in context.session.exec(asked).all():
        _, after = journal.values(context, entry)
        if _BACKUP in after:
            return str(after[_BACKUP])
    return ""


def _noted(home: Home, version: int) -> str:
    """The SHA-256 of the backup that an attempt to put this version into force was about to write."""
    try:
        return _note_of(home, version).read_text("ascii")
    except (OSError, ValueError):
        return ""


def _note_of(home: Home, version: int) -> Path:
    return home.key.with_name(f"backup-of-{version}")


def _with_key(home: Home, version: int) -> Vault:
    """The vault with a key of this version: the one that an attempt before has drawn, else a new one in the file."""
    vault = Vault.open(home.key)
    if version in vault.versions:
        return vault
    try:
        write_whole(home.key, key_file_text({**vault.keys(), version: new_key()}), replaces=True)
    except OSError as fault:
        raise Refused(f"写不了密钥文件“{home.key}”：{reason_of(fault)}，没有更换密钥。") from fault
    return Vault.open(home.key)


def _finish(context: Context, version: int) -> None:
    if left := reseal.left_over(context.session, context.vault):
        raise Damaged(f"还有{left}行没有改用新密钥，请再运行一次 pxtui key rotate。")
    row = context.session.get_one(RegisterRow, 1)
    row.resealed_version = version
    context.session.add(row)
    with suppress(OSError):
        _note_of(context.home, version).unlink(missing_ok=True)
    journal.record(context, None, Act.KEY_ROTATE, f"更换台账的密钥：第{version}版，全部内容已改用")
