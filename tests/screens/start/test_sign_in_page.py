"""The page that asks for a password, asking again before a signature, and the page that locks."""

from collections.abc import Iterator

import pytest

from pxtui.casework.office.register import Register
from pxtui.casework.staff import members
from pxtui.errors import Refused
from pxtui.home import Home
from screens.frame.idle import END_AFTER, LOCK_AFTER, Idle, due, next_look
from screens.start.sign_in import Asked, Keyed
from tests.support.counter import Counter as Clerk
from tests.support.pages import seen
from tests.support.signing_in import NOW, PASSWORDS, WRONG, secured


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    made = secured(Home(tmp_path_factory.mktemp("signs") / "pxtui"))
    yield made
    made.close()


@pytest.fixture
def clerk(register: Register) -> Clerk:
    return Clerk(register, day=NOW.date())


class Page:
    """What was tried, and what the page shows."""

    def __init__(self, clerk: Clerk, sentence: str = "", **asked: object) -> None:
        self.tried: list[Keyed] = []
        self.clerk = clerk
        self.sentence = sentence
        self.asked = asked

    def after(self, *keys: str) -> list[str]:
        def try_it(keyed: Keyed) -> object:
            self.tried.append(keyed)
            if self.sentence:
                raise Refused(self.sentence)
            return lambda: None

        page = Asked("登录", ("说明",), try_it, lambda: None, **self.asked)  # type: ignore[arg-type]
        return seen(self.clerk.register, self.clerk, ("sign_in", page), *keys)


def test_the_password_is_asked_for_and_never_shown(clerk: Clerk) -> None:
    page = Page(clerk)
    lines = page.after("=张三", "enter", "=Zaochen-6dian")
    assert "Zaochen" not in "\n".join(lines)
    assert any("*************" in line for line in lines)
    page.after("=张三", "enter", "=Zaochen-6dian", "enter")
    assert page.tried == [Keyed("张三", "Zaochen-6dian", "")]


def test_a_wrong_one_is_said_and_keyed_once_more_from_the_beginning(clerk: Clerk) -> None:
    lines = Page(clerk, "姓名或口令不对，请重新输入。").after("=张三", "enter", f"={WRONG}", "enter")
    assert lines[-2] == " 姓名或口令不对，请重新输入。"
    assert not any("****" in line for line in lines)


def test_two_that_are_not_the_same_are_refused(clerk: Clerk) -> None:
    page = Page(clerk, name="张三", wants_password=False, wants_new=True)
    assert page.after("=Abc-123-Def", "enter", "=Abc-123-Deg", "enter")[-2] == " 两次输入的口令不一样，请重新输入。"
    assert page.tried == []


def test_the_page_that_locks_names_nobody(clerk: Clerk) -> None:
    lines = Page(clerk, name="张三", is_lock=True).after()
    assert lines[0].split() == ["培训补贴柜台", "已锁定"]
    assert "张三" not in "".join(lines)
    helped = Page(clerk, name="张三", is_lock=True).after("f1")
    assert helped[3].startswith(" 帮助")
    assert helped[0].split() == ["培训补贴柜台", "已锁定"]
    assert "张三" not in "".join(helped)


def test_what_signs_asks_again_and_is_done_with_the_password(clerk: Clerk) -> None:
    add = ("insert", "=孙七", "enter", "1", "enter", "2", "enter", "enter")
    assert seen(clerk.register, clerk, "staff", *add)[-2].strip() == "这件事要再输一次您的口令："
    wrong = seen(clerk.register, clerk, "staff", *add, f"={WRONG}", "enter")
    assert "口令不对，请再输一次" in wrong[-2]
    left = seen(clerk.register, clerk, "staff", *add, "escape")
    assert left[-2] == " 没有办理。"
    with clerk.register.reading(clerk.acting) as context:
        assert "孙七" not in members.names(context)
    lines = seen(clerk.register, clerk, "staff", *add, f"={PASSWORDS['张三']}")
    assert PASSWORDS["张三"] not in "\n".join(lines)
    done = seen(clerk.register, clerk, "staff", *add, f"={PASSWORDS['张三']}", "enter")
    assert done[-2] == " 已增加孙七，岗位受理员。"
    ready = seen(clerk.register, clerk, "staff", "insert", "=周八", "ctrl+n", f"={PASSWORDS['张三']}", "enter")
    assert ready[-2].startswith(" 周八的初始口令（只显示这一次，请当面告知）：")


@pytest.mark.parametrize(
    ("seconds", "what"),
    [(0, Idle.NOTHING), (LOCK_AFTER - 1, Idle.NOTHING), (LOCK_AFTER, Idle.LOCK), (END_AFTER, Idle.END)],
)
def test_ten_minutes_lock_and_thirty_end(seconds: float, what: Idle) -> None:
    assert due(seconds) is what


def test_nothing_looks_before_the_term_is_near() -> None:
    assert (next_look(0), next_look(599), next_look(600), next_look(1799)) == (600, 5, 1200, 5)
