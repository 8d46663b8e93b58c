"""The papers of the review: every row is reported on, the figures add up, and a sample is drawn again alike."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.claim.filing import ClaimFiling
from pxtui.casework.decision.advance import advance
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.printed import check_record, issuing, review
from pxtui.casework.printed.asking import Asking
from pxtui.casework.printed.issuing import Wish
from pxtui.casework.roster import edits as roster_edits
from pxtui.identifiers.id_number import check_character
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import Money
from pxtui.policy.facts import Evidence, Material, Size, Trainee, Voucher
from tests.casework.printed.test_reception import asked, facts, filed, later, people, why_not_issued
from tests.policy.test_bundles import CLAIM
from tests.support.bundles import filed as filed_on_its_day
from tests.support.filings import a_filing

OPENED = [Action.SUBMIT, Action.APPROVE]
CLAIMED_ON = date(2020, 4, 10)


def many(heads: int) -> list[Trainee]:
    """So many people of made-up numbers."""
    first = [f"51040219850101{seq:03}" for seq in range(1, heads + 1)]
    return [
        Trainee(seq, f"学员{seq}", None, None, number + check_character(number), f"138{seq:08}", "")
        for seq, number in enumerate(first, start=1)
    ]


def claimed(register: Register, acting: Acting, amounts: dict[str, int], heads: int = 3) -> str:
    """A claim of a class of `heads`, the last of whom lacks three hours, with slips of these numbers in fen.

    A number that begins with X was paid by somebody else.
    """
    number = filed(register, acting, a_filing(), many(heads), OPENED)
    at = later(acting, 25)
    with register.writing(at) as context:
        advance(context, number, Action.CLAIM)
        learned = [
            replace(row, completed_hours=Decimal(37 if row.seq == heads else 40), passed=True, account=row.phone)
            for row in roster_edits.rows(context, number)
        ]
        roster_edits.replace_all(context, number, learned)
        name = a_filing().applicant.name
        slips = [
            Voucher(slip, date(2020, 4, 2), "别家公司" if slip.startswith("X") else name, "成都职业培训网络学院", fen)
            for slip, fen in amounts.items()
        ]
        claim_filing.replace_vouchers(context, number, slips)
        handed_in = frozenset(Material) - frozenset(map(Material, find(context, number).opening_materials))
        claim_filing.put_claim(context, number, ClaimFiling(CLAIMED_ON, handed_in, frozenset(Evidence), None))
        advance(context, number, Action.SUBMIT)
    return number


def decide(register: Register, acting: Acting, number: str, action: Action, opinion: str = "") -> None:
    """The claim is decided on."""
    with register.writing(later(acting, 26)) as context:
        advance(context, number, action, opinion)


def sample(register: Register, acting: Acting, number: str, seed: int = 0) -> Facts:
    """The call list."""
    with register.reading(acting) as context:
        found: Facts = check_record.check_record(Asking(context, find(context, number), seed=seed)).facts
    return found


def fen(text: object) -> int:
    """An amount of a paper."""
    return int(Decimal(str(text)) * 100)


def test_the_report_has_every_row_and_everything_that_was_found(register: Register, acting: Acting) -> None:
    rows = people(wrong=True)
    rows[2] = replace(rows[2], phone="123")
    number = filed(register, acting, replace(a_filing(), materials=frozenset()), rows)
    told = facts(register, acting, number, review.verification_report)
    with register.reading(acting) as context:
        judgement = eligibility.check(context, number)
    lines = told.tables["rows"]
    assert [line["clause"] for line in lines if line.get("clause")] == [
        finding.clause for finding in judgement.findings
    ]
    assert [(line["seq"], line["result"]) for line in lines if line.get("seq")] == [
        (1, "通过"),
        (2, "不符"),
        (3, "注意"),
    ]
    counts = [told.values[name] for name in ("rows_count", "passed_count", "warned_count", "blocked_count")]
    assert counts == [3, 1, 1, 1]
    assert told.values["application_blocks"] == 4
    for person in rows:
        assert person.id_number not in str(told.tables)
        assert person.id_number[6:14] not in str(told.tables)


def test_an_empty_roster_is_neither_reported_on_nor_called(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing())
    assert asked(register, acting, number, why_not_issued("verification-report")) == "花名册没有人员"
    assert asked(register, acting, number, why_not_issued("check-record")) == "花名册没有人员"


def test_the_figures_lead_from_the_claim_to_what_is_granted(register: Register, acting: Acting) -> None:
    number = claimed(register, acting, {"1001": 100_000})
    decide(register, acting, number, Action.APPROVE, "同意补贴")
    told = facts(register, acting, number, review.approval_table)
    asked_for, taken_off, checked, granted = told.tables["figures"]
    with register.reading(acting) as context:
        case = find(context, number)
        assert (granted["heads"], fen(granted["amount"])) == (case.approved_heads, case.approved_total_fen)
    assert (asked_for["heads"], asked_for["standard"], asked_for["amount"]) == (3, Money(33333), Money(100000))
    assert (granted["heads"], granted["standard"], granted["amount"]) == (2, Money(33333), Money(66666))
    assert granted["capitals"] == "人民币陆佰陆拾陆元陆角陆分"
    assert {**checked, "item": "核定"} == granted
    assert fen(asked_for["amount"]) - fen(taken_off["amount"]) == fen(granted["amount"])
    lines = told.tables["deductions"]
    assert [(line["code"], line["heads"], line["amount"]) for line in lines] == [("09", 1, Money(33334))]
    assert sum(fen(line["amount"]) for line in lines) == fen(taken_off["amount"])
    assert (told.values["approval"], told.values["approval_officer"]) == ("同意补贴", None)
    assert told.values["first_review"] is told.values["second_review"] is None


def test_before_the_decision_the_granted_line_is_blank(register: Register, acting: Acting) -> None:
    number = claimed(register, acting, {"1001": 70_000, "X1002": 40_000})
    told = facts(register, acting, number, review.approval_table)
    assert [(line["item"], line.get("amount")) for line in told.tables["figures"]] == [
        ("申报", Money(110000)),
        ("核减", Money(63334)),
        ("审核", Money(46666)),
        ("核定", None),
    ]
    assert [(line["code"], line["heads"], line["amount"]) for line in told.tables["deductions"]] == [
        ("09", 1, Money(36667)),
        ("18", 0, Money(26667)),
    ]
    assert told.values["approval"] is told.values["approval_day"] is None
    assert asked(register, acting, number, why_not_issued("claim-refusal")) == "补贴申请还没有审批"


def test_of_a_refused_claim_everything_is_taken_off_for_a_reason(register: Register, acting: Acting) -> None:
    number = claimed(register, acting, {"1001": 100_000})
    decide(register, acting, number, Action.REFUSE, "授课记录系编造")
    told = facts(register, acting, number, review.approval_table)
    assert (told.tables["figures"][3]["heads"], told.tables["figures"][3]["amount"]) == (0, Money(0))
    assert [(line["code"], line["reason"], line["heads"], line["amount"]) for line in told.tables["deductions"]] == [
        ("09", "学时不足", 1, Money(33334)),
        ("21", "其他（见审批意见）", 2, Money(66666)),
    ]
    letter = facts(register, acting, number, review.claim_refusal)
    assert [(line["item"], line["reason"], line["fault"]) for line in letter.tables["reasons"]] == [
        ("审批意见", "21 其他（见审批意见）", "不予补贴：授课记录系编造"),
        ("附件4序号3", "09 学时不足", "完成37学时，应完成40学时，差3学时"),
    ]
    assert (letter.values["refused"], letter.values["reduced"]) == ("不予补贴", None)
    assert letter.values["deducted_amount"] == letter.values["claimed_amount"] == Money(100000)


def test_a_reduced_claim_says_which_rows_do_not_count(register: Register, acting: Acting) -> None:
    number = claimed(register, acting, {"1001": 100_000})
    decide(register, acting, number, Action.APPROVE, "提示已核实")
    letter = facts(register, acting, number, review.claim_refusal)
    assert (letter.values["refused"], letter.values["reduced"]) == (None, "予以核减")
    assert [(line["seq"], line["item"], line["reason"]) for line in letter.tables["reasons"]] == [
        (1, "附件4序号3", "09 学时不足"),
    ]
    amounts = [fen(letter.values[name]) for name in ("claimed_amount", "deducted_amount", "granted_amount")]
    assert amounts[0] - amounts[1] == amounts[2]


def test_a_claim_that_is_granted_whole_refuses_nothing(register: Register, acting: Acting) -> None:
    number = filed_on_its_day(register, acting, CLAIM)
    with register.writing(acting) as context:
        refused = len(roster_edits.rows(context, number)) - len(eligibility.check(context, number).eligible)
        advance(context, number, Action.APPROVE, "提示已核实")
    why_not = asked(register, acting, number, why_not_issued("claim-refusal"))
    assert why_not == ("" if refused else "申报的全部核定，没有核减")


def test_money_is_approved_only_where_it_is_paid_out_here(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), OPENED)
    assert asked(register, acting, number, why_not_issued("approval-table")) == "案件还没有申请补贴，请先办理“申请补贴”"
    with register.writing(later(acting, 25)) as context:
        advance(context, number, Action.CLAIM)
        # The enterprise turns out to be a large one.
        case = find(context, number)
        case.size = Size.LARGE.value
        context.session.add(case)
    assert asked(register, acting, number, why_not_issued("approval-table")) == "补贴申请还没有提交审查"
    with register.writing(later(acting, 25)) as context:
        advance(context, number, Action.SUBMIT)
    assert asked(register, acting, number, why_not_issued("approval-table")) == "学时计入总学时，按线下程序申领补贴"
    decide(register, acting, number, Action.REFUSE, "按线下程序申报")
    letter = facts(register, acting, number, review.claim_refusal)
    assert letter.values["claimed_amount"] is None


@pytest.mark.parametrize(("heads", "called"), [(1, 1), (4, 4), (5, 5), (6, 5), (50, 5), (51, 6), (120, 12)])
def test_a_tenth_is_called_and_five_at_least(heads: int, called: int) -> None:
    assert len(check_record.drawn(range(1, heads + 1), 7)) == called


def test_the_same_seed_draws_the_same_rows_and_another_others(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), many(60), OPENED)
    first = sample(register, acting, number)
    seed = first.values["seed"]
    assert isinstance(seed, int)
    assert seed > 0
    assert sample(register, acting, number) == first
    assert sample(register, later(acting, 1), number, seed=seed) == first
    assert sample(register, later(acting, 1), number).values["seed"] != seed
    assert sample(register, acting, number, seed=seed + 1).tables != first.tables
    assert first.values["sample_heads"] == len(first.tables["sample"]) == 6


def test_the_call_list_has_phones_in_full_and_numbers_masked(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(wrong=True), OPENED)
    lines = sample(register, acting, number).tables["sample"]
    assert [(line["name"], line["phone"], line["id_number"]) for line in lines] == [
        ("学员1", "13800000000", "510402********0018"),
        ("学员3", "13800000000", "510402********0034"),
    ]
    filled_in_by_hand = {"answered", "in_person", "learning", "checker", "checked"}
    assert not any(filled_in_by_hand & set(line) for line in lines)


def test_every_paper_of_the_review_is_issued_and_numbered(register: Register, acting: Acting, tmp_path: Path) -> None:
    number = claimed(register, acting, {"1001": 1_000_000}, heads=30)
    decide(register, acting, number, Action.APPROVE, "提示已核实")
    forms = ["verification-report", "opening-approval", "check-record", "approval-table", "claim-refusal"]
    with register.writing(later(acting, 26)) as context:
        paths = issuing.issue(context, number, forms, tmp_path, Wish())
        numbers = [paper.number for paper in reversed(issuing.issued_before(context, number))]
    assert numbers == [f"东区人社局{mark}〔2020〕1号" for mark in ("核验", "同意", "核查", "核定", "核减")]
    assert all(path.stat().st_size for path in paths)
