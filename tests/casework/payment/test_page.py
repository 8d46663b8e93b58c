"""The page of the money: what waits, the batches with their payments, and what is ordered back."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import PublicityItem
from pxtui.casework.lifecycle.batch_page import where_due
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.roles import Role
from pxtui.casework.payment import recovery
from pxtui.casework.payment.page import Entry, Next, PaymentDesk, desk
from pxtui.casework.people import past_trainings
from pxtui.casework.staff import members
from pxtui.policy.facts import Delivery, Level, PastTraining
from tests.support.counter import FEE_FEN
from tests.support.pay_desk import CLAIM_FEN, FUND_NAME, NAME, PayDesk, bounced, paid
from tests.support.rosters import made_up_people

BANK = "攀枝花市商业银行东区支行"
MASKED = f"{BANK} ************0001"


def page(counter: PayDesk, number: str) -> PaymentDesk:
    with counter.register.reading(counter.acting) as context:
        return desk(context, number)


def entries(counter: PayDesk, number: str) -> tuple[Entry, ...]:
    return page(counter, number).entries


def ordered_back(counter: PayDesk, number: str, fen: int = CLAIM_FEN) -> None:
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, fen, "抽查发现未实际培训")


def approved(counter: PayDesk, number: str) -> None:
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        recovery.approve(context, number)


def test_a_claim_whose_publication_is_over_waits_for_its_money(counter: PayDesk) -> None:
    number = counter.cleared()
    told = "公示期满，复核无变化。空格选几件，Enter列入一个拨付批次。"
    assert page(counter, number) == PaymentDesk(
        (Entry(number, NAME, "可以拨付", CLAIM_FEN, Next.PREPARE, (told,)),), (counter.source,)
    )


def test_a_claim_without_an_account_is_given_one_first(counter: PayDesk) -> None:
    number = counter.cleared("")
    (entry,) = entries(counter, number)
    assert (entry.state, entry.next, entry.amount_fen) == ("暂不能拨", Next.CORRECT, CLAIM_FEN)
    assert "没有开户银行或账号" in entry.sentences[0]


def test_a_claim_whose_amount_is_not_the_published_one_waits(counter: PayDesk) -> None:
    number = counter.cleared()
    with counter.register.writing(counter.acting) as context:
        item = context.session.exec(select(PublicityItem)).one()
        item.total_fen -= 1
        context.session.add(item)
    (entry,) = entries(counter, number)
    assert (entry.state, entry.next, entry.amount_fen) == ("暂不能拨", Next.NOTHING, CLAIM_FEN)
    assert "金额与公示不一致" in entry.sentences[0]


def test_a_claim_that_would_come_out_otherwise_now_goes_back_to_review(counter: PayDesk) -> None:
    number = counter.cleared()
    person, day = made_up_people(1)[0].id_number, counter.day.replace(month=1)
    taken = [
        PastTraining(person, name, Level.FIVE, day, day, Delivery.OFFLINE, True, True)
        for name in ("车工", "钳工", "电工")
    ]
    with counter.register.writing(counter.acting) as context:
        past_trainings.insert_missing(context, taken, source="省平台")
    (entry,) = entries(counter, number)
    assert (entry.state, entry.next) == ("须复审", Next.REOPEN)
    assert entry.sentences[0].endswith("Enter写明理由退回复审。")


def test_a_batch_says_step_by_step_what_is_next_and_who_did_what(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    batch = counter.prepare(number)
    prepared, signed, handed = "2020-04-09 张三编制", "2020-04-09 王五签发", "2020-04-09 张三交银行"
    line = f"{number} {NAME} 1000.00元 {MASKED}"

    def batch_entry(state: str, following: Next, *told: str, signers: tuple[str, ...] = ()) -> Entry:
        name = f"1件  {FUND_NAME}"
        return Entry(batch, name, state, CLAIM_FEN, following, told, batch=batch, lines=(line,), signers=signers)

    others = ("李四", "王五", "赵六")
    waits = "等李四、王五、赵六中一人按Enter签发，编制人张三不能签发。"

    assert entries(counter, number) == (
        batch_entry("待签发", Next.SIGN, prepared, waits, signers=others),
        Entry(
            *(number, NAME, " 待签发", CLAIM_FEN, Next.NOTHING),
            (f"在{batch}里，{MASKED}。", "Del撤出批次，撤出后批次须重新签发。"),
            batch=batch,
            can_be_taken_back=True,
        ),
    )
    counter.sign(batch)
    assert entries(counter, number)[0] == batch_entry(
        "待交银行", Next.HAND_OVER, f"{prepared}  {signed}", "Enter出具交银行的清单，只出一次。"
    )
    counter.hand_over(batch, tmp_path)
    digest = f"清单校验码{counter.batch(batch).digest[:8].upper()}"
    assert entries(counter, number) == (
        batch_entry(
            *("待回单", Next.ANSWER, f"{prepared}  {signed}  {handed}", digest),
            "Enter读入银行回单，或在下面逐件登记。",
        ),
        Entry(
            *(number, NAME, " 待回单", CLAIM_FEN, Next.ANSWER_ONE),
            (f"在{batch}里，{MASKED}。", "Enter登记银行的回单。"),
            batch=batch,
        ),
    )
    assert [entry.is_batch for entry in entries(counter, number)] == [True, False]


def test_what_came_back_is_told_with_the_bank_s_reason_and_asks_for_an_account(
    counter: PayDesk, tmp_path: Path
) -> None:
    first, second = counter.cleared(), counter.cleared()
    batch = counter.at_the_bank(tmp_path, first, second)
    counter.answer_one(batch, bounced(first))
    told = ("2020-04-09退票：账号有误", MASKED, "Enter更正账户，然后可再列入批次。")
    shown = entries(counter, first)
    assert shown[0] == Entry(first, NAME, "退票", CLAIM_FEN, Next.CORRECT, told)
    assert [entry.number for entry in shown] == [first, batch, second]
    counter.answer_one(batch, paid(second))
    shown = entries(counter, second)
    assert [(entry.number, entry.state, entry.next) for entry in shown] == [
        (first, "退票", Next.CORRECT),
        (second, "已拨付", Next.ARCHIVE),
        (batch, "已办结", Next.NOTHING),
    ]
    assert shown[2].sentences[1] == "退票1件  已拨付1件"


def test_of_two_bounces_the_newest_reason_is_told(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    counter.answer(counter.at_the_bank(tmp_path, number), bounced(number))
    counter.correct(number, "5104020000000002")
    again = replace(bounced(number), reference="户名不符")
    counter.answer(counter.at_the_bank(tmp_path, number), again)
    assert entries(counter, number)[0].sentences[:2] == ("2020-04-09退票：户名不符", "中国银行 ************0002")


def test_a_claim_that_was_taken_out_stands_in_its_batch_no_more(counter: PayDesk) -> None:
    first, second = counter.cleared(), counter.cleared()
    batch = counter.prepare(first, second)
    counter.stop(first)
    shown = entries(counter, first)
    assert [(entry.number, entry.state) for entry in shown] == [
        (first, "可以拨付"),
        (batch, "待签发"),
        (second, " 待签发"),
    ]
    assert (shown[1].name, shown[1].amount_fen, len(shown[1].lines)) == (f"1件  {FUND_NAME}", CLAIM_FEN, 1)
    assert shown[1].sentences[1] == "已撤出1件"


def test_a_batch_to_be_signed_says_whose_signature_it_waits_for(counter: PayDesk) -> None:
    number = counter.cleared()
    batch = counter.prepare(number)
    assert where_due(entries(counter, number), number) == batch
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    (waiting, _) = entries(counter, number)
    assert waiting.sentences[-1] == "等王五按Enter签发，编制人张三不能签发。"
    with counter.register.writing(replace(counter.acting, name="赵六")) as context:
        members.assign(context, "王五", Role.ADMINISTRATOR, agreed=True)
    (waiting, _) = entries(counter, number)
    assert waiting.sentences[-1] == "编制人张三不能签发，没有别人可签发：请王五、赵六按F10、0、1增加负责人。"


def test_that_nobody_could_sign_is_said_before_a_batch_is_made(counter: PayDesk) -> None:
    number = counter.cleared()
    assert page(counter, number).no_second == ""
    with counter.register.writing(counter.acting) as context:
        for name in ("李四", "王五", "赵六"):
            members.retire(context, name)
    told = "编制人张三不能签发，没有别人可签发：请按F10、0、1增加人员。"
    assert page(counter, number).no_second == told
    batch = counter.prepare(number)
    (waiting, _) = entries(counter, number)
    assert (waiting.number, waiting.sentences[-1]) == (batch, told)


def test_a_payment_at_the_bank_waits_for_its_own_answer(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    batch = counter.prepare(number)
    counter.sign(batch)
    assert where_due(entries(counter, number), number) == batch
    counter.hand_over(batch, tmp_path)
    assert where_due(entries(counter, number), number) == number


def test_a_paid_claim_can_be_ordered_back_as_far_as_it_is_not(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    counter.answer(counter.at_the_bank(tmp_path, number), paid(number))
    told = ("已拨付。Enter去归档。查实不应拨付的，F11责令退回全部或一部分。",)
    assert entries(counter, number)[0] == Entry(
        number, NAME, "已拨付", CLAIM_FEN, Next.ARCHIVE, told, can_be_ordered_back=True
    )
    ordered_back(counter, number, FEE_FEN)
    reason, ordered = "理由：抽查发现未实际培训", "2020-04-09 张三提出  "
    assert entries(counter, number)[0] == Entry(
        *(number, NAME, "追回待批准", FEE_FEN, Next.APPROVE),
        (reason, ordered, "由提出人以外的一人按Enter批准，Del撤销追回。"),
        can_be_taken_back=True,
    )
    approved(counter, number)
    assert entries(counter, number)[0] == Entry(
        *(number, NAME, "追回待到账", FEE_FEN, Next.SETTLE),
        (reason, f"{ordered}2020-04-09 王五批准", "Enter登记退款到账，Del撤销追回。"),
        can_be_taken_back=True,
    )
    counter.comes_back(number)
    counter.do(number, Action.ARCHIVE)
    shown = entries(counter, number)[0]
    assert (shown.state, shown.amount_fen, shown.next) == ("已归档", CLAIM_FEN - FEE_FEN, Next.NOTHING)
    assert shown.can_be_ordered_back


def test_who_asked_for_a_recovery_to_be_dropped_is_told_to_whoever_may_agree(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    counter.answer(counter.at_the_bank(tmp_path, number), paid(number))
    ordered_back(counter, number)
    approved(counter, number)
    with counter.register.writing(counter.acting) as context:
        recovery.drop(context, number, "查无此事")
    shown = entries(counter, number)[0]
    assert (shown.state, shown.next) == ("追回待同意撤销", Next.SETTLE)
    assert shown.sentences[-1] == "Enter登记退款到账，张三已提出撤销，由另一人按Del同意。"


def test_of_the_batches_that_are_done_only_the_newest_are_shown(
    counter: PayDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pxtui.casework.lifecycle.batch_page._DONE_SHOWN", 1)
    batches = []
    for _ in range(2):
        number = counter.cleared()
        batches.append(counter.at_the_bank(tmp_path, number))
        counter.answer(batches[-1], paid(number))
    assert [entry.number for entry in entries(counter, number)] == [number, batches[1]]
