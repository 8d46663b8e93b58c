"""What turns up after a claim was granted: it is checked again before it is published, ordered and signed."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import PaymentLine, PublicityItem
from pxtui.casework.decision import replay
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.payment import page as payment_page
from pxtui.casework.people import past_trainings
from pxtui.casework.publicity import page as publicity_page
from pxtui.casework.publicity import publishing
from pxtui.casework.publicity.batches import Batch
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Delivery, Level, PastTraining
from tests.support.counter import FEE_FEN
from tests.support.pay_desk import CLAIM_FEN, PayDesk, paid
from tests.support.rosters import made_up_people

WHAT_TURNED_UP = "符合人数由2人变为1人（第1号）；补贴由1000.00元变为500.00元"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    return PayDesk(register)


def train_elsewhere(counter: PayDesk, seq: int = 1) -> None:
    """Another office tells that somebody of the class was trained for the same occupation at the same time."""
    person = made_up_people(2)[seq - 1]
    elsewhere = PastTraining(
        person.id_number, "焊工", Level.FIVE, date(2020, 3, 1), date(2020, 3, 25), Delivery.OFFLINE, True, True
    )
    with counter.register.writing(counter.acting) as context:
        past_trainings.insert_missing(context, [elsewhere], source="补录")


def publish(counter: PayDesk, number: str) -> Batch:
    with counter.register.writing(counter.acting) as context:
        return publishing.publish(context, [number], counter.day)


def granted(counter: PayDesk) -> str:
    number = counter.file(made_up_people(2))
    counter.granted(number)
    return number


def granted_again(counter: PayDesk, number: str) -> None:
    counter.do(number, Action.REOPEN, opinion="另一部门已补贴")
    assert counter.stage(number) is Stage.CLAIM_RECEIVED
    counter.do(number, Action.APPROVE, opinion="另一部门的补贴已核对")


def decisions_replayed(counter: PayDesk) -> int:
    with counter.register.reading(counter.acting) as context:
        found = replay.replay(context)
    assert found.differences == ()
    return found.decisions


def test_what_would_come_out_otherwise_is_not_published(counter: PayDesk) -> None:
    number = granted(counter)
    train_elsewhere(counter)
    with pytest.raises(PxtuiError) as refused:
        publish(counter, number)
    assert str(refused.value) == f"{number}审批同意后情况有变：{WHAT_TURNED_UP}；请退回复审后再办。"
    assert counter.stage(number) is Stage.CLAIM_APPROVED


def test_the_page_says_so_beforehand_and_offers_the_way(counter: PayDesk) -> None:
    number = granted(counter)
    train_elsewhere(counter)
    with counter.register.reading(counter.acting) as context:
        (entry,) = publicity_page.desk(context, counter.day).entries
    assert (entry.state, entry.next) == ("须复审", publicity_page.Next.REOPEN)
    assert WHAT_TURNED_UP in entry.sentences[0]
    counter.do(number, Action.REOPEN, opinion="另一部门已补贴")
    with counter.register.reading(counter.acting) as context:
        assert publicity_page.desk(context, counter.day).entries == ()


def test_reviewed_again_it_is_published_with_what_is_granted_then(counter: PayDesk) -> None:
    number = granted(counter)
    train_elsewhere(counter)
    granted_again(counter, number)
    (item,) = publish(counter, number).items
    assert (item.heads, item.total_fen) == (1, FEE_FEN)


def test_what_was_published_and_would_come_out_otherwise_is_not_paid(counter: PayDesk) -> None:
    counter.grant()
    number = counter.cleared()
    train_elsewhere(counter)
    with counter.register.reading(counter.acting) as context:
        (entry,) = payment_page.desk(context, number).entries
    assert (entry.state, entry.next) == ("须复审", payment_page.Next.REOPEN)
    with pytest.raises(PxtuiError, match="情况有变"):
        counter.prepare(number)
    granted_again(counter, number)
    assert counter.stage(number) is Stage.CLAIM_APPROVED
    (item,) = publish(counter, number).items
    assert item.total_fen == FEE_FEN


def test_a_claim_that_is_reviewed_again_falls_out_of_the_batch_in_which_it_was_published(counter: PayDesk) -> None:
    number = counter.cleared()
    counter.do(number, Action.REOPEN, opinion="收到举报")
    with counter.register.reading(counter.acting) as context:
        assert [item.outcome for item in context.session.exec(select(PublicityItem))] == ["withdrawn"]


def test_what_turns_up_before_the_signature_is_not_signed(counter: PayDesk) -> None:
    counter.grant()
    number = counter.cleared()
    batch = counter.prepare(number)
    train_elsewhere(counter)
    with pytest.raises(PxtuiError, match="情况有变"):
        counter.sign(batch)
    counter.stop(number)
    granted_again(counter, number)


def test_every_gate_is_frozen_and_comes_out_the_same(counter: PayDesk, tmp_path: Path) -> None:
    counter.grant()
    number = counter.cleared()
    assert decisions_replayed(counter) == 3
    batch = counter.at_the_bank(tmp_path, number)
    assert decisions_replayed(counter) == 4
    counter.answer(batch, paid(number))
    train_elsewhere(counter)
    assert decisions_replayed(counter) == 4


@pytest.mark.parametrize(
    ("table", "column", "told"),
    [
        (PublicityItem, "total_fen", "批次里的公示金额与底稿不一致"),
        (PaymentLine, "amount_fen", "批次里的拨付金额与底稿不一致"),
    ],
)
def test_figures_that_were_tampered_with_after_the_gate_are_told(
    counter: PayDesk, tmp_path: Path, table: type[PublicityItem] | type[PaymentLine], column: str, told: str
) -> None:
    counter.grant()
    counter.at_the_bank(tmp_path, counter.cleared())
    with counter.register.writing(counter.acting) as context:
        row = context.session.exec(select(table)).one()
        setattr(row, column, CLAIM_FEN + 1)
        context.session.add(row)
    with counter.register.reading(counter.acting) as context:
        (found,) = replay.replay(context).differences
    assert found.changes == (told,)


def test_a_review_anew_has_a_reason_and_is_for_the_head_where_duties_are_apart(counter: PayDesk) -> None:
    number = granted(counter)
    with pytest.raises(PxtuiError, match="须写明理由"):
        counter.do(number, Action.REOPEN)
    counter.hire_colleagues()
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    with pytest.raises(PxtuiError, match="由负责人办理"):
        counter.do(number, Action.REOPEN, opinion="收到举报")
    assert counter.do(number, Action.REOPEN, opinion="收到举报", by="王五") is Stage.CLAIM_RECEIVED


def test_without_money_in_the_batch_nothing_is_frozen(counter: PayDesk) -> None:
    number = counter.cleared()
    before = decisions_replayed(counter)
    counter.grant(CLAIM_FEN - 1)
    with pytest.raises(PxtuiError, match="余额"):
        counter.prepare(number)
    assert decisions_replayed(counter) == before
