"""Private files and folders, readable by the program's own account only: register, backups, key."""

import os
from pathlib import Path

from pxtui.errors import NotFound, Refused

_OTHERS = 0o077


def create_private(path: Path, name: str, content: bytes = b"") -> None:
    """Write a new file of mode 0600; it is on disk when this returns. `name`: what it is, in Chinese.

    Raises:
        PxtuiError: the path exists, or the folder cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except FileExistsError:
        raise Refused(f"{name}“{path}”已经存在，没有覆盖，请换一个位置。") from None
    except OSError as error:
        raise Refused(f"不能建立{name}“{path}”，请检查文件夹是否存在、是否可写、磁盘是否已满。") from error
    flush_to_disk(path)


def create_private_folder(folder: Path, name: str) -> None:
    """Make a folder of mode 0700; an existing one must be as private. `name`: what it is, in Chinese.

    Raises:
        PxtuiError: the folder cannot be made, or other users may enter it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"不能建立{name}“{folder}”，请检查上级文件夹是否可写。") from error
    require_private(folder, name)


def require_private(path: Path, name: str) -> None:
    """Refuse a file or folder that other users may read or that belongs to another user.

    Raises:
        PxtuiError: other users have access, or the path is missing or cannot be examined.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        raise NotFound(f"找不到{name}“{path}”，请放回原处或从备份恢复后再试。") from None
    except OSError as error:
        raise Refused(f"不能查看{name}“{path}”，请检查权限。") from error
    if status.st_uid != os.geteuid():
        raise Refused(f"{name}“{path}”属于另一个用户，请用建立它的用户运行本程序。")
    if status.st_mode & _OTHERS:
        raise Refused(f"{name}“{path}”对其他用户开放，请执行 chmod go-rwx 收回权限后再试。")


def flush_to_disk(path: Path) -> None:
    """Flush a file and its folder to disk (fsync), to survive a power cut.

    Raises:
        PxtuiError: the disk refuses.
    """
    try:
        for file_or_folder in (path, path.parent):
            descriptor = os.open(file_or_folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
    except OSError as error:
        raise Refused(f"“{path}”没能可靠地写入磁盘，请检查磁盘后再试。") from error
