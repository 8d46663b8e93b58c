"""A workbook as bytes that depend on nothing but its content, and as a file that is whole or not there."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties

from pxtui.errors import Refused
from pxtui.papers.writing.openpyxl_private import MemoryExcelWriter
from pxtui.whole_file import clear_unfinished, reason_of, write_whole

# The first day a zip archive can name; a workbook must name one.
_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)


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
    clear_unfinished(path.parent)
    try:
        write_whole(path, content, replaces=True)
    except OSError as error:
        raise Refused(f"无法写入“{path}”：{reason_of(error)}") from error
