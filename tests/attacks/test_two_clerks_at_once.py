"""Two clerks do the same thing in the same moment: it is done once, and the other is told why not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select

from db.models import Applicant, Case, PaymentLine, PublicityItem, Recovery
from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register
from pxtui.casework.payment import bank_answers, recovery
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment.bank_answers import BankAnswer
from pxtui.casework.publicity import publishing
from tests.support.at_once import at_once
from tests.support.counter import ANSWER, PROOF
from tests.support.pay_desk import CLAIM_FEN, FUND, PayDesk


@dataclass(frozen=True)
class Doubled:
    """An act that two clerks do at once."""

    before: Callable[[PayDesk, Path], str]
    """Brings a claim to where the act is due; whatever number the act is about."""
    act: Callable[[Context, str, Path], object]
    stage: Stage
    """Of the claim afterwards."""


def _granted(counter: PayDesk, folder: Path) -> str:
    number = counter.file()
    counter.granted(number)
    return number


def _published(counter: PayDesk, folder: Path) -> str:
    number = _granted(counter, folder)
    with counter.register.writing(counter.acting) as context:
        batch = publishing.publish(context, [number], counter.day)
        publishing.note_page(context, batch.number, "https://example.org/gs", PROOF)
    counter.day = batch.days.payable_from
    return batch.number


def _signed(counter: PayDesk, folder: Path) -> str:
    batch = counter.prepare(counter.cleared())
    counter.sign(batch)
    return batch


def _at_the_bank(counter: PayDesk, folder: Path) -> str:
    return counter.at_the_bank(folder, counter.cleared())


def _paid(counter: PayDesk, folder: Path) -> str:
    number = counter.cleared()
    batch = counter.at_the_bank(folder, number)
    counter.answer(batch, BankAnswer(number, CLAIM_FEN, True, "YH1"))
    return number


def _ordered_back(counter: PayDesk, folder: Path) -> str:
    number = _paid(counter, folder)
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, CLAIM_FEN, "查实")
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        recovery.approve(context, number)
    return number


def _said_to_be_back(counter: PayDesk, folder: Path) -> str:
    number = _ordered_back(counter, folder)
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        recovery.settle(context, number, counter.day, "TH1")
    return number


def _said(context: Context, batch: str, folder: Path) -> object:
    return bank_answers.answer_one(context, batch, BankAnswer("2020-DQ-0001", CLAIM_FEN, True, "YH1"))


ACTS = {
    "a claim is approved": Doubled(
        lambda counter, folder: counter.claimed(),
        lambda context, number, folder: advance.advance(context, number, Action.APPROVE, ANSWER),
        Stage.CLAIM_APPROVED,
    ),
    "a claim is published": Doubled(
        _granted,
        lambda context, number, folder: publishing.publish(context, [number], context.today),
        Stage.PUBLISHED,
    ),
    "a notice is over": Doubled(
        _published, lambda context, batch, folder: publishing.clear(context, batch), Stage.CLEARED
    ),
    "a payment is ordered": Doubled(
        lambda counter, folder: counter.cleared(),
        lambda context, number, folder: payment_orders.prepare(context, FUND, [number]),
        Stage.TO_PAY,
    ),
    "a list goes to the bank": Doubled(
        _signed, lambda context, batch, folder: payment_orders.hand_over(context, batch, folder), Stage.TO_PAY
    ),
    "money is ordered back": Doubled(
        _paid,
        lambda context, number, folder: recovery.order(context, number, CLAIM_FEN, "查实"),
        Stage.RECOVERING,
    ),
    "money is said to be back": Doubled(
        _ordered_back,
        lambda context, number, folder: recovery.settle(context, number, context.today, "TH1", CLAIM_FEN // 2),
        Stage.RECOVERING,
    ),
    "money that is said to be back is confirmed": Doubled(
        _said_to_be_back,
        lambda context, number, folder: recovery.confirm_return(context, number, "对账单0409"),
        Stage.RECOVERED,
    ),
}
"""Each by two people at once; which of them is first does not matter."""

_LIST_IS_OUT = ACTS.keys() - {"a claim is approved", "a claim is published", "a notice is over", "a payment is ordered"}


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """A counter with colleagues and a grant."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


@pytest.mark.parametrize("named", ACTS)
def test_what_two_do_at_once_is_done_once(counter: PayDesk, tmp_path: Path, named: str) -> None:
    doubled = ACTS[named]
    about = doubled.before(counter, tmp_path)
    act = partial(_called, doubled, about, tmp_path)
    refused = at_once(counter.register, {counter.acting: act, replace(counter.acting, name="李四"): act})
    assert len(refused) == 1, refused
    assert counter.stage("2020-DQ-0001") is doubled.stage
    rows = _rows(counter)
    assert max(rows.values()) <= 1, rows
    assert len(list(tmp_path.glob("*拨付清单*"))) == (named in _LIST_IS_OUT)


def test_the_bank_s_answer_that_two_enter_at_once_is_one_payment(counter: PayDesk, tmp_path: Path) -> None:
    batch = _at_the_bank(counter, tmp_path)
    act = partial(_said, batch=batch, folder=tmp_path)
    at_once(counter.register, {counter.acting: act, replace(counter.acting, name="李四"): act})
    assert counter.stage("2020-DQ-0001") is Stage.PAID
    assert counter.doubtful == []
    assert _rows(counter)["PaymentLine"] == 1


def _called(doubled: Doubled, about: str, folder: Path, context: Context) -> object:
    return doubled.act(context, about, folder)


def _rows(counter: PayDesk) -> dict[str, int]:
    """How often a case is in the register, on notices, in payments and among the recoveries."""
    tables: tuple[Any, ...] = (Case, PublicityItem, PaymentLine, Recovery, Applicant)
    with counter.register.reading(counter.acting) as context:
        return {table.__name__: context.session.exec(select(func.count()).select_from(table)).one() for table in tables}
