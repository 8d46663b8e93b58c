"""The line of a case in a ledger: what was done with it in the period, and nothing of what was done outside."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.decision import voiding
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.printed import ledgers
from pxtui.casework.printed.ledgers import OfficeAsking, ledger, one_month
from pxtui.papers.writing.wording import Filling, Money
from tests.support.counter import Counter
from tests.support.pay_desk import NAME, PayDesk, paid
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> PayDesk:
    return PayDesk(register)


def lines(counter: Counter, first: date, last: date) -> list[dict[str, Filling]]:
    with counter.register.reading(counter.acting) as context:
        found = ledgers.ledger("monthly-ledger", OfficeAsking(context, first, last)).facts
    return [dict(line) for line in found.tables["cases"]]


LINE = {
    "seq": 1,
    "case_number": "线培〔2020〕DQ-0001",
    "applicant_name": NAME,
    "office": "东区人社局",
    "trade": "焊工",
    "size": "中型",
    "received": "",
    "opening": "",
    "claimed": "",
    "claim": "",
    "returned": None,
    "others": "",
    "heads": None,
    "amount": None,
}
OPENED = {"received": "3月16日", "opening": "同意\n3月16日", "others": "提交审查"}
GRANTED = {"claimed": "4月3日", "claim": "同意\n4月3日", "heads": 3, "amount": Money(150000), "others": "提交审查"}


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2020, 3, 1), date(2020, 4, 30), OPENED | GRANTED | {"others": "提交审查2次"}),
        (date(2020, 3, 16), date(2020, 3, 16), OPENED),
        (date(2020, 4, 3), date(2020, 4, 3), GRANTED),
    ],
)
def test_a_grant_is_told_in_the_period_in_which_it_was_made(
    counter: PayDesk, first: date, last: date, told: dict[str, Filling]
) -> None:
    counter.granted(counter.file())
    assert lines(counter, first, last) == [LINE | told]
    assert lines(counter, date(2020, 3, 17), date(2020, 4, 2)) == []


def test_what_was_returned_and_refused_has_no_heads_and_no_money(counter: PayDesk) -> None:
    number = counter.claimed()
    for _ in range(2):
        counter.do(number, Action.RETURN, opinion="请补齐")
        counter.do(number, Action.SUBMIT)
    counter.do(number, Action.REFUSE, opinion="没有参训")
    refused = {"claimed": "4月3日", "claim": "不予\n4月3日", "returned": 2, "others": "提交审查3次"}
    assert lines(counter, date(2020, 4, 1), date(2020, 4, 30)) == [LINE | refused]


def test_a_refused_and_a_withdrawn_opening_are_told_apart(counter: PayDesk) -> None:
    for serial, action in enumerate((Action.REFUSE, Action.WITHDRAW)):
        number = counter.file(made_up_people(3, 10 * serial))
        counter.do(number, Action.SUBMIT, action, opinion="材料不实")
    found = lines(counter, date(2020, 3, 1), date(2020, 3, 31))
    assert [line["opening"] for line in found] == ["不予\n3月16日", "撤回\n3月16日"]


def test_a_case_that_was_filed_by_mistake_was_never_received(counter: PayDesk) -> None:
    counter.do(mistaken := counter.file(), Action.SUBMIT)
    with counter.register.writing(counter.acting) as context:
        voiding.void(context, mistaken, "登记重了")
    assert lines(counter, date(2020, 3, 1), date(2020, 3, 31)) == []


def test_a_day_of_the_bank_in_the_year_before_bears_its_year(register: Register, tmp_path: Path) -> None:
    desk = PayDesk(register)
    desk.hire_colleagues()
    desk.grant()
    number = desk.cleared()
    desk.day = date(2020, 12, 30)
    batch = desk.at_the_bank(tmp_path, number)
    desk.day = date(2021, 1, 4)
    desk.answer(batch, replace(paid(number), day=date(2020, 12, 31)))
    with register.reading(desk.acting) as context:
        lines = ledger("monthly-ledger", OfficeAsking(context, *one_month(desk.day))).facts.tables["money"]
    assert [(line["entered"], line["bank_entry"]) for line in lines] == [("1月4日", "2020年12月31日")]
