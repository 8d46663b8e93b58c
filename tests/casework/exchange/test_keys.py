"""The keys of an office: private, whole or not there, and never drawn twice."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from pxtui.casework.exchange import keys
from pxtui.casework.exchange.keys import OwnKeys, read_public_keys
from pxtui.errors import PxtuiError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "exchange.key"


def test_they_are_drawn_once_and_nobody_else_may_read_them(path: Path) -> None:
    drawn = OwnKeys.at(path).public("dongqu")
    assert OwnKeys.at(path).public("dongqu") == drawn
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(path.parent) == ["exchange.key"]


def test_a_crash_while_they_are_written_leaves_no_half_of_them(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "link", crash)
        with pytest.raises(KeyboardInterrupt):
            OwnKeys.at(path)
    assert not path.exists()
    OwnKeys.at(path)


def test_of_two_that_begin_at_once_the_first_keys_stay(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = OwnKeys.at(path).public("dongqu")
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    assert OwnKeys.at(path).public("dongqu") == first


@pytest.mark.parametrize("damage", [lambda text: text[:-20], lambda text: text.replace("0", "1"), lambda text: ""])
def test_damaged_keys_are_told_and_not_replaced(path: Path, damage: Callable[[str], str]) -> None:
    OwnKeys.at(path)
    text = damage(path.read_text())
    path.write_text(text)
    with pytest.raises(PxtuiError, match="不完整或已损坏"):
        OwnKeys.at(path)
    assert path.read_text() == text


def test_keys_that_others_may_read_are_refused(path: Path) -> None:
    OwnKeys.at(path)
    path.chmod(0o640)
    with pytest.raises(PxtuiError, match="对其他用户开放"):
        OwnKeys.at(path)


def test_public_keys_come_back_from_their_text(path: Path, tmp_path: Path) -> None:
    public = OwnKeys.at(path).public("renhe")
    sent = tmp_path / "renhe.txt"
    sent.write_text("\ufeff" + public.text.replace("\n", "\r\n"), encoding="utf-8")
    assert read_public_keys(sent) == public


@pytest.mark.parametrize("what", ["office", "box", "sign", "fingerprint"])
def test_public_keys_of_which_a_part_was_altered_are_refused(path: Path, tmp_path: Path, what: str) -> None:
    public = OwnKeys.at(path).public("renhe")
    other = OwnKeys.at(path.with_name("other.key")).public("dongqu")
    lines = zip(public.text.splitlines(), other.text.splitlines(), strict=True)
    sent = tmp_path / "renhe.txt"
    sent.write_text("\n".join(theirs if theirs.startswith(what) else line for line, theirs in lines))
    with pytest.raises(PxtuiError, match="指纹与公钥不符"):
        read_public_keys(sent)


def test_what_is_no_public_key_is_refused(tmp_path: Path) -> None:
    sent = tmp_path / "renhe.txt"
    sent.write_bytes(b"\xff" * 10_000)
    with pytest.raises(PxtuiError, match="不是完整的公钥文件"):
        read_public_keys(sent)
    with pytest.raises(PxtuiError, match="找不到文件"):
        read_public_keys(tmp_path / "nowhere.txt")


def test_a_key_under_which_every_secret_is_the_same_is_refused(path: Path, tmp_path: Path) -> None:
    OwnKeys.at(path)
    weak = keys.PublicKeys("renhe", bytes(32), OwnKeys.at(path).public("renhe").sign)
    sent = tmp_path / "renhe.txt"
    sent.write_text(weak.text)
    with pytest.raises(PxtuiError, match="指纹与公钥不符"):
        read_public_keys(sent)


def test_a_disk_that_gives_no_keys_back_or_takes_none_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(os, "link", full)
        with pytest.raises(PxtuiError, match=r"不能建立交换密钥文件.*请检查文件夹是否可写"):
            OwnKeys.at(path)
    assert os.listdir(path.parent) == []
    OwnKeys.at(path)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", full)
        with pytest.raises(PxtuiError, match=r"读不出交换密钥文件.*请检查权限和磁盘"):
            OwnKeys.at(path)
