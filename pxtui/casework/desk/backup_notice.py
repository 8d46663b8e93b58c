"""What the desk says of backups and keys: that the last good backup is older than a day, or a rotation unfinished."""

from datetime import timedelta

from db import backup_list
from db.models import Register
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA

_A_DAY = timedelta(days=1)


def notice(context: Context) -> tuple[str, str]:
    """What is wrong, in a few words, and what to do about it, in Chinese; also in an office of one clerk.

    Both empty: a backup is fresh, the register is younger than a day, or it is there to be practised in.
    """
    row = context.session.get_one(Register, 1)
    if row.resealed_version < row.key_version:
        return "更换台账的密钥没有做完。", "不影响办理，请管理员再运行一次 pxtui key rotate。"
    if row.is_practice or context.at - row.created_at <= _A_DAY:
        return "", ""
    if wrong := _missing_backup(context):
        return wrong
    if backup_list.newest_keys(context.home.backups) < row.key_version:
        how = "没有它，备份里的证号、电话、账号都读不出来：请管理员运行 pxtui key backup --to 另一个U盘上的文件。"
        return "台账的密钥没有备份。", how
    return "", ""


def _missing_backup(context: Context) -> tuple[str, str] | None:
    # One that the chain does not prove is no good one: what was altered is in it.
    good = [backup.made_at for backup in backup_list.listed(context.home.backups) if backup.is_whole is not False]
    newest = max(good, default=None)
    if newest is not None and context.at - newest <= _A_DAY:
        return None
    if not context.home.backup_key.exists():
        return "台账没有备份。", "备份：请管理员运行 pxtui backup key create --to U盘上的文件，之后每天自动备份。"
    last = "还没有做过" if newest is None else f"最近一次成功的是{newest.astimezone(CHINA):%Y-%m-%d %H:%M}"
    how = f"备份{last}；正在自动备份，做好了会说；没有做成的按Ctrl+K看备份，由管理员或负责人现在备份。"
    return "台账超过一天没有备份。", how
