"""What is doubtful about the bank's word is seen by a second person before a claim is paid once more."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import PaymentLine
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.payment import bank_answers
from pxtui.casework.payment import orders as payment_orders
from pxtui.errors import PxtuiError
from tests.support.pay_desk import CLAIM_FEN, OTHER_ACCOUNT, PayDesk, bounced, paid


def test_a_bounce_by_hand_is_confirmed_by_another_person_with_what_was_seen(
    counter: PayDesk, number: str, tmp_path: Path
) -> None:
    counter.answer_one(counter.at_the_bank(tmp_path, number), bounced(number))
    with pytest.raises(PxtuiError, match="须由另一人核对后确认"):
        counter.confirm_bounce(number, by="张三")
    with pytest.raises(PxtuiError, match="请写明核对了什么"):
        counter.confirm_bounce(number, evidence=" ")
    counter.confirm_bounce(number)
    with pytest.raises(PxtuiError, match="没有待确认的退票"):
        counter.confirm_bounce(number)
    counter.correct(number, OTHER_ACCOUNT)
    counter.prepare(number)


def test_a_bounce_that_the_bank_s_file_tells_needs_nobody_else(counter: PayDesk, number: str, tmp_path: Path) -> None:
    batch = counter.at_the_bank(tmp_path, number)
    counter.answer_one(batch, bounced(number))
    counter.answer(batch, replace(bounced(number), reference="户名不符"))
    with pytest.raises(PxtuiError, match="没有新的"):
        counter.answer(batch, bounced(number))
    counter.correct(number, OTHER_ACCOUNT)
    counter.prepare(number)


def test_the_true_answer_stays_until_another_person_decides_and_then_counts(
    counter: PayDesk, number: str, tmp_path: Path
) -> None:
    batch = counter.at_the_bank(tmp_path, number)
    counter.answer_one(batch, bounced(number))
    counter.answer(batch, paid(number))
    (sentence,) = counter.doubtful
    assert "2020-04-09张三人工登记退票（账号有误），2020-04-09张三读文件登记已拨付（YH0001）" in sentence
    with pytest.raises(PxtuiError, match="没有新的"):
        counter.answer(batch, paid(number))
    with pytest.raises(PxtuiError, match="须由另一人认定"):
        counter.resolve(number, is_paid=True, by="张三")
    with pytest.raises(PxtuiError, match="请写明认定的依据"):
        counter.resolve(number, is_paid=True, reason=" ")
    assert counter.resolve(number, is_paid=True) is Stage.PAID
    assert (counter.doubtful, counter.source.paid_fen) == ([], CLAIM_FEN)
    assert counter.batch(batch).lines[0].reference == "YH0001"


def test_where_the_first_answer_was_true_the_claim_is_paid_once_more(
    counter: PayDesk, number: str, tmp_path: Path
) -> None:
    batch = counter.at_the_bank(tmp_path, number)
    counter.answer_one(batch, bounced(number))
    counter.answer(batch, paid(number))
    assert counter.resolve(number, is_paid=False) is Stage.BOUNCED
    counter.correct(number, OTHER_ACCOUNT)
    counter.prepare(number)


@pytest.mark.parametrize("archived", [False, True])
def test_what_was_entered_as_paid_and_came_back_is_bounced(
    counter: PayDesk, number: str, tmp_path: Path, archived: bool
) -> None:
    batch = counter.at_the_bank(tmp_path, number)
    counter.answer_one(batch, paid(number))
    if archived:
        counter.do(number, Action.ARCHIVE)
    counter.answer(batch, bounced(number))
    assert counter.doubtful
    assert counter.resolve(number, is_paid=False) is Stage.BOUNCED
    assert counter.source.paid_fen == 0
    counter.correct(number, OTHER_ACCOUNT)
    counter.answer(counter.at_the_bank(tmp_path, number), replace(paid(number), reference="YH2"))
    assert counter.source.paid_fen == CLAIM_FEN


def test_a_claim_in_a_batch_again_is_taken_out_before_its_first_payment_is_found_paid(
    counter: PayDesk, number: str, tmp_path: Path
) -> None:
    first = counter.at_the_bank(tmp_path, number)
    counter.answer(first, bounced(number))
    counter.correct(number, OTHER_ACCOUNT)
    counter.prepare(number)
    counter.answer(first, paid(number))
    with pytest.raises(PxtuiError, match="请先在拨付一页按Del"):
        counter.resolve(number, is_paid=True)
    counter.stop(number)
    assert counter.resolve(number, is_paid=True) is Stage.PAID


@pytest.mark.parametrize("arrives", [False, True])
def test_what_the_bank_has_twice_is_paid_and_the_second_is_ordered_back(
    counter: PayDesk, number: str, tmp_path: Path, arrives: bool
) -> None:
    first = counter.at_the_bank(tmp_path, number)
    counter.answer(first, bounced(number))
    counter.correct(number, OTHER_ACCOUNT)
    second = counter.at_the_bank(tmp_path, number)
    counter.answer(first, paid(number))
    assert counter.resolve(number, is_paid=True) is Stage.TO_PAY
    counter.answer(second, replace(paid(number), reference="YH2") if arrives else bounced(number))
    assert counter.stage(number) is Stage.PAID
    assert counter.source.paid_fen == (2 * CLAIM_FEN if arrives else CLAIM_FEN)


def test_another_number_of_the_bank_for_a_paid_line_is_kept_and_taken(
    counter: PayDesk, number: str, tmp_path: Path
) -> None:
    batch = counter.at_the_bank(tmp_path, number)
    counter.answer_one(batch, replace(paid(number), reference="YH9"))
    counter.answer(batch, paid(number))
    assert counter.resolve(number, is_paid=True) is Stage.PAID
    assert counter.batch(batch).lines[0].reference == "YH0001"


def test_one_number_for_a_whole_batch_is_asked_about_and_then_taken(counter: PayDesk, tmp_path: Path) -> None:
    first, second = counter.cleared(), counter.cleared()
    batch = counter.at_the_bank(tmp_path, first, second)
    answers = [replace(paid(number), reference="YH1") for number in (first, second)]
    with counter.register.reading(counter.acting) as context:
        assert f"{second}的流水号YH1已用于{first}" in bank_answers.shared_references(context, batch, answers)
    with pytest.raises(PxtuiError, match=f"{second}的流水号YH1已用于{first}.*没有登记任何回单"):
        counter.answer(batch, *answers)
    with counter.register.writing(counter.acting) as context:
        bank_answers.answer(context, batch, answers, same_reference_is_right=True)
    assert counter.stage(second) is Stage.PAID


def test_whoever_signs_is_told_of_an_account_that_changed_that_day_and_by_whom(
    counter: PayDesk, number: str, tmp_path: Path
) -> None:
    assert counter.changes(counter.prepare(number)) == ()
    counter.stop(number)
    counter.correct(number, "6217000000000001")
    counter.correct(number, OTHER_ACCOUNT)
    batch = counter.prepare(number)
    told = "\n".join(counter.changes(batch))
    assert f"{number} 今天10:00张三撤出拨付" in told
    assert f"{number} 今天10:00张三把账户由中国银行 ************0001改为中国银行 ************0666" in told
    with counter.register.writing(counter.acting) as context:
        line = context.session.exec(select(PaymentLine).order_by(PaymentLine.id.desc())).first()  # type: ignore[attr-defined]
        assert line is not None
        line.seal(context.vault, account="6217000000000777")
        context.session.add(line)
    assert "与办理记录里最后登记的************0666不同，查不到由谁改动" in "\n".join(counter.changes(batch))


def test_a_batch_that_was_changed_can_be_signed_anew_and_then_goes_out(
    counter: PayDesk, number: str, tmp_path: Path
) -> None:
    batch = counter.prepare(number)
    counter.sign(batch)
    with counter.register.writing(counter.acting) as context:
        line = context.session.exec(select(PaymentLine)).one()
        line.bank_name = "攀枝花市商业银行"
        context.session.add(line)
    assert "开户银行签发时是" in counter.batch(batch).differences[0]
    counter.sign(batch, "李四")
    assert counter.batch(batch).differences == ()
    with counter.register.writing(counter.acting) as context:
        assert payment_orders.hand_over(context, batch, tmp_path).parent == tmp_path
