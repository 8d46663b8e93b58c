"""An administrator types the commands of the backups."""

from pathlib import Path

import pytest

from pxtui.home import Home
from tests.support.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with a register to practise in and a folder for its stick."""
    made = Office(tmp_path)
    made.begin()
    (tmp_path / "stick").mkdir()
    return made


def test_from_the_key_to_the_drill(office: Office) -> None:
    stick = office.folder / "stick"
    refused = office.run("backup")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "pxtui backup key create --to" in refused.stderr
    created = office.say("backup", "key", "create", "--to", stick / "private.txt")
    assert office.say("backup", "key", "show") in created
    assert "已备份并核对" in office.say("backup", "--daily")
    assert office.say("backup", "--daily") == "今天已有备份，没有另做。"
    assert "已备份并核对" in office.say("backup", "--to", stick)
    assert len(office.say("backup", "list", "--in", stick).splitlines()) == 2
    assert "还没有做过恢复演练" in office.say("backup", "list")
    assert "演练成功，与备份时逐项一致" in office.say("restore", "--key", stick / "private.txt", "--drill")
    assert "最近一次恢复演练：2020-03-16" in office.say("backup", "list")


def test_a_register_comes_back_with_its_keys(office: Office) -> None:
    stick = office.folder / "stick"
    office.say("backup", "key", "create", "--to", stick / "private.txt")
    office.say("key", "backup", "--to", stick / "keys")
    office.say("backup", "--to", stick)
    (file,) = stick.glob("*.pxtui-backup")
    restoring = ("restore", file, "--key", stick / "private.txt")
    assert "请把台账的密钥文件放到" in office.say(*restoring, "--to", office.folder / "bare")
    told = office.say(*restoring, "--to", office.folder / "new", "--keys", stick / "keys")
    assert "全部打得开" in told
    assert "这是2020-03-16" in told
    again = office.run(*restoring, "--to", office.folder / "new")
    assert (again.returncode, again.stdout) == (2, "")
    assert "绝不覆盖" in again.stderr
    assert Home(office.folder / "new").key.read_bytes() == office.home.key.read_bytes()


def test_a_passphrase_comes_from_a_file_or_a_terminal_and_never_from_the_command(office: Office) -> None:
    stick = office.folder / "stick"
    (office.folder / "passphrase").write_text("qingshiban-32\n")
    (office.folder / "passphrase").chmod(0o600)
    create = ("backup", "key", "create", "--to", stick / "private.txt")
    assert office.run(*create, "--passphrase", "qingshiban-32").returncode == 2
    assert not (stick / "private.txt").exists()
    office.say(*create, "--passphrase-file", office.folder / "passphrase")
    office.say("backup")
    drill = ("restore", "--key", stick / "private.txt", "--drill")
    assert "--passphrase-file" in office.run(*drill).stderr
    assert "演练成功" in office.say(*drill, "--passphrase-file", office.folder / "passphrase")
    (office.folder / "passphrase").write_text("")
    assert "口令不对" in office.run(*drill, "--passphrase-file", office.folder / "passphrase").stderr
    (office.folder / "passphrase").write_text("qingshiban-33\n")
    assert "口令不对" in office.run(*drill, "--passphrase-file", office.folder / "passphrase").stderr
    (office.folder / "passphrase").chmod(0o644)
    assert "对其他用户开放" in office.run(*drill, "--passphrase-file", office.folder / "passphrase").stderr


def test_bad_input_gets_one_sentence(office: Office) -> None:
    stick = office.folder / "stick"
    office.say("backup", "key", "create", "--to", stick / "private.txt")
    for words in (
        ("restore", "--key", stick / "private.txt", "--drill"),
        ("restore", "nowhere", "--key", stick / "private.txt", "--drill"),
        ("restore", stick / "private.txt", "--key", stick / "private.txt", "--drill"),
        ("restore", "nowhere", "--key", stick, "--drill"),
        ("restore", "nowhere", "--key", stick / "private.txt"),
        ("backup", "--to", office.folder / "no stick"),
        ("backup", "key", "create", "--to", stick / "other.txt"),
        ("key", "backup", "--to", office.home.backups / "keys"),
        ("key", "backup", "--to", stick / "private.txt"),
    ):
        done = office.run(*words)
        assert (done.returncode, done.stdout) == (2, ""), words
        assert len(done.stderr.splitlines()) == 1
        assert "内部" not in done.stderr
