"""What an administrator types to have the register verified."""

from pathlib import Path

import pytest

from pxtui.home import Home
from tests.support.chain import past_the_program
from tests.support.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office that has just begun."""
    made = Office(tmp_path)
    made.begin()
    return made


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Its data folder."""
    return Home(tmp_path / "data")


def test_a_register_that_nobody_altered_is_said_to_be_whole(office: Office) -> None:
    counted, verdict = office.say("verify").splitlines()
    assert counted.startswith("核验了1环、")
    assert verdict == "没有程序以外的改动。"
    head = counted.partition("链头")[2].rstrip("。")
    assert "没有程序以外的改动。" in office.say("verify", "--anchor", head)


def test_what_was_altered_is_listed_and_the_exit_code_says_so(office: Office, home: Home) -> None:
    past_the_program(home.register, "UPDATE staff SET role = '负责人'")
    done = office.run("verify", "--anchor", "7:0123456789abcdef")
    assert (done.returncode, done.stderr) == (1, "")
    _, count, role, head, advice, confirming = done.stdout.splitlines()
    assert count == "发现2处："
    assert "人员名单（1）被程序以外的途径改动：“角色”；最后一次由程序写入：第1环" in role
    assert "链头7:0123456789abcdef不在校验链里" in head
    assert advice.startswith("请停止办理上列案件")
    assert confirming.startswith("查明以后可以认可的，两人确认（一人是负责人）：pxtui verify --accept ")


@pytest.mark.parametrize("anchor", ["", "7", "7:0123", "x:0123456789abcdef", "7:0123456789abcdeg"])
def test_an_anchor_that_is_none_is_told(anchor: str, office: Office) -> None:
    done = office.run("verify", "--anchor", anchor)
    assert (done.returncode, done.stdout) == (2, "")
    assert "不是文书上的链头" in done.stderr


def test_a_dropped_chain_and_another_key_are_told_in_sentences(office: Office, home: Home) -> None:
    past_the_program(home.register, "DROP TABLE row_proof")
    assert "校验链不见了" in office.run("verify").stdout
    past_the_program(home.register, "UPDATE chain_key SET secret = x'00'")
    done = office.run("verify")
    assert (done.returncode, done.stderr) == (1, "")


def test_a_list_is_proposed_by_its_digits_and_confirmed_by_somebody_else(office: Office, home: Home) -> None:
    past_the_program(home.register, "UPDATE office SET name = '东区就业局' WHERE code = 'dongqu'")
    check = office.run("verify").stdout.split("--accept ")[1].split()[0]
    assert office.run("verify", "--accept", "00000000", "--reason", "已核对").stderr.startswith(
        "现在发现的与校验码所指"
    )
    said = office.say("verify", "--accept", check, "--reason", "已核对")
    assert "已提出确认1处差异。请另一人核对后运行：pxtui verify --accept" in said
    assert "待第二人确认：部门（dongqu）" in office.run("verify").stdout
    alone = office.run("verify", "--accept", check)
    assert (alone.returncode, alone.stdout) == (2, "")
    assert "须由另一人确认" in alone.stderr
    office.say("staff", "add", "王五", "--role", "负责人")
    assert "已确认1处差异" in office.say("verify", "--accept", check, "--as", "王五")
    whole = office.say("verify", "--as", "王五")
    assert "已确认的差异：部门（dongqu）被程序以外的途径改动：“名称或姓名”" in whole
    assert "没有别的程序以外的改动。" in whole
