"""The papers about an opening say what was decided, to whom, and what follows from it."""

from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db.models import Act
from pxtui.casework.decision.advance import advance
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import journal
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.offline import results as offline_results
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import Filing
from pxtui.casework.printed import opening
from pxtui.casework.roster import edits as roster_edits
from pxtui.papers.reading.rosters import read_roster
from pxtui.policy.facts import ApplicationKind, Size
from tests.casework.printed.test_reception import asked, facts, filed, later, people, why_not_issued
from tests.policy.test_bundles import CLAIM
from tests.support.bundles import filed as filed_on_its_day
from tests.support.filings import a_filing

APPROVED = [Action.SUBMIT, Action.APPROVE]


def of_a_large_enterprise() -> Filing:
    """A class whose hours are carried over."""
    return replace(a_filing(), applicant=replace(a_filing().applicant, size=Size.LARGE))


def test_an_approval_names_the_approved_and_says_why_others_are_left_out(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(wrong=True), APPROVED)
    told = facts(register, acting, number, opening.opening_approval)
    with register.reading(acting) as context:
        approved = roster_edits.approved_seqs(context, find(context, number), ApplicationKind.OPENING)
    assert told.values["case_number"] == "线培〔2020〕DQ-0001"
    assert (told.values["planned_heads"], told.values["approved_heads"], told.values["refused_heads"]) == (3, 2, 1)
    assert [line["name"] for line in told.tables["people"]] == [f"学员{seq}" for seq in sorted(approved)]
    assert [(line["seq"], line["name"], line["fault"], line["clause"]) for line in told.tables["refused"]] == [
        (2, "学员2", "身份证号有误：出生日期（第7至14位）不存在", "附件2")
    ]
    assert not {person.id_number for person in people(wrong=True)} & {
        line["id_number"] for line in told.tables["people"]
    }


def test_an_approval_says_until_when_and_with_what_the_subsidy_is_claimed(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), APPROVED)
    values = facts(register, acting, number, opening.opening_approval).values
    assert values["claim_by_day"] == date(2021, 4, 2)
    assert values["claim_materials"] == "附件3 补贴申请表、附件4 补贴申报花名册、授课记录证明材料、培训成本证明材料"
    assert (values["refused_heads"], values["offline_route"], values["opinion"]) == (None, None, "请改正。")


def test_who_does_not_claim_directly_is_told_no_deadline(register: Register, acting: Acting) -> None:
    number = filed(register, acting, of_a_large_enterprise(), people(), APPROVED)
    values = facts(register, acting, number, opening.opening_approval).values
    assert (values["claim_by_day"], values["claim_materials"]) == (None, None)
    assert values["offline_route"] == "计入总学时（疫情解除后按线下程序申领）"


def test_a_deadline_in_a_year_without_a_calendar_is_left_to_be_written(register: Register, acting: Acting) -> None:
    training = replace(a_filing().training, starts_on=date(2029, 3, 5), ends_on=date(2029, 3, 18))
    number = filed(register, acting, replace(a_filing(), training=training), people(), APPROVED)
    values = facts(register, acting, number, opening.opening_approval).values
    assert values["claim_by_day"] is None
    assert values["claim_within_years"] == 1


def test_an_approval_is_printed_alike_when_the_claim_has_begun(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(wrong=True), APPROVED)
    before = facts(register, acting, number, opening.opening_approval)
    with register.writing(later(acting, 25)) as context:
        advance(context, number, Action.CLAIM)
    assert facts(register, acting, number, opening.opening_approval) == before


def test_who_was_left_out_stays_so_when_the_reason_is_cleared_up_later(register: Register, acting: Acting) -> None:
    first = filed(register, acting, a_filing(), people()[:1], APPROVED)
    number = filed(register, acting, a_filing(), people(), APPROVED)
    before = facts(register, acting, number, opening.opening_approval)
    with register.writing(later(acting, 25)) as context:
        for action in (Action.CLAIM, Action.SUBMIT, Action.REFUSE):
            advance(context, first, action, "放弃补贴")
    after = facts(register, acting, number, opening.opening_approval)
    assert [line["name"] for line in before.tables["refused"]] == ["学员1", "学员1"]
    assert after.tables == before.tables


def test_only_what_was_decided_here_is_told(register: Register, acting: Acting) -> None:
    waiting = filed(register, acting, a_filing(), people(), [Action.SUBMIT])
    assert asked(register, acting, waiting, why_not_issued("opening-approval")) == "还没有同意开班"
    assert asked(register, acting, waiting, why_not_issued("opening-refusal")) == "没有不予同意开班的决定"
    imported = filed_on_its_day(register, acting, CLAIM)
    assert asked(register, acting, imported, why_not_issued("opening-approval")) == "开班不是在本台账审批的"


def test_a_refusal_gives_the_decision_first_and_then_every_finding(register: Register, acting: Acting) -> None:
    training = replace(a_filing().training, main_business=False)
    filing = replace(a_filing(), training=training)
    number = filed(register, acting, filing, people(wrong=True), [Action.SUBMIT, Action.REFUSE])
    lines = facts(register, acting, number, opening.opening_refusal).tables["reasons"]
    assert [(line["seq"], line["item"], line.get("clause")) for line in lines] == [
        (1, "审批意见", "二"),
        (2, "附件1 培训申请表", "二"),
        (3, "附件2序号2", "附件2"),
    ]
    assert lines[0]["fault"] == "请改正。"


def test_a_withdrawn_application_is_ended_on_the_day_of_its_withdrawal(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people(), [Action.SUBMIT])
    assert asked(register, acting, number, why_not_issued("change-notice")) == "开班批准后没有变更，申请也没有撤回"
    with register.writing(later(acting, 2)) as context:
        advance(context, number, Action.WITHDRAW, "企业停产")
    told = facts(register, acting, number, opening.change_notice)
    assert (told.values["ended_day"], told.values["end_reason"]) == (date(2020, 3, 18), "企业停产")
    assert told.values["changes_count"] is None
    assert [(line["item"], line["before"], line["after"]) for line in told.tables["changes"]] == [
        ("办理状态", "待开班审批", "已撤回，终止办理")
    ]


def test_what_was_changed_after_the_approval_stands_with_before_and_after(register: Register, acting: Acting) -> None:
    first = replace(a_filing(), training=replace(a_filing().training, platform="技工教育网"))
    number = filed(register, acting, first, people(), APPROVED)
    longer = replace(first, training=replace(first.training, ends_on=date(2020, 4, 9), course_hours=Decimal(48)))
    moved = replace(longer, training=replace(longer.training, platform=None, course_hours=Decimal(40)))
    with register.writing(acting) as context:
        for days, (was, now) in enumerate([(first, longer), (longer, moved)], start=5):
            case = find(context, number)
            journal.record(
                context.by(later(acting, days)), case, Act.CASE_AMEND, "变更", before=asdict(was), after=asdict(now)
            )
    lines = facts(register, acting, number, opening.change_notice).tables["changes"]
    assert [(line["day"], line["item"], line["before"], line["after"]) for line in lines] == [
        (date(2020, 3, 22), "线上培训平台", "技工教育网", "无"),
        (date(2020, 3, 21), "结束日期", "2020年4月2日", "2020年4月9日"),
    ]


def test_what_was_changed_before_the_approval_is_no_change_of_it(register: Register, acting: Acting) -> None:
    number = filed(register, acting, a_filing(), people())
    with register.writing(acting) as context:
        opening_filing.amend(context, number, replace(a_filing(), course_title="焊接工艺基础"))
        for action in APPROVED:
            advance(context.by(later(acting)), number, action)
    assert asked(register, acting, number, why_not_issued("change-notice")) != ""


def test_hours_that_are_carried_over_are_listed_person_by_person(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = filed(register, acting, of_a_large_enterprise(), people(wrong=True), APPROVED)
    lines = facts(register, acting, number, opening.offline_transfer).tables["people"]
    assert [(line["name"], line["course_hours"], line["completed_hours"]) for line in lines] == [
        ("学员1", Decimal(40), None),
        ("学员3", Decimal(40), None),
    ]
    came = tmp_path / "附件4.csv"
    told = [f"{row.seq},{row.name},{row.id_number},{row.phone},40,40,是" for row in people()]
    came.write_text("\n".join(["序号,姓名,身份证号,联系电话,课程学时,完成学时,考核合格", *told]), encoding="utf-8")
    with register.writing(later(acting, 25)) as context:
        offline_results.put_hours(context, number, read_roster(came), source=came.name)
    lines = facts(register, acting, number, opening.offline_transfer).tables["people"]
    assert [line["completed_hours"] for line in lines] == [Decimal(40), Decimal(40)]


@pytest.mark.parametrize(
    ("filing", "actions", "why_not"),
    [
        (of_a_large_enterprise(), [Action.SUBMIT], "还没有同意开班"),
        (of_a_large_enterprise(), APPROVED, ""),
        (a_filing(), APPROVED, "中小企业有偿培训，结束后直接申请补贴"),
    ],
)
def test_hours_are_carried_over_on_the_credited_route_only(
    filing: Filing, actions: list[Action], why_not: str, register: Register, acting: Acting
) -> None:
    number = filed(register, acting, filing, people(), actions)
    assert asked(register, acting, number, why_not_issued("offline-transfer")) == why_not
