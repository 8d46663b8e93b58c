"""Two clerks do the same thing in the same moment: it is done once, and the other is told why not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select

from db.models import Applicant, Case, PaymentLine, PublicityItem, Recovery
from pxtui.casework.decision import advance, corrections
from pxtui.casework.exchange import source_changes
from pxtui.casework.lifecycle import cases
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.payment import bank_answers, doubts, recovery
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment.bank_answers import BankAnswer
from pxtui.casework.people import past_trainings
from pxtui.casework.publicity import publishing
from pxtui.policy.facts import Delivery, Level, PastTraining
from tests.support.at_once import at_once
from tests.support.counter import ANSWER, PROOF
from tests.support.pay_desk import CLAIM_FEN, FUND, NAME, PayDesk, bounced, paid
from tests.support.rosters import made_up_people

JANUARY = date(2020, 1, 6)
PERSON = made_up_people(1)[0].id_number


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


def _stated(counter: PayDesk, folder: Path) -> str:
    """A colleague has stated that the application came two days ago."""
    number = counter.file()
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        came = replace(opening_filing.filing(context, number), received_on=counter.day - timedelta(days=2))
        opening_filing.amend(context, number, came, "邮寄途中")
    return number


def _told_by_a_list(counter: PayDesk, folder: Path) -> str:
    counter.file()
    told = PastTraining(PERSON, "车工", Level.FIVE, JANUARY, JANUARY, Delivery.OFFLINE, True, True)
    with counter.register.writing(counter.acting) as context:
        past_trainings.insert_missing(context, [told], source="市清单.csv")
    return PERSON


def _strike_proposed(counter: PayDesk, folder: Path) -> str:
    _told_by_a_list(counter, folder)
    _while_apart(counter, "赵六", _strike)
    return "1"


def _strike(context: Context) -> str:
    return source_changes.strike_training(context, PERSON, JANUARY, "不是此人")


def _correction_proposed(counter: PayDesk, folder: Path) -> str:
    number = _granted(counter, folder)
    rename = partial(corrections.correct, number=number, code="voucher-day:1", text="2020-03-20", reason="看错")
    _while_apart(counter, "李四", rename)
    return number


def _while_apart(counter: PayDesk, name: str, act: Callable[[Context], object]) -> None:
    """Somebody proposes it while duties are apart; it waits for anybody else then."""
    with counter.register.writing(replace(counter.acting, name=name)) as context:
        office_settings.change(context, duties_apart=True)
        act(context)
    with counter.register.writing(replace(counter.acting, name="赵六")) as context:
        office_settings.change(context, duties_apart=False, agreed=True)


def _bounced_by_hand(counter: PayDesk, folder: Path) -> str:
    number = counter.cleared()
    batch = counter.at_the_bank(folder, number)
    counter.clerk = "王五"
    counter.answer_one(batch, bounced(number))
    counter.clerk = "张三"
    return number


def _contradicted(counter: PayDesk, folder: Path) -> str:
    number = _bounced_by_hand(counter, folder)
    counter.clerk = "赵六"
    counter.answer("BF2020-DQ-001", paid(number))
    counter.clerk = "张三"
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
    "a stated day is confirmed": Doubled(
        _stated, lambda context, number, folder: cases.confirm_days(context, number), Stage.DRAFT
    ),
    "a training is struck": Doubled(_told_by_a_list, lambda context, number, folder: _strike(context), Stage.DRAFT),
    "a strike is agreed to": Doubled(
        _strike_proposed, lambda context, change, folder: source_changes.agree(context, int(change)), Stage.DRAFT
    ),
    "a field is put right": Doubled(
        _granted,
        lambda context, number, folder: corrections.correct(
            context, number, "address", "攀枝花市东区人民街1号", "漏填"
        ),
        Stage.CLAIM_APPROVED,
    ),
    "a correction is approved": Doubled(
        _correction_proposed,
        lambda context, number, folder: corrections.approve(context, number),
        Stage.CLAIM_APPROVED,
    ),
    "the account of a bounced payment is corrected": Doubled(
        _bounced_by_hand,
        lambda context, number, folder: bank_answers.correct(
            context, number, bank_name="中国银行", account="6217000000000666", account_name=NAME
        ),
        Stage.CLEARED,
    ),
    "a bounce is confirmed": Doubled(
        _bounced_by_hand,
        lambda context, number, folder: doubts.confirm_bounce(context, number, "退票通知书"),
        Stage.BOUNCED,
    ),
    "of two answers one is found true": Doubled(
        _contradicted,
        lambda context, number, folder: doubts.resolve(context, number, is_paid=True, reason="电话核实"),
        Stage.PAID,
    ),
}
"""Each by two people at once; which of them is first does not matter."""

_LIST_IS_OUT = {
    "a list goes to the bank",
    "a bounce is confirmed",
    "the account of a bounced payment is corrected",
    "of two answers one is found true",
    *(named for named in ACTS if "money" in named),
}


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
