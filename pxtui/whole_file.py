"""Files that are whole or not there: built beside their place under another name, flushed, moved there in one step.

Whatever ends the program in between leaves the file under its other name, which holds nobody up; it is cleared when
the next file is put into that folder or the register is opened. A lock tells what is left from what is being built.
"""

import errno
import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_UNFINISHED = re.compile(r"(\..+\.[0-9a-f]{16}\.unfinished)(?:-journal|-wal|-shm)?")
"""With what SQLite puts beside a database under construction."""
_OF_BEFORE = re.compile(r"\.[a-z0-9_]{8}\.part|[0-9a-f]{16}-.+\.unfinished")
"""As the first trial versions named papers and drafts that were not finished."""
_NO_HARD_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
_LONGEST_NAME = 255 - len("..0123456789abcdef.unfinished-journal")
"""Bytes of the name that the other name keeps of it: file systems allow 255."""

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


@contextmanager
def made_whole(path: Path, *, replaces: bool = False) -> Iterator[Path]:
    """An empty private file beside `path`, to be filled in the block; at its end it stands at `path` in one step.

    After a fault in the block nothing is left, and what stood at `path` stays.

    Args:
        replaces: what stands at `path` gives way; else it stays.

    Raises:
        FileExistsError: something stands at `path` and is not replaced.
        OSError: the folder does not take the file.
    """
    aside, lock = _begun(path)
    try:
        yield aside
        os.fsync(lock)
        _move(aside, path, replaces=replaces)
    except BaseException:
        _clear(aside)
        raise
    finally:
        os.close(lock)
    flush_folder(path.parent)


def write_whole(path: Path, content: bytes, *, replaces: bool = False, is_lasting: bool = True) -> None:
    """Put a private file of this content at `path` in one step; callable in a signal handler.

    Args:
        is_lasting: the folder is flushed too, so that a power cut does not bring back what stood there.

    Raises:
        FileExistsError: something stands at `path` and is not replaced.
        OSError: the folder does not take the file.
    """
    aside, lock = _begun(path)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(lock, rest) :]
        os.fsync(lock)
        _move(aside, path, replaces=replaces)
    except BaseException:
        _clear(aside)
        raise
    finally:
        os.close(lock)
    if is_lasting:
        flush_folder(path.parent)


def clear_unfinished(folder: Path) -> None:
    """Remove what programs that were killed left unfinished in a folder; what is being built stays."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if match := _UNFINISHED.fullmatch(entry.name):
                _clear_left(folder / match[1])
            elif _OF_BEFORE.fullmatch(entry.name):
                _clear_left(folder / entry.name)


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder to disk.

    Raises:
        OSError: the disk refuses.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some file systems of sticks and shares know no flushing of folders.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def reason_of(error: OSError) -> str:
    """Why the system does not take a file, in Chinese, and what to do."""
    return _REASONS.get(error.errno or 0, f"{error.strerror}，请联系管理员")


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let no other program come into its block over the same folder meanwhile.

    Raises:
        BlockingIOError: another one is in it.
        OSError: the folder cannot be opened.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # Where a file system has no locks, the one step at the end has to do.
            if isinstance(error, BlockingIOError):
                raise
        yield
    finally:
        os.close(descriptor)


def _begun(path: Path) -> tuple[Path, int]:
    """A new private file beside `path` and its descriptor, which holds the lock."""
    kept = os.fsencode(path.name)[:_LONGEST_NAME].decode(errors="ignore")
    while True:
        aside = path.with_name(f".{kept}.{os.urandom(8).hex()}.unfinished")
        descriptor = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        # Where a file system has no locks, what is left there cannot be told from what is built, and stays.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return aside, descriptor
        # Somebody who cleared up came between the two calls.
        os.close(descriptor)


def _move(aside: Path, path: Path, *, replaces: bool) -> None:
    if replaces:
        os.replace(aside, path)
        return
    try:
        os.link(aside, path)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        os.rename(aside, path)
    else:
        os.unlink(aside)


def _clear_left(aside: Path) -> None:
    try:
        descriptor = os.open(aside, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        # Only what SQLite put beside it is left.
        _clear(aside)
        return
    except OSError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _clear(aside)
    except OSError:
        return
    finally:
        os.close(descriptor)


def _clear(aside: Path) -> None:
    for name in (aside.name, *(f"{aside.name}{ending}" for ending in ("-journal", "-wal", "-shm"))):
        with suppress(OSError):
            os.unlink(aside.with_name(name))
