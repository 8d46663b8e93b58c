"""What is published and paid is what was approved, to the fen, with nobody's number in clear."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from pxtui.casework.decision.advance import advance
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.printed import issue_rules, payment, publicity
from pxtui.casework.printed.asking import Asking
from pxtui.casework.publicity import publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.papers.letters.catalogue import LETTERS
from pxtui.papers.writing.letter import Stamp
from pxtui.papers.writing.wording import Money, words_of
from pxtui.policy.facts import ApplicationKind
from tests.policy.test_bundles import CLAIM
from tests.support.bundles import filed
from tests.support.pay_desk import ACCOUNT, FUND_NAME, PayDesk, paid
from tests.support.rosters import made_up_people

FRIDAY_BEFORE_A_WORKING_SUNDAY = "2020-04-24T10:00:00+08:00"


@pytest.fixture
def number(register: Register, acting: Acting) -> str:
    """A claim that waits for its decision."""
    return filed(register, acting, CLAIM)


def approve(register: Register, acting: Acting, number: str) -> None:
    """The claim is granted."""
    with register.writing(acting) as context:
        advance(context, number, Action.APPROVE, "同意补贴")


def published(register: Register, acting: Acting, number: str) -> str:
    """It is published on the Friday; its batch."""
    on_friday = replace(acting, at=datetime.fromisoformat(FRIDAY_BEFORE_A_WORKING_SUNDAY))
    with register.writing(on_friday) as context:
        return publishing.publish(context, [number], on_friday.today).number


def why_not(register: Register, acting: Acting, number: str, form: str) -> str:
    """Why the case may not have a paper."""
    with register.reading(acting) as context:
        return issue_rules.why_not(Asking(context, find(context, number)), form)


def test_a_notice_and_a_payment_table_are_printed_with_their_batch_alone(
    register: Register, acting: Acting, number: str
) -> None:
    assert why_not(register, acting, number, "public-notice") == "公示只按公示批次出具，本案还没有列入公示批次"
    approve(register, acting, number)
    batch = published(register, acting, number)
    told = why_not(register, acting, number, "public-notice")
    assert told == f"公示只按公示批次出具：本案在{batch}，请到“公示”里出具"
    told = why_not(register, acting, number, "payment-table")
    assert told == "汇总表只按拨付批次出具，本案还没有列入拨付批次"
    assert why_not(register, acting, number, "payment-extract") == "还没有列入拨付批次"


def test_the_notice_names_everybody_masked_and_adds_up(register: Register, acting: Acting, number: str) -> None:
    approve(register, acting, number)
    batch = published(register, acting, number)
    with register.reading(acting) as context:
        notice = publicity.batch_notice(context, batch).facts
        approved = roster_edits.approved_seqs(context, find(context, number), ApplicationKind.CLAIM)
        numbers = {row.id_number for row in roster_edits.rows(context, number)}
    people = notice.tables["people"]
    assert notice.values["batch_number"] == batch == "GS2020-MY-001"
    assert len(people) == len(approved) == notice.values["heads"]
    assert not numbers & {line["id_number"] for line in people}
    assert all("*" in str(line["id_number"]) for line in people)
    shown = sum(Decimal(str(line["amount"])) for line in people)
    assert shown == Decimal(str(notice.values["amount"]))
    assert notice.tables["units"][0]["amount"] == notice.values["amount"]


def test_the_days_of_the_notice_count_make_up_workdays(register: Register, acting: Acting, number: str) -> None:
    approve(register, acting, number)
    batch = published(register, acting, number)
    with register.reading(acting) as context:
        notice = publicity.batch_notice(context, batch).facts.values
    assert (str(notice["starts_day"]), str(notice["publicity_ends_day"])) == ("2020-04-24", "2020-04-27")


def test_an_extract_names_its_batch_and_is_no_order(register: Register) -> None:
    desk = PayDesk(register)
    desk.grant()
    number = desk.cleared()
    batch = desk.prepare(number)
    with register.reading(desk.acting) as context:
        asking = Asking(context, find(context, number))
        facts = payment.payment_extract(asking).facts
        table = payment.batch_table(context, batch).facts
    text = "".join(words_of("payment-extract").labels.values())
    assert "已列入{batch_number}，不作拨付依据" in text
    told = {name: facts.values[name] for name in ("batch_number", "amount", "payment_state", "payment_day")}
    assert told == {"batch_number": batch, "amount": Money(100_000), "payment_state": "待银行回单", "payment_day": None}
    assert (facts.values["amount"], facts.values["fund"]) == (table.values["amount"], FUND_NAME)
    assert ACCOUNT not in str(facts.values)
    assert str(facts.values["masked_account"]).endswith(ACCOUNT[-4:])
    assert not any(isinstance(part, Stamp) for layout in LETTERS["payment-extract"] for part in layout.before)


def test_nobody_is_told_of_a_payment_before_it_has_arrived(register: Register, tmp_path: Path) -> None:
    desk = PayDesk(register)
    desk.grant()
    granted = desk.file(made_up_people(2, 50))
    desk.granted(granted)
    assert why_not(register, desk.acting, granted, "payment-slip") == "还没有拨付到账"
    cleared = desk.cleared()
    assert why_not(register, desk.acting, cleared, "payment-slip") == "还没有拨付到账"
    batch = desk.at_the_bank(tmp_path, cleared)
    told = why_not(register, desk.acting, cleared, "payment-table")
    assert told == f"汇总表只按拨付批次出具：本案在{batch}，请到“拨付”里出具；本案可出“拨付汇总表摘录”"
    desk.answer(batch, paid(cleared))
    assert why_not(register, desk.acting, cleared, "payment-slip") == ""
