"""Another key for the sealed fields: everything goes over to it while clerks key, and goes on after any interruption.

The key file keeps the earlier keys as well: a ciphertext names the one that opens it, and backups need theirs.
So the register opens at every moment between. Look-up keys of the new version are made of those of the one before, in
one transaction, because they are compared across the tables; at the end the chain gets a new key of its own.
"""

from collections.abc import Callable
from pathlib import Path

from db import reseal
from db.models import Act
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
    for table in sealed_columns():
        after: int | None = 0
        while after is not None:
            with register.writing(acting()) as context:
                after = reseal.reseal_some(context.session, context.vault, table, after)
        tell(f"已换：{table.table}")
    register.require_unaltered(_ALTERED)
    tell("正在换查找用的各项，并重新核对全部内容，这时柜台要等一会儿才能保存")
    with register.reading(acting()) as context:
        vault = context.vault
    register.bind_anew(acting().at, lambda connection: reseal.renew_look_ups(connection, vault, version))
    with register.writing(acting()) as context:
        _finish(context, version)
    return version


def is_unfinished(context: Context) -> bool:
    """Whether a rotation was interrupted."""
    row = context.session.get_one(RegisterRow, 1)
    return row.resealed_version < row.key_version


def _begin(context: Context, to: Path | None) -> int:
    """Put the next key into force, once it is in its file and backed up; the version."""
    duties.require_role(context, Act.KEY_ROTATE)
    row = context.session.get_one(RegisterRow, 1)
    if is_unfinished(context):
        return row.key_version
    if to is None:
        raise Refused("请用 --to 写明新密钥的备份写到哪里（另一个U盘）：没有备份不启用新密钥。")
    key_backup.require_free(context.home, to)
    version = row.key_version + 1
    vault = _with_key(context.home, version)
    key_backup.write_keys(context.home, to, key_backup.sealed_keys(context), context.at)
    row.key_version, row.key_check = version, vault.in_force(version, row.look_up_version).key_check
    context.session.add(row)
    journal.record(context, None, Act.KEY_ROTATE, f"更换台账的密钥：第{version}版启用，已有内容开始改用")
    return version


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
    journal.record(context, None, Act.KEY_ROTATE, f"更换台账的密钥：第{version}版，全部内容已改用")
