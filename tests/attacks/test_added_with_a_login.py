"""A new colleague is ready in one round, and nobody comes in by it whom one person alone let in."""

import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import changes, logins, members, passwords, sign_in
from pxtui.errors import NotAllowed, PxtuiError, Refused
from pxtui.home import Home
from pxtui.server_login import public_key
from tests.attacks.test_somebody_else_signs_in import key_of
from tests.support.people import id_of
from tests.support.signing_in import NOW, confirmed, secured

ADMINISTRATOR, CLERK, HEAD, NEW = "张三", "李四", "王主任", "孙七"
KEY = public_key(key_of("n"))
_HALF = re.compile(r"[A-Za-z2-9]{4}-[A-Za-z2-9]{4}")
_WHOLE = re.compile(r"(?:[A-Za-z2-9]{4}-){3}[A-Za-z2-9]{4}")

_OF_IT = [Act.STAFF_ADD, Act.STAFF_LOGIN, Act.STAFF_INITIAL_PASSWORD]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("added") / "pxtui"
    register = secured(Home(folder))
    with register.writing(confirmed(ADMINISTRATOR)) as context:
        for place, name in enumerate(members.names(context)):
            changes.identify(context, name, id_of(place))
    register.close()
    return folder


@pytest.fixture
def register(made: Path, tmp_path: Path) -> Iterator[Register]:
    """An administrator, a clerk and a head, each with the own password; duties are not apart."""
    shutil.copytree(made, tmp_path / "pxtui")
    opened = open_register(Home(tmp_path / "pxtui"), NOW)
    yield opened
    opened.close()


@pytest.fixture
def apart(register: Register) -> Register:
    """The same, duties apart."""
    done(register, ADMINISTRATOR, lambda context: changes.change_settings(context, duties_apart=True))
    return register


def done(register: Register, by: str, act: Callable[[Context], str]) -> str:
    with register.writing(confirmed(by)) as context:
        return act(context)


def added(context: Context) -> str:
    """With a password and a key, as a reviewer."""
    return changes.add(context, NEW, Role.REVIEWER, id_number=id_of(9), password=True, key=KEY)


def confirm(register: Register, by: str) -> str:
    with register.writing(confirmed(by)) as context:
        return changes.confirm(context, changes.waiting(context)[-1].id)


def acts(register: Register) -> list[Act]:
    with register.reading(register.nobody(NOW)) as context:
        entries = context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id))).all()
        return [entry.action for entry in entries]


def signs_in(register: Register, password: str) -> Role:
    """The role of whoever signs in for the first time and chooses the own password."""
    signed_in = sign_in.sign_in(register, NEW, password, NOW)
    assert signed_in.must_change
    with register.writing(signed_in.acting) as context:
        sign_in.set_own(context, "Qingtian-7dian")
        return members.role_of_member(context, NEW)


def test_where_duties_are_not_apart_one_act_makes_the_colleague_ready(register: Register) -> None:
    sentence = done(register, ADMINISTRATOR, added)
    assert "已增加孙七，岗位复核人。" in sentence
    assert acts(register)[-3:] == _OF_IT
    assert signs_in(register, _WHOLE.findall(sentence)[0]) is Role.REVIEWER


def test_where_they_are_one_proposal_and_one_confirmation_do(apart: Register) -> None:
    before = acts(apart)
    first = _HALF.findall(done(apart, ADMINISTRATOR, added))[0]
    with apart.reading(apart.nobody(NOW)) as context:
        assert NEW not in members.names(context)
        assert logins.all_of(context) == ()
        (waiting,) = changes.waiting(context)
    assert waiting.what == f"增加人员孙七，岗位复核人，设初始口令，登录公钥指纹{KEY.fingerprint}"
    assert waiting.to_check == "身份证件和公钥指纹"
    with pytest.raises(NotAllowed, match="须由另一人确认"):
        confirm(apart, ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="由负责人"):
        confirm(apart, CLERK)
    sentence = confirm(apart, HEAD)
    second = _HALF.findall(sentence)[0]
    assert first not in sentence
    for half in (first, second):
        with pytest.raises(PxtuiError, match="不对"):
            sign_in.sign_in(apart, NEW, half, NOW)
    assert signs_in(apart, passwords.of_halves(first, second)) is Role.REVIEWER
    done_by_it = [act for act in acts(apart)[len(before) :] if act in (*_OF_IT, Act.STAFF_PROPOSE)]
    assert done_by_it == [Act.STAFF_PROPOSE, *_OF_IT]


def test_the_first_administrator_alone_lets_nobody_in_once_somebody_else_has_a_password(register: Register) -> None:
    done(register, ADMINISTRATOR, lambda context: members.retire(context, HEAD))
    done(register, ADMINISTRATOR, lambda context: changes.change_settings(context, duties_apart=True))
    first = _HALF.findall(done(register, ADMINISTRATOR, added))
    assert len(first) == 1
    with register.reading(register.nobody(NOW)) as context:
        assert NEW in members.names(context)
        assert logins.all_of(context) == ()
        assert [change.awaited for change in changes.waiting(context)] == ["同事", "同事"]
    with pytest.raises(NotAllowed, match="须由另一人确认"):
        confirm(register, ADMINISTRATOR)
    second = _HALF.findall(confirm(register, CLERK))
    assert signs_in(register, passwords.of_halves(*first, *second)) is Role.REVIEWER


def test_nobody_confirms_a_second_name_of_the_own(apart: Register) -> None:
    second = partial(changes.add, name="王主任二", role=Role.REVIEWER, id_number=id_of(2), password=True)
    done(apart, ADMINISTRATOR, second)
    with pytest.raises(NotAllowed, match="此项是您本人的改动"):
        confirm(apart, HEAD)


def test_what_cannot_be_is_refused_before_anybody_is_asked(apart: Register) -> None:
    with pytest.raises(Refused, match="只写一种"):
        done(apart, ADMINISTRATOR, lambda c: changes.add(c, NEW, id_number=id_of(9), account="sun", key=KEY))
    done(apart, ADMINISTRATOR, lambda context: changes.give_key(context, CLERK, KEY))
    confirm(apart, HEAD)
    with pytest.raises(Refused, match="已登记给李四"):
        done(apart, ADMINISTRATOR, added)
    with apart.reading(apart.nobody(NOW)) as context:
        assert changes.waiting(context) == ()
