"""Private files and folders, readable by the program's own account only: register, backups, key."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pxtui.errors import NotFound, Refused
from pxtui.whole_file import made_whole, reason_of

_OTHERS = 0o077
_OTHERS_WRITE = 0o022
_MOUNTS = Path("/proc/self/mountinfo")
_OF_THE_NETWORK = frozenset(
    {"afs", "beegfs", "ceph", "cifs", "coda", "davfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
    | {f"fuse.{name}" for name in ("ceph", "davfs", "davfs2", "glusterfs", "rclone", "s3fs", "sshfs")}
)
"""Names of file systems as Linux lists them, see proc_pid_mountinfo(5)."""


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


def take_back(folder: Path, name: str, *, may_be_kept_by_root: bool = False) -> str:
    """Close a folder of our own to other users; what to say of it, empty where it was closed. `name`: what it is.

    Args:
        may_be_kept_by_root: where nobody but root may write, it need not be ours nor closed.

    Raises:
        PxtuiError: it belongs to another user, is no folder, lies open to everybody as /tmp does, or stays as it is.
    """
    try:
        status = folder.stat()
        if not stat.S_ISDIR(status.st_mode):
            raise Refused(f"{name}“{folder}”不是文件夹，请移开它再试。")
        is_open = status.st_mode & _OTHERS
        if may_be_kept_by_root and status.st_uid == 0 != os.geteuid() and not status.st_mode & _OTHERS_WRITE:
            return ""
        if status.st_uid != os.geteuid() or (is_open and status.st_mode & stat.S_ISVTX):
            raise Refused(f"{name}“{folder}”属于另一个用户或是公用的，不能存放台账，请另设PXTUI_HOME。")
        if is_open:
            folder.chmod(0o700)
    except OSError as error:
        raise Refused(f"不能查看{name}“{folder}”或收回它的权限：{reason_of(error)}。") from error
    return f"{name}原来对其他用户开放，已收回权限，请查明是谁放开的：{folder}" if is_open else ""


def require_local(path: Path) -> None:
    """Refuse a register on a file system of the network: its locks do not hold between machines.

    Only Linux says so; elsewhere nobody knows.

    Raises:
        PxtuiError: it lies on such a file system.
    """
    try:
        device = path.stat().st_dev
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    number = f"{os.major(device)}:{os.minor(device)}"
    for mount in mounts:
        place, _, kind = mount.partition(" - ")
        if place.split()[2:3] == [number] and (name := kind.split()[0]) in _OF_THE_NETWORK:
            raise Refused(f"台账“{path}”在网络文件系统（{name}）上，会丢失或损坏数据，请移到本机磁盘，另设PXTUI_HOME。")
