"""What is wrong with an answer is told at its question: nobody is asked for the rest before it is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.payment import funds, recovery
from pxtui.casework.publicity import publishing
from tests.support.pages import at, seen
from tests.support.pay_desk import CLAIM_FEN, PayDesk, bounced, paid
from tests.support.rosters import made_up_people

pytestmark = pytest.mark.slow


@pytest.fixture
def counter(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


def message(counter: PayDesk, *keys: str) -> str:
    """The message line of the page to which Enter leads from the desk, after keys."""
    return seen(counter.register, counter, "desk", "enter", *keys)[-2].strip()


def published(counter: PayDesk, hosts: str = "") -> None:
    """A claim that is in a batch of the public notice."""
    number = counter.file(made_up_people(2))
    counter.granted(number)
    with counter.register.writing(counter.acting) as context:
        publishing.publish(context, [number], counter.day)
        if hosts:
            office_settings.change(context, notice_hosts=hosts)


HOSTS = "rsj.panzhihua.gov.cn,www.panzhihua.gov.cn"


def test_an_address_elsewhere_is_refused_before_the_proof_is_asked_for(counter: PayDesk) -> None:
    published(counter, HOSTS)
    said = message(counter, "f2", "=https://example.org/gs/1", "enter")
    assert said.startswith("不在本部门的公示网站rsj.panzhihua.gov.cn等上：")
    assert message(counter, "f2", "=www.panzhihua.gov.cn/gs", "enter").startswith("网址以 http:// 或 https:// 开头：")
    assert message(counter, "f2", "=https://www.panzhihua.gov.cn/gs", "enter").startswith("公示页的存证文件")


def test_where_the_office_has_set_no_host_any_will_do(counter: PayDesk) -> None:
    published(counter)
    assert message(counter, "f2", "=https://example.org/gs/1", "enter").startswith("公示页的存证文件")


def to_pay(counter: PayDesk, _: Path) -> None:
    """A claim that may be paid, from one of two funds."""
    counter.cleared()
    with counter.register.writing(counter.acting) as context:
        funds.put(context, "ZX2021", "另一笔资金", 100 * CLAIM_FEN)


def came_back(counter: PayDesk, folder: Path) -> None:
    """A payment that bounced, as another person has confirmed."""
    number = counter.cleared()
    counter.answer(counter.at_the_bank(folder, number), bounced(number))


def ordered_back(counter: PayDesk, folder: Path) -> None:
    """A claim that was paid and ordered back, as another person has approved."""
    paid_out(counter, folder)
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, "2020-DQ-0001", CLAIM_FEN, "多付", is_fraud=False)
    with counter.register.writing(at(counter, "王五").acting) as context:
        recovery.approve(context, "2020-DQ-0001")


def paid_out(counter: PayDesk, folder: Path) -> None:
    """A claim that was paid."""
    number = counter.cleared()
    counter.answer(counter.at_the_bank(folder, number), paid(number))


def in_public(counter: PayDesk, _: Path) -> None:
    published(counter)


@pytest.mark.parametrize(
    ("state", "keys", "fault"),
    [
        (to_pay, ("enter", "=ZX2029", "enter"), "没有这个代码，现有ZX2020、ZX2021"),
        (to_pay, ("f2", "delete", "=ZX2022", "enter", "enter"), "请填写名称"),
        (came_back, ("enter", "enter"), "请填写开户银行全称"),
        (came_back, ("enter", "=中国银行", "enter", "=62170", "enter"), "账号不是6至40位数字"),
        (came_back, ("enter", "=中国银行", "enter", "=6217000000000666", "enter", "=别家", "enter"), "户名须是攀枝花"),
        (ordered_back, ("enter", "=20200410", "enter"), "2020-04-10还没有到，请填今天或以前的日期"),
        (ordered_back, ("enter", "enter", "=1000.01", "enter"), "最多1000.00元"),
        (ordered_back, ("enter", "enter", "=0", "enter"), "金额应大于0"),
        (paid_out, ("f10", "=9", "f11", "=1000.01", "enter"), "最多1000.00元"),
        (in_public, ("down", "enter", "enter"), "请填写异议的内容"),
    ],
)
def test_a_wrong_answer_is_asked_for_again_before_anything_else(
    state: Callable[[PayDesk, Path], None], keys: tuple[str, ...], fault: str, counter: PayDesk, tmp_path: Path
) -> None:
    state(counter, tmp_path)
    assert message(counter, *keys).startswith(fault)
