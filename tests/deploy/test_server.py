"""The files of `deploy/` on a real sshd: a clerk comes to the desk, and nowhere else."""

import random
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy import ways_out
from tests.deploy.ways_out import WAYS_OUT, Way
from tests.support.endurance import kept_draft
from tests.support.machine import OTHER, REVOKED, UNLISTED, Machine, needs_a_box, running_machine
from tests.support.network import cable
from tests.support.terminal import Terminal

pytestmark = [pytest.mark.terminal, needs_a_box]


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A server as the script has installed it, with the resident parent."""
    with running_machine(tmp_path_factory.mktemp("machine")) as running:
        running.start_parent()
        yield running


def test_the_script_installs_everything_once(machine: Machine) -> None:
    assert "安装：/opt/pxtui/bin/login" in (machine.box / "installed").read_text()
    again = (machine.box / "again").read_text().splitlines()
    assert [line for line in again if line.startswith(("安装", "文件夹", "账号", "组", "程序"))] == []
    for place, mode in {
        "/var/lib/pxtui": "root pxtui 751",
        "/var/lib/pxtui/data": "pxtui pxtui 700",
        "/var/lib/pxtui/inbox": "pxtui pxtui-inbox 2770",
        "/opt/pxtui/bin/login": "root root 755",
        "/etc/pxtui/authorized_keys": "root root 644",
    }.items():
        assert machine.run("stat", "-c", "%U %G %a", place).stdout.strip() == mode


def test_the_check_up_finds_the_server_as_it_should_be(machine: Machine) -> None:
    told = machine.run("/opt/pxtui/bin/admin", "doctor").stdout
    for line in ("正常  服务器文件：", "正常  sshd：", "正常  权限：", "正常  台账文件："):
        assert line in told
    assert "正常  环境变量：没有会左右程序的" in told
    assert "正常  常驻进程：在运行" in told
    # One key whose line lacks `restrict`, and no systemd to enable anything with.
    assert "注意  公钥：第5把前面没有restrict,pty" in told
    assert "注意  每天的任务：" in told


def test_a_clerk_comes_to_the_desk_and_a_dropped_line_leaves_nothing_running(machine: Machine) -> None:
    ways_out.dropped_in_mid_row(machine)


def test_a_clerk_s_session_is_forked_from_the_parent_and_without_it_the_desk_comes_all_the_same(
    machine: Machine,
) -> None:
    with ways_out.desk(machine) as terminal:
        assert machine.forks()
        assert "张三" in terminal.line(0)
        terminal.key("ctrl+q")
        assert terminal.exit_code() == 0
    with machine.without_parent(), ways_out.desk(machine) as terminal:
        assert not machine.forks()
        assert "张三" in terminal.line(0)


def test_the_key_decides_who_sits_there(machine: Machine) -> None:
    for key, clerk in (("client", "张三"), (OTHER, "李四")):
        with ways_out.desk(machine, key=key) as terminal:
            assert clerk in terminal.line(0)


@pytest.mark.parametrize(
    ("key", "told"), [(REVOKED, "登录用的密钥或账户已撤销，不能再用"), (UNLISTED, "登录用的密钥没有登记给任何人")]
)
def test_a_key_that_is_nobody_s_any_more_is_refused_by_the_register(key: str, told: str, machine: Machine) -> None:
    with Terminal(machine.ssh("-tt", key=key)) as terminal:
        terminal.wait_for(told)
        assert terminal.exit_code() == 1
        assert "录入1" not in terminal.screen_text()


NUMBER = "510402198001010018"
DROPS = 200
GIVEN_UP = 35
"""Seconds within which the server takes a silent client for gone; OpenSSH 9.2 takes 2 x 5 x (2 + 1)."""
SOONER, GIVEN_UP_SOONER = 3, 20
"""ClientAliveInterval, and the seconds then: a program that drew something by itself would never be found silent."""
SHORT = (
    "shell without a terminal",
    "sftp",
    "scp from",
    "remote forwarding",
    "unknown key",
    "a command with a terminal",
)


@pytest.mark.parametrize("way", [way for way in WAYS_OUT if way.name in SHORT], ids=lambda way: way.name)
def test_no_way_out_of_the_desk_in_short(way: Way, machine: Machine, tmp_path: Path) -> None:
    way.attempt(machine, tmp_path)


@pytest.mark.long
def test_two_hundred_dropped_lines_leave_no_process_and_lose_no_key(machine: Machine, tmp_path: Path) -> None:
    chance = random.Random(5)
    for turn in range(DROPS):
        typed = NUMBER[: chance.randrange(1, len(NUMBER))]
        with ways_out.desk(machine) as terminal:
            ways_out.key_half_a_row(terminal, typed)
            if turn % 2:
                # A flood of keys on its way when the line breaks.
                terminal.send(b"1" * 2000)
            sessions = machine.watched_sessions()
            terminal.signal(signal.SIGKILL)
            machine.assert_ended(sessions, within=3)
        office = tmp_path / str(turn)
        shutil.copytree(machine.data, office / "data")
        values = (kept_draft(office) or {})["in_hand"]["values"]
        assert values["name"] == "李四"
        assert values["id_number"].startswith(typed)
        shutil.rmtree(office)
        ways_out.forget_drafts(machine)


@pytest.mark.long
def test_a_client_that_is_frozen_is_let_go(machine: Machine) -> None:
    with ways_out.desk(machine) as terminal:
        sessions = machine.watched_sessions()
        assert sessions
        terminal.signal(signal.SIGSTOP)
        machine.assert_ended(sessions, within=GIVEN_UP)
        terminal.signal(signal.SIGKILL)


@pytest.mark.long
def test_a_client_that_is_frozen_is_let_go_within_twenty_seconds_where_the_server_asks_sooner(tmp_path: Path) -> None:
    with running_machine(tmp_path, asks_every=SOONER) as machine, ways_out.desk(machine) as terminal:
        sessions = machine.watched_sessions()
        assert sessions
        terminal.signal(signal.SIGSTOP)
        machine.assert_ended(sessions, within=GIVEN_UP_SOONER)
        terminal.signal(signal.SIGKILL)


@pytest.mark.long
def test_a_network_that_is_gone_without_a_word_leaves_no_process_and_loses_no_key(tmp_path: Path) -> None:
    with running_machine(tmp_path, is_apart=True) as server, cable(server) as line, ways_out.desk(line.machine) as desk:
        ways_out.key_half_a_row(desk, NUMBER[:10])
        sessions = server.watched_sessions()
        assert sessions
        line.cut()
        server.assert_ended(sessions, within=GIVEN_UP)
        shutil.copytree(server.data, tmp_path / "office" / "data")
        assert (kept_draft(tmp_path / "office") or {})["in_hand"]["values"]["id_number"] == NUMBER[:10]


@pytest.mark.long
@pytest.mark.parametrize("way", [way for way in WAYS_OUT if way.name not in SHORT], ids=lambda way: way.name)
def test_no_way_out_of_the_desk(way: Way, machine: Machine, tmp_path: Path) -> None:
    way.attempt(machine, tmp_path)
    machine.assert_ended(machine.watched_sessions())


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS_OUT, ids=lambda way: way.name)
def test_no_way_out_of_the_desk_without_the_parent(way: Way, machine: Machine, tmp_path: Path) -> None:
    with machine.without_parent():
        way.attempt(machine, tmp_path)
        machine.assert_ended(machine.watched_sessions())
