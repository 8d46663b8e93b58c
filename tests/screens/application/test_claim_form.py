"""What the claim form and the voucher sheet take, and what they tell at the field."""

import re
from datetime import date

import pytest
from rich.cells import cell_len

from pxtui.identifiers.voucher_number import WITH_CODE_DIGITS
from pxtui.policy.parameters import shipped_rulebook
from screens.application.claim_fields import VOUCHER_KINDS, VOUCHER_NUMBERS, claim_fields, claimable, voucher_fields
from screens.entry.fields import Field

TODAY = date(2020, 4, 9)
CLAIM = {field.key: field for field in claim_fields(TODAY, shipped_rulebook().latest)}
VOUCHER = {field.key: field for field in voucher_fields(TODAY)}


@pytest.mark.parametrize(
    ("field", "wrong", "right", "part"),
    [
        (CLAIM["received_on"], "2020-04-10", "2020-04-09", "2020-04-10还没有到"),
        (VOUCHER["number"], "20,000.00", "05100190031112345678", "凭证号码“20,000.00”只能有"),
        (VOUCHER["number"], "1234 5678", "HT-2020-01号（补）", "请照票面填写"),
        (VOUCHER["amount"], "100.005", "-100.05", "最多两位小数"),
    ],
)
def test_a_slip_is_told_at_its_field(field: Field, wrong: str, right: str, part: str) -> None:
    assert part in field.fault(wrong)
    assert field.fault(right) == ""


@pytest.mark.parametrize(
    ("asked", "most_fen", "shown"),
    [
        ("1550.00", 100_000, "比按人员和凭证算出的多550.00元"),
        ("1000", 100_000, "不超过按人员和凭证算出的1000.00元"),
        ("", 100_000, "按人员和凭证算出1000.00元"),
        ("-", 100_000, "按人员和凭证算出1000.00元"),
        ("1550.00", None, "还没有凭证，未核对"),
        ("", None, "还没有凭证，未核对"),
    ],
)
def test_the_amount_that_is_asked_is_compared_while_it_is_keyed(asked: str, most_fen: int | None, shown: str) -> None:
    note = CLAIM["asked_note"].derived
    assert note is not None
    assert note({"asked_total": asked, **claimable(most_fen)}) == shown
    assert cell_len(shown) <= 62


@pytest.mark.parametrize(
    ("bank", "number", "shown"),
    [
        ("", "", "没有开户银行或账号，拨付前要在补贴申请或拨付页补填。"),
        ("中国银行东区支行", "", "没有开户银行或账号，拨付前要在补贴申请或拨付页补填。"),
        ("中国银行东区支行", "5104020000000001", "已填"),
    ],
)
def test_an_account_that_is_not_whole_is_told_beside_it(bank: str, number: str, shown: str) -> None:
    note = CLAIM["account_note"].derived
    assert note is not None
    assert note({"bank_name": bank, "bank_account": number}) == shown
    assert cell_len(shown) <= 62


def test_what_belongs_into_a_number_is_told_by_kind_as_the_rules_count_its_digits() -> None:
    assert cell_len(VOUCHER_NUMBERS) <= 78
    for kind in ("专用发票", "普通发票", "电子普通发票", "数电票", "红字", "财政票据"):
        assert any(kind in sentence for sentence in VOUCHER_KINDS)
    digits = {int(count) for count in re.findall(r"(?:连写|填)([0-9]+)位", "".join(VOUCHER_KINDS))}
    assert digits == WITH_CODE_DIGITS
