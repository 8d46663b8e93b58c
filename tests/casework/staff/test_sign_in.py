"""Who signs in with a password, and what becomes of those that are wrong."""

import shutil
import statistics
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry, SignInFailure
from pxtui.casework.office.register import Register, create, open_register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import members, passwords, sign_in
from pxtui.errors import PasswordWanted, PxtuiError
from pxtui.home import Home
from pxtui.server_login import ServerLogin
from tests.conftest import PARAMETERS
from tests.support.signing_in import NOW, PASSWORDS, WRONG, confirmed, initial, later, secured

NOBODY_SAID = ServerLogin()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("secured") / "pxtui"
    secured(Home(folder)).close()
    return folder


@pytest.fixture
def register(made: Path, tmp_path: Path) -> Iterator[Register]:
    shutil.copytree(made, tmp_path / "pxtui")
    opened = open_register(Home(tmp_path / "pxtui"), NOW)
    yield opened
    opened.close()


def journal_of(register: Register, *acts: Act) -> list[str]:
    with register.reading(register.nobody(NOW)) as context:
        entries = context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id))).all()
        return [f"{entry.staff_name} {entry.summary}" for entry in entries if entry.action in acts]


def fails(register: Register, name: str, password: str, minutes: float = 0) -> str:
    with pytest.raises(PxtuiError) as refusal:
        sign_in.sign_in(register, name, password, later(minutes))
    return refusal.value.sentence


def test_who_gives_the_own_password_is_let_in_and_that_stands_in_the_journal(register: Register) -> None:
    signed_in = sign_in.sign_in(register, "李四", PASSWORDS["李四"], later(1))
    assert (signed_in.acting.name, signed_in.must_change) == ("李四", False)
    assert journal_of(register, Act.SIGN_IN)[-1] == "李四 登录：李四"


@pytest.mark.parametrize(
    ("name", "password"),
    [("李四", PASSWORDS["张三"]), ("李四", WRONG), ("李四", ""), ("没有这人", PASSWORDS["张三"]), ("", "")],
)
def test_nobody_is_told_whether_the_name_or_the_password_was_wrong(
    register: Register, name: str, password: str
) -> None:
    assert fails(register, name, password) == "姓名或口令不对，请重新输入。"


def test_five_wrong_ones_lock_for_a_quarter_of_an_hour_and_the_right_one_with_them(register: Register) -> None:
    for attempt in range(4):
        assert "请重新输入" in fails(register, "李四", WRONG, attempt / 10)
    assert "已锁定到09:15" in fails(register, "李四", WRONG, 0.5)
    assert "已锁定到09:15" in fails(register, "李四", PASSWORDS["李四"], 15.4)
    assert sign_in.sign_in(register, "李四", PASSWORDS["李四"], later(15.5)).acting.name == "李四"
    assert sign_in.sign_in(register, "王主任", PASSWORDS["王主任"], later(1)).acting.name == "王主任"


def test_the_lock_holds_in_a_second_program_and_after_a_restart(register: Register) -> None:
    second = open_register(register.home, NOW)
    for _ in range(3):
        fails(register, "李四", WRONG)
    for _ in range(2):
        fails(second, "李四", WRONG)
    second.close()
    again = open_register(register.home, later(2))
    assert "已锁定" in fails(again, "李四", PASSWORDS["李四"], 2)
    again.close()


def test_a_name_that_nobody_bears_is_locked_alike_and_stands_nowhere(register: Register) -> None:
    told = [fails(register, "Mima-Shuzai-Xingming9", WRONG) for _ in range(6)]
    known = [fails(register, "李四", WRONG) for _ in range(6)]
    assert told == known
    assert b"Mima-Shuzai" not in register.home.register.read_bytes()


def test_a_right_one_begins_the_count_anew(register: Register) -> None:
    for _ in range(4):
        fails(register, "李四", WRONG)
    sign_in.sign_in(register, "李四", PASSWORDS["李四"], NOW)
    for _ in range(4):
        assert "请重新输入" in fails(register, "李四", WRONG)


def test_every_attempt_stands_in_the_journal_and_no_password_does(register: Register) -> None:
    for _ in range(6):
        fails(register, "李四", WRONG)
    failures = journal_of(register, Act.SIGN_IN_FAIL)
    assert failures[0] == "程序 登录未成：口令不对，第1次（李四）"
    assert failures[4:] == ["程序 登录未成：口令不对，第5次，锁定15分钟（李四）", "程序 登录未试：已锁定（李四）"]
    content = register.home.register.read_bytes()
    assert not any(password.encode() in content for password in (WRONG, *PASSWORDS.values()))


def test_an_unknown_name_takes_as_long_as_a_known_one(register: Register) -> None:
    def seconds(name: str) -> float:
        begun = time.process_time()
        staff_id, kept_name, verifier = known[name]
        passwords.opens(vault, staff_id, kept_name, verifier, WRONG)
        return time.process_time() - begun

    with register.reading(register.nobody(NOW)) as context:
        vault = context.vault
        found = {name: sign_in._known(context.session, name) for name in ("李四", "没有这人")}
    known = {name: (who.staff_id, who.name, who.verifier) for name, who in found.items()}
    seconds("没有这人")
    unknown, right = (statistics.median(seconds(name) for _ in range(5)) for name in ("没有这人", "李四"))
    assert unknown > right / 2


def test_a_password_unused_for_ninety_days_is_disabled_until_the_administrator_sets_it_anew(register: Register) -> None:
    sign_in.sign_in(register, "张三", PASSWORDS["张三"], later(days=91))
    with pytest.raises(PxtuiError, match="已停用，请管理员重设"):
        sign_in.sign_in(register, "李四", PASSWORDS["李四"], later(days=91))
    with register.writing(confirmed("张三", later(days=91))) as context:
        password = initial(context, "李四")
    assert sign_in.sign_in(register, "李四", password, later(days=92)).must_change


def test_the_only_administrator_is_not_shut_out_for_good_but_changes_the_password(register: Register) -> None:
    assert sign_in.sign_in(register, "张三", PASSWORDS["张三"], later(days=91)).must_change


def test_without_an_administrator_a_colleague_can_set_it_anew_and_whoever_is_alone_is_let_in(tmp_path: Path) -> None:
    own = PASSWORDS["张三"]
    register = create(
        Home(tmp_path / "few"), office="dongqu", name="张三", at=NOW, begin=partial(sign_in.set_own, password=own)
    )
    assert sign_in.sign_in(register, "张三", own, later(days=91)).must_change
    with register.writing(confirmed("张三", later(days=91))) as context:
        members.add(context, "李四")
        initial(context, "李四")
    assert "已停用" in fails(register, "张三", own, 182 * 24 * 60)
    register.close()


def test_on_the_ninetieth_day_a_password_still_opens(register: Register) -> None:
    assert not sign_in.sign_in(register, "李四", PASSWORDS["李四"], later(days=90)).must_change


def test_on_the_last_day_of_half_a_year_no_other_one_is_asked_for(register: Register) -> None:
    sign_in.sign_in(register, "李四", PASSWORDS["李四"], later(days=90))
    assert not sign_in.sign_in(register, "李四", PASSWORDS["李四"], later(days=180)).must_change


def test_names_that_were_tried_are_forgotten_once_no_lock_can_come_of_them(register: Register) -> None:
    """Else whoever tries ten thousand names fills the register with them."""
    for number in range(3):
        fails(register, f"甲{number}", WRONG, number)
    fails(register, "李四", WRONG, 16)
    with register.reading(register.nobody(NOW)) as context:
        assert sorted(row.last_at for row in context.session.exec(select(SignInFailure))) == [
            later(1),
            later(2),
            later(16),
        ]


def test_after_half_a_year_another_one_is_set(register: Register) -> None:
    for day in (60, 120, 179):
        assert not sign_in.sign_in(register, "李四", PASSWORDS["李四"], later(days=day)).must_change
    assert sign_in.sign_in(register, "李四", PASSWORDS["李四"], later(days=181)).must_change


def test_who_has_left_is_not_let_in_by_the_old_password_even_after_coming_back(register: Register) -> None:
    with register.writing(confirmed("张三")) as context:
        members.retire(context, "李四")
    assert "不对" in fails(register, "李四", PASSWORDS["李四"])
    with register.writing(confirmed("张三")) as context:
        members.add(context, "李四")
    assert "不对" in fails(register, "李四", PASSWORDS["李四"])


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Duan-9", "至少10位"),
        ("quandou-xiaoxie", "三种"),
        ("Aa1Aa1Aa1Aa1", "太少"),
        ("Zhongjian 12you", "空格"),
        ("李四-Mima-2020", "姓名"),
        ("Mima-\u200b2020-ab", "控制字符"),
        ("Chang-1" * 20, "最多128位"),
        ("Zhongwu-12dian", "与原口令相同"),
        ("Ｚｈｏｎｇｗｕ－１２ｄｉａｎ", "与原口令相同"),
    ],
)
def test_what_cannot_be_a_password_is_refused_with_the_reason(register: Register, password: str, sentence: str) -> None:
    with register.writing(confirmed("李四")) as context, pytest.raises(PxtuiError, match=sentence):
        sign_in.set_own(context, password)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Duan-9abc", "口令至少10位，请加长。"),
        ("Duan-9abcd", ""),
        ("Chang-1234" * 12 + "Zuichang", ""),
        ("Chang-1234" * 12 + "Tai-chang", "口令最多128位，请缩短。"),
        ("Aa1-Aa1-Aa", "口令里不同的字符太少，请改正。"),
        ("Aa1-bAa1-b", ""),
        ("quandou1234", "口令须有大写字母、小写字母、数字、其他字符中的三种，请改正。"),
        ("QUANDA-123", ""),
        ("quanxiao12口令", ""),
    ],
)
def test_a_password_is_good_from_ten_to_128_characters_of_five_and_three_kinds(password: str, sentence: str) -> None:
    assert passwords.fault(password, "李四") == sentence


def test_initial_passwords_can_be_passwords_and_are_different(register: Register) -> None:
    made = {passwords.of_halves(passwords.half(), passwords.half()) for _ in range(50)}
    assert len(made) == 50
    assert {passwords.fault(password, "李四") for password in made} == {""}


def test_an_initial_password_is_the_administrators_to_give(register: Register) -> None:
    with register.writing(confirmed("李四")) as context, pytest.raises(PxtuiError, match="请交管理员办理"):
        initial(context, "王主任")
    with register.writing(confirmed("张三")) as context, pytest.raises(PxtuiError, match="自己的口令请在人员一页"):
        initial(context, "张三")


def test_a_signed_act_wants_the_password_once_more(register: Register) -> None:
    acting = sign_in.sign_in(register, "张三", PASSWORDS["张三"], NOW).acting
    seated = register.seated("张三", later(1))
    with pytest.raises(PasswordWanted, match="再输一次"), register.writing(seated) as context:
        members.add(context, "孙七")
    with pytest.raises(PasswordWanted, match="口令不对"):
        sign_in.confirmed(register, seated, WRONG)
    with register.writing(sign_in.confirmed(register, seated, PASSWORDS["张三"])) as context:
        members.add(context, "孙七")
        assert members.names(context) == ("张三", "李四", "王主任", "孙七")
    assert acting.confirmed_at == NOW
    assert "确认未成" in journal_of(register, Act.SIGN_IN_FAIL)[-1]


def test_wrong_ones_at_a_signature_lock_the_sign_in_too(register: Register) -> None:
    seated = register.seated("李四", NOW)
    for _ in range(5):
        with pytest.raises(PxtuiError, match="不对"):
            sign_in.confirmed(register, seated, WRONG)
    assert "已锁定" in fails(register, "李四", PASSWORDS["李四"])


def test_the_name_alone_counts_only_for_practice_and_where_somebody_works_alone_by_setting(register: Register) -> None:
    assert not sign_in.seat(register, NOBODY_SAID, "李四", NOW).by_name_alone
    with register.reading(register.nobody(NOW)) as context:
        assert not sign_in.is_open_to_all(context)


def test_only_an_administrator_chooses_the_first_password(tmp_path: Path) -> None:
    register = create(Home(tmp_path / "before"), office="dongqu", name="张三", at=NOW)
    with register.writing(register.seated("张三", NOW)) as context:
        members.add(context, "赵六", Role.ADMINISTRATOR)
    assert sign_in.seat(register, NOBODY_SAID, "张三", NOW).is_first
    with pytest.raises(PxtuiError, match="第一个口令由管理员设"):
        sign_in.choose_first(register, "张三", PASSWORDS["张三"], NOW)
    assert sign_in.choose_first(register, "赵六", PASSWORDS["李四"], NOW).acting.name == "赵六"
    with pytest.raises(PxtuiError, match="台账已有口令"):
        sign_in.choose_first(register, "张三", PASSWORDS["张三"], NOW)
    assert not sign_in.seat(register, NOBODY_SAID, "张三", NOW).is_first
    register.close()


def test_passwords_cost_whoever_tries_them_what_the_standard_asks() -> None:
    """RFC 9106 section 4, second recommended option: three passes over 64 MiB; one lane."""
    assert PARAMETERS == (3, 64 * 1024, 1)
