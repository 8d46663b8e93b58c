"""What is taken off a claim leads from what was claimed to what is granted, to the fen."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pxtui.policy.bundle import read_bundle
from pxtui.policy.deductions import OTHER, VOUCHERS, Reason, claimed, deductions, first_reason
from pxtui.policy.facts import Application, Voucher
from pxtui.policy.judgement import Finding, judge
from pxtui.policy.parameters import shipped_rulebook
from pxtui.policy.rules import CODES
from pxtui.policy.rules.rule import Severity
from pxtui.policy.subsidy import subsidy
from tests.policy.test_bundle_input import claim

RULEBOOK = shipped_rulebook()
NOTICE = RULEBOOK.latest
SHORT, FAILED = Reason("09", "学时不足", "二"), Reason("10", "考核不合格或缺考", "二")


def application(heads: int, vouchers_fen: Sequence[int], purchased: int | None = None) -> Application:
    """A claim of so many people with vouchers of these amounts."""
    made = read_bundle(json.dumps(claim()), NOTICE)
    first = made.roster[0]
    rows = tuple(replace(first, seq=seq, id_number=f"{seq}") for seq in range(1, heads + 1))
    bills = tuple(Voucher(f"{n}", date(2020, 4, 1), "", "", fen) for n, fen in enumerate(vouchers_fen))
    return replace(made, roster=rows, vouchers=bills, purchased_heads=purchased)


def finding(code: str, severity: Severity = Severity.BLOCK) -> Finding:
    """A finding about a row."""
    return Finding(code, severity, 1, None, "二", "")


@given(
    heads=st.integers(0, 60),
    accepted=st.lists(st.integers(-500_000, 5_000_000), max_size=4),
    blocked=st.lists(st.integers(-500_000, 5_000_000), max_size=4),
    purchased=st.none() | st.integers(0, 90),
    reasons=st.lists(st.sampled_from([SHORT, FAILED, Reason(*OTHER)]), max_size=60),
)
def test_claimed_less_all_deductions_is_what_is_granted_to_the_fen(
    heads: int, accepted: list[int], blocked: list[int], purchased: int | None, reasons: list[Reason]
) -> None:
    made = application(heads, accepted + blocked, purchased)
    of_rows = reasons[:heads]
    granted = subsidy(made, sum(accepted), heads - len(of_rows), NOTICE)
    asked = claimed(made, granted, NOTICE)
    found = deductions(made, asked, of_rows, granted.total_fen, NOTICE)
    assert asked.total_fen - sum(one.amount_fen for one in found) == granted.total_fen
    assert asked.eligible - sum(one.heads for one in found) == granted.eligible
    assert all(one.amount_fen >= 0 and one.heads >= 0 for one in found)
    assert [one.reason for one in found] == sorted({one.reason for one in found})


def test_three_people_for_a_thousand_lose_no_fen() -> None:
    made = application(3, [100_000])
    granted = subsidy(made, 100_000, 1, NOTICE)
    asked = claimed(made, granted, NOTICE)
    found = deductions(made, asked, [SHORT, FAILED], granted.total_fen, NOTICE)
    assert (asked.total_fen, granted.total_fen) == (100_000, 33_333)
    assert [(one.reason.code, one.heads, one.amount_fen) for one in found] == [("09", 1, 33_334), ("10", 1, 33_333)]


def test_what_a_voucher_that_does_not_count_takes_off_belongs_to_nobody() -> None:
    made = application(2, [60_000, 40_000])
    granted = subsidy(made, 60_000, 2, NOTICE)
    found = deductions(made, claimed(made, granted, NOTICE), [], granted.total_fen, NOTICE)
    assert [(one.reason, one.heads, one.amount_fen) for one in found] == [(VOUCHERS, 0, 40_000)]


def test_a_row_counts_under_the_smallest_code_and_never_under_a_mere_warning() -> None:
    assert first_reason([finding("person.failed"), finding("person.hours-short")]).code == "09"
    assert first_reason([finding("person.id-invalid", Severity.WARN), finding("person.failed")]).code == "10"
    assert first_reason([finding("person.retirement-age", Severity.WARN)]) == Reason(*OTHER)


def test_every_rule_that_stops_a_row_has_a_reason_of_its_own() -> None:
    doubts = {"sex-mismatch", "age-mismatch", "phone-invalid", "under-age", "retirement-age", "account-shared"}
    for code in CODES:
        kind, _, name = code.partition(".")
        if kind == "person" and name not in doubts:
            assert first_reason([finding(code)]).text != OTHER[1], code


def test_a_claim_in_order_is_claimed_as_it_is_checked() -> None:
    made = read_bundle(json.dumps(claim()), NOTICE)
    eligible = judge(made, RULEBOOK).eligible
    in_order = replace(made, roster=tuple(row for row in made.roster if row.seq in eligible))
    checked = judge(in_order, RULEBOOK).subsidy
    assert checked is not None
    assert checked.total_fen > 0
    assert claimed(in_order, checked, NOTICE) == checked
