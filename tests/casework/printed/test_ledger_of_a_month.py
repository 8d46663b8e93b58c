"""A month with everything in it: its ledger says later what it said then, and every figure is the register's."""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from sqlmodel import col, func, select

from db.models import Case, PaymentLine, PaymentOutcome, PublicityItem, Recovery
from pxtui.casework.claim import deductions_by_hand
from pxtui.casework.decision import voiding
from pxtui.casework.lifecycle.moves import SETTLED
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.payment import funds, recovery
from pxtui.casework.printed.ledgers import OfficeAsking, ledger, one_month
from pxtui.casework.publicity import objections, publishing
from pxtui.home import Home
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import Filling, Money
from tests.conftest import NOW, empty_register
from tests.support.counter import ANSWER
from tests.support.pay_desk import CLAIM_FEN, FUND, FUND_NAME, PayDesk, bounced, paid
from tests.support.rosters import made_up_people

pytestmark = pytest.mark.slow

MARCH, APRIL, MAY = date(2020, 3, 1), date(2020, 4, 1), date(2020, 5, 1)
OTHER_ACCOUNT = "5104020000000002"
Line = dict[str, Filling]


@dataclass
class Month:
    """The cases of a busy April, by what happened to them."""

    desk: PayDesk
    paid: str
    bounced: str
    stopped: str
    published: str
    deducted: str
    opened: str
    mistaken: str


def ledger_of(desk: PayDesk, day: date) -> Facts:
    with desk.register.reading(desk.acting) as context:
        return ledger("monthly-ledger", OfficeAsking(context, *one_month(day))).facts


def act(desk: PayDesk, function: Callable[..., object], *values: object, by: str = "张三", **named: object) -> None:
    with desk.register.writing(replace(desk.acting, name=by)) as context:
        function(context, *values, **named)


def sums_of(facts: Facts, group: str) -> list[Line]:
    return [dict(line) for line in facts.tables["sums"] if line["group"] == group]


def line_of(facts: Facts, number: str) -> Line:
    letter = f"线培〔{number[:4]}〕{number[5:]}"
    return next(dict(line) for line in facts.tables["cases"] if line["case_number"] == letter)


def fund_of(facts: Facts) -> Line:
    return next(dict(line) for line in facts.tables["funds"] if line["name"] == FUND_NAME)


def added_up(lines: Iterable[Line], name: str) -> Decimal:
    return sum((Decimal(str(line[name])) for line in lines if line.get(name) is not None), Decimal(0))


def money(fen: int) -> Decimal:
    return Decimal(fen) / 100


@pytest.fixture(scope="module")
def april(tmp_path_factory: pytest.TempPathFactory) -> Month:
    """In April all that can happen does; its register is closed."""
    folder = tmp_path_factory.mktemp("april")
    register = empty_register(Home(folder / "data"))
    busy = busy_month(register, folder)
    register.close()
    return busy


@pytest.fixture
def month(april: Month, place: Home) -> Iterator[Month]:
    """A copy of that April."""
    copytree(april.desk.register.home.root, place.root)
    desk = copy(april.desk)
    desk.register = open_register(place, NOW)
    yield replace(april, desk=desk)
    desk.register.close()


def busy_month(register: Register, tmp_path: Path) -> Month:
    """A month that ends with what stands open."""
    desk = PayDesk(register)
    desk.hire_colleagues()
    desk.day = date(2020, 4, 1)
    desk.grant(10 * CLAIM_FEN)
    deducted = desk.file(made_up_people(2, 30), starts_on=date(2020, 4, 2))
    desk.do(deducted, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    paid_case, bounced_case, stopped, published = (desk.cleared() for _ in range(4))
    desk.answer(desk.at_the_bank(tmp_path, paid_case), paid(paid_case))
    desk.answer(desk.at_the_bank(tmp_path, bounced_case), bounced(bounced_case))
    desk.prepare(stopped)
    desk.stop(stopped)
    desk.do(published, Action.REOPEN, opinion="有人反映")
    desk.do(published, Action.APPROVE, opinion=ANSWER)
    act(desk, publishing.publish, [published], desk.day)
    act(desk, objections.receive, published, "名单有误")
    act(desk, objections.decide, published, "属实", upheld=True, by="李四")
    act(desk, deductions_by_hand.deduct, published, 7, "05", "电话核实")
    desk.do(published, Action.APPROVE, opinion=ANSWER)
    act(desk, publishing.publish, [published], desk.day)
    act(desk, recovery.order, paid_case, CLAIM_FEN, "虚假培训")
    act(desk, recovery.approve, paid_case, by="王五")
    desk.comes_back(paid_case, "TH1", CLAIM_FEN // 4)
    desk.day = date(2020, 4, 20)
    desk.do(deducted, Action.CLAIM)
    desk.enter_claim(deducted)
    desk.do(deducted, Action.SUBMIT)
    act(desk, deductions_by_hand.deduct, deducted, 31, "05", "电话核实")
    opened = desk.file(made_up_people(2, 40), starts_on=date(2020, 5, 20))
    desk.do(opened, Action.SUBMIT, Action.RETURN, Action.SUBMIT, Action.APPROVE, opinion="理由")
    mistaken = desk.file(made_up_people(2, 50), starts_on=date(2020, 5, 20))
    return Month(desk, paid_case, bounced_case, stopped, published, deducted, opened, mistaken)


def go_on_in_may(month: Month, folder: Path) -> None:
    """Hardly anything stays as it was."""
    desk = month.desk
    desk.day = date(2020, 5, 8)
    act(desk, voiding.void, month.mistaken, "登记重了")
    desk.do(month.opened, Action.WITHDRAW, opinion="企业撤回")
    desk.do(month.deducted, Action.WITHDRAW, opinion="企业撤回")
    desk.do(month.stopped, Action.REOPEN, opinion="有人反映")
    desk.do(month.stopped, Action.REFUSE, opinion="没有参训")
    desk.comes_back(month.paid, "TH2")
    act(desk, funds.put, FUND, FUND_NAME, 12 * CLAIM_FEN)
    act(desk, funds.put, "ZX2021", "另一个资金来源", 5 * CLAIM_FEN)
    act(desk, objections.receive, month.published, "又有异议")
    first = desk.at_the_bank(folder, *_corrected(desk, month.bounced))
    desk.answer(first, paid(month.bounced))


def _corrected(desk: PayDesk, number: str) -> list[str]:
    desk.correct(number, OTHER_ACCOUNT)
    return [number]


def test_what_became_of_the_cases_later_changes_nothing_of_a_month_that_is_over(month: Month, tmp_path: Path) -> None:
    before = [ledger_of(month.desk, day) for day in (MARCH, APRIL)]
    go_on_in_may(month, tmp_path)
    after = [ledger_of(month.desk, day) for day in (MARCH, APRIL)]
    for then, now in zip(before, after, strict=True):
        assert now.values == then.values
        assert {key: now.tables[key] for key in ("cases", "money", "sums")} == {
            key: then.tables[key] for key in ("cases", "money", "sums")
        }
        # A fund that came later stands in it with nothing.
        assert fund_of(now) == fund_of(then)


def test_every_kind_of_event_is_counted_in_its_month(month: Month) -> None:
    told = ledger_of(month.desk, APRIL).values
    assert {name: told[name] for name in ("received", "opened", "returned", "claimed", "granted", "claim_refused")} == {
        # The class that was opened in April began with an application of April, and so did the one by mistake.
        "received": 3,
        "opened": 2,
        "returned": 1,
        "claimed": 5,
        # One claim was granted three times: reviewed anew, and once more when an objection was upheld.
        "granted": 6,
        "claim_refused": 0,
    }
    assert [told[name] for name in ("taken_back_count", "deducted")] == [2, 2]
    # Granted again after the objection it was half of what was taken back.
    assert [told[name] for name in ("amount", "taken_back_amount")] == [Money(550_000), Money(200_000)]
    pairs = ("published", "paid", "bounced", "recovered")
    assert {name: (told[f"{name}_count"], told[f"{name}_amount"]) for name in pairs} == {
        "published": (6, Money(550000)),
        "paid": (1, Money(100000)),
        "bounced": (1, Money(100000)),
        "recovered": (1, Money(25000)),
    }


def test_a_day_of_checks_and_deductions_is_no_empty_day(month: Month) -> None:
    desk = month.desk
    desk.day = date(2020, 4, 21)
    act(desk, deductions_by_hand.put_back, month.deducted, 31)
    act(desk, deductions_by_hand.deduct, month.deducted, 32, "05", "电话核实")
    with desk.register.reading(desk.acting) as context:
        facts = ledger("daily-ledger", OfficeAsking(context, desk.day, desk.day)).facts
    assert facts.values["cases"] == 1
    assert line_of(facts, month.deducted)["others"] == "撤销核减、人工核减"


def test_a_withdrawn_approval_stays_in_its_month_and_its_withdrawal_is_told_in_the_next(
    month: Month, tmp_path: Path
) -> None:
    go_on_in_may(month, tmp_path)
    april, may = (ledger_of(month.desk, day) for day in (APRIL, MAY))
    assert line_of(april, month.opened)["opening"] == "同意\n4月20日"
    assert line_of(may, month.opened)["opening"] == "撤回\n5月8日"
    assert line_of(april, month.deducted)["claimed"] == "4月20日"
    assert line_of(may, month.deducted)["claim"] == "撤回\n5月8日"
    assert line_of(april, month.mistaken)["received"] == "4月20日"
    assert line_of(may, month.mistaken)["others"] == "作废"


def test_the_balance_begins_where_the_last_one_ended_and_ends_as_the_register_says(
    month: Month, tmp_path: Path
) -> None:
    go_on_in_may(month, tmp_path)
    march, april, may = (fund_of(ledger_of(month.desk, day)) for day in (MARCH, APRIL, MAY))
    assert (march["opening"], march["closing"]) == (Money(0), Money(0))
    assert april == {
        "name": FUND_NAME,
        "code": FUND,
        "opening": Money(0),
        "added": Money(1000000),
        "paid": Money(100000),
        "bounced": Money(100000),
        "recovered": Money(25000),
        "closing": Money(925000),
        "on_its_way": Money(0),
        "free": Money(925000),
    }
    assert may["opening"] == april["closing"]
    source = month.desk.source
    assert Decimal(str(may["free"])) == money(source.balance_fen)
    assert added_up([march, april, may], "paid") == money(source.paid_fen)
    assert added_up([march, april, may], "recovered") == money(source.recovered_fen)


def test_what_was_ordered_is_counted_under_the_fund_that_it_was_ordered_from(month: Month) -> None:
    act(month.desk, funds.put, FUND, "2020年专项资金", 10 * CLAIM_FEN)
    of_funds = {line["name"]: line["paid"] for line in sums_of(ledger_of(month.desk, APRIL), "资金来源")}
    # What is granted and not ordered yet is counted under the fund of the notice, what has no figures under none.
    assert of_funds == {"2020年专项资金": Money(100000), FUND_NAME: Money(0), "未核定补贴": Money(0)}


def test_a_payment_on_its_way_is_no_money_for_others(month: Month) -> None:
    month.desk.prepare(month.stopped)
    april = fund_of(ledger_of(month.desk, APRIL))
    assert (april["closing"], april["on_its_way"], april["free"]) == (Money(925000), Money(100000), Money(825000))
    assert Decimal(str(april["free"])) == money(month.desk.source.balance_fen)


def test_the_figures_of_all_months_add_up_to_the_register(month: Month, tmp_path: Path) -> None:
    go_on_in_may(month, tmp_path)
    months = [ledger_of(month.desk, day) for day in (MARCH, APRIL, MAY)]
    with month.desk.register.reading(month.desk.acting) as context:
        assert added_up([dict(facts.values) for facts in months], "published_amount") == money(
            total(context, PublicityItem.total_fen)
        )
        settled = col(Case.stage).in_([stage for stage in Stage if stage in SETTLED])
        granted, back = (added_up([dict(facts.values) for facts in months], name) for name in _OF_GRANTS)
        assert granted - back == money(total(context, Case.approved_total_fen, settled))
        paid_out = total(context, PaymentLine.amount_fen, col(PaymentLine.outcome) == PaymentOutcome.PAID)
        returned = total(context, Recovery.amount_fen, col(Recovery.returned_on).is_not(None))
    for name, fen in (("paid", paid_out), ("recovered", returned)):
        assert added_up([dict(facts.values) for facts in months], f"{name}_amount") == money(fen)
        assert added_up([line for facts in months for line in map(dict, facts.tables["money"])], name) == money(fen)
        for group in ("受理部门", "职业（工种）", "企业规模", "资金来源", "合计"):
            assert added_up([line for facts in months for line in sums_of(facts, group)], name) == money(fen)


_OF_GRANTS = ("amount", "taken_back_amount")


def total(context: Context, column: Any, *where: Any) -> int:
    """The sum of a column of the register."""
    found: int = context.session.exec(select(func.coalesce(func.sum(column), 0)).where(*where)).one()
    return found


@pytest.mark.parametrize("was_paid", [True, False])
def test_what_the_bank_corrects_later_is_told_when_it_is_found_true(
    month: Month, tmp_path: Path, was_paid: bool
) -> None:
    desk = month.desk
    desk.day = date(2020, 4, 22)
    number = month.stopped
    batch = desk.at_the_bank(tmp_path, number)
    first, second = (paid(number), bounced(number)) if was_paid else (bounced(number), paid(number))
    desk.answer(batch, first)
    before = ledger_of(desk, APRIL)
    desk.day = date(2020, 5, 8)
    desk.answer(batch, second)
    desk.resolve(number, is_paid=not was_paid)
    assert ledger_of(desk, APRIL).tables["money"] == [
        line | {"bank_entry": "", "reference": ""} if line["batch_number"] == batch else line
        for line in map(dict, before.tables["money"])
    ]
    may = ledger_of(desk, MAY)
    sign = -1 if was_paid else 1
    (told,) = may.tables["money"]
    assert (told["event"], told["paid"], told["bounced"]) == (
        "认定退票" if was_paid else "认定已拨付",
        Money(sign * 100_000),
        Money(-sign * 100_000),
    )
    assert Decimal(str(fund_of(may)["free"])) == money(desk.source.balance_fen)
