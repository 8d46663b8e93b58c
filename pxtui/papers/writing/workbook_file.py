"""A workbook as bytes that depend on nothing but its content, and as a file that is whole or not there."""

import errno
import os
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties

from pxtui.errors import Refused
from pxtui.papers.writing.openpyxl_private import MemoryExcelWriter

# The first day a zip archive can name; a workbook must name one.
_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)

_REASONS = {
    errno.ENOSPC: "磁盘已满，请清理后重试",
    errno.EDQUOT: "磁盘配额已用完，请清理后重试",
    errno.EFBIG: "超出允许的文件大小，请联系管理员",
    errno.EROFS: "该位置是只读的，请换一个文件夹",
    errno.EACCES: "没有写入权限，请换一个文件夹",
    errno.EPERM: "没有写入权限，请换一个文件夹",
    errno.ENOENT: "文件夹不存在，请先建立或换一个",
    errno.ENOTDIR: "文件夹不存在，请先建立或换一个",
    errno.EISDIR: "该名称已是一个文件夹，请换一个名称",
    errno.ENAMETOOLONG: "文件名太长，请缩短",
}


class _DatelessZip(ZipFile):
    """An archive whose members bear no time of writing."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any) -> None:
        super().writestr(ZipInfo(zinfo_or_arcname), data, ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        self.writestr(arcname, filename.getvalue())


def package(workbook: Workbook) -> bytes:
    """The .xlsx of a workbook; sheets of a write-only one must all have gone through `MemoryWriter`."""
    workbook.properties = DocumentProperties(creator="pxtui", created=_NO_DATE, modified=_NO_DATE)
    buffer = BytesIO()
    with _DatelessZip(buffer, "w") as archive:
        MemoryExcelWriter(workbook, archive).write_data()
    return buffer.getvalue()


def store(content: bytes, path: Path) -> None:
    """Put `content` at `path`, readable by its owner only; what stood there is replaced in one step.

    Raises:
        PxtuiError: the folder does not take it; nothing of the attempt is left, and what stood there stays.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with open(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise Refused(f"无法写入“{path}”：{reason_of(error)}") from error


def reason_of(error: OSError) -> str:
    """Why the system does not take a file, in Chinese, and what to do."""
    return _REASONS.get(error.errno or 0, f"{error.strerror}，请联系管理员")
