"""Faults of SQLite and its file, as Chinese sentences for a clerk."""

import sqlite3
from pathlib import Path

_PRIMARY_CODE = 0xFF

_SENTENCES = {
    sqlite3.SQLITE_BUSY: "台账正被另一处占用，没有保存，请稍候再试。",
    sqlite3.SQLITE_LOCKED: "台账正被另一处占用，没有保存，请稍候再试。",
    sqlite3.SQLITE_READONLY: "台账“{path}”只能读不能写，没有保存，请检查文件、文件夹和磁盘的写权限。",
    sqlite3.SQLITE_FULL: "磁盘已满，没有保存，请腾出空间后再试。",
    sqlite3.SQLITE_IOERR: "读写磁盘出错，没有保存，请检查磁盘是否已满或有故障后再试。",
    sqlite3.SQLITE_CANTOPEN: "打不开台账“{path}”，请检查文件是否在原处、权限是否正确。",
    sqlite3.SQLITE_PERM: "打不开台账“{path}”，请检查文件是否在原处、权限是否正确。",
    sqlite3.SQLITE_NOTADB: "“{path}”不是台账文件，请核对路径或从备份恢复。",
    sqlite3.SQLITE_CORRUPT: "台账“{path}”已损坏，请停止使用并从备份恢复。",
    sqlite3.SQLITE_CONSTRAINT: "所填内容与台账已有的记录冲突，没有保存，请刷新后核对再试。",
}


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another one writes or reads just now."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & _PRIMARY_CODE == sqlite3.SQLITE_BUSY


def sentence_of(error: sqlite3.Error, path: Path) -> str | None:
    """What a clerk is told of a fault; None for one of the program itself."""
    # Errors of the driver itself, such as a closed connection, bear no code.
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return str(error)
    template = _SENTENCES.get(code & _PRIMARY_CODE)
    return template and template.format(path=path)
