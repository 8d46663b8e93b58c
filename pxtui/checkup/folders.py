"""The data folder: owners and modes of what only the program's account may read."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pxtui.checkup.finding import Finding, bad, caution, good
from pxtui.home import Home

_OTHERS = 0o077
_LARGE_LOG = 2**20


def findings(home: Home) -> Iterator[Finding]:
    """All about folders and files, without opening the register."""
    if not home.root.is_dir():
        yield bad("数据文件夹", f"没有“{home.root}”", "先建立台账：pxtui init，或用PXTUI_HOME指明它在哪里。")
        return
    private = (
        ("数据文件夹", home.root),
        ("台账的文件夹", home.register.parent),
        ("台账", home.register),
        ("密钥的文件夹", home.key.parent),
        ("密钥", home.key),
        ("草稿的文件夹", home.drafts),
        ("文书的文件夹", home.papers),
        ("备份的文件夹", home.backups),
        ("本人收件箱的文件夹", home.inboxes),
        ("交换文件的文件夹", home.outbox),
        ("故障记录", home.fault_log),
    )
    faults = [fault for what, path in private if (fault := _open_to_others(what, path)) is not None]
    yield from faults
    if not faults:
        yield good("权限", "数据文件夹里的都只有本账号能读写")
    if home.fault_log.is_file() and home.fault_log.stat().st_size > _LARGE_LOG:
        yield caution("故障记录", "超过1MB", "请装上deploy/logrotate/pxtui，并把最近的故障编号告诉管理员。")


def _open_to_others(what: str, path: Path) -> Finding | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    except OSError:
        return bad(what, f"“{path}”看不到", "请用建立台账的账号运行。")
    if status.st_uid != os.geteuid():
        return bad(what, f"“{path}”属于别的账号", "请用建立台账的账号运行，或把它改归该账号。")
    if stat.S_IMODE(status.st_mode) & _OTHERS:
        return bad(what, f"“{path}”别的账号也能读", f"请执行：chmod go-rwx '{path}'")
    return None
