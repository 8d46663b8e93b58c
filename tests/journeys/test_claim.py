"""A claim is keyed: what is typed counts, what is half keyed goes nowhere, what is decided is only looked at."""

from pathlib import Path

import pytest
from sqlmodel import select

from db.models import Case
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.register import open_register
from pxtui.home import Home
from pxtui.policy.facts import Voucher
from tests.conftest import ACTING, NOW
from tests.support.rosters import NUMBER, made_up_people, office_with_claim
from tests.support.terminal import Terminal
from tests.support.terminal_counter import counter


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A claim for two people that is being entered."""
    return office_with_claim(tmp_path / "office", made_up_people(2))


def at_the_claim(terminal: Terminal) -> None:
    """Its form."""
    terminal.wait_for("补贴录入中")
    terminal.key("enter")
    terminal.wait_for("学习记录（附件4）")
    terminal.key("ctrl+n")
    terminal.wait_for("购买覆盖人数")


def at_the_vouchers(terminal: Terminal) -> None:
    """Their sheet, everything having been handed in."""
    at_the_claim(terminal)
    terminal.key("f11", "ctrl+n")
    terminal.wait_for("凭证号码")


def kept(folder: Path) -> tuple[int | None, tuple[Voucher, ...]]:
    """The heads bought and the vouchers, as the register has them."""
    register = open_register(Home(folder / "data"), NOW)
    with register.reading(ACTING) as context:
        found = claim_filing.claim_filing(context, NUMBER).purchased_heads, claim_filing.vouchers_of(context, NUMBER)
    register.close()
    return found


def test_a_figure_that_is_still_in_hand_counts(office: Path) -> None:
    with counter(office, day="2020-04-10") as terminal:
        at_the_claim(terminal)
        terminal.key("f11", "ctrl+end", "up", "up", "up")
        terminal.type("50")
        terminal.key("ctrl+n")
        terminal.wait_for("凭证号码")
        assert kept(office)[0] == 50
        terminal.key("escape")
        terminal.wait_for("补贴录入中")
    with counter(office, day="2020-04-10") as terminal:
        at_the_claim(terminal)
        terminal.key("ctrl+end", "up", "up", "up")
        terminal.type("7")
        terminal.key("f5")
        terminal.wait_for("[7审核]")
        assert kept(office)[0] == 7


def test_a_half_keyed_voucher_goes_nowhere(office: Path) -> None:
    with counter(office, day="2020-04-10") as terminal:
        at_the_vouchers(terminal)
        terminal.type("04412000")
        terminal.key("enter")
        terminal.type("0310")
        terminal.key("enter")
        terminal.type("1000")
        terminal.key("enter", "enter", "enter")
        terminal.wait_for("有效支出 1000.00元")
        terminal.type("04412001")
        terminal.key("enter", "tab")
        terminal.type("-400")
        terminal.key("ctrl+n")
        terminal.wait_for("第2张凭证的日期或金额没有填好")
        terminal.key("escape")
        terminal.wait_for("补贴录入中")
        terminal.key("enter", "f10")
        terminal.wait_for("S 补贴审批")
        terminal.type("S")
        terminal.wait_for("1提交审查")
        terminal.type("1")
        terminal.key("enter")
        terminal.wait_for("凭证里还有没存下的内容，请先去填完或删去")
    assert [voucher.amount_fen for voucher in kept(office)[1]] == [100_000]


def test_what_is_decided_is_only_looked_at(office: Path) -> None:
    register = open_register(Home(office / "data"), NOW)
    with register.writing(ACTING) as context:
        case = context.session.exec(select(Case)).one()
        case.stage = Stage.CLAIM_REFUSED
        context.session.add(case)
    register.close()
    with counter(office, day="2020-04-10") as terminal:
        terminal.wait_for("F3查找")
        terminal.key("f3")
        terminal.type(NUMBER)
        terminal.wait_for("不予补贴")
        terminal.key("enter")
        terminal.wait_for("Enter出具")
        terminal.key("f10")
        terminal.wait_for("P 凭证")
        terminal.type("p")
        terminal.wait_for("凭证号码")
        terminal.type("04412000")
        terminal.wait_for("此案“不予补贴”，凭证只能查看")
        assert not terminal.shows("04412000")


def test_keying_goes_on_behind_the_vouchers_that_are_there(office: Path) -> None:
    keyed = ("04412000", "0310", "1000"), ("04412001", "0311", "250")
    with counter(office, day="2020-04-10") as terminal:
        at_the_vouchers(terminal)
        for place, voucher in enumerate(keyed, start=1):
            for text in voucher:
                terminal.type(text)
                terminal.key("enter")
            terminal.key("enter", "enter")
            terminal.wait_for(f"{place}张凭证")
            terminal.key("escape")
            terminal.wait_for("补贴录入中")
            terminal.key("f10")
            terminal.wait_for("P 凭证")
            terminal.type("p")
            terminal.wait_for("凭证号码")
    assert [voucher.number for voucher in kept(office)[1]] == ["04412000", "04412001"]


def test_a_claim_received_before_today_is_kept_with_the_reason_that_is_asked_for(office: Path) -> None:
    with counter(office, day="2020-04-10") as terminal:
        at_the_claim(terminal)
        terminal.key("f11", "ctrl+home")
        terminal.type("0408")
        terminal.key("ctrl+n")
        terminal.wait_for("收件日期早于今天，补登理由")
        terminal.key("enter")
        terminal.wait_for("请写明理由")
        terminal.type("企业前日送到")
        terminal.key("enter")
        terminal.wait_for("凭证号码")
        terminal.wait_for("DQ-0001 补登")


def test_a_voucher_that_was_undone_is_made_again_after_the_sheet_was_left(office: Path) -> None:
    with counter(office, day="2020-04-10") as terminal:
        at_the_vouchers(terminal)
        for text in ("04412000", "0310", "1000"):
            terminal.type(text)
            terminal.key("enter")
        terminal.key("enter", "enter")
        terminal.wait_for("1张凭证")
        terminal.key("f8")
        terminal.wait_until(lambda: not terminal.shows("04412000"), "the voucher gone")
        terminal.key("escape")
        terminal.wait_for("补贴录入中")
        terminal.key("f10")
        terminal.wait_for("P 凭证")
        terminal.type("p")
        terminal.wait_for("凭证号码")
        assert kept(office)[1] == ()
        terminal.key("ctrl+r")
        terminal.wait_for("04412000")
        terminal.wait_for("1张凭证")
    assert [voucher.number for voucher in kept(office)[1]] == ["04412000"]
