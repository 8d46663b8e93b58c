"""What is not paid: one sentence each, and no fen has moved."""

import stat
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import select

from db.models import PublicityItem
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.payment import bank_answers
from pxtui.casework.payment import orders as payment_orders
from pxtui.errors import PxtuiError
from tests.support.pay_desk import CLAIM_FEN, FUND, PayDesk


def test_nothing_chosen_is_nothing_prepared(counter: PayDesk) -> None:
    with pytest.raises(PxtuiError, match="请先选定要拨付的案件"):
        counter.prepare()


def test_each_office_pays_what_it_reviewed(counter: PayDesk) -> None:
    first, second = counter.cleared(), counter.cleared()
    with counter.register.writing(counter.acting) as context:
        case = find(context, second)
        case.office_code = "xiqu"
        context.session.add(case)
    with pytest.raises(PxtuiError, match="由哪个部门审核就由哪个部门拨付"):
        counter.prepare(first, second)
    assert counter.source.balance_fen == 100 * CLAIM_FEN


def test_what_is_in_no_batch_is_not_taken_out_of_one(counter: PayDesk) -> None:
    number = counter.cleared()
    with pytest.raises(PxtuiError, match=f"{number}不在待拨付的批次里"):
        counter.stop(number)


def test_nothing_is_no_payment(counter: PayDesk) -> None:
    number = counter.cleared()
    with counter.register.writing(counter.acting) as context:
        case, item = find(context, number), context.session.exec(select(PublicityItem)).one()
        case.approved_total_fen = item.total_fen = 0
        context.session.add_all([case, item])
    with pytest.raises(PxtuiError, match=r"核定金额是0\.00元，没有可以拨付的金额"):
        counter.prepare(number)
    assert counter.stage(number) is Stage.CLEARED


def signed(counter: PayDesk) -> str:
    batch = counter.prepare(counter.cleared())
    counter.sign(batch)
    return batch


def test_a_list_for_a_folder_that_is_not_there_is_not_written(counter: PayDesk, tmp_path: Path) -> None:
    batch = signed(counter)
    with pytest.raises(PxtuiError, match="清单没有出具：没有这个文件夹"):
        counter.hand_over(batch, tmp_path / "没有")
    assert not (tmp_path / "没有").exists()
    assert counter.batch(batch).state == "待交银行"


def test_without_a_folder_the_list_stands_in_the_office_s_own_which_is_nobody_else_s(counter: PayDesk) -> None:
    batch = signed(counter)
    with counter.register.writing(counter.acting) as context:
        path = payment_orders.hand_over(context, batch)
    assert path.parent == counter.register.home.papers / "拨付"
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_where_the_office_s_own_folder_cannot_be_made_nothing_is_handed_over(counter: PayDesk) -> None:
    batch = signed(counter)
    folder = counter.register.home.papers / "拨付"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("")
    with pytest.raises(PxtuiError, match="不能建立文件夹"), counter.register.writing(counter.acting) as context:
        payment_orders.hand_over(context, batch)
    assert counter.batch(batch).state == "待交银行"


def test_a_list_of_answers_without_a_line_answers_nothing(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(["案件编号", "结果", "流水号", "金额（元）"])
    workbook.save(tmp_path / "回单.xlsx")
    with pytest.raises(PxtuiError, match="表里没有一行回单，没有登记任何回单"):
        bank_answers.read(tmp_path / "回单.xlsx")


def test_a_source_that_is_just_enough_pays_all_of_it(counter: PayDesk) -> None:
    counter.grant(2 * CLAIM_FEN)
    first, second = counter.cleared(), counter.cleared()
    with counter.register.writing(counter.acting) as context:
        assert payment_orders.prepare(context, FUND, [first, second]).total_fen == 2 * CLAIM_FEN
    assert counter.source.balance_fen == 0
