"""Made-up applications: one that passes every rule about itself, and one that states all that can be stated."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pxtui.casework.opening.filing import ApplicantDetails, Filing
from pxtui.casework.opening.plan import Method, Supervision, TrainingPlan
from pxtui.policy.facts import (
    Applicant,
    Fee,
    Format,
    Group,
    Kind,
    Level,
    Material,
    Size,
    Trainees,
    Training,
)


def a_filing() -> Filing:
    """A class of welders of a medium enterprise in 东区, 20 March to 2 April 2020."""
    return Filing(
        office="dongqu",
        received_on=date(2020, 3, 16),
        applicant=Applicant(
            name="攀枝花市恒力机械有限公司",
            credit_code="91350100M000100Y43",
            kind=Kind.ENTERPRISE,
            size=Size.MEDIUM,
            group=None,
            vanadium_titanium_zone=False,
            county="510402",
        ),
        training=Training(
            trainees=Trainees.EMPLOYEES,
            occupation="焊工",
            level=Level.FIVE,
            format=Format.PURCHASED,
            fee=Fee.PAID,
            main_business=True,
            platform=None,
            provider="成都职业培训网络学院",
            starts_on=date(2020, 3, 20),
            ends_on=date(2020, 4, 2),
            course_hours=Decimal(40),
        ),
        materials=frozenset(
            (Material.ATTACHMENT_1, Material.ATTACHMENT_2, Material.BUSINESS_LICENCE, Material.LABOUR_CONTRACTS)
        ),
    )


def a_full_filing() -> Filing:
    """A class of electricians of a school in 西区, with every answer that Attachment 1 has room for."""
    bare = a_filing()
    return replace(
        bare,
        office="xiqu",
        applicant=replace(
            bare.applicant,
            name="攀枝花市恒隆职业培训学校",
            kind=Kind.TRAINING_INSTITUTION,
            size=Size.SMALL,
            group=next(iter(Group)),
            vanadium_titanium_zone=True,
            county="510403",
        ),
        training=replace(
            bare.training,
            trainees=Trainees.KEY_GROUPS,
            occupation="电工",
            level=Level.FOUR,
            format=Format.OWN_TEACHERS,
            fee=Fee.FREE,
            main_business=False,
            platform="恒隆网校",
            provider="攀枝花市启明职业培训学校",
            starts_on=date(2020, 3, 23),
            ends_on=date(2020, 4, 3),
            course_hours=Decimal("48.5"),
        ),
        materials=frozenset((Material.ATTACHMENT_1, Material.IDENTITY_PROOFS)),
        details=_full_details(),
        lifted_on=date(2020, 4, 1),
        course_title="电工入门",
        contract_number="HT2020-1",
        planned_fee_fen=1_234_500,
        cover_head_count=31,
        cover_tail_sum=123_456,
        stated_size=Size.MICRO,
        proof_copies=29,
        plan=_full_plan(),
    )


def _full_plan() -> TrainingPlan:
    return TrainingPlan(
        methods=frozenset((Method.LIVE, Method.DOCUMENTS)),
        supervision=frozenset((Supervision.SIGN_IN, Supervision.TRACEABLE)),
        exam="笔试加实操",
        total_hours=Decimal("60.5"),
        theory_hours=Decimal("40.5"),
        key_group="失业人员",
        domain="px.example.cn",
        provider_credit_code="91350100M000100Y43",
        relevance="学员到本校实训后上岗",
    )


def _full_details() -> ApplicantDetails:
    return ApplicantDetails(
        industry="工业",
        staff_count=120,
        revenue_wan=Decimal("3500.5"),
        assets_wan=Decimal("4800.25"),
        figures_year=2019,
        business_scope="机械加工",
        address="攀枝花市东区人民街1号",
        legal_representative="陈明",
        legal_phone="0812-3330003",
        contact_name="刘敏",
        contact_phone="0812-3330002",
        bank_name="攀枝花市商业银行东区支行",
        bank_account="5104020000000001",
    )
