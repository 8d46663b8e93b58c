"""What the intake form takes, and what it tells at the field."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from rich.cells import cell_len

from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import ApplicantDetails, KnownApplicant
from pxtui.policy import facts
from pxtui.policy.enterprise_size import industries
from pxtui.policy.parameters import shipped_rulebook
from screens.application.applicant_fields import from_applicant
from screens.application.intake_fields import (
    _MATERIALS,
    all_handed_in,
    from_filing,
    heads_keyed,
    intake_fields,
    new_values,
    to_filing,
)
from screens.entry.choices import narrowed
from screens.entry.form_engine import FormEngine
from tests.support.filings import a_filing

TODAY = date(2026, 11, 23)
FIELDS = {field.key: field for field in intake_fields(TODAY, shipped_rulebook().latest)}
_ROOM = 80 - 18
KEYED = {
    "received_on": "2020-03-16",
    "name": "攀枝花市恒力机械有限公司",
    "credit_code": "91350100M000100Y43",
    "kind": "enterprise",
    "industry": "industry",
    "staff_count": "450",
    "revenue_wan": "3000",
    "assets_wan": "2500.5",
    "figures_year": "2019",
    "stated_size": "small",
    "county": "510402",
    "zone": "yes",
    "group": "pangang",
    "business_scope": "金属结构制造",
    "address": "炳草岗大街1号",
    "legal_representative": "赵明",
    "legal_phone": "0812-3330001",
    "contact_name": "李芳",
    "contact_phone": "13800000001",
    "trainees": "key-groups",
    "key_group": "失业人员",
    "course_title": "焊工线上技能提升",
    "occupation": "焊工",
    "level": "5",
    "format": "own-teachers",
    "methods": "live documents",
    "fee": "free",
    "main_business": "no",
    "platform": "恒力网校",
    "domain": "px.example.cn",
    "provider": "攀枝花市启明培训学校",
    "provider_credit_code": "91350100M000100Y43",
    "starts_on": "2020-03-20",
    "ends_on": "2020-04-02",
    "course_hours": "40",
    "total_hours": "60.5",
    "theory_hours": "40.5",
    "exam": "笔试加实操",
    "supervision": "sign-in traceable",
    "contract_number": "PX-2020-3",
    "planned_fee": "1500.00",
    "relevance": "焊接是本企业的主要工序",
    "cover_head_count": "12",
    "cover_tail_sum": "34567",
    "has_attachment_1": "yes",
    "has_attachment_2": "no",
    "has_licence": "yes",
    "has_proofs": "yes",
    "proof_copies": "11",
}
"""An answer to every question of the form, none of them the one that it begins with."""


@pytest.mark.parametrize(
    ("key", "wrong", "right", "part"),
    [
        ("contact_phone", "1380000000", "13800000001", "电话应为11位手机号"),
        ("contact_phone", "3330000", "0812-3330000", "区号-号码"),
        ("revenue_wan", "-500", "500", "不能是负数"),
        ("assets_wan", "-1", "0", "不能是负数"),
        ("planned_fee", "-1", "1.50", "不能是负数"),
        ("name", "91350100M000100Y43", "攀枝花市恒力机械有限公司", "不是单位名称"),
        ("starts_on", "0230", "2026-02-28", "请写成20260316或0316"),
        ("legal_phone", "3330000", "0812-3330000", "区号-号码"),
        ("figures_year", "2026", "2025", "早于今年"),
        ("figures_year", "1925", "2019", "数据年度应为4位年份"),
        ("provider_credit_code", "91350100M000100Y42", "91350100M000100Y43", "校验"),
        ("total_hours", "0", "60.5", "项目总学时应大于0"),
    ],
)
def test_a_slip_is_told_at_its_field(key: str, wrong: str, right: str, part: str) -> None:
    sentence = FIELDS[key].fault(wrong)
    assert part in sentence
    assert cell_len(sentence) <= 78
    assert FIELDS[key].fault(right) == ""


def test_nothing_is_handed_in_before_somebody_says_so() -> None:
    engine = FormEngine(intake_fields(TODAY, shipped_rulebook().latest), new_values(TODAY))
    materials = set(all_handed_in())
    assert materials <= {field.key for field, _ in engine.faults()}
    engine.put(all_handed_in())
    assert not materials & {field.key for field, _ in engine.faults()}


def test_what_the_applicant_states_stays_beside_what_its_figures_give(register: Register, acting: Acting) -> None:
    stated = replace(a_filing(), stated_size=facts.Size.SMALL)
    with register.writing(acting) as context:
        number = opening_filing.file(context, stated)
        assert opening_filing.filing(context, number).applicant.size is facts.Size.MEDIUM
        assert from_filing(opening_filing.filing(context, number))["stated_size"] == "small"


def known(stated: facts.Size | None, revenue: Decimal | None) -> KnownApplicant:
    """A manufacturer of 450 on file."""
    applicant = facts.Applicant(
        name="攀枝花市恒力机械有限公司",
        credit_code="91350100M000100Y43",
        kind=facts.Kind.ENTERPRISE,
        size=stated,
        group=None,
        vanadium_titanium_zone=False,
        county="510402",
    )
    return KnownApplicant(applicant, ApplicantDetails(industry="industry", staff_count=450, revenue_wan=revenue))


def test_the_stated_size_is_the_applicants_own() -> None:
    computed = from_applicant(known(facts.Size.MEDIUM, Decimal(3000)))
    assert computed["stated_size"] == ""
    assert from_applicant(known(facts.Size.SMALL, None))["stated_size"] == facts.Size.SMALL.value


@pytest.mark.parametrize("industry", industries())
def test_the_size_is_told_with_its_reason_in_one_line(industry: str) -> None:
    figures = {"staff_count": "99999", "revenue_wan": "99999.99", "assets_wan": "1234567"}
    size_sentence = FIELDS["size"].derived
    assert size_sentence is not None
    for given in (figures, {**figures, "revenue_wan": "3000"}, {"revenue_wan": "3000"}, {}):
        values = {"kind": "enterprise", "industry": industry, "stated_size": "small", **given}
        assert cell_len(size_sentence(values)) <= _ROOM, size_sentence(values)


def test_all_that_is_keyed_comes_back_from_the_register(register: Register, acting: Acting) -> None:
    asked = [field for field in intake_fields(TODAY, shipped_rulebook().latest, tail_sum=True) if field.derived is None]
    assert {field.key for field in asked} == set(KEYED)
    assert {field.key: field.fault(KEYED[field.key]) for field in asked} == dict.fromkeys(KEYED, "")
    with register.writing(acting) as context:
        number = opening_filing.file(context, to_filing(KEYED, context.rulebook.latest))
        shown = from_filing(opening_filing.filing(context, number))
    assert {key: shown[key] for key in KEYED} == KEYED


def test_the_intake_form_ticks_every_material_that_an_opening_may_need() -> None:
    notices = shipped_rulebook().notices
    wanted = {material for notice in notices for some in notice.opening_materials.values() for material in some}
    assert {material for materials in _MATERIALS.values() for material in materials} == wanted
    assert set(_MATERIALS) <= set(FIELDS)


@pytest.mark.parametrize("typed", ["制造", "制造业", "zz", "cky", "c"])
def test_a_trade_is_found_by_the_name_that_it_calls_itself(typed: str) -> None:
    field = FIELDS["industry"]
    assert ("industry", "工业") in narrowed(typed, field.choices, field.aliases)


@pytest.mark.parametrize(("typed", "key"), [("制造", "industry"), ("教育", "manual"), ("物业", "property-management")])
def test_the_only_trade_of_a_name_is_taken_at_once(typed: str, key: str) -> None:
    assert [code for code, _ in narrowed(typed, FIELDS["industry"].choices, FIELDS["industry"].aliases)] == [key]


@pytest.mark.parametrize(
    ("total", "theory", "sentence"),
    [
        ("60", "40.5", ""),
        ("60", "", ""),
        ("", "", ""),
        ("30", "", "项目总学时少于线上的课程学时40"),
        ("60", "60.5", "理论学时多于项目总学时60"),
        ("60", "-1", "理论学时不能是负数"),
    ],
)
def test_hours_that_cannot_be_added_up_are_told(total: str, theory: str, sentence: str) -> None:
    values = {**KEYED, "total_hours": total, "theory_hours": theory}
    told = "".join(FIELDS[key].fault_in(values) for key in ("total_hours", "theory_hours"))
    assert told.startswith(sentence)
    assert bool(told) is bool(sentence)
    assert cell_len(told) <= 78


def test_the_hours_of_practice_are_those_that_are_no_theory() -> None:
    shown = FIELDS["practice_hours"].derived
    assert shown is not None
    answers = [{"total_hours": total, "theory_hours": "40.5"} for total in ("60.5", "40.5", "", "40")]
    assert [shown(values) for values in answers] == ["20", "0", "", ""]


def test_whether_a_course_belongs_to_the_business_is_for_the_clerk_to_say() -> None:
    engine = FormEngine(intake_fields(TODAY, shipped_rulebook().latest), new_values(TODAY))
    assert "main_business" in {field.key for field, _ in engine.faults()}


@pytest.mark.parametrize(
    ("key", "other", "asked", "unasked"),
    [
        ("key_group", "trainees", "key-groups", "employees"),
        ("domain", "platform", "恒力网校", "技工教育网"),
        ("domain", "platform", "恒力网校", ""),
        ("relevance", "kind", "enterprise", "training-institution"),
        ("theory_hours", "total_hours", "60", ""),
    ],
)
def test_what_another_answer_leaves_nothing_to_ask_of_is_not_asked_and_not_kept(
    key: str, other: str, asked: str, unasked: str
) -> None:
    notice = shipped_rulebook().latest
    assert FIELDS[key].is_asked({**KEYED, other: asked})
    kept = to_filing({**KEYED, other: asked}, notice).plan
    without = {**KEYED, other: unasked}
    assert not FIELDS[key].is_asked(without)
    dropped = to_filing(without, notice).plan
    assert (getattr(kept, key) or "") != ""
    assert not getattr(dropped, key)


@pytest.mark.parametrize(
    ("declared", "heads", "shown"),
    [
        ("8", 6, "申请表填8人，花名册6人，提交前要核对后改正其中一处。"),
        ("6", 6, "6人"),
        ("", 6, "6人"),
        ("8", 0, "还没有录入"),
    ],
)
def test_other_heads_than_those_of_the_roster_are_told_beside_them(declared: str, heads: int, shown: str) -> None:
    sentence = FIELDS["heads"].derived
    assert sentence is not None
    assert sentence({"cover_head_count": declared, **heads_keyed(heads)}) == shown
    assert cell_len(shown) <= _ROOM


def test_what_is_told_late_takes_nothing_from_the_field_in_hand() -> None:
    engine = FormEngine(intake_fields(TODAY, shipped_rulebook().latest), {})
    engine.go_to("cover_head_count")
    engine.type("8")
    engine.know(heads_keyed(6))
    assert engine.current()["cover_head_count"] == "8"
    assert engine.value([field.key for field in engine.fields].index("heads")).startswith("申请表填8人，花名册6人")
