"""In a real register a command asks for the password; a name alone acts in practice registers only."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pxtui import clock
from pxtui.casework.keeping import office_key
from pxtui.casework.office.register import Register
from pxtui.home import Home
from tests.support.office import Office
from tests.support.signing_in import NOW, PASSWORDS, WRONG, confirmed, password_file, secured

ADD = ("staff", "add", "孙七", "--as", "张三")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = secured(Home(tmp_path / "data"))
    yield made
    made.close()


@pytest.fixture
def office(register: Register, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(clock, "now", lambda _day=None: NOW)
    opened = os.open

    def without_terminal(path: Any, *arguments: Any, **named: Any) -> int:
        if path == "/dev/tty":
            raise OSError
        return opened(path, *arguments, **named)

    monkeypatch.setattr(os, "open", without_terminal)
    return Office(register.home.root.parent, day="")


def complaint(office: Office, *words: str | Path) -> str:
    done = office.run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr.strip()


def test_a_name_alone_is_refused_with_the_way(office: Office) -> None:
    assert "--password-file" in complaint(office, *ADD)
    assert "--as 姓名" in complaint(office, "staff", "add", "孙七")


def test_the_password_comes_from_a_private_file(office: Office) -> None:
    file = password_file(office.folder, PASSWORDS["张三"])
    assert "已增加孙七" in office.say(*ADD, "--password-file", file)
    assert "已增加周八" in office.say("--password-file", str(file), "staff", "add", "周八", "--as", "张三")
    assert "已增加吴九" in office.say("staff", "add", "吴九", "--as", "张三", f"--password-file={file}")
    ready = office.say(
        "staff", "add", "郑十", "--with-password", "--account", "zheng", "--as", "张三", f"--password-file={file}"
    )
    assert ready.startswith("郑十的初始口令（只显示这一次，请当面告知）：")
    assert ready.endswith("。已增加郑十，岗位受理员。已登记郑十的系统账户 zheng。")


@pytest.mark.parametrize(
    ("content", "mode", "sentence"),
    [
        ("", 0o600, "是空的"),
        ("\n", 0o600, "是空的"),
        (PASSWORDS["张三"], 0o644, "口令文件"),
        (WRONG, 0o600, "不对"),
        (PASSWORDS["李四"], 0o600, "不对"),
        ("x" * 2000, 0o600, "过大"),
    ],
)
def test_a_file_that_is_empty_open_to_others_or_wrong_is_refused(
    office: Office, content: str, mode: int, sentence: str
) -> None:
    file = office.folder / "password.txt"
    file.touch()
    file.chmod(mode)
    file.write_text(content)
    assert sentence in complaint(office, *ADD, "--password-file", file)


def test_no_file_a_folder_and_a_pipe_are_refused_at_once(office: Office) -> None:
    os.mkfifo(office.folder / "pipe", 0o600)
    for name in ("missing.txt", ".", "pipe"):
        assert complaint(office, *ADD, "--password-file", office.folder / name)
    assert "后面要写" in complaint(office, *ADD, "--password-file")


def test_a_descriptor_serves_as_well(office: Office) -> None:
    reading, writing = os.pipe()
    os.write(writing, PASSWORDS["张三"].encode() + b"\n")
    os.close(writing)
    assert "已增加孙七" in office.say(*ADD, "--password-fd", str(reading))
    os.close(reading)
    assert "描述符" in complaint(office, *ADD, "--password-fd", "one")


def test_the_administrator_gives_an_initial_password_that_is_changed_first(office: Office) -> None:
    own = password_file(office.folder, PASSWORDS["张三"])
    said = office.say("staff", "password", "李四", "--as", "张三", "--password-file", own)
    initial = password_file(office.folder, said.rpartition("：")[2], "initial.txt")
    as_clerk = ("--as", "李四", "--password-file", initial)
    assert "口令要先改" in complaint(office, "office", "set", "--address", "人民街1号", *as_clerk)
    new = password_file(office.folder, "Wo-Zijide-2020", "new.txt")
    assert office.say("staff", "password", *as_clerk, "--new-password-file", new) == "已改口令。"
    assert "不对" in complaint(office, "staff", "password", *as_clerk, "--new-password-file", new)


def test_a_register_is_made_with_a_password_or_says_that_it_has_none(tmp_path: Path) -> None:
    office = Office(tmp_path, day="")
    words = ("init", "--office", "dongqu", "--name", "张三")
    weak = password_file(tmp_path, "duan", "weak.txt")
    assert "至少10位" in complaint(office, *words, "--password-file", weak)
    assert not office.home.register.exists()
    good = password_file(tmp_path, PASSWORDS["张三"])
    assert "已建立" in office.say(*words, "--password-file", good)
    assert "不对" in complaint(office, *ADD, "--password-file", weak)
    assert "已增加孙七" in office.say(*ADD, "--password-file", good)
    assert "有几个人使用" in complaint(
        office, "office", "set", "--sign-in", "off", "--as", "张三", "--password-file", good
    )


def test_who_works_alone_may_do_without_and_a_second_person_ends_that(tmp_path: Path) -> None:
    office = Office(tmp_path, day="")
    office.say("init", "--office", "dongqu", "--name", "张三", "--no-sign-in")
    assert "未设登录口令" in office.say("office", "show")
    assert "已增加李四" in office.say("staff", "add", "李四")
    assert "还没有登录口令" in complaint(office, *ADD)
    new = password_file(tmp_path, PASSWORDS["张三"])
    office.say("staff", "password", "--first", "--as", "张三", "--new-password-file", new)
    assert "已增加孙七" in office.say(*ADD, "--password-file", new)
    assert "不能设第一个口令" in complaint(
        office, "staff", "password", "--first", "--as", "李四", "--new-password-file", new
    )


def test_no_key_is_made_copied_or_rotated_by_a_name_alone(office: Office) -> None:
    stick = office.folder / "stick"
    stick.mkdir()
    deeds = (
        ("backup", "key", "create", "--to", stick / "private.txt"),
        ("key", "backup", "--to", stick / "keys"),
        ("key", "rotate", "--to", stick / "keys-2"),
    )
    file = password_file(office.folder, PASSWORDS["张三"])
    for words in deeds:
        assert "--password-file" in complaint(office, *words, "--as", "张三")
        assert not Path(words[-1]).exists()
        office.say(*words, "--as", "张三", "--password-file", file)
        assert Path(words[-1]).exists()


def test_the_way_back_on_the_server_wants_the_office_key(office: Office, register: Register) -> None:
    with register.writing(confirmed("张三")) as context:
        key = office.folder / "office.key"
        office_key.create(context, key)
    other = password_file(office.folder, "pxtui-backup-private/1", "other.key")
    assert "不是完整的备份私钥" in complaint(office, "staff", "recover", "张三", "--key", other)
    said = office.say("staff", "recover", "张三", "--key", key)
    initial = password_file(office.folder, said.splitlines()[0].rpartition("：")[2], "initial.txt")
    new = password_file(office.folder, "Chongxin-Shezhi-1", "new.txt")
    as_him = ("staff", "password", "--as", "张三", "--password-file", initial, "--new-password-file", new)
    assert office.say(*as_him) == "已改口令。"


def test_whoever_makes_a_register_for_several_is_its_administrator(office: Office) -> None:
    office.folder = office.folder / "several"
    office.folder.mkdir()
    file = password_file(office.folder, PASSWORDS["张三"])
    made = ("init", "--office", "dongqu", "--name", "张三", "--administrator")
    assert "只能写一个" in complaint(office, *made, "--no-sign-in")
    office.say(*made, "--password-file", file)
    assert office.say("staff", "list").splitlines()[-1].split() == ["张三", "管理员"]
    assert "已增加孙七" in office.say(*ADD, "--password-file", file)
