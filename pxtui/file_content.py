"""The bytes of a file that somebody names: of a regular file, and never more than are wanted."""

import os
import stat
from pathlib import Path

from pxtui.errors import NotFound, Refused


def named_path(text: str) -> Path:
    """The path that somebody keyed, ~ for the own folder; somebody else's, who is not there, is no folder at all."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def content_of(path: Path, most_bytes: int, too_large: str) -> bytes:
    """The content of a regular file; a pipe, a device or a folder is refused and not waited for.

    Args:
        too_large: the sentence, in Chinese, for a file of more than `most_bytes`.

    Raises:
        NotFound: there is no such file.
        Refused: it is too large, no regular file, or may not be read.
    """
    name = "".join(character if character.isprintable() else "?" for character in path.name or str(path))
    try:
        # Asked before it is opened: a pipe that is opened may be written to, a device may act.
        _require_regular(os.stat(path).st_mode, name)
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb") as file:
            _require_regular(os.fstat(file.fileno()).st_mode, name)
            content = file.read(most_bytes + 1)
    except FileNotFoundError:
        raise NotFound(f"找不到文件“{name}”，请核对路径和文件名。") from None
    except PermissionError:
        raise Refused(f"没有读取“{name}”的权限，请另存一份到自己的文件夹再试。") from None
    except (OSError, ValueError):
        raise Refused(f"“{name}”读不出来，请核对路径，或另存一份再试。") from None
    if len(content) > most_bytes:
        raise Refused(too_large)
    return content


def _require_regular(mode: int, name: str) -> None:
    if stat.S_ISDIR(mode):
        raise Refused(f"“{name}”是文件夹，请指定其中的一个文件。")
    if not stat.S_ISREG(mode):
        raise Refused(f"“{name}”不是普通文件，请指定一个文件。")
