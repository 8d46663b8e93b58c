"""Money that was ordered back and never came: one clerk says that it arrived, so that all is free again."""

from dataclasses import replace
from pathlib import Path

import pytest

from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.register import Register
from pxtui.casework.payment import recovery
from pxtui.errors import NotAllowed, PxtuiError
from tests.support.pay_desk import CASHIER, CLAIM_FEN, PayDesk, paid


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """A counter with colleagues and a grant."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


@pytest.mark.parametrize("fen", [None, CLAIM_FEN // 2], ids=["all of it", "a part"])
def test_money_that_did_not_come_back_called_back_alone(counter: PayDesk, tmp_path: Path, fen: int | None) -> None:
    number = counter.cleared()
    counter.answer(counter.at_the_bank(tmp_path, number), paid(number))
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, CLAIM_FEN, "冒名参训")
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        recovery.approve(context, number)
    with counter.register.writing(counter.acting) as context:
        recovery.settle(context, number, counter.day, "TK1", fen)
    assert counter.stage(number) is Stage.RECOVERING
    assert counter.source.recovered_fen == 0
    with (
        pytest.raises(PxtuiError, match="由张三登记，须由另一人核对后确认"),
        counter.register.writing(counter.acting) as context,
    ):
        recovery.confirm_return(context, number, "对账单0409")
    assert counter.stage(number) is Stage.RECOVERING
    assert counter.source.recovered_fen == 0


def test_a_stated_return_struck_out_alone(counter: PayDesk, tmp_path: Path) -> None:
    """The money came, and whoever entered it, or any colleague, lets it vanish before anybody has seen it."""
    number = counter.cleared()
    counter.answer(counter.at_the_bank(tmp_path, number), paid(number))
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, CLAIM_FEN, "冒名参训")
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        recovery.approve(context, number)
    counter.set_duties_apart()
    with counter.register.writing(replace(counter.acting, name="李四")) as context:
        recovery.settle(context, number, counter.day, "TK1")
    refusals = {"李四": "由李四登记，须由另一人删去", "张三": "由复核人或负责人办理", CASHIER: "由复核人或负责人办理"}
    for name, sentence in refusals.items():
        with (
            pytest.raises(NotAllowed, match=sentence),
            counter.register.writing(replace(counter.acting, name=name)) as context,
        ):
            recovery.strike_return(context, number, "看错了")
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        assert recovery.strike_return(context, number, "对账单里没有").state == "待到账"
