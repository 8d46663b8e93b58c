"""The administrator gives the head a password or a key of his own knowing, and acts as the head until she notices."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry, StaffChange
from pxtui.casework.keeping import office_key, way_back
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import changes, logins, members, passwords, sign_in
from pxtui.errors import Damaged, NotAllowed, PxtuiError, Refused
from pxtui.home import Home
from pxtui.server_login import public_key
from tests.attacks.test_somebody_else_signs_in import key_of
from tests.support.people import id_of
from tests.support.signing_in import NOW, PASSWORDS, confirmed, initial, later, secured

ADMINISTRATOR, CLERK, HEAD, SECOND_HEAD = "张三", "李四", "王主任", "孙主任"
KEY = public_key(key_of("k"))
_HALF = re.compile(r"[A-Za-z2-9]{4}-[A-Za-z2-9]{4}")


def first_sign_in(register: Register, name: str, password: str) -> None:
    signed_in = sign_in.sign_in(register, name, password, NOW)
    assert signed_in.must_change
    with register.writing(signed_in.acting) as context:
        sign_in.set_own(context, PASSWORDS[name])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("given") / "pxtui"
    register = secured(Home(folder))
    with register.writing(confirmed(ADMINISTRATOR)) as context:
        office_key.create(context, folder.parent / "office.key")
        for place, name in enumerate(members.names(context)):
            changes.identify(context, name, id_of(place))
        changes.change_settings(context, duties_apart=True)
    register.close()
    return folder


@pytest.fixture
def register(made: Path, tmp_path: Path) -> Iterator[Register]:
    """An administrator, a clerk, a head, duties apart; everybody has the own password."""
    shutil.copytree(made, tmp_path / "pxtui")
    opened = open_register(Home(tmp_path / "pxtui"), NOW)
    yield opened
    opened.close()


def done(register: Register, by: str, act: Callable[[Context], str]) -> str:
    with register.writing(confirmed(by)) as context:
        return act(context)


def confirm(register: Register, by: str) -> str:
    """What somebody is told who confirms what waits last."""
    with register.writing(confirmed(by)) as context:
        return changes.confirm(context, changes.waiting(context)[-1].id)


def with_second_head(register: Register) -> None:
    done(register, ADMINISTRATOR, lambda context: changes.add(context, SECOND_HEAD, Role.HEAD, id_number=id_of(7)))
    confirm(register, HEAD)
    halves = (
        done(register, ADMINISTRATOR, lambda context: changes.give_password(context, SECOND_HEAD)),
        confirm(register, HEAD),
    )
    PASSWORDS.setdefault(SECOND_HEAD, "Wanshang-8dian")
    first_sign_in(register, SECOND_HEAD, passwords.of_halves(*(_HALF.findall(sentence)[0] for sentence in halves)))


GIVEN: dict[str, Callable[[Context, str], str]] = {
    "password": changes.give_password,
    "key": lambda context, name: changes.give_key(context, name, KEY),
    "account": lambda context, name: changes.give_account(context, name, "wang"),
}
BENEATH: dict[str, Callable[[Context], object]] = {
    "password": lambda context: sign_in.give_initial(context, HEAD, "Mou-Ren-2020-xy"),
    "key": lambda context: logins.enter_key(context, HEAD, KEY),
    "account": lambda context: logins.enter_account(context, HEAD, "wang"),
}


def standing(register: Register) -> tuple[object, ...]:
    with register.reading(register.nobody(NOW)) as context:
        return logins.all_of(context), sign_in._known(context.session, HEAD), sign_in._known(context.session, CLERK)


@pytest.mark.parametrize("what", GIVEN)
def test_the_administrator_alone_gives_the_head_nothing(register: Register, what: str) -> None:
    before = standing(register)
    sentence = done(register, ADMINISTRATOR, lambda context: GIVEN[what](context, HEAD))
    assert standing(register) == before
    with pytest.raises(NotAllowed, match="由张三提出，须由另一人确认"):
        confirm(register, ADMINISTRATOR)
    sign_in.sign_in(register, HEAD, PASSWORDS[HEAD], NOW)
    for half in _HALF.findall(sentence) if what == "password" else ():
        with pytest.raises(PxtuiError, match="不对"):
            sign_in.sign_in(register, HEAD, half, NOW)
    confirm(register, CLERK)
    assert standing(register) != before


@pytest.mark.parametrize("what", BENEATH)
@pytest.mark.parametrize("by", [ADMINISTRATOR, CLERK])
def test_the_functions_beneath_refuse_one_alone_too(register: Register, what: str, by: str) -> None:
    before = standing(register)
    with pytest.raises(NotAllowed, match="另一人确认"), register.writing(confirmed(by)) as context:
        BENEATH[what](context)
    assert standing(register) == before


def test_of_the_two_neither_knows_the_password(register: Register) -> None:
    first = _HALF.findall(done(register, ADMINISTRATOR, lambda context: changes.give_password(context, CLERK)))[0]
    sentence = confirm(register, HEAD)
    assert first not in sentence
    second = _HALF.findall(sentence)[0]
    for tried in (first, second, passwords.of_halves(second, first), passwords.of_halves(first, first)):
        with pytest.raises(PxtuiError, match="不对"):
            sign_in.sign_in(register, CLERK, tried, NOW)
    assert sign_in.sign_in(register, CLERK, passwords.of_halves(first, second), NOW).must_change
    with register.reading(register.nobody(NOW)) as context:
        kept = [row.unseal(context.vault, "about") for row in context.session.exec(select(StaffChange))]
    assert not any(first in text for text in kept), "the half goes when it is decided on"


def test_the_half_of_a_password_that_was_turned_down_is_kept_no_longer(register: Register) -> None:
    first = _HALF.findall(done(register, ADMINISTRATOR, lambda context: changes.give_password(context, CLERK)))[0]
    with register.writing(confirmed(HEAD)) as context:
        changes.drop(context, changes.waiting(context)[-1].id, "本人还记得")
    with register.reading(register.nobody(NOW)) as context:
        kept = [row.unseal(context.vault, "about") for row in context.session.exec(select(StaffChange))]
    assert any(CLERK in text for text in kept)
    assert not any(first in text for text in kept)


@pytest.mark.parametrize("what", GIVEN)
def test_where_a_second_head_is_no_clerk_confirms(register: Register, what: str) -> None:
    with_second_head(register)
    done(register, ADMINISTRATOR, lambda context: GIVEN[what](context, HEAD))
    with pytest.raises(NotAllowed, match="由负责人或管理员办理"):
        confirm(register, CLERK)
    with pytest.raises(NotAllowed, match="您本人的改动，须由另一人确认"):
        confirm(register, HEAD)
    confirm(register, SECOND_HEAD)


@pytest.mark.parametrize("what", GIVEN)
def test_the_administrator_gives_his_own_second_name_nothing_alone(register: Register, what: str) -> None:
    """Under which he would confirm what he proposes."""
    done(register, ADMINISTRATOR, lambda context: changes.add(context, "张三二", Role.HEAD, id_number=id_of(0)))
    confirm(register, HEAD)
    before = standing(register)
    done(register, ADMINISTRATOR, lambda context: GIVEN[what](context, "张三二"))
    assert standing(register) == before
    with pytest.raises(NotAllowed, match="由张三提出，须由另一人确认"):
        confirm(register, "张三二")
    confirm(register, HEAD)


def test_a_second_name_of_the_administrator_confirms_no_password_of_the_head(register: Register) -> None:
    done(register, ADMINISTRATOR, lambda context: changes.add(context, "张三二", Role.HEAD, id_number=id_of(0)))
    confirm(register, HEAD)
    before = standing(register)
    done(register, ADMINISTRATOR, lambda context: changes.give_password(context, HEAD))
    with pytest.raises(NotAllowed, match="由张三提出，须由另一人确认"):
        confirm(register, "张三二")
    assert standing(register) == before


def test_what_somebody_is_changes_between_proposal_and_confirmation(register: Register) -> None:
    """The head confirms a password for a clerk; when it comes into force, the clerk is a head."""
    done(register, ADMINISTRATOR, lambda context: changes.give_password(context, CLERK))
    done(register, ADMINISTRATOR, lambda context: changes.assign(context, CLERK, Role.HEAD))
    confirm(register, HEAD)
    before = standing(register)
    with pytest.raises(Refused, match="提出以后李四的岗位或身份证号有改动"):
        confirm(register, HEAD)
    assert standing(register) == before


def test_two_proposals_are_exchanged_behind_the_program(register: Register) -> None:
    """Sealed text and `uid` go along, and the seal does not open: it is bound to the number of the proposal."""
    done(register, ADMINISTRATOR, lambda context: changes.give_password(context, CLERK))
    done(register, ADMINISTRATOR, lambda context: changes.give_password(context, HEAD))
    with closing(sqlite3.connect(register.home.register)) as connection:
        waiting = connection.execute("SELECT uid, about, id FROM staff_change WHERE decided_on IS NULL").fetchall()
        (first, second) = waiting
        exchanged = [(*second[:2], first[2]), (*first[:2], second[2])]
        connection.executemany("UPDATE staff_change SET uid = ?, about = ? WHERE id = ?", exchanged)
        connection.commit()
    before = standing(register)
    with pytest.raises(Damaged, match="加密内容打不开"):
        confirm(register, CLERK)
    assert standing(register) == before


def test_nobody_confirms_whose_password_the_administrator_has_just_made(register: Register) -> None:
    """A new clerk who never signed in is nobody yet: what the two of them agree on would be one person's word."""
    done(register, ADMINISTRATOR, lambda context: members.retire(context, CLERK))
    with pytest.raises(Refused, match="没有人能确认"):
        done(register, ADMINISTRATOR, lambda context: changes.give_password(context, HEAD))


def test_everybody_is_told_at_the_next_sign_in(register: Register) -> None:
    done(register, ADMINISTRATOR, lambda context: changes.give_key(context, HEAD, KEY))
    with register.writing(confirmed(CLERK, later(5))) as context:
        changes.confirm(context, changes.waiting(context)[-1].id)
    for name in (ADMINISTRATOR, CLERK, HEAD):
        told = sign_in.sign_in(register, name, PASSWORDS[name], later(6)).told
        assert f"09:05 李四 登记登录公钥：王主任 {KEY.fingerprint}，张三提出" in told
        assert sign_in.sign_in(register, name, PASSWORDS[name], later(7)).told == ""


def test_a_head_proposes_for_the_only_administrator_and_a_colleague_confirms(register: Register) -> None:
    first = _HALF.findall(done(register, HEAD, lambda context: changes.give_password(context, ADMINISTRATOR)))[0]
    with pytest.raises(NotAllowed):
        confirm(register, HEAD)
    second = _HALF.findall(confirm(register, CLERK))[0]
    assert sign_in.sign_in(register, ADMINISTRATOR, passwords.of_halves(first, second), NOW).must_change


@pytest.mark.parametrize("what", GIVEN)
def test_a_clerk_proposes_nothing(register: Register, what: str) -> None:
    with pytest.raises(NotAllowed, match="由负责人或管理员办理"):
        done(register, CLERK, lambda context: GIVEN[what](context, HEAD))


def test_the_first_administrator_gives_the_first_passwords_alone(tmp_path: Path) -> None:
    """Nobody else has one: there is nobody who could confirm."""
    from functools import partial

    from pxtui.casework.office.register import create

    begin = partial(sign_in.set_own, password=PASSWORDS[ADMINISTRATOR])
    register = create(Home(tmp_path / "new"), office="dongqu", name=ADMINISTRATOR, at=NOW, begin=begin)
    with register.writing(confirmed(ADMINISTRATOR)) as context:
        members.assign(context, ADMINISTRATOR, Role.ADMINISTRATOR)
        changes.identify(context, ADMINISTRATOR, id_of(0))
        changes.change_settings(context, duties_apart=True)
        changes.add(context, HEAD, Role.HEAD, id_number=id_of(1))
        password = initial(context, HEAD)
        again = initial(context, HEAD)
    with pytest.raises(PxtuiError, match="不对"):
        sign_in.sign_in(register, HEAD, password, NOW)
    first_sign_in(register, HEAD, again)
    with pytest.raises(Refused, match="没有人能确认"):
        done(register, ADMINISTRATOR, lambda context: changes.give_password(context, HEAD))
    register.close()


def test_the_office_key_is_a_way_back_that_everybody_hears_of(register: Register, made: Path, tmp_path: Path) -> None:
    key = office_key.read_private(made.parent / "office.key", str)
    password = way_back.recover(register, key, ADMINISTRATOR, later(5))
    assert sign_in.sign_in(register, ADMINISTRATOR, password, later(6)).must_change
    for name in (CLERK, HEAD):
        told = sign_in.sign_in(register, name, PASSWORDS[name], later(7)).told
        assert "09:05 程序 在服务器上凭备份私钥给张三设初始口令" in told
        assert sign_in.sign_in(register, name, PASSWORDS[name], later(8)).told == "", "told once"
    with register.reading(register.nobody(NOW)) as context:
        acts = context.session.exec(select(JournalEntry.action).order_by(col(JournalEntry.id))).all()
    assert Act.STAFF_RECOVER in acts


def test_a_key_that_was_put_in_the_place_of_the_office_key_opens_no_way_back(
    register: Register, tmp_path: Path
) -> None:
    other = secured(Home(tmp_path / "other"))
    with other.writing(confirmed(ADMINISTRATOR)) as context:
        office_key.create(context, tmp_path / "own.key")
    shutil.copy(other.home.backup_key, register.home.backup_key)
    other.close()
    with pytest.raises(Refused, match="不是最近登记的备份密钥"):
        way_back.recover(register, office_key.read_private(tmp_path / "own.key", str), ADMINISTRATOR, NOW)
    sign_in.sign_in(register, ADMINISTRATOR, PASSWORDS[ADMINISTRATOR], NOW)
