"""What becomes of a doubt about the bank's word while the claim goes on, and how the page shows it."""

from dataclasses import replace
from pathlib import Path

import pytest

from pxtui.casework.lifecycle.batch_page import Next, waiting_entry
from pxtui.casework.lifecycle.batches import Obstacle, Remedy, WaitingClaim
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.payment import doubts, recovery
from pxtui.casework.payment.page import Entry, desk
from pxtui.errors import PxtuiError
from tests.support.pay_desk import CLAIM_FEN, NAME, OTHER_ACCOUNT, PayDesk, bounced, paid


def entry(counter: PayDesk, number: str) -> Entry:
    """The one line of the page about a claim."""
    with counter.register.reading(counter.acting) as context:
        (found,) = [line for line in desk(context, number).entries if line.number == number]
    return found


def paid_twice(counter: PayDesk, number: str) -> tuple[str, int]:
    with counter.register.reading(counter.acting) as context:
        return doubts.told_twice(context, number), doubts.paid_twice_fen(context, find(context, number))


def order_back(counter: PayDesk, number: str, fen: int = CLAIM_FEN) -> None:
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, fen, "抽查发现未实际培训")


def test_where_no_answers_contradict_each_other_there_is_nothing_to_decide(counter: PayDesk, number: str) -> None:
    with pytest.raises(PxtuiError, match=f"{number}没有互相矛盾的银行回单"):
        counter.resolve(number, is_paid=True)


def test_what_was_paid_twice_is_told_with_the_amount_to_be_ordered_back(
    counter: PayDesk, number: str, tmp_path: Path
) -> None:
    first = counter.at_the_bank(tmp_path, number)
    counter.answer(first, bounced(number))
    counter.correct(number, OTHER_ACCOUNT)
    second = counter.at_the_bank(tmp_path, number)
    counter.answer(second, replace(paid(number), reference="YH2"))
    assert paid_twice(counter, number) == ("", 0)
    counter.answer(first, paid(number))
    assert paid_twice(counter, number) == ("", 0)
    assert counter.resolve(number, is_paid=True) is Stage.PAID
    sentence = f"{number}多付了1000.00元，请在拨付一页按F11或用 pxtui recovery order 责令退回。"
    assert paid_twice(counter, number) == (sentence, CLAIM_FEN)


def test_a_claim_that_is_ordered_back_stays_so_when_an_earlier_payment_turns_out_to_have_arrived(
    counter: PayDesk, number: str, tmp_path: Path
) -> None:
    first = counter.at_the_bank(tmp_path, number)
    counter.answer(first, bounced(number))
    counter.correct(number, OTHER_ACCOUNT)
    counter.answer(counter.at_the_bank(tmp_path, number), replace(paid(number), reference="YH2"))
    order_back(counter, number)
    counter.answer(first, paid(number))
    assert counter.resolve(number, is_paid=True) is Stage.RECOVERING
    assert counter.source.paid_fen == 2 * CLAIM_FEN


def test_a_payment_that_is_ordered_back_is_not_found_bounced_meanwhile(
    counter: PayDesk, number: str, tmp_path: Path
) -> None:
    batch = counter.at_the_bank(tmp_path, number)
    counter.answer(batch, paid(number))
    order_back(counter, number)
    counter.answer(batch, bounced(number))
    with pytest.raises(PxtuiError, match=f"{number}处于“追回中”，请先把这一步办完，再认定"):
        counter.resolve(number, is_paid=False)
    assert counter.doubtful
    assert counter.resolve(number, is_paid=True) is Stage.RECOVERING


def test_the_page_says_that_answers_contradict_each_other_and_who_decides(
    counter: PayDesk, number: str, tmp_path: Path
) -> None:
    batch = counter.at_the_bank(tmp_path, number)
    counter.answer(batch, bounced(number))
    counter.correct(number, OTHER_ACCOUNT)
    assert entry(counter, number).state == "可以拨付"
    counter.answer(batch, paid(number))
    (sentence,) = counter.doubtful
    sentences = (sentence, "由另一人按Enter认定。")
    assert entry(counter, number) == Entry(number, NAME, "回单矛盾", CLAIM_FEN, Next.RESOLVE, sentences)


def test_the_page_says_that_a_bounce_by_hand_waits_for_a_second_person(
    counter: PayDesk, number: str, tmp_path: Path
) -> None:
    batch = counter.at_the_bank(tmp_path, number)
    counter.answer_one(batch, bounced(number))
    counter.correct(number, OTHER_ACCOUNT)
    shown = entry(counter, number)
    assert (shown.state, shown.next) == ("退票待核", Next.CONFIRM_BOUNCE)
    (sentence,) = shown.sentences
    assert sentence.startswith(f"{number}在{batch}里的退票由张三人工登记")
    assert sentence.endswith("才能再拨付。由另一人按Enter确认。")
    counter.confirm_bounce(number)
    assert entry(counter, number).state == "可以拨付"


@pytest.mark.parametrize(
    ("remedy", "state", "following", "sentence"),
    [
        (Remedy.REVIEW_ANEW, "须复审", Next.REOPEN, "有变。Enter写明理由退回复审。"),
        (Remedy.CORRECT_ACCOUNT, "暂不能拨", Next.CORRECT, "有变。"),
        (Remedy.CONFIRM_BOUNCE, "退票待核", Next.CONFIRM_BOUNCE, "有变。由另一人按Enter确认。"),
        (Remedy.RESOLVE, "回单矛盾", Next.RESOLVE, "有变。由另一人按Enter认定。"),
        (Remedy.NONE_HERE, "暂不能拨", Next.NOTHING, "有变。"),
    ],
)
def test_every_obstacle_has_the_key_that_removes_it(remedy: Remedy, state: str, following: Next, sentence: str) -> None:
    claim = WaitingClaim("2020-DQ-0001", NAME, 2, CLAIM_FEN, None, Obstacle("有变。", remedy))
    shown = waiting_entry(claim, ready=("可以拨付", Next.PREPARE, "可以。"), held_up="暂不能拨")
    assert (shown.state, shown.next, shown.sentences) == (state, following, (sentence,))
    assert (claim.why_not, replace(claim, obstacle=None).why_not) == ("有变。", "")


def test_an_answer_about_a_claim_that_was_taken_out_of_its_batch_is_asked_about(
    counter: PayDesk, number: str, tmp_path: Path
) -> None:
    other = counter.cleared()
    batch = counter.prepare(number, other)
    counter.stop(other)
    counter.sign(batch)
    counter.hand_over(batch, tmp_path)
    with pytest.raises(PxtuiError, match=f"{other}已于2020-04-09撤出，没有交银行，没有登记任何回单；请与银行核对"):
        counter.answer(batch, paid(number), paid(other))
    counter.answer(batch, paid(number))
    assert (counter.stage(number), counter.stage(other)) == (Stage.PAID, Stage.CLEARED)
