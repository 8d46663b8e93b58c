"""The applicant's forms bear what the office said of them: who said it, on which day, and nothing that nobody said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from db.models import (
    Fund,
    ItemOutcome,
    Objection,
    ObjectionOutcome,
    PaymentBatch,
    PaymentLine,
    PaymentOutcome,
    PublicityBatch,
    PublicityItem,
)
from pxtui.casework.decision.advance import advance
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.opening.plan import METHODS, SUPERVISION
from pxtui.casework.printed import attachments, payment, publicity, review
from pxtui.casework.staff import members
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import words_of
from tests.casework.printed.test_reception import facts, filed, later, people
from tests.casework.printed.test_review import claimed
from tests.conftest import ACTING, NOW
from tests.support.filings import a_filing, a_full_filing

HEAD = "王五"
"""Who may approve where somebody has to."""

_CHECKED = (
    (Action.ACCEPT, "张三", 1, ""),
    (Action.FIRST_CHECK, "张三", 1, "材料齐全"),
    (Action.SECOND_CHECK, "李四", 2, ""),
)
_WRITTEN = [("first_review", "材料齐全", "张三"), ("second_review", "复核通过", "李四")]
_BLANK = [("first_review", "", ""), ("second_review", "", "")]
_CLAIM_SUBMITTED = 25


def take(register: Register, acting: Acting, number: str, steps: Any, after: int = 0) -> None:
    """Steps as (action, who, days later, opinion)."""
    with register.writing(acting) as context:
        if HEAD not in members.names(context):
            members.add(context, HEAD, Role.HEAD)
        for action, name, days, opinion in steps:
            advance(context.by(replace(later(acting, after + days), name=name)), number, action, opinion)


def said(told: Facts, *blocks: str) -> list[tuple[Any, ...]]:
    """What stands in these blocks and who signs them."""
    return [(block, told.values[f"{block}_text"], told.values[f"{block}_officer"]) for block in blocks]


def days(told: Facts) -> list[Any]:
    """On which each step was taken."""
    return [told.values[f"{block}_on"] for block in ("first_review", "second_review", "approval")]


def test_attachment_1_bears_each_step_of_the_opening(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT])
    before = facts(register, acting, number, attachments.attachment_1_of)
    assert said(before, "first_review", "second_review", "approval") == [*_BLANK, ("approval", "", "")]
    take(register, acting, number, [*_CHECKED, (Action.APPROVE, HEAD, 3, "同意开班，按周报送记录")])
    told = facts(register, acting, number, attachments.attachment_1_of)
    wanted = [*_WRITTEN, ("approval", "同意开班，按周报送记录", HEAD)]
    assert said(told, "first_review", "second_review", "approval") == wanted
    assert days(told) == [date(2020, 3, 17), date(2020, 3, 18), date(2020, 3, 19)]
    assert told.values["approval_result"] == "approved"


def test_attachment_1_bears_the_plan_of_the_class_as_it_was_keyed(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_full_filing(), people(), [])
    values = facts(register, acting, number, attachments.attachment_1_of).values
    keys = ("methods", "process", "exam", "total_hours", "theory_hours", "practice_hours", "key_group", "domain")
    assert [values[key] for key in keys] == [
        *("documents、live", "sign-in、traceable", "笔试加实操"),
        *(Decimal("60.5"), Decimal("40.5"), Decimal(20), "失业人员", "px.example.cn"),
    ]
    others = ("provider_credit_code", "relevance", "legal_phone", "figures_of_year")
    assert [values[key] for key in others] == ["91350100M000100Y43", "学员到本校实训后上岗", "0812-3330003", 2019]


def test_what_was_not_keyed_of_the_plan_stays_blank(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), [])
    values = facts(register, acting, number, attachments.attachment_1_of).values
    keys = ("methods", "process", "exam", "total_hours", "theory_hours", "practice_hours", "relevance", "legal_phone")
    assert [values[key] or "" for key in keys] == [""] * len(keys)


def test_the_paper_has_a_box_for_every_method_and_every_kind_of_supervision() -> None:
    words = words_of("attachment-1")
    for name, labels in (("methods", METHODS), ("process", SUPERVISION)):
        assert words.ticks(name, *labels) == words.ticks(name).replace("□", "☑")
        assert [words.ticks(name).split("□")[place].strip() for place in range(1, len(labels) + 1)] == [
            *labels.values()
        ]


@pytest.mark.parametrize(
    ("platform", "provider", "ticked"),
    [
        ("成都职业培训网络学院", "", "purchased-from-platform"),
        ("成都职业培训网络学院", "成都职业培训网络学院", "purchased-from-platform"),
        ("成都职业培训网络学院", "四川省职业网络培训学院", "purchased-from-platform"),
        ("成都职业培训网络学院", "攀枝花市匠心职业培训学校", "purchased-from-school"),
        ("", "攀枝花市匠心职业培训学校", "purchased-from-school"),
    ],
)
def test_attachment_1_says_of_whom_the_training_is_bought(
    platform: str, provider: str, ticked: str, register: Register, acting: Acting
) -> None:
    filing = a_filing()
    training = replace(filing.training, platform=platform or None, provider=provider or None)
    number = filed(register, acting, replace(filing, training=training), people(), [])
    told = facts(register, acting, number, attachments.attachment_1_of)
    assert told.values["formats"] == ticked


@pytest.mark.parametrize("again", [[], [(Action.SUBMIT, "张三", 4, "")]])
def test_what_was_said_of_papers_that_went_back_is_not_said_of_the_new_ones(
    again: list[Any], register: Register, acting: Acting
) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT])
    take(register, acting, number, [*_CHECKED, (Action.RETURN, HEAD, 3, "营业执照看不清"), *again])
    told = facts(register, acting, number, attachments.attachment_1_of)
    assert said(told, "first_review", "second_review", "approval") == [*_BLANK, ("approval", "", "")]
    assert told.values["approval_result"] == ""


def test_attachment_3_bears_the_steps_of_the_claim_and_not_those_of_the_opening(
    register: Register, acting: Acting
) -> None:
    number = claimed(register, acting, {"1001": 100_000})
    before = facts(register, acting, number, attachments.attachment_3_of)
    assert said(before, "first_review", "second_review", "approval") == [*_BLANK, ("approval", "", "")]
    assert before.values["reduced_heads"] is before.values["granted_heads"] is None
    take(register, acting, number, [*_CHECKED, (Action.APPROVE, HEAD, 3, "凭证已核实")], after=_CLAIM_SUBMITTED)
    told = facts(register, acting, number, attachments.attachment_3_of)
    assert said(told, "first_review", "second_review", "approval") == [*_WRITTEN, ("approval", "凭证已核实", HEAD)]
    assert days(told) == [date(2020, 4, 11), date(2020, 4, 12), date(2020, 4, 13)]
    names = ("reduced_heads", "reduced_fen", "reduction_reason", "granted_heads", "granted_fen", "is_refused")
    assert [told.values[name] for name in names] == [1, 33_334, "09 学时不足", 2, 66_666, False]
    assert (told.values["claimed_heads"], told.values["claimed_fen"]) == (2 + 1, 66_666 + 33_334)


def test_the_approval_table_bears_the_same_steps(register: Register, acting: Acting) -> None:
    number = claimed(register, acting, {"1001": 100_000})
    take(register, acting, number, _CHECKED, after=_CLAIM_SUBMITTED)
    told = facts(register, acting, number, review.approval_table).values
    assert (told["first_review"], told["first_officer"], told["first_day"]) == ("材料齐全", "张三", date(2020, 4, 11))
    assert (told["second_review"], told["second_officer"], told["second_day"]) == (
        "复核通过",
        "李四",
        date(2020, 4, 12),
    )
    assert told["approval"] is told["approval_officer"] is None


def test_a_refused_claim_does_not_read_as_a_granted_one(register: Register, acting: Acting) -> None:
    number = claimed(register, acting, {"1001": 100_000})
    take(register, acting, number, [(Action.REFUSE, HEAD, 1, "授课记录系编造")], after=_CLAIM_SUBMITTED)
    told = facts(register, acting, number, attachments.attachment_3_of)
    assert (told.values["is_refused"], told.values["granted_heads"]) == (True, None)
    assert said(told, "approval") == [("approval", "授课记录系编造", HEAD)]


def published(register: Register, number: str, outcome: ItemOutcome, *objections: ObjectionOutcome | None) -> None:
    """The claim was published on Friday 24 April with these objections, none of them named by anybody's name."""
    with register.writing(ACTING) as context:
        case = find(context, number)
        batch = PublicityBatch(
            office_code="dongqu",
            year=2020,
            serial=1,
            published_on=date(2020, 4, 24),
            ends_on=date(2020, 4, 27),
            payable_from=date(2020, 4, 28),
            page_address="rsj.example.cn/1.html",
            staff_name="张三",
        )
        context.session.add(batch)
        context.session.flush()
        item = PublicityItem(batch_id=batch.id, case_id=case.id or 0, heads=2, total_fen=66_666, outcome=outcome)
        context.session.add(item)
        context.session.flush()
        for decided in objections:
            objection = Objection(item_id=item.id, received_on=date(2020, 4, 25), staff_name="张三", outcome=decided)
            context.session.add(objection)


@pytest.mark.parametrize(
    ("outcome", "objections", "ticked", "handling"),
    [
        (ItemOutcome.PUBLISHED, (), "", ""),
        (ItemOutcome.CLEARED, (), "none", ""),
        (ItemOutcome.PUBLISHED, (None,), "raised", "1件异议正在核查"),
        (ItemOutcome.CLEARED, (ObjectionOutcome.DISMISSED, ObjectionOutcome.DISMISSED), "raised", "2件异议不成立"),
    ],
)
def test_attachment_3_bears_the_publication_and_what_was_objected(
    outcome: ItemOutcome,
    objections: tuple[ObjectionOutcome | None, ...],
    ticked: str,
    handling: str,
    register: Register,
    acting: Acting,
) -> None:
    number = claimed(register, acting, {"1001": 100_000})
    take(register, acting, number, [(Action.APPROVE, HEAD, 1, "凭证已核实")], after=_CLAIM_SUBMITTED)
    published(register, number, outcome, *objections)
    told = facts(register, acting, number, attachments.attachment_3_of).values
    days = [told[f"publicity_{name}"] for name in ("starts_on", "ends_on", "working_days", "address")]
    assert days == [date(2020, 4, 24), date(2020, 4, 27), 2, "rsj.example.cn/1.html"]
    assert (told["objection"], told["objection_handling"]) == (ticked, handling)
    assert told["payment_on"] is None


def test_papers_of_a_published_claim_keep_the_days_of_its_publication(register: Register, acting: Acting) -> None:
    number = claimed(register, acting, {"1001": 100_000})
    take(register, acting, number, [(Action.APPROVE, HEAD, 1, "凭证已核实")], after=_CLAIM_SUBMITTED)
    published(register, number, ItemOutcome.CLEARED)
    in_may = later(acting, 60)
    with register.reading(in_may) as context:
        notice = publicity.batch_notice(context, "GS2020-DQ-001").facts.values
    assert (notice["starts_day"], notice["publicity_ends_day"]) == (date(2020, 4, 24), date(2020, 4, 27))


def test_a_claim_that_was_taken_out_of_its_publication_is_not_published(register: Register, acting: Acting) -> None:
    number = claimed(register, acting, {"1001": 100_000})
    take(register, acting, number, [(Action.APPROVE, HEAD, 1, "凭证已核实")], after=_CLAIM_SUBMITTED)
    published(register, number, ItemOutcome.WITHDRAWN, ObjectionOutcome.UPHELD)
    told = facts(register, acting, number, attachments.attachment_3_of).values
    assert told["publicity_starts_on"] is told["publicity_ends_on"] is None
    assert told["objection"] == ""


def test_attachment_3_bears_the_payment_that_arrived_and_not_the_bounced_one(
    register: Register, acting: Acting
) -> None:
    number = claimed(register, acting, {"1001": 100_000})
    take(register, acting, number, [(Action.APPROVE, HEAD, 1, "凭证已核实")], after=_CLAIM_SUBMITTED)
    with register.writing(acting) as context:
        context.session.add(Fund(code="zx", name="2020年专项资金", granted_fen=1_000_000))
        context.session.flush()
        for serial, (outcome, reference) in enumerate(
            [(PaymentOutcome.BOUNCED, "户名不符"), (PaymentOutcome.PAID, "YH0001")], start=1
        ):
            batch = PaymentBatch(
                office_code="dongqu",
                year=2020,
                serial=serial,
                fund_code="zx",
                prepared_on=NOW.date(),
                prepared_by="张三",
            )
            context.session.add(batch)
            context.session.flush()
            line = PaymentLine(
                batch_id=batch.id,
                case_id=find(context, number).id or 0,
                amount_fen=66_666,
                account_name="",
                bank_name="",
                outcome=outcome,
                answered_on=date(2020, 4, 28 + serial),
                reference=reference,
            )
            context.session.add(line)
    told = facts(register, acting, number, attachments.attachment_3_of).values
    assert (told["payment_on"], told["payment_voucher"]) == (date(2020, 4, 30), "YH0001")
    assert facts(register, acting, number, payment.payment_slip).values["payment_day"] == date(2020, 4, 30)
