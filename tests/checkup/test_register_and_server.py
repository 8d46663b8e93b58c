"""What `pxtui doctor` says of the register and of a server's files; it writes nothing."""

import fcntl
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from pxtui.checkup import register as register_check
from pxtui.checkup import server, terminal
from pxtui.checkup.finding import Finding, Verdict
from pxtui.clock import CHINA
from pxtui.home import Home
from tests.conftest import NOW, empty_register
from tests.support.machine import ROOT
from tests.support.office import Office
from tests.support.terminal import Terminal
from tests.support.terminal_counter import surroundings


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A data folder with a real register."""
    made = Home(tmp_path / "pxtui")
    empty_register(made, is_practice=False).close()
    return made


def worst(found: list[Finding], what: str) -> Finding:
    """The most pressing line about something."""
    order = [Verdict.GOOD, Verdict.CAUTION, Verdict.BAD]
    return max((line for line in found if line.what == what), key=lambda line: order.index(line.verdict))


def at(home: Home, now: datetime = NOW) -> list[Finding]:
    """All about the register."""
    return list(register_check.findings(home, now))


def test_a_sound_register_is_told_so_and_stays_byte_for_byte(home: Home) -> None:
    before = sha256(home.register.read_bytes()).hexdigest()
    found = at(home)
    assert worst(found, "台账文件").verdict is Verdict.GOOD
    assert worst(found, "密钥").verdict is Verdict.GOOD
    assert worst(found, "时钟").verdict is Verdict.GOOD
    assert sha256(home.register.read_bytes()).hexdigest() == before


def test_a_damaged_register_is_found(home: Home) -> None:
    content = bytearray(home.register.read_bytes())
    content[9000:40000] = bytes(31000)
    home.register.write_bytes(content)
    assert Verdict.BAD in {line.verdict for line in at(home)}


def test_an_older_register_is_told_and_not_upgraded(home: Home) -> None:
    with sqlite3.connect(home.register) as file:
        file.execute("UPDATE alembic_version SET version_num = '0020'")
    file.close()
    (line,) = at(home)
    assert (line.verdict, line.remedy.count("pxtui db upgrade")) == (Verdict.CAUTION, 1)
    assert not list(home.register.parent.glob("*.backup*"))


def test_another_key_is_bad(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    empty_register(other).close()
    home.key.write_bytes(other.key.read_bytes()[::-1])
    assert at(home)[-1].verdict is Verdict.BAD


def test_a_clock_behind_the_journal_is_bad(home: Home) -> None:
    line = worst(at(home, NOW - timedelta(days=2)), "时钟")
    assert line.verdict is Verdict.BAD
    assert "pxtui clock accept" in line.remedy


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        ("2020-03-16", Verdict.GOOD),
        ("2026-03-01", Verdict.GOOD),
        ("2026-11-28", Verdict.CAUTION),
        ("2035-01-05", Verdict.BAD),
    ],
)
def test_a_year_without_holidays_is_told_when_it_is_time(day: str, verdict: Verdict, home: Home) -> None:
    now = datetime.fromisoformat(day).replace(tzinfo=CHINA)
    assert worst(at(home, now), "放假安排").verdict is verdict


def test_a_register_without_backup_or_verification_is_told(home: Home) -> None:
    found = at(home)
    assert worst(found, "备份").verdict is Verdict.BAD
    assert worst(found, "核验").verdict is Verdict.CAUTION


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        ("1:ab\n2020-03-16\n\n", Verdict.GOOD),
        ("1:ab\n2020-03-10\n\n", Verdict.CAUTION),
        ("1:ab\n2020-03-16\n案件2020-DQ-0001被改动\n", Verdict.BAD),
        ("rubbish", Verdict.CAUTION),
    ],
)
def test_the_last_verification_is_told(content: str, verdict: Verdict, home: Home) -> None:
    (home.key.parent / "verified").write_text(content, encoding="utf-8")
    line = worst(at(home), "核验")
    assert line.verdict is verdict
    # What was found names cases; whoever looks after the machine needs none of them.
    assert "2020-DQ-0001" not in line.sentence + line.remedy


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Path]:
    """The disk of a server as the script leaves it, in a folder; the resident parent is there."""
    root = tmp_path / "disk"
    for place in ("opt/pxtui/bin", "etc/pxtui", "etc/ssh/sshd_config.d", "var/lib/pxtui"):
        (root / place).mkdir(parents=True)
    wants = root / "etc/systemd/system/timers.target.wants"
    wants.mkdir(parents=True)
    for name in ("backup", "retention", "verify"):
        (wants / f"pxtui-{name}.timer").write_text("")
    (root / "opt/pxtui/bin/login").write_text("#!/bin/sh\n")
    (root / "etc/ssh/sshd_config").write_text("Include /etc/ssh/sshd_config.d/*.conf\nAcceptEnv LANG LC_*\n")
    (root / "etc/ssh/sshd_config.d/10-pxtui.conf").write_bytes((ROOT / "deploy/sshd/pxtui.conf").read_bytes())
    example = (ROOT / "deploy/sshd/authorized_keys.example").read_text(encoding="utf-8")
    (root / "etc/pxtui/authorized_keys").write_text(example, encoding="utf-8")
    (root / "run/pxtui").mkdir(parents=True)
    with (root / "run/pxtui/lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield root


def test_a_server_as_installed_is_good(installed: Path) -> None:
    assert {line.verdict for line in server.findings(installed)} == {Verdict.GOOD}
    assert len(list(server.findings(installed))) == 5


def _append(name: str, text: str) -> Callable[[Path], object]:
    def act(root: Path) -> object:
        with (root / name).open("a") as file:
            return file.write(text)

    return act


_KEYS, _BLOCK = "etc/pxtui/authorized_keys", "etc/ssh/sshd_config.d/10-pxtui.conf"


def _without(word: str) -> Callable[[Path], object]:
    def act(root: Path) -> object:
        lines = (root / _BLOCK).read_text(encoding="utf-8").splitlines(keepends=True)
        return (root / _BLOCK).write_text("".join(line for line in lines if word not in line), encoding="utf-8")

    return act


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda root: (root / "opt/pxtui/bin/login").chmod(0o777), "服务器文件"),
        (lambda root: (root / "var/lib/pxtui").chmod(0o777), "服务器文件"),
        (lambda root: (root / _BLOCK).unlink(), "sshd"),
        (_without("ForceCommand exec"), "sshd"),
        (_without("DisableForwarding"), "sshd"),
        (_without("ExposeAuthInfo"), "sshd"),
        (_append("etc/ssh/sshd_config", "AcceptEnv *\n"), "sshd"),
        (_append("etc/ssh/sshd_config", "PermitUserEnvironment yes\n"), "sshd"),
        (lambda root: (root / _KEYS).chmod(0o666), "公钥"),
        (_append(_KEYS, (ROOT / "deploy/sshd/authorized_keys.example").read_text().splitlines()[-1]), "公钥"),
    ],
)
def test_what_opens_a_server_is_bad(spoil: Callable[[Path], object], what: str, installed: Path) -> None:
    spoil(installed)
    line = worst(list(server.findings(installed)), what)
    assert line.verdict is Verdict.BAD
    assert line.remedy


def test_what_is_less_than_it_could_be_is_told(installed: Path) -> None:
    (installed / "run/pxtui/lock").unlink()
    _append(_KEYS, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBBB 李四\n")(installed)
    (installed / "etc/systemd/system/timers.target.wants/pxtui-verify.timer").unlink()
    found = list(server.findings(installed))
    assert worst(found, "公钥").verdict is Verdict.CAUTION
    assert "李四" not in worst(found, "公钥").sentence
    assert worst(found, "每天的任务").remedy.endswith("pxtui-verify")
    assert worst(found, "常驻进程").verdict is Verdict.CAUTION
    assert "pxtui-serve" in worst(found, "常驻进程").remedy


def test_a_machine_that_is_no_server_is_not_asked(tmp_path: Path) -> None:
    assert list(server.findings(tmp_path)) == []


@pytest.mark.terminal
def test_the_terminal_is_asked_how_wide_it_draws(tmp_path: Path) -> None:
    for cells in (1, 2):
        command = (sys.executable, "-m", "pxtui", "doctor")
        with Terminal(command, env=surroundings(tmp_path), columns=70, cells_of_ambiguous=cells) as window:
            window.wait_for(f"等占{cells}格")
            window.wait_for("怎么办：请放大到80×24以上")
            assert window.shows("TERM是xterm-256color")


@pytest.mark.terminal
def test_a_terminal_without_a_name_is_bad_and_not_asked(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "pxtui", "doctor")
    with Terminal(command, env={**surroundings(tmp_path), "TERM": "dumb"}) as window:
        window.wait_for("不能显示柜台")
        assert b"\x1b[6n" not in window.raw


def test_without_a_terminal_nothing_is_said_of_one() -> None:
    (line,) = terminal.findings({})
    assert line.verdict is Verdict.GOOD


@pytest.mark.terminal
def test_the_command_prints_what_to_do_and_names_nobody(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.begin()
    done = office.run("doctor")
    assert done.stdout.splitlines()[-1].startswith("共看")
    assert "张三" not in done.stdout
    assert ("不行0项" in done.stdout) is (done.returncode == 0)
    office.home.key.chmod(0o644)
    done = office.run("doctor")
    assert done.returncode == 1
    assert f"怎么办：请执行：chmod go-rwx '{office.home.key}'" in done.stdout
