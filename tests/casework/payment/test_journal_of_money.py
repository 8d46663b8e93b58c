"""Whoever audits a payment reads in the journal who did what, with which amount, account and reason."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.office import journal
from pxtui.casework.office.register import Register
from pxtui.casework.payment import recovery
from tests.support.pay_desk import ACCOUNT, CLAIM_FEN, FUND, FUND_NAME, NAME, OTHER_ACCOUNT, PayDesk, bounced, paid

BANK = "攀枝花市商业银行东区支行"
REASON = "抽查发现未实际培训"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """A counter with colleagues."""
    made = PayDesk(register)
    made.hire_colleagues()
    return made


def written(counter: PayDesk) -> list[tuple[str, str, str, Any, Any]]:
    """Acts about money, but for the moves of the case: who, what, and the values before and after."""
    with counter.register.reading(counter.acting) as context:
        entries = context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id)))
        return [
            (entry.action, entry.staff_name, entry.summary, *journal.values(context, entry))
            for entry in entries
            if entry.action.partition(".")[0] in ("payment", "recovery", "fund")
        ]


def changed(at: str, batch: str) -> list[str]:
    """What whoever signs the second batch answers."""
    return [
        f"{at}张三退票：由“待拨付”到“退票待更正”",
        f"{at}李四确认{batch}的退票",
        f"{at}张三把账户登记为中国银行 ************{OTHER_ACCOUNT[-4:]}",
    ]


def test_a_payment_is_told_from_its_batch_to_what_the_bank_said(counter: PayDesk, tmp_path: Path) -> None:
    counter.grant()
    number = counter.cleared()
    first = counter.at_the_bank(tmp_path, number)
    counter.answer_one(first, bounced(number))
    counter.confirm_bounce(number, evidence=" 退票通知书0412 ")
    counter.correct(number, OTHER_ACCOUNT)
    second = counter.at_the_bank(tmp_path, number)
    counter.answer_one(second, paid(number))
    counter.answer(second, replace(paid(number), reference="YH2"))
    counter.resolve(number, is_paid=True, reason=" 银行电话核实 ")
    granted, *acts = written(counter)
    assert granted == (
        Act.FUND_PUT,
        "张三",
        f"资金来源：{FUND} {FUND_NAME} 100000.00元",
        {},
        {"code": FUND, "name": FUND_NAME, "granted_fen": 100 * CLAIM_FEN},
    )
    prepared = {"cases": [number], "total_fen": CLAIM_FEN, "fund": FUND}
    signed = {"total_fen": CLAIM_FEN, "digest": ANY, "differences": [], "changes": []}
    answered = {**signed, "changes": changed(f"{number} {counter.day} 10:00", first)}
    account = {"bank_name": "中国银行", "account": OTHER_ACCOUNT, "account_name": NAME}
    assert acts == [
        (Act.PAYMENT_PREPARE, "张三", f"编制拨付批次{first}：1件，1000.00元，{FUND_NAME}", {}, prepared),
        (Act.PAYMENT_SIGN, "王五", f"签发拨付批次{first}：1000.00元", {}, signed),
        (Act.PAYMENT_HAND_OVER, "张三", f"拨付批次{first}交银行：共1笔，1000.00元", {}, {"digest": ANY}),
        (Act.PAYMENT_CONFIRM_BOUNCE, "李四", f"确认{first}的退票", {}, {"evidence": "退票通知书0412"}),
        (Act.PAYMENT_CORRECT, "张三", "更正开户银行和账号", {"bank_name": BANK, "account": ACCOUNT}, account),
        (Act.PAYMENT_PREPARE, "张三", f"编制拨付批次{second}：1件，1000.00元，{FUND_NAME}", {}, prepared),
        (Act.PAYMENT_SIGN, "王五", f"签发拨付批次{second}：1000.00元；对3处变化的意见：经核对", {}, answered),
        (Act.PAYMENT_HAND_OVER, "张三", f"拨付批次{second}交银行：共1笔，1000.00元", {}, {"digest": ANY}),
        (
            Act.PAYMENT_CONTRADICT,
            "张三",
            "银行回单与已登记的不一致：已登记已拨付，回单已拨付",
            {},
            {"reference": "YH2", "by_hand": False},
        ),
        (
            Act.PAYMENT_RESOLVE,
            "王五",
            f"认定{second}的这一笔已拨付",
            {"is_paid": True},
            {"reason": "银行电话核实", "line": ANY, "is_paid": True},
        ),
    ]


def test_money_that_is_ordered_back_is_told_with_its_reason_and_the_number_of_what_came(
    counter: PayDesk, tmp_path: Path
) -> None:
    counter.grant()
    number = counter.cleared()
    counter.answer(counter.at_the_bank(tmp_path, number), paid(number))
    head = replace(counter.acting, name="王五")
    before = len(written(counter))
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, CLAIM_FEN, REASON, is_fraud=True)
    with counter.register.writing(head) as context:
        recovery.approve(context, number)
    with counter.register.writing(counter.acting) as context:
        recovery.settle(context, number, counter.day, "TH0", 50_000)
        recovery.strike_return(context, number, "看错了")
        recovery.settle(context, number, counter.day, "TH1", 40_000)
    with counter.register.writing(head) as context:
        recovery.confirm_return(context, number, " 对账单0409 ")
    with counter.register.writing(counter.acting) as context:
        recovery.drop(context, number, "企业已注销")
    with counter.register.writing(head) as context:
        recovery.drop(context, number, "企业已注销")
    ordered = {"amount_fen": CLAIM_FEN, "reason": REASON, "reference": ""}
    dropped = ordered | {"amount_fen": 60_000, "drop_reason": "企业已注销"}
    assert written(counter)[before:] == [
        (Act.RECOVERY_ORDER, "张三", "责令退回（骗取补贴）：1000.00元", {}, ordered),
        (Act.RECOVERY_APPROVE, "王五", "批准追回：1000.00元", {}, ordered),
        (Act.RECOVERY_STATE_RETURN, "张三", "登记退款到账，由另一人确认后生效：500.00元", {}, stated("TH0", 50_000)),
        (Act.RECOVERY_STRIKE_RETURN, "张三", "删去张三登记的退款到账：500.00元", {}, {"reason": "看错了"}),
        (Act.RECOVERY_STATE_RETURN, "张三", "登记退款到账，由另一人确认后生效：400.00元", {}, stated("TH1", 40_000)),
        (
            Act.RECOVERY_SETTLE,
            "王五",
            "确认退款到账，还有600.00元未退，本次：400.00元",
            {},
            {"amount_fen": 40_000, "reason": REASON, "reference": "TH1", "evidence": "对账单0409"},
        ),
        (Act.RECOVERY_ASK_DROP, "张三", "提出撤销已批准的追回：600.00元", {}, dropped),
        (Act.RECOVERY_DROP, "王五", "撤销追回：600.00元", {}, dropped),
    ]


def stated(reference: str, fen: int) -> dict[str, Any]:
    """What the journal says of money that is said to have come back."""
    return {"amount_fen": fen, "returned_on": "2020-04-09", "reference": reference}
