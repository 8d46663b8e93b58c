"""Private files and folders, readable by the program's own account only: register, backups, key."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pxtui.errors import NotFound, Refused
from pxtui.whole_file import made_whole, reason_of

_OTHERS = 0o077


@contextmanager
def made_private(path: Path, name: str) -> Iterator[Path]:
    """An empty private file beside `path`, to be filled in the block; at its end it stands at `path` whole, on disk.

    `name`: what it is, in Chinese.

    Raises:
        PxtuiError: the path exists, or the folder cannot be written; nothing of the attempt is left.
    """
    try:
        with made_whole(path) as aside:
            yield aside
    except FileExistsError:
        raise Refused(f"{name}“{path}”已经存在，没有覆盖，请换一个位置。") from None
    except OSError as error:
        raise Refused(f"不能建立{name}“{path}”：{reason_of(error)}。") from error


def create_private(path: Path, name: str, content: bytes = b"") -> None:
    """Write a new file of mode 0600; whole and on disk when this returns. `name`: what it is, in Chinese.

    Raises:
        PxtuiError: the path exists, or the folder cannot be written.
    """
    with made_private(path, name) as aside:
        aside.write_bytes(content)


def create_private_folder(folder: Path, name: str) -> None:
    """Make a folder of mode 0700; an existing one must be as private. `name`: what it is, in Chinese.

    Raises:
        PxtuiError: the folder cannot be made, or other users may enter it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"不能建立{name}“{folder}”，请检查上级文件夹是否可写：{reason_of(error)}。") from error
    require_private(folder, name)


def require_private(path: Path, name: str) -> None:
    """Refuse a file or folder that other users may read, that belongs to another user, or that is a symbolic link.

    Raises:
        PxtuiError: other users have access, or the path is missing, a link, or cannot be examined.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        raise NotFound(f"找不到{name}“{path}”，请放回原处或从备份恢复后再试。") from None
    except OSError as error:
        raise Refused(f"不能查看{name}“{path}”，请检查权限。") from error
    if stat.S_ISLNK(status.st_mode):
        raise Refused(f"{name}“{path}”是一个链接，不能使用，请把它指向的文件放回原处。")
    if status.st_uid != os.geteuid():
        raise Refused(f"{name}“{path}”属于另一个用户，请用建立它的用户运行本程序。")
    if status.st_mode & _OTHERS:
        raise Refused(f"{name}“{path}”对其他用户开放，请执行 chmod go-rwx 收回权限后再试。")
