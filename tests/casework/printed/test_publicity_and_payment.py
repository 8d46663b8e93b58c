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
from pxtui.casework.printed import payment, publicity
from pxtui.casework.printed.asking import Asking
from pxtui.casework.roster import edits as roster_edits
from pxtui.papers.writing.letter import Facts
from pxtui.policy.facts import ApplicationKind
from tests.policy.test_bundles import CLAIM
from tests.support.bundles import filed
from tests.support.pay_desk import PayDesk, paid
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


def facts(register: Register, acting: Acting, number: str, paper: str) -> Facts:
    """What stands on a paper that is issued on the Friday."""
    published = replace(acting, at=datetime.fromisoformat(FRIDAY_BEFORE_A_WORKING_SUNDAY))
    with register.reading(published) as context:
        asking = Asking(context, find(context, number))
        room = publicity if hasattr(publicity, paper) else payment
        content = getattr(room, paper)(asking)
    assert isinstance(content.facts, Facts)
    return content.facts


def test_nothing_is_published_or_paid_before_it_is_granted(register: Register, acting: Acting, number: str) -> None:
    with register.reading(acting) as context:
        assert publicity.not_granted(Asking(context, find(context, number))) == "补贴还没有审批同意"
    approve(register, acting, number)
    with register.reading(acting) as context:
        assert publicity.not_granted(Asking(context, find(context, number))) == ""


def test_the_notice_names_everybody_masked_and_adds_up(register: Register, acting: Acting, number: str) -> None:
    approve(register, acting, number)
    notice = facts(register, acting, number, "public_notice")
    people = notice.tables["people"]
    with register.reading(acting) as context:
        approved = roster_edits.approved_seqs(context, find(context, number), ApplicationKind.CLAIM)
        numbers = {row.id_number for row in roster_edits.rows(context, number)}
    assert len(people) == len(approved) == notice.values["heads"]
    assert not numbers & {line["id_number"] for line in people}
    assert all("*" in str(line["id_number"]) for line in people)
    shown = sum(Decimal(str(line["amount"])) for line in people)
    assert abs(shown - Decimal(str(notice.values["amount"]))) < len(people) * Decimal("0.01")
    assert notice.tables["units"][0]["amount"] == notice.values["amount"]


def test_the_days_of_the_notice_count_make_up_workdays(register: Register, acting: Acting, number: str) -> None:
    approve(register, acting, number)
    notice = facts(register, acting, number, "public_notice").values
    table = facts(register, acting, number, "payment_table").values
    assert (str(notice["starts_day"]), str(notice["publicity_ends_day"])) == ("2020-04-24", "2020-04-27")
    assert str(table["payable_day"]) == "2020-04-28"


def test_only_the_inner_table_has_the_account_in_full(register: Register, acting: Acting, number: str) -> None:
    approve(register, acting, number)
    table = facts(register, acting, number, "payment_table").values
    slip = facts(register, acting, number, "payment_slip")
    assert table["amount"] == slip.values["amount"]
    if account := str(table["account"] or ""):
        assert str(slip.values["masked_account"]).endswith(account[-4:])
        assert account not in str(slip.values["masked_account"])


def test_nobody_is_told_of_a_payment_before_it_has_arrived(register: Register, tmp_path: Path) -> None:
    desk = PayDesk(register)
    desk.grant()

    def why_not(number: str) -> tuple[str, str]:
        with register.reading(desk.acting) as context:
            asking = Asking(context, find(context, number))
            return payment.not_payable(asking), payment.not_paid(asking)

    granted = desk.file(made_up_people(2, 50))
    desk.granted(granted)
    assert why_not(granted) == ("公示还没有期满", "还没有拨付到账")
    cleared = desk.cleared()
    assert why_not(cleared) == ("", "还没有拨付到账")
    desk.answer(desk.at_the_bank(tmp_path, cleared), paid(cleared))
    assert why_not(cleared) == ("", "")
