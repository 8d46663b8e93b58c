"""Clerks who save at once in one file are served in the order in which they came."""

import errno
import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest
from sqlmodel import select

from db.engine import Archive, open_archive
from db.kinds import sqlite
from db.kinds.sqlite_turn import in_turn
from db.models import Office
from db.seal import Vault
from pxtui.errors import PxtuiError

THREADS = Path("/proc/self/task")
OPEN_FILES = Path("/proc/self/fd")
LONGEST = 20.0
on_linux = pytest.mark.skipif(not THREADS.exists(), reason="only Linux tells what a thread waits for and what is open")


@on_linux
def test_who_came_first_is_served_first(path: Path, vault: Vault) -> None:
    served: list[str] = []

    def save(name: str) -> None:
        archive = open_archive(path, vault)
        with archive.writing():
            served.append(name)
        archive.close()

    threads = [Thread(target=save, args=(name,)) for name in ("张三", "李四", "王五", "赵六")]
    with _standing_first(path.parent):
        for place, thread in enumerate(threads, 1):
            thread.start()
            _until(lambda place=place: _waiting() >= place)  # type: ignore[misc]
    for thread in threads:
        thread.join()
    assert served == ["张三", "李四", "王五", "赵六"]


def test_whoever_reads_does_not_stand_in_the_queue(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_queue(_folder: Path, _seconds: float) -> None:
        raise AssertionError

    monkeypatch.setattr(sqlite, "in_turn", no_queue)
    with _standing_first(path.parent), archive.reading() as session:
        assert session.exec(select(Office.code)).all() == ["dongqu"]


def test_one_who_stands_still_holds_up_nobody_for_ever(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 1)
    with _standing_first(path.parent), archive.writing() as session:
        session.add(Office(code="xiqu", name="西区人社局", letter="XQ"))
    with archive.reading() as session:
        assert set(session.exec(select(Office.code)).all()) == {"dongqu", "xiqu"}


def test_whoever_waits_in_vain_is_told_and_leaves_the_queue(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 1)
    with _standing_first(path.parent), closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(PxtuiError, match="占用"), archive.writing() as session:
            session.add(Office(code="xiqu", name="西区人社局", letter="XQ"))
    _until(lambda: _is_free(path.parent))
    with archive.writing() as session:
        session.add(Office(code="renhe", name="仁和区人社局", letter="RH"))


@on_linux
def test_a_program_that_was_forked_meanwhile_does_not_keep_the_turn(tmp_path: Path) -> None:
    with in_turn(tmp_path, LONGEST) as is_head:
        inherited = [os.dup(int(name)) for name in os.listdir(OPEN_FILES) if _leads_to(OPEN_FILES / name, tmp_path)]
        assert is_head
        assert inherited
        assert not _is_free(tmp_path)
    assert _is_free(tmp_path)
    for descriptor in inherited:
        os.close(descriptor)


def test_where_a_folder_cannot_be_locked_one_writes_without_a_queue(
    path: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = open_archive(path, vault)

    def refused(_descriptor: int, _operation: int) -> None:
        # As on a share of NFS.
        raise OSError(errno.EBADF, "")

    with monkeypatch.context() as share:
        share.setattr(fcntl, "flock", refused)
        with archive.writing() as session:
            session.add(Office(code="xiqu", name="西区人社局", letter="XQ"))
    with archive.reading() as session:
        assert session.exec(select(Office.code)).all() == ["xiqu"]
    archive.close()


def _waiting() -> int:
    """How many threads of this program stand in a queue for a lock on a file."""
    # The kernel's list of all locks comes in pages and may tell the same lock twice while other programs lock.
    return sum("lock_inode_wait" in thread.joinpath("wchan").read_text() for thread in THREADS.iterdir())


def _is_free(folder: Path) -> bool:
    """Whether nobody is at the head."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def _leads_to(link: Path, folder: Path) -> bool:
    # The list itself was open while it was read, and is not any more.
    return link.is_symlink() and Path(os.readlink(link)) == folder


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < end


@contextmanager
def _standing_first(folder: Path) -> Iterator[None]:
    """Somebody at the head of the queue who does not go on."""
    descriptor = os.open(folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)
