"""What an administrator types to move a register, and to hold two against each other."""

from pathlib import Path

import pytest

from pxtui.home import Home
from tests.support import on_server
from tests.support.chain import verified
from tests.support.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office that has just begun, in a file."""
    if on_server.is_chosen():
        pytest.skip("begins with a file")
    made = Office(tmp_path)
    made.begin()
    return made


def test_a_register_is_copied_into_a_folder_and_what_comes_next_is_said(office: Office, tmp_path: Path) -> None:
    copied, keys, advice = office.say("db", "copy", "--from", "data", "--to", "moved").splitlines()
    assert copied.startswith("已复制到“moved”，与原台账逐项一致：0个案件，经办记录1条，原链头1:")
    assert "pxtui key backup" in keys
    assert advice.startswith("启用：设置 PXTUI_HOME=moved")
    assert verified(Home(tmp_path / "moved")).is_whole


@pytest.mark.parametrize(
    "words",
    [("--to", "moved", "--folder", "keys"), ("--to", "postgresql://pxtui_owner@/pxtui")],
    ids=["both", "neither"],
)
def test_where_the_keys_go_is_said_for_a_server_and_not_for_a_folder(words: tuple[str, ...], office: Office) -> None:
    done = office.run("db", "copy", "--from", "data", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "用 --folder 写明放密钥的数据文件夹" in done.stderr


def test_what_two_registers_say_otherwise_is_listed_with_an_exit_code(office: Office) -> None:
    done = office.run("db", "conflicts", "--from", "data", "--from", "data")
    assert (done.returncode, done.stderr) == (1, "")
    count, namesake = done.stdout.splitlines()
    assert count == "要由人决定的有1项："
    assert namesake.strip().startswith("人员同名：")
