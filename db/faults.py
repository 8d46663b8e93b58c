"""Faults of the database and its file, as Chinese sentences for a clerk."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from pxtui.errors import Refused

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


@contextmanager
def faults_in_chinese(path: Path) -> Iterator[None]:
    """Turn database faults of the register at `path` into `Refused` with a Chinese sentence; other errors pass."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error) and (sentence := _sentence(error.orig, path)):
            raise Refused(sentence) from error
        raise
    except sqlite3.Error as error:
        if sentence := _sentence(error, path):
            raise Refused(sentence) from error
        raise
    except StaleDataError as error:
        raise Refused("这个案件刚被别人改过，没有保存，请重新打开后再改。") from error
    except UnicodeEncodeError as error:
        if error.reason != "surrogates not allowed":
            raise
        raise Refused("所填文字中有残缺的字符，没有保存，请重新输入这段文字。") from None


def _sentence(error: sqlite3.Error, path: Path) -> str | None:
    # Errors of the driver itself, such as a closed connection, bear no code.
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return str(error)
    template = _SENTENCES.get(code & _PRIMARY_CODE)
    return template and template.format(path=path)
