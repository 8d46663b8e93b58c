"""Folders of the register that others may enter are closed where they are ours, and refused where they are not."""

import os
import stat
from pathlib import Path

import pytest

from db import private_files
from pxtui.casework.office.register import Register, create, open_register
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.conftest import NOW
from tests.support.office import Office

_NOBODY = 65534


def mode(path: Path) -> int:
    """The permissions."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("opened", [0o777, 0o755, 0o750])
def test_our_folders_are_closed_to_others_and_it_is_said_once(opened: int, tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.begin()
    home = office.home
    home.templates.mkdir()
    folders = (home.root, home.register.parent, home.key.parent, home.drafts, home.papers, home.templates)
    for folder in folders:
        folder.chmod(opened)
    said = office.run("case", "list").stderr
    assert all(f"文件夹原来对其他用户开放，已收回权限，请查明是谁放开的：{folder}\n" in said for folder in folders)
    assert {mode(folder) for folder in folders} == {0o700}
    assert office.run("case", "list").stderr == ""


def test_a_register_is_not_made_in_a_folder_that_others_may_enter(tmp_path: Path) -> None:
    home = Home(tmp_path / "pxtui")
    home.key.parent.mkdir(parents=True)
    home.root.chmod(0o777)
    home.key.parent.chmod(0o755)
    create(home, office="dongqu", name="张三", at=NOW).close()
    assert (mode(home.root), mode(home.key.parent)) == (0o700, 0o700)


def test_a_folder_for_everybody_is_refused(tmp_path: Path) -> None:
    home = Home(tmp_path / "pxtui")
    home.root.mkdir()
    home.root.chmod(0o1777)
    with pytest.raises(PxtuiError, match=r"是公用的，不能存放台账，请另设PXTUI_HOME"):
        create(home, office="dongqu", name="张三", at=NOW)
    assert mode(home.root) == 0o1777


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a folder away")
def test_a_folder_of_somebody_else_is_refused(place: Home, register: Register) -> None:
    os.chown(place.drafts, _NOBODY, -1)
    with pytest.raises(PxtuiError, match=r"草稿文件夹.*属于另一个用户"):
        open_register(place, NOW)


@pytest.mark.parametrize("name", ["register", "key"])
def test_a_link_in_the_place_of_register_or_key_is_refused(
    name: str, place: Home, register: Register, tmp_path: Path
) -> None:
    path = {"register": place.register, "key": place.key}[name]
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PxtuiError, match="是一个链接，不能使用"):
        open_register(place, NOW)


def on(kind: str, path: Path, listed: Path) -> Path:
    """A list of mounts by which a path lies on such a file system."""
    device = path.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    listed.write_text(
        f"22 1 0:0 / /proc rw - proc proc rw\n36 35 {number} / /srv rw,noatime master:1 - {kind} server:/srv rw\n"
    )
    return listed


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_register_on_a_share_is_refused(
    kind: str, place: Home, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private_files, "_MOUNTS", on(kind, place.register, tmp_path / "mounts"))
    with pytest.raises(PxtuiError, match=rf"网络文件系统（{kind}）.*请移到本机磁盘"):
        open_register(place, NOW)
    elsewhere = Home(tmp_path / "another")
    with pytest.raises(PxtuiError, match="网络文件系统"):
        create(elsewhere, office="dongqu", name="张三", at=NOW)
    assert list(elsewhere.register.parent.iterdir()) == []


def test_a_register_on_a_disk_of_this_machine_is_opened(
    place: Home, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private_files, "_MOUNTS", on("ext4", place.register, tmp_path / "mounts"))
    open_register(place, NOW).close()
    monkeypatch.setattr(private_files, "_MOUNTS", tmp_path / "no list at all")
    open_register(place, NOW).close()
