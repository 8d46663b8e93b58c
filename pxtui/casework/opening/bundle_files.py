"""Files of case bundles (`pxtui-case/1`, JSON), sent by an enterprise or another office."""

from pathlib import Path

from pxtui.errors import Refused
from pxtui.file_content import content_of
from pxtui.policy.bundle import read_bundle
from pxtui.policy.facts import Application
from pxtui.policy.parameters import Rulebook

_LARGEST_BYTES = 50_000_000
_BEGINNING = 1_000
_NUL_AND_MARKS = b"\0\xef\xbb\xbf\xff\xfe"
"""Byte order marks and the other half of UTF-16: what is JSON in the wrong encoding is told as that."""


def read_bundle_file(path: Path, rulebook: Rulebook) -> Application:
    """The application in a bundle file.

    Raises:
        PxtuiError: there is no such file, it is not text, or it does not fit `pxtui-case/1`.
    """
    return read_bundle(_text(path), rulebook.latest)


def _text(path: Path) -> str:
    data = content_of(path, _LARGEST_BYTES, "文件过大，不像案件包，请核对文件。")
    begins = data[:_BEGINNING].translate(None, _NUL_AND_MARKS).lstrip()
    if begins and not begins.startswith((b"{", b"[")):
        raise Refused("不是案件包（JSON文件）；花名册等表格请打开案件后按F6导入。")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("不是UTF-8编码的JSON文件，请重新导出。") from None
