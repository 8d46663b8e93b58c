"""What the claim form and the voucher sheet take, and what they tell at the field."""

from datetime import date

import pytest

from pxtui.policy.parameters import shipped_rulebook
from screens.application.claim_fields import claim_fields, voucher_fields
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
