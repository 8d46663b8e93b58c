"""The page of the sources of money: what came in, went out and is left; a source and a sum more."""

from dataclasses import replace

import pytest

from pxtui.casework.office.register import Register
from pxtui.casework.payment import funds
from pxtui.casework.payment.funds import Source
from tests.support.counter import Counter
from tests.support.pages import seen
from tests.support.pay_desk import FUND, FUND_NAME, PayDesk


@pytest.fixture
def clerk(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant(1_000_000)
    return made


def page(clerk: Counter, *keys: str, columns: int = 80) -> list[str]:
    return seen(clerk.register, clerk, "funds", *keys, columns=columns)


def sources(clerk: Counter) -> list[Source]:
    with clerk.register.reading(clerk.acting) as context:
        return list(funds.funds(context))


def test_without_a_source_the_page_says_how_to_enter_one(register: Register) -> None:
    nothing = " 还没有登记资金来源，按Ins登记。"
    assert page(Counter(register))[-6] == nothing
    assert page(Counter(register), "enter")[-2] == page(Counter(register), "f2")[-2] == nothing


def test_what_came_in_went_out_and_is_left_stands_in_a_row(clerk: PayDesk) -> None:
    clerk.prepare(clerk.cleared())
    (here,) = sources(clerk)
    assert here.on_its_way_fen
    lines = page(clerk, columns=120)
    assert lines[5].split() == [FUND, FUND_NAME, "10000.00", "1000.00", "0.00", "0.00", "9000.00"]
    assert lines[3].endswith("余额共9000.00元")
    assert "总额度10000.00元，在途1000.00元，已拨付0.00元，已追回0.00元，余额9000.00元" in "".join(page(clerk))


def test_a_source_is_entered(clerk: PayDesk) -> None:
    lines = page(clerk, "insert", "=jy2020", "enter", "=就业补助资金", "enter", "=5,000.50", "enter")
    assert lines[-2] == " 已登记：就业补助资金总额度5000.50元，余额5000.50元。"
    assert [source.granted_fen for source in sources(clerk)] == [500_050, 1_000_000]


def test_the_code_of_another_source_is_refused_and_what_was_keyed_stays(clerk: PayDesk) -> None:
    before = sources(clerk)
    lines = page(clerk, "insert", f"={FUND}", "enter", "=就业补助资金", "enter", "=50", "enter")
    assert f"代码{FUND}已经是“{FUND_NAME}”，没有登记" in lines[-2]
    assert [line.split()[1:] for line in lines[4:7]] == [[FUND], ["就业补助资金"], ["50"]]
    assert sources(clerk) == before


@pytest.mark.parametrize(("text", "sentence"), [("一万", "“一万”不是金额"), ("0", "增加的额度应大于0")])
def test_a_sum_that_is_none_is_refused(clerk: PayDesk, text: str, sentence: str) -> None:
    before = sources(clerk)
    assert sentence in page(clerk, "enter", f"={text}", "enter")[-2]
    assert sources(clerk) == before


def test_a_sum_comes_on_top(clerk: PayDesk) -> None:
    lines = page(clerk, "enter", "=2000.5", "enter")
    assert lines[-2] == f" 已增加：{FUND_NAME}总额度12000.50元，余额12000.50元。"


def test_name_and_grant_are_put_right(clerk: PayDesk) -> None:
    (before,) = sources(clerk)
    page(clerk, "f2", "=就业补助资金", "enter", "=600", "enter")
    assert sources(clerk) == [replace(before, name="就业补助资金", granted_fen=60_000)]


def test_a_grant_below_what_is_used_is_refused(clerk: PayDesk) -> None:
    clerk.prepare(clerk.cleared())
    before = sources(clerk)
    lines = page(clerk, "f2", "enter", "=999.99", "enter")
    assert "已用和在途1000.00元，额度不能改为999.99元" in lines[-2]
    assert lines[5].split() == ["*总额度（元）", "999.99"]
    assert sources(clerk) == before
