"""An invoice and the slip that paid it are one expense."""

from dataclasses import replace
from datetime import date

import pytest

from pxtui.policy.facts import Voucher
from pxtui.policy.vouchers import counted_twice

INVOICE = Voucher("04212233", date(2020, 5, 6), "攀枝花市恒力机械有限公司", "成都职业培训网络学院", 660_000)
SLIP = replace(INVOICE, number="HD20200507-0091", issued_on=date(2020, 5, 7))


@pytest.mark.parametrize("number", ["04212233", "5100194130-04212233", "051001900104 04212233", "20512000000012345678"])
def test_an_invoice_and_its_payment_slip_are_asked_about(number: str) -> None:
    (told,) = counted_twice([replace(INVOICE, number=number), SLIP])
    assert told.startswith("第1张和第2张金额、收付款方都相同，只有一张是发票号码")


@pytest.mark.parametrize(
    "other",
    [
        replace(SLIP, number="04212234"),
        replace(SLIP, amount_fen=660_001),
        replace(SLIP, payee="攀枝花市技师学院"),
        replace(SLIP, payer="攀枝花市技师学院"),
    ],
)
def test_two_invoices_other_amounts_and_other_parties_are_two_expenses(other: Voucher) -> None:
    assert counted_twice([INVOICE, other]) == ()


def test_red_letter_invoices_are_not_asked_about() -> None:
    assert counted_twice([replace(INVOICE, amount_fen=-660_000), replace(SLIP, amount_fen=-660_000)]) == ()
