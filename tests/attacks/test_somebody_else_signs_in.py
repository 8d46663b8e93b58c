"""Ways to sit at the counter as somebody else: another's hash, another's name, another's key, a variable."""

import base64
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Staff, StaffPassword
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.staff import logins, members, sign_in
from pxtui.errors import PxtuiError
from pxtui.home import Home
from pxtui.server_login import ServerLogin, public_key, server_login
from tests.support.signing_in import NOW, PASSWORDS, confirmed, secured


def key_of(letter: str) -> str:
    """A line of a public key, made up."""
    kind = b"ssh-ed25519"
    blob = len(kind).to_bytes(4, "big") + kind + (32).to_bytes(4, "big") + letter.encode() * 32
    return f"ssh-ed25519 {base64.b64encode(blob).decode()} {letter}@desk"


ZHANG, LI, STRANGER = (public_key(key_of(letter)) for letter in "zls")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logins") / "pxtui"
    register = secured(Home(folder))
    with register.writing(confirmed("张三")) as context:
        logins.enter_key(context, "张三", ZHANG)
        logins.enter_key(context, "李四", LI)
        logins.enter_account(context, "王主任", "wang")
    register.close()
    return folder


@pytest.fixture
def register(made: Path, tmp_path: Path) -> Iterator[Register]:
    shutil.copytree(made, tmp_path / "pxtui")
    opened = open_register(Home(tmp_path / "pxtui"), NOW)
    yield opened
    opened.close()


def refused(register: Register, login: ServerLogin, asked: str | None = None) -> str:
    with pytest.raises(PxtuiError) as refusal:
        sign_in.seat(register, login, asked, NOW)
    return refusal.value.sentence


def over_ssh(*keys: object) -> ServerLogin:
    return ServerLogin(True, keys)  # type: ignore[arg-type]


def test_a_hash_that_was_copied_to_another_row_opens_nothing(register: Register) -> None:
    with register.writing(register.nobody(NOW)) as context:
        rows = {row.staff_id: row for row in context.session.exec(select(StaffPassword))}
        rows[1].verifier, rows[2].verifier = rows[2].verifier, rows[1].verifier
        context.session.add_all(rows.values())
    for name, password in (("张三", "李四"), ("张三", "张三"), ("李四", "张三"), ("李四", "李四")):
        with pytest.raises(PxtuiError, match="不对"):
            sign_in.sign_in(register, name, PASSWORDS[password], NOW)


def test_whoever_takes_the_head_s_name_does_not_open_it_with_his_own_password(register: Register) -> None:
    with register.writing(register.nobody(NOW)) as context:
        by_name = {member.name: member for member in context.session.exec(select(Staff))}
        by_name["王主任"].name = "王某"
        context.session.add(by_name["王主任"])
        context.session.flush()
        by_name["李四"].name = "王主任"
        context.session.add(by_name["李四"])
    with pytest.raises(PxtuiError, match="不对"):
        sign_in.sign_in(register, "王主任", PASSWORDS["李四"], NOW)


def test_passwords_taken_out_of_the_file_do_not_make_a_first_one(register: Register) -> None:
    with register.writing(register.nobody(NOW)) as context:
        for row in context.session.exec(select(StaffPassword)):
            context.session.delete(row)
    with pytest.raises(PxtuiError, match="台账已有口令"):
        sign_in.choose_first(register, "张三", "Xinde-Mima-9", NOW)


def test_a_name_that_is_not_the_one_of_the_login_is_refused(register: Register) -> None:
    assert "您是以李四登录服务器的，不能以“张三”办理" in refused(register, over_ssh(LI), "张三")
    assert "不能以“张三”办理" in refused(register, ServerLogin(account="wang"), "张三")
    seat = sign_in.seat(register, over_ssh(LI), "李四", NOW)
    assert (seat.name, seat.is_vouched_for, seat.by_name_alone) == ("李四", True, False)


@pytest.mark.parametrize("keys", [(), (STRANGER,)])
def test_a_key_of_nobody_opens_nothing_where_keys_are_entered(register: Register, keys: tuple[object, ...]) -> None:
    assert "没有登记给任何人" in refused(register, over_ssh(*keys), "张三")


def test_a_revoked_key_a_key_of_who_left_and_two_people_s_keys_are_refused(register: Register) -> None:
    assert "不同的人" in refused(register, over_ssh(ZHANG, LI))
    with register.writing(confirmed("张三")) as context:
        logins.revoke(context, LI.fingerprint)
    assert "已撤销" in refused(register, over_ssh(LI))
    with register.writing(confirmed("张三")) as context:
        members.retire(context, "王主任")
    assert "已撤销" in refused(register, ServerLogin(account="wang"))


def test_one_key_is_never_two_people_s_even_after_it_was_revoked(register: Register) -> None:
    with register.writing(confirmed("张三")) as context:
        with pytest.raises(PxtuiError, match="已登记给李四，不能再登记"):
            logins.enter_key(context, "王主任", LI)
        logins.revoke(context, LI.fingerprint)
        with pytest.raises(PxtuiError, match="已登记给李四，已撤销"):
            logins.enter_key(context, "李四", LI)
        with pytest.raises(PxtuiError, match="已登记给王主任"):
            logins.enter_account(context, "李四", "wang")


@pytest.mark.parametrize(
    "line",
    ["", "ssh-ed25519", "ssh-ed25519 AAAA", "rsa AAAAB3NzaC1yc2E=", "ssh-ed25519 王", "command=x " + key_of("l")],
)
def test_what_is_no_public_key_is_refused(line: str) -> None:
    with pytest.raises(PxtuiError, match="公钥"):
        public_key(line)


def test_the_keys_come_from_the_own_private_file_of_sshd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "sshauth"
    file.touch(0o600)
    file.write_text(f"publickey {key_of('l')}\npassword\n")
    monkeypatch.setenv("SSH_USER_AUTH", str(file))
    assert server_login() == ServerLogin(True, (LI,))
    link = tmp_path / "link"
    link.symlink_to(file)
    os.mkfifo(tmp_path / "pipe", 0o600)
    for named in (link, tmp_path / "missing", tmp_path / "pipe", tmp_path):
        monkeypatch.setenv("SSH_USER_AUTH", str(named))
        with pytest.raises(PxtuiError, match="读不出本次登录用的密钥"):
            server_login()
    file.chmod(0o644)
    monkeypatch.setenv("SSH_USER_AUTH", str(file))
    with pytest.raises(PxtuiError, match="读不出本次登录用的密钥"):
        server_login()


@pytest.mark.parametrize("name", ["SUDO_USER", "SUDO_UID", "USER", "LOGNAME", "CLERK", "PXTUI_CLERK"])
def test_no_variable_names_an_account(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_USER_AUTH", raising=False)
    before = server_login()
    monkeypatch.setenv(name, "4711" if name == "SUDO_UID" else "wang")
    assert server_login() == before


def test_every_key_and_account_stays_in_the_list(register: Register) -> None:
    with register.writing(confirmed("张三")) as context:
        logins.revoke(context, "wang")
        listed = [(login.name, login.value, login.is_revoked) for login in logins.all_of(context)]
        member = context.session.exec(select(Staff).where(col(Staff.name) == "王主任")).one()
    assert listed == [("张三", ZHANG.fingerprint, False), ("李四", LI.fingerprint, False), ("王主任", "wang", True)]
    assert member.active
