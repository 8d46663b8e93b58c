"""A file is whole or not there, and what a killed program left is cleared without disturbing one that is at work."""

import errno
import os
import stat
from pathlib import Path

import pytest

from pxtui.whole_file import alone_in, clear_unfinished, made_whole, write_whole


def names(folder: Path) -> list[str]:
    """What stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    os.umask(os.umask(0o022))
    path = tmp_path / "清单.xlsx"
    write_whole(path, b"new")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode), path.stat().st_nlink) == (b"new", 0o600, 1)
    assert names(tmp_path) == ["清单.xlsx"]


@pytest.mark.parametrize("refused", [None, errno.EPERM])
def test_what_stands_there_stays_unless_it_is_to_be_replaced(
    refused: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        assert refused is not None
        raise OSError(refused, os.strerror(refused))

    if refused is not None:
        # As on a stick.
        monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "list"
    write_whole(path, b"old")
    with pytest.raises(FileExistsError):
        write_whole(path, b"new")
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["list"])
    write_whole(path, b"new", replaces=True)
    assert (path.read_bytes(), names(tmp_path)) == (b"new", ["list"])


def test_a_link_in_the_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"old")
    (tmp_path / "list").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "list", b"new")
    write_whole(tmp_path / "list", b"new", replaces=True)
    assert (tmp_path / "elsewhere").read_bytes() == b"old"
    assert not (tmp_path / "list").is_symlink()


def test_a_fault_while_it_is_built_leaves_nothing_and_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "register"
    path.write_bytes(b"old")

    def build() -> None:
        with made_whole(path, replaces=True) as aside:
            aside.write_bytes(b"half")
            aside.with_name(f"{aside.name}-journal").write_bytes(b"journal")
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - any fault will do
        build()
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["register"])


def test_the_longest_name_has_room_for_the_other_one(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 83 + "a.xlsx")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


def test_what_a_killed_program_left_is_cleared_and_what_is_being_built_stays(tmp_path: Path) -> None:
    (tmp_path / ".abcd_efg.part").write_bytes(b"paper of a trial version")
    (tmp_path / ".profile").write_bytes(b"somebody's")
    for ending in ("", "-journal"):
        (tmp_path / f".register.0123456789abcdef.unfinished{ending}").write_bytes(b"half")
    (tmp_path / ".paper.0123456789abcdef.unfinished-wal").write_bytes(b"of one that is gone")
    with made_whole(tmp_path / "list") as aside:
        aside.write_bytes(b"whole")
        clear_unfinished(tmp_path)
        assert names(tmp_path) == sorted((".profile", aside.name))
    assert (tmp_path / "list").read_bytes() == b"whole"


def test_whoever_clears_up_in_the_moment_of_beginning_hinders_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_file = os.open
    cleared: list[Path] = []

    def cleared_at_once(path: Path, *arguments: int) -> int:
        descriptor = open_file(path, *arguments)
        if not cleared and str(path).endswith(".unfinished"):
            cleared.append(path)
            os.unlink(path)
        return descriptor

    monkeypatch.setattr(os, "open", cleared_at_once)
    write_whole(tmp_path / "list", b"whole")
    assert (len(cleared), (tmp_path / "list").read_bytes()) == (1, b"whole")


def test_two_programs_do_not_make_the_same_at_once(tmp_path: Path) -> None:
    with alone_in(tmp_path), pytest.raises(BlockingIOError), alone_in(tmp_path):
        pass
    with alone_in(tmp_path):
        pass
