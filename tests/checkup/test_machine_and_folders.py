"""What `pxtui doctor` says of the machine and of the data folder, and what to do about it."""

import os
import resource
import shutil
import sqlite3
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from pxtui.checkup import folders, machine
from pxtui.checkup.finding import Finding, Verdict
from pxtui.home import Home
from tests.conftest import empty_register

DISKS = "/dev/vda1 / ext4 rw 0 0\ntmpfs /dev/shm tmpfs rw 0 0\n"
_Usage = namedtuple("_Usage", "total used free")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A data folder with a register."""
    made = Home(tmp_path / "pxtui")
    empty_register(made).close()
    return made


def about(found: list[Finding], what: str) -> Finding:
    """The one line about something."""
    (line,) = [finding for finding in found if finding.what == what]
    return line


def of_machine(home: Home, environment: dict[str, str] | None = None, disks: str = DISKS) -> list[Finding]:
    """All about the machine, with made-up disks."""
    listed = home.root / "mounts"
    listed.write_text(disks)
    return list(machine.findings(home, environment or {}, listed))


@pytest.mark.parametrize("name", ["PYTHONPATH", "LD_PRELOAD", "TEXTUAL_DRIVER"])
def test_a_variable_that_steers_the_program_is_named(name: str, home: Home) -> None:
    line = about(of_machine(home, {name: "x", "HOME": "/"}), "环境变量")
    assert (line.verdict, line.sentence) == (Verdict.CAUTION, f"设有{name}")
    assert about(of_machine(home, {"HOME": "/"}), "环境变量").verdict is Verdict.GOOD


@pytest.mark.parametrize(
    ("free", "verdict"), [(10 * 2**20, Verdict.BAD), (2**30, Verdict.CAUTION), (50 * 2**30, Verdict.GOOD)]
)
def test_a_disk_that_fills_up_is_told_in_time(
    free: int, verdict: Verdict, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: _Usage(100 * 2**30, 0, free))
    assert about(of_machine(home), "磁盘").verdict is verdict


def test_a_register_on_a_network_disk_is_bad(home: Home) -> None:
    over = f"{DISKS}server:/x {home.root.parent} nfs4 rw 0 0\n"
    assert about(of_machine(home, disks=over), "磁盘种类").verdict is Verdict.BAD
    assert about(of_machine(home), "磁盘种类").verdict is Verdict.GOOD


def test_the_version_of_python_and_of_sqlite_are_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sqlite3.sqlite_version in about(of_machine(home), "SQLite").sentence
    assert about(of_machine(home), "Python").verdict is Verdict.GOOD
    monkeypatch.setattr(machine, "_AFTER", sys.version_info[:2])
    assert about(of_machine(home), "Python").verdict is Verdict.CAUTION


def test_core_dumps_that_are_on_are_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (-1, -1))
    assert about(of_machine(home), "内存转储").verdict is Verdict.CAUTION
    monkeypatch.setattr(resource, "getrlimit", lambda _: (0, 0))
    assert about(of_machine(home), "内存转储").verdict is Verdict.GOOD


@pytest.mark.parametrize(
    ("font", "verdict"), [("simfang.ttf", "有仿宋"), ("wqy.ttc", "没有仿宋"), ("a.ttf", "没有中文")]
)
def test_fonts_are_looked_for_by_their_names(
    font: str, verdict: str, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / font).write_text("")
    monkeypatch.setattr(machine, "_FONT_FOLDERS", (str(tmp_path / "fonts"),))
    assert about(of_machine(home), "字体").sentence.startswith(verdict)


@pytest.mark.parametrize(
    ("what", "place"),
    [
        ("密钥", "keys/register.key"),
        ("密钥的文件夹", "keys"),
        ("草稿的文件夹", "drafts"),
        ("台账", "register/register.sqlite"),
    ],
)
def test_what_others_may_read_is_named_with_the_command_that_closes_it(what: str, place: str, home: Home) -> None:
    path = home.root / place
    path.chmod(0o755)
    (line,) = folders.findings(home)
    assert (line.what, line.verdict) == (what, Verdict.BAD)
    assert line.remedy == f"请执行：chmod go-rwx '{path}'"
    path.chmod(0o700)
    assert [line.verdict for line in folders.findings(home)] == [Verdict.GOOD]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_belongs_to_somebody_else_is_named(home: Home) -> None:
    os.chown(home.key, 65534, 65534)
    (line,) = folders.findings(home)
    assert (line.what, line.verdict) == ("密钥", Verdict.BAD)


def test_a_missing_data_folder_and_a_long_fault_log_are_told(home: Home, tmp_path: Path) -> None:
    (line,) = folders.findings(Home(tmp_path / "nowhere"))
    assert line.verdict is Verdict.BAD
    home.fault_log.write_bytes(bytes(2 * 2**20))
    home.fault_log.chmod(0o600)
    assert [line.verdict for line in folders.findings(home)] == [Verdict.GOOD, Verdict.CAUTION]
