"""What stands against paying a claim, and which way out the page offers: the review first, the account last."""

import pytest
from sqlmodel import select

from db.models import Applicant, PublicityItem
from pxtui.casework.lifecycle.batch_page import Entry, Next
from pxtui.casework.lifecycle.batches import Remedy, WaitingClaim
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.register import Register
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment import page as payment_page
from tests.casework.check.test_gates import train_elsewhere
from tests.support.pay_desk import CLAIM_FEN, PayDesk


@pytest.fixture
def counter(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.grant()
    return made


def waiting(counter: PayDesk) -> WaitingClaim:
    with counter.register.reading(counter.acting) as context:
        (claim,) = payment_orders.waiting(context)
    return claim


def line_of_the_page(counter: PayDesk, number: str) -> Entry:
    with counter.register.reading(counter.acting) as context:
        (entry,) = payment_page.desk(context, number).entries
    return entry


def publish_another_amount(counter: PayDesk) -> None:
    with counter.register.writing(counter.acting) as context:
        item = context.session.exec(select(PublicityItem)).one()
        item.total_fen -= 1
        context.session.add(item)


def test_a_claim_against_which_nothing_stands_can_be_prepared(counter: PayDesk) -> None:
    number = counter.cleared()
    claim = waiting(counter)
    assert (claim.number, claim.heads, claim.amount_fen, claim.obstacle) == (number, 2, CLAIM_FEN, None)
    entry = line_of_the_page(counter, number)
    assert (entry.state, entry.next) == ("可以拨付", Next.PREPARE)


def test_a_missing_account_can_be_corrected_at_once(counter: PayDesk) -> None:
    number = counter.cleared("")
    obstacle = waiting(counter).obstacle
    assert obstacle is not None
    assert obstacle.remedy is Remedy.CORRECT_ACCOUNT
    entry = line_of_the_page(counter, number)
    assert (entry.state, entry.next, entry.sentences) == ("暂不能拨", Next.CORRECT, (obstacle.sentence,))
    assert "没有开户银行或账号" in obstacle.sentence


def test_an_amount_that_was_not_published_is_told_before_the_account(counter: PayDesk) -> None:
    number = counter.cleared("")
    publish_another_amount(counter)
    obstacle = waiting(counter).obstacle
    assert obstacle is not None
    assert obstacle.remedy is Remedy.NONE_HERE
    entry = line_of_the_page(counter, number)
    assert (entry.state, entry.next, entry.sentences) == ("暂不能拨", Next.NOTHING, (obstacle.sentence,))
    assert "金额与公示不一致" in obstacle.sentence


def test_a_review_that_comes_out_otherwise_is_told_before_all_else(counter: PayDesk) -> None:
    number = counter.cleared("")
    publish_another_amount(counter)
    train_elsewhere(counter)
    obstacle = waiting(counter).obstacle
    assert obstacle is not None
    assert obstacle.remedy is Remedy.REVIEW_ANEW
    entry = line_of_the_page(counter, number)
    assert (entry.state, entry.next) == ("须复审", Next.REOPEN)
    assert entry.sentences == (f"{obstacle.sentence}Enter写明理由退回复审。",)


def test_an_account_that_cannot_be_unsealed_does_not_shut_the_page(counter: PayDesk) -> None:
    number = counter.cleared()
    with counter.register.writing(counter.acting) as context:
        applicant = context.session.get_one(Applicant, find(context, number).applicant_id)
        applicant.bank_account = b"damaged"
        context.session.add(applicant)
    entry = line_of_the_page(counter, number)
    assert (entry.state, entry.next) == ("暂不能拨", Next.CORRECT)
