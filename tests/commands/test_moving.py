"""What an administrator types to move a register, and to hold two against each other."""

from pathlib import Path

import pytest

from pxtui.home import Home
from tests.support import on_server
from tests.support.chain import verified
from tests.support.office import Office
from tests.support.offices import two_offices


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


@pytest.fixture
def two(office: Office) -> tuple[str, ...]:
    """The words that name the registers of two offices, which have a clerk of one name."""
    for made in two_offices(office.folder):
        made.register.close()
    return ("--from", "dongqu", "--from", "renhe")


def test_what_two_registers_say_otherwise_is_listed_with_an_exit_code(office: Office, two: tuple[str, ...]) -> None:
    done = office.run("db", "conflicts", *two)
    assert (done.returncode, done.stderr) == (1, "")
    count, namesake = done.stdout.splitlines()
    assert count == "要由人决定的有1项："
    assert namesake.strip().startswith("人员同名：")


def test_an_administrator_decides_in_a_file_and_makes_two_registers_one(
    office: Office, two: tuple[str, ...], tmp_path: Path
) -> None:
    refused = office.run("db", "copy", *two, "--to", "city")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "还有1项没有决定，没有合并；请用 pxtui db conflicts --decide" in refused.stderr
    assert "填写决定，再运行一次" in office.run("db", "conflicts", *two, "--decide", "decided.txt").stdout
    file = tmp_path / "decided.txt"
    assert file.stat().st_mode & 0o077 == 0
    filled = file.read_text("utf-8").replace("决定人：", "决定人：李局长").replace("决定：\n", "决定：３\n")
    file.write_text(filled, encoding="utf-8")
    again = office.run("db", "conflicts", *two, "--decide", "decided.txt")
    assert (again.returncode, again.stdout) == (0, "已经决定的有1项。\n没有要由人决定的。\n")
    said = office.say("db", "copy", *two, "--to", "city", "--decided", "decided.txt").splitlines()
    assert said[0].startswith("2个部门的台账已合并到“city”")
    assert said[1].split() == [
        "部门",
        "案件",
        "名单",
        "核定",
        "凭证",
        "公示",
        "拨付",
        "追回",
        "文书",
        "办理记录",
        "原链头",
    ]
    assert said[2].split()[:3] == ["攀枝花市东区人力资源和社会保障局", "0", "0"]
    assert "按决定的文件处理1项。" in said
    assert verified(Home(tmp_path / "city")).is_whole


def test_decisions_are_of_several_registers_alone(office: Office) -> None:
    done = office.run("db", "copy", "--from", "data", "--to", "moved", "--decided", "decided.txt")
    assert done.returncode == 2
    assert "--decided 只在合并几个部门的台账时用" in done.stderr


def test_a_file_of_decisions_that_is_not_there_is_told(office: Office, two: tuple[str, ...]) -> None:
    done = office.run("db", "copy", *two, "--to", "city", "--decided", "missing.txt")
    assert done.returncode == 2
    assert "找不到文件“missing.txt”" in done.stderr
