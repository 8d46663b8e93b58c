"""The files of `deploy/` as texts, and what a machine without a registry installs from."""

import configparser
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import typer

from pxtui.casework.roster import lease
from pxtui.commands import entry
from screens.roster.roster import _RENEW_SECONDS as RENEWS_AFTER
from tests.support.machine import ROOT
from tools import wheelhouse

DEPLOY = ROOT / "deploy"
ALIVE = ("ClientAliveInterval", "ClientAliveCountMax")
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
UNITS = [path for path in SERVICES if path.with_suffix(".timer").exists()]
RESIDENT = DEPLOY / "systemd/pxtui-serve.service"
OURS = ("/opt/pxtui", "/var/lib/pxtui", "/etc/pxtui", "/run/pxtui")
OF_THE_SYSTEM = (
    "/bin/sh",
    "/usr/bin",
    "/bin",
    "/usr/sbin",
    "/usr/local/sbin",
    "/usr/lib/tmpfiles.d/pxtui.conf",
    "/usr/lib/sysusers.d/pxtui.conf",
    "/etc/logrotate.d/pxtui",
    "/etc/systemd/system",
    "/etc/ssh/sshd_config",
    "/etc/sudoers.d/pxtui",
    "/run/systemd/system",
    "/tmp",  # noqa: S108 - where sshd writes by which key somebody has come
    "/var/tmp",  # noqa: S108
    "/dev/null",
    "/inbox",
)
PATHS = re.compile(r"(?<![\w.$}\"*/-])(/[a-z][\w./-]+)")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DEPLOY)))
def test_no_file_names_a_place_of_some_machine_or_a_registry(path: Path) -> None:
    # Addresses of a database are on the machine's own server.
    text = re.sub(r"postgresql://\w+@[^`\s]*", "", path.read_text(encoding="utf-8"))
    assert [found for found in PATHS.findall(text) if not found.startswith((*OURS, *OF_THE_SYSTEM))] == []
    assert "://" not in text


@pytest.mark.parametrize(
    "path", [ROOT / "Makefile", *sorted((ROOT / "tools").glob("*.py"))], ids=lambda path: path.name
)
def test_no_registry_is_named_where_packages_are_fetched(path: Path) -> None:
    assert not re.search(r"https?://|pypi\.org|index-url", path.read_text(encoding="utf-8"))


def service_of(path: Path) -> configparser.SectionProxy:
    """The settings of a unit."""
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(path, encoding="utf-8")
    return unit["Service"]


def test_the_resident_parent_runs_as_the_account_and_its_end_ends_no_session() -> None:
    service = service_of(RESIDENT)
    assert service["ExecStart"] == "/opt/pxtui/venv/bin/python -I -m pxtui serve /run/pxtui"
    assert (service["User"], service["UMask"], service["LimitCORE"]) == ("pxtui", "0077", "0")
    assert (service["RuntimeDirectory"], service["RuntimeDirectoryMode"]) == ("pxtui", "0700")
    assert (service["KillMode"], service["OOMPolicy"], service["Restart"]) == ("process", "continue", "always")
    # sshd's word for the key lies there, and a session has to read it.
    assert "PrivateTmp" not in service


def test_a_session_of_the_resident_parent_has_the_surroundings_of_one_that_the_wrapper_starts() -> None:
    wrapper = (DEPLOY / "bin/login").read_text(encoding="utf-8")
    for setting in service_of(RESIDENT)["Environment"].split():
        assert f"    {setting} \\\n" in wrapper
    assert f"cd {service_of(RESIDENT)['WorkingDirectory']} " in wrapper


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_timer_starts_each_daily_task_as_the_account_without_a_network(path: Path) -> None:
    service = service_of(path)
    assert service["ExecStart"].startswith("/opt/pxtui/venv/bin/python -I -m pxtui ")
    assert (service["User"], service["UMask"], service["LimitCORE"]) == ("pxtui", "0077", "0")
    assert (service["PrivateNetwork"], service["ReadWritePaths"]) == ("yes", "/var/lib/pxtui/data")
    timer = configparser.ConfigParser(interpolation=None)
    timer.read(path.with_suffix(".timer"), encoding="utf-8")
    assert timer["Timer"]["persistent"] == "yes"


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_what_a_timer_starts_is_a_command_of_the_program(path: Path) -> None:
    found = re.search(r"^ExecStart=.* -m pxtui (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    here: Any = typer.main.get_command(entry._commands())
    for word in found[1].split():
        if word.startswith("--"):
            assert word in {name for parameter in here.params for name in parameter.opts}
        else:
            here = here.commands[word]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_reads_every_calendar() -> None:
    for path in UNITS:
        calendar = re.search(r"^OnCalendar=(.*)$", path.with_suffix(".timer").read_text(encoding="utf-8"), re.MULTILINE)
        assert calendar is not None
        subprocess.run(("systemd-analyze", "calendar", calendar[1]), check=True, capture_output=True)


@pytest.mark.parametrize("script", ["bin/login", "bin/admin", "install.sh"])
def test_every_script_is_one_for_the_plain_shell(script: str) -> None:
    subprocess.run(("sh", "-n", str(DEPLOY / script)), check=True)
    assert (DEPLOY / script).stat().st_mode & 0o111


def test_what_is_to_be_done_is_only_said_in_a_dry_run(tmp_path: Path) -> None:
    (tmp_path / "MANIFEST").write_text(f"pxtui 0\npython {sys.version_info.major}.{sys.version_info.minor}\n")
    digest = sha256((tmp_path / "MANIFEST").read_bytes()).hexdigest()
    (tmp_path / "SHA256SUMS").write_text(f"{digest}  MANIFEST\n")
    words = ("sh", str(DEPLOY / "install.sh"), "--dry-run", "--wheels", str(tmp_path), "--python", sys.executable)
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    assert "--no-index" in told
    assert "--require-hashes" in told
    assert told.splitlines()[-1] == "以上只是要做的，什么也没有动。"
    (tmp_path / "MANIFEST").write_text("altered")
    spoilt = subprocess.run(words, check=False, capture_output=True, text=True)
    assert spoilt.returncode == 1
    assert "文件与校验码不符，请重新拷贝" in spoilt.stderr


def test_an_environment_is_made_without_a_registry_where_wheels_are_named() -> None:
    words = ("make", "--dry-run", "--always-make", "env", "WHEELS=wheels", "PYTHON=python3")
    told = subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    installs = [line for line in told.splitlines() if "pip install" in line]
    assert len(installs) == 2
    assert all(f"--no-index --find-links {ROOT / 'wheels'}" in line for line in installs)


@pytest.mark.slow
@pytest.mark.terminal
def test_two_builds_are_byte_identical_wherever_the_source_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "elsewhere"
    for place in ("pxtui", "screens", "db"):
        shutil.copytree(
            ROOT / place, other / place, ignore=shutil.ignore_patterns("__pycache__"), copy_function=shutil.copy
        )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, other / name)
    monkeypatch.setattr(wheelhouse, "of_commit", lambda _: "1600000000")
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = wheelhouse.build(tmp_path / "a")
    monkeypatch.setattr(wheelhouse, "ROOT", other)
    assert wheelhouse.build(tmp_path / "b").read_bytes() == first.read_bytes()


def test_the_sums_are_those_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / "a").write_text("a")
    (tmp_path / "b.whl").write_text("b")
    (tmp_path / "SHA256SUMS").write_text(wheelhouse.sums(tmp_path))
    words = ("sha256sum", "--check", "--strict", "SHA256SUMS")
    told = subprocess.run(words, check=True, capture_output=True, text=True, cwd=tmp_path).stdout
    assert told.splitlines() == ["b.whl: OK", "deploy/a: OK"]


def test_a_roster_is_free_two_minutes_after_the_line_of_who_keyed_it_was_lost() -> None:
    configured = (DEPLOY / "sshd/pxtui.conf").read_text("utf-8")
    interval, count = (int(re.findall(rf"{name} (\d+)", configured)[0]) for name in ALIVE)
    # As measured with OpenSSH 9.2, see tests/deploy/test_server.py; until then the program renews its lease.
    given_up = timedelta(seconds=2 * interval * (count + 1))
    assert given_up + lease.RUNS_OUT_AFTER <= timedelta(minutes=2)
    assert timedelta(seconds=2 * RENEWS_AFTER) <= lease.RUNS_OUT_AFTER
