"""What is taken off a claim leads from what was claimed to what is granted, to the fen."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pxtui.policy.bundle import read_bundle
from pxtui.policy.deductions import (
    OTHER,
    VOUCHERS,
    ByHand,
    Reason,
    claimed,
    deductions,
    first_reason,
    reason_of,
    with_deductions,
)
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
    approved = tuple(row.id_number for row in rows)
    return replace(made, roster=rows, opening_roster=approved, vouchers=bills, purchased_heads=purchased)


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
    assert asked.total_fen - sum(deduction.amount_fen for deduction in found) == granted.total_fen
    assert asked.eligible - sum(deduction.heads for deduction in found) == granted.eligible
    assert all(deduction.amount_fen >= 0 and deduction.heads >= 0 for deduction in found)
    assert [deduction.reason for deduction in found] == sorted({deduction.reason for deduction in found})


def test_three_people_for_a_thousand_lose_no_fen() -> None:
    made = application(3, [100_000])
    granted = subsidy(made, 100_000, 1, NOTICE)
    asked = claimed(made, granted, NOTICE)
    found = deductions(made, asked, [SHORT, FAILED], granted.total_fen, NOTICE)
    assert (asked.total_fen, granted.total_fen) == (100_000, 33_333)
    assert [(deduction.reason.code, deduction.heads, deduction.amount_fen) for deduction in found] == [
        ("09", 1, 33_334),
        ("10", 1, 33_333),
    ]


def test_what_a_voucher_that_does_not_count_takes_off_belongs_to_nobody() -> None:
    made = application(2, [60_000, 40_000])
    granted = subsidy(made, 60_000, 2, NOTICE)
    found = deductions(made, claimed(made, granted, NOTICE), [], granted.total_fen, NOTICE)
    assert [(deduction.reason, deduction.heads, deduction.amount_fen) for deduction in found] == [(VOUCHERS, 0, 40_000)]


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


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("person.id-invalid", "01 身份证号错误"),
        ("person.not-approved", "02 不在批准名单"),
        ("person.annual-limit", "06 当年已满次数"),
        ("person.overlap", "07 与其他培训时间重叠"),
        ("person.repeat", "08 同职业同等级已享受"),
        ("person.hours-short", "09 学时不足"),
        ("person.failed", "10 考核不合格或缺考"),
        ("class.free", "16 免费课程"),
        ("voucher.none", "18 凭证重复或无效"),
        ("voucher.no-cost", "18 凭证重复或无效"),
        ("voucher.duplicate", "18 凭证重复或无效"),
        ("voucher.reused", "18 凭证重复或无效"),
        ("voucher.wrong-payer", "18 凭证重复或无效"),
        ("voucher.not-third-party", "18 凭证重复或无效"),
        ("claim.too-late", "19 超期申报"),
        ("class.after-lifting", "20 疫情解除后开班"),
        ("person.duplicate", "21 其他（名单内重复）"),
        ("roster.empty", "21 其他"),
    ],
)
def test_what_is_found_is_taken_off_under_the_reason_of_the_statistics(code: str, reason: str) -> None:
    found = reason_of(finding(code))
    assert (f"{found.code} {found.text}", found.clause) == (reason, "二")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("01", "身份证号错误"),
        ("02", "不在批准名单"),
        ("03", "姓名与证号不符"),
        ("04", "年龄不符"),
        ("05", "非本企业职工"),
        ("06", "当年已满次数"),
        ("07", "与其他培训时间重叠"),
        ("08", "同职业同等级已享受"),
        ("09", "学时不足"),
        ("10", "考核不合格或缺考"),
        ("11", "账号重复或无学习记录"),
        ("12", "退休或领取养老待遇"),
        ("13", "财政供养人员"),
        ("14", "人员状态不符合条件"),
        ("15", "在校学生归口错误"),
        ("17", "超出合同人数"),
        ("20", "疫情解除后的学时"),
        ("21", "其他"),
    ],
)
def test_a_row_that_a_reviewer_takes_off_gets_nothing_and_the_reason_is_told(code: str, reason: str) -> None:
    made = read_bundle(json.dumps(claim()), NOTICE)
    checked = judge(made, RULEBOOK)
    assert checked.subsidy is not None
    first, *others = checked.eligible
    taken_off = with_deductions(made, checked, {first: ByHand(code, "查实")}, NOTICE)
    (added,) = set(taken_off.findings) - set(checked.findings)
    sentence = f"审查核减（{code} {reason}）：查实；有异议的，请提交证明材料。"
    assert added == Finding("person.deducted", Severity.BLOCK, first, code, "四(二)", sentence)
    assert reason_of(added) == Reason(code, reason, "四(二)")
    assert taken_off.eligible == tuple(others)
    assert taken_off.subsidy == subsidy(made, checked.subsidy.cost_fen, len(others), NOTICE)
    assert [deduction.seq or 0 for deduction in taken_off.findings] == sorted(
        deduction.seq or 0 for deduction in taken_off.findings
    )


def test_where_a_reviewer_takes_nobody_off_the_check_stands() -> None:
    made = read_bundle(json.dumps(claim()), NOTICE)
    checked = judge(made, RULEBOOK)
    assert with_deductions(made, checked, {}, NOTICE) is checked
    without_money = replace(checked, subsidy=None)
    assert with_deductions(made, without_money, {checked.eligible[0]: ByHand("21", "查实")}, NOTICE).subsidy is None
