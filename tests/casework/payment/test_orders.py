"""Payment: what was published, to the enterprise itself, once, and never more than the source has."""

import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import select

from db.models import Applicant, Case, PaymentLine, PublicityItem
from pxtui.casework.desk import queues
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.payment import bank_answers
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment.bank_answers import BankAnswer
from pxtui.errors import PxtuiError
from tests.support.pay_desk import ACCOUNT, CLAIM_FEN, FUND, NAME, PayDesk, bounced, paid


def test_a_claim_is_paid_what_was_granted_and_the_source_has_less(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    batch = counter.at_the_bank(tmp_path, number)
    assert counter.batch(batch).state == "待回单"
    assert counter.source.on_its_way_fen == CLAIM_FEN
    assert counter.answer(batch, paid(number)).state == "已办结"
    assert counter.stage(number) is Stage.PAID
    assert (counter.source.paid_fen, counter.source.on_its_way_fen) == (CLAIM_FEN, 0)
    assert counter.source.balance_fen == 99 * CLAIM_FEN


def test_a_batch_goes_to_the_bank_only_when_a_second_person_has_signed(counter: PayDesk, tmp_path: Path) -> None:
    batch = counter.prepare(counter.cleared())
    with pytest.raises(PxtuiError, match="还没有签发，请由张三以外的一人签发"):
        counter.hand_over(batch, tmp_path)
    with pytest.raises(PxtuiError, match="由张三编制，须由另一人签发"):
        counter.sign(batch, "张三")
    counter.sign(batch, "李四")
    with pytest.raises(PxtuiError, match="已于2020-04-09由李四签发"):
        counter.sign(batch, "王五")


def test_where_duties_are_apart_the_head_signs(counter: PayDesk) -> None:
    batch = counter.prepare(counter.cleared())
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
    with pytest.raises(PxtuiError, match="拨付批次的签发由负责人办理"):
        counter.sign(batch, "李四")
    counter.sign(batch, "王五")


def test_the_bank_gets_one_list_that_nobody_else_can_read(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    batch = counter.prepare(number)
    counter.sign(batch)
    path = counter.hand_over(batch, tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    told = [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]
    assert [1, number, NAME, ACCOUNT, "攀枝花市商业银行东区支行", CLAIM_FEN // 100] in [row[:6] for row in told]
    digest = counter.batch(batch).digest
    with pytest.raises(PxtuiError, match=f"已于2020-04-09由张三交银行，不能再出清单.*{digest[:8].upper()}。$"):
        counter.hand_over(batch, tmp_path)


def test_lists_show_no_account_in_full(counter: PayDesk) -> None:
    (line,) = counter.batch(counter.prepare(counter.cleared())).lines
    assert line.masked_account == "************0001"


def test_no_claim_is_listed_twice(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    with counter.register.writing(counter.acting) as context:
        listed = payment_orders.prepare(context, FUND, [number, number])
    assert len(listed.lines) == 1
    with pytest.raises(PxtuiError, match="已在拨付批次BF2020-DQ-001里（待拨付），不能再列"):
        counter.prepare(number)
    counter.sign(listed.number)
    counter.hand_over(listed.number, tmp_path)
    counter.answer(listed.number, paid(number))
    with pytest.raises(PxtuiError, match="（已拨付），不能再列"):
        counter.prepare(number)


def test_nothing_is_prepared_that_the_source_does_not_cover(counter: PayDesk, tmp_path: Path) -> None:
    counter.grant(CLAIM_FEN)
    first, second = counter.cleared(), counter.cleared()
    with pytest.raises(PxtuiError, match=r"余额1000\.00元，不够拨付2000\.00元"):
        counter.prepare(first, second)
    batch = counter.at_the_bank(tmp_path, first)
    with pytest.raises(PxtuiError, match=r"余额0\.00元，不够拨付1000\.00元"):
        counter.prepare(second)
    counter.answer(batch, bounced(first))
    counter.prepare(second)
    with pytest.raises(PxtuiError, match=r"已用和在途1000\.00元，额度不能改为999\.99元"):
        counter.grant(CLAIM_FEN - 1)


def test_what_was_published_is_paid_or_nothing(counter: PayDesk) -> None:
    number = counter.cleared()
    with counter.register.writing(counter.acting) as context:
        item = context.session.exec(select(PublicityItem)).one()
        item.total_fen -= 1
        context.session.add(item)
    with pytest.raises(PxtuiError, match=r"金额与公示不一致：核定1000\.00元，公示999\.99元"):
        counter.prepare(number)
    with counter.register.reading(counter.acting) as context:
        (waiting,) = payment_orders.waiting(context)
    assert (waiting.number, waiting.amount_fen) == (number, CLAIM_FEN)
    assert "金额与公示不一致" in waiting.why_not
    with counter.register.writing(counter.acting) as context:
        context.session.delete(context.session.exec(select(PublicityItem)).one())
    with pytest.raises(PxtuiError, match="没有公示记录，不能拨付"):
        counter.prepare(number)


def test_only_the_enterprise_itself_is_paid(counter: PayDesk) -> None:
    number = counter.cleared("")
    with pytest.raises(PxtuiError, match="没有开户银行或账号"):
        counter.prepare(number)
    with pytest.raises(PxtuiError, match=f"户名“陈明”与申请单位“{NAME}”不一致"):
        counter.correct(number, "6217000000000001", "陈明")
    with pytest.raises(PxtuiError, match="账号不是6至40位数字"):
        counter.correct(number, "62170000O0000001")
    assert counter.correct(number, "6217 0000 0000 0001", " 攀枝花市恒力机械 有限公司") is Stage.CLEARED
    counter.prepare(number)
    with counter.register.reading(counter.acting) as context:
        line = context.session.exec(select(PaymentLine)).one()
        assert line.unseal(context.vault, "account") == "6217000000000001"


def test_an_enterprise_that_was_renamed_is_looked_at_first(counter: PayDesk) -> None:
    number = counter.cleared()
    with counter.register.writing(counter.acting) as context:
        applicant = context.session.get_one(Applicant, find(context, number).applicant_id)
        applicant.name = "攀枝花市恒力智造有限公司"
        context.session.add(applicant)
    with pytest.raises(PxtuiError, match="户名“攀枝花市恒力智造有限公司”与申请单位“攀枝花市恒力机械有限公司”不一致"):
        counter.prepare(number)
    counter.correct(number, "5104020000000002")
    counter.prepare(number)


def test_a_bounced_payment_is_corrected_and_paid_in_another_batch(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    first = counter.at_the_bank(tmp_path, number)
    counter.answer(first, bounced(number))
    assert counter.stage(number) is Stage.BOUNCED
    assert counter.correct(number, "5104020000000002") is Stage.CLEARED
    second = counter.at_the_bank(tmp_path, number)
    counter.answer(second, paid(number))
    assert counter.batch(first).lines[0].outcome_name == "退票"
    assert counter.batch(second).lines[0].masked_account.endswith("0002")
    assert counter.source.paid_fen == CLAIM_FEN
    with counter.register.reading(counter.acting) as context:
        acts = [line.summary for line in queues.journal_of(context, number)]
    assert "更正开户银行和账号" in acts
    assert not any("5104" in act for act in acts)


def test_until_the_bank_has_it_a_claim_can_be_taken_out_and_the_rest_is_signed_anew(
    counter: PayDesk, tmp_path: Path
) -> None:
    first, second = counter.cleared(), counter.cleared()
    batch = counter.prepare(first, second)
    counter.sign(batch)
    with pytest.raises(PxtuiError, match="须写明理由"):
        counter.stop(first, " ")
    counter.stop(first)
    assert counter.stage(first) is Stage.CLEARED
    assert (counter.batch(batch).state, counter.batch(batch).total_fen) == ("待签发", CLAIM_FEN)
    counter.sign(batch)
    counter.hand_over(batch, tmp_path)
    with pytest.raises(PxtuiError, match="已于2020-04-09交银行，不能撤出"):
        counter.stop(second)
    counter.prepare(first)


def test_an_empty_batch_is_not_signed(counter: PayDesk) -> None:
    number = counter.cleared()
    batch = counter.prepare(number)
    counter.stop(number)
    assert counter.batch(batch).state == "已撤销"
    with pytest.raises(PxtuiError, match="都已撤出"):
        counter.sign(batch)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ([paid("2020-DQ-0001")], "回单里缺2020-DQ-0002"),
        ([paid("2020-DQ-0001"), paid("2020-DQ-0001")], "2020-DQ-0001有两行"),
        ([paid("2020-DQ-0001"), paid("2020-DQ-0009")], "没有“2020-DQ-0009”"),
        ([paid("2020-DQ-0001"), paid("2020-DQ-0002", 1)], r"应拨1000\.00元，回单是0\.01元"),
        ([paid("2020-DQ-0001"), replace(paid("2020-DQ-0002"), account="6217")], "账号与拨付的账号不一致"),
        ([paid("2020-DQ-0001"), replace(paid("2020-DQ-0002"), reference=" ")], "2020-DQ-0002没有流水号"),
        ([paid("2020-DQ-0001"), replace(paid("2020-DQ-0002"), day=date(2020, 4, 10))], "日期2020-04-10不在交银行日"),
    ],
)
def test_an_answer_that_does_not_fit_changes_nothing(
    counter: PayDesk, tmp_path: Path, answers: list[BankAnswer], sentence: str
) -> None:
    batch = counter.at_the_bank(tmp_path, counter.cleared(), counter.cleared())
    with pytest.raises(PxtuiError, match=f"{sentence}.*没有登记任何回单"):
        counter.answer(batch, *answers)
    assert [line.outcome_name for line in counter.batch(batch).lines] == ["", ""]
    with counter.register.reading(counter.acting) as context:
        assert {case.stage for case in context.session.exec(select(Case))} == {Stage.TO_PAY}


def test_a_line_can_be_answered_alone_and_then_the_file_tells_of_the_others(counter: PayDesk, tmp_path: Path) -> None:
    first, second = counter.cleared(), counter.cleared()
    batch = counter.at_the_bank(tmp_path, first, second)
    counter.answer_one(batch, paid(first))
    assert (counter.stage(first), counter.stage(second)) == (Stage.PAID, Stage.TO_PAY)
    counter.answer(batch, paid(first), bounced(second))
    assert counter.stage(second) is Stage.BOUNCED
    with pytest.raises(PxtuiError, match="已经登记过"):
        counter.answer_one(batch, paid(first))


def test_the_list_filled_in_by_the_bank_is_the_answer(counter: PayDesk, tmp_path: Path) -> None:
    first, second = counter.cleared(), counter.cleared()
    batch = counter.prepare(first, second)
    counter.sign(batch)
    path = counter.hand_over(batch, tmp_path)
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    columns = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value}
    for row in sheet.iter_rows():
        if row[columns["案件编号"] - 1].value == first:
            row[columns["结果"] - 1].value, row[columns["流水号"] - 1].value = "成功", "YH20200403001"
        elif row[columns["案件编号"] - 1].value == second:
            row[columns["结果"] - 1].value, row[columns["退票原因"] - 1].value = "退票", "户名不符"
    workbook.save(path)
    counter.answer(batch, *bank_answers.read(path))
    assert [(line.outcome_name, line.reference) for line in counter.batch(batch).lines] == [
        ("已拨付", "YH20200403001"),
        ("退票", "户名不符"),
    ]


def test_a_bank_s_own_list_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["交易日期", "附言", "收款账号", "交易金额", "交易状态", "凭证号", "失败原因"])
    sheet.append(["2020/4/3", "2020-DQ-0001", "5104 0200 0000 0001", "1,000.00", "交易成功", "YH1", None])
    sheet.append(["2020/4/3", "2020-DQ-0002", "5104020000000001", 1000, "退汇", None, "账户已销户"])
    workbook.save(tmp_path / "回单.xlsx")
    assert bank_answers.read(tmp_path / "回单.xlsx") == (
        BankAnswer("2020-DQ-0001", 100_000, True, "YH1", ACCOUNT, date(2020, 4, 3)),
        BankAnswer("2020-DQ-0002", 100_000, False, "账户已销户", ACCOUNT, date(2020, 4, 3)),
    )
    sheet["E3"] = "处理中"
    workbook.save(tmp_path / "回单.xlsx")
    with pytest.raises(PxtuiError, match="E3：“处理中”不是办理结果，请写成功或退票；没有登记任何回单"):
        bank_answers.read(tmp_path / "回单.xlsx")


def test_nothing_is_answered_before_the_bank_has_it(counter: PayDesk) -> None:
    number = counter.cleared()
    batch = counter.prepare(number)
    with pytest.raises(PxtuiError, match="还没有交银行，不能登记回单"):
        counter.answer(batch, paid(number))
