"""Attachments 1 to 4 of a full case, and of one of which nothing is known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pxtui.papers.attachments import attachment_1, attachment_2, attachment_3, attachment_4
from pxtui.papers.attachments.attachment_1 import Attachment1
from pxtui.papers.attachments.attachment_2 import Attachment2, RosterLine
from pxtui.papers.attachments.attachment_3 import Attachment3, PaidInvoice
from pxtui.papers.attachments.attachment_4 import Attachment4, ClaimLine
from pxtui.papers.writing.sheet import Paper
from pxtui.papers.writing.wording import Opinion, words_of
from tests.support.rosters import made_up_people

VERSION = "3F9A1C22"
FORMS = ("attachment-1", "attachment-2", "attachment-3", "attachment-4")
_APPLICANT = "攀枝花市恒力机械有限公司"
_CREDIT_CODE = "91510402MA6ABCDE0X"
_NUMBER = "线培〔2020〕DQ-0017"
_FEW = 3


def page_of(form: str, case: str, lines: int = _FEW) -> Paper:
    """The paper, ready to be written."""
    is_full = case == "full"
    if form == "attachment-1":
        return attachment_1.page(_full_1() if is_full else Attachment1(version=VERSION), words_of(form))
    if form == "attachment-3":
        return attachment_3.page(_full_3() if is_full else Attachment3(version=VERSION), words_of(form))
    people = made_up_people(lines) if is_full else []
    applicant = _APPLICANT if is_full else ""
    if form == "attachment-2":
        rows = [
            RosterLine(person.seq, person.name, "男", 50, person.id_number, person.phone, "焊工班组")
            for person in people
        ]
        return attachment_2.page(Attachment2(applicant, rows, VERSION, _NUMBER if is_full else ""))
    hours = Decimal(40)
    claimed = [
        ClaimLine(
            person.seq,
            person.name,
            "男",
            50,
            person.id_number,
            person.phone,
            hours,
            hours,
            f"hl{person.seq:04}",
            "",
            True,
            "",
        )
        for person in people
    ]
    return attachment_4.page(Attachment4(applicant, claimed, VERSION, _NUMBER if is_full else ""))


def _full_applicant() -> Attachment1:
    return Attachment1(
        version=VERSION,
        case_number=_NUMBER,
        applicant_name=_APPLICANT,
        filled_on=date(2020, 3, 10),
        filing_number="线培〔2020〕DQ-0017",
        credit_code=_CREDIT_CODE,
        kind="enterprise",
        size="medium",
        industry="通用设备制造业（34）",
        employees=420,
        revenue=Decimal("5300.5"),
        assets=Decimal(8000),
        figures_of_year=2019,
        main_business="机械加工；金属结构制造；设备安装、维修",
        address="四川省攀枝花市东区人民街1号",
        jurisdiction="510402",
        legal_representative="王建国",
        legal_phone="0812-3333333",
        contact="李芳",
        contact_mobile="13800000001",
    )


def _full_1() -> Attachment1:
    return replace(
        _full_applicant(),
        course="焊接工艺基础",
        occupation="焊工",
        level="5",
        route="sme-paid",
        trainees="employees",
        planned_heads=37,
        formats=frozenset({"purchased-from-platform"}),
        methods=frozenset({"live", "interactive"}),
        platform="技工教育网",
        domain="jg.class.com.cn",
        provider="恒力网校",
        provider_credit_code=_CREDIT_CODE,
        starts_on=date(2020, 3, 20),
        ends_on=date(2020, 4, 2),
        course_hours=Decimal(40),
        total_hours=Decimal(40),
        theory_hours=Decimal(40),
        practice_hours=Decimal(0),
        exam="平台结业考试",
        process=frozenset({"sign-in", "learning-record", "q-and-a", "final-exam", "traceable"}),
        fee_per_head_fen=33_243,
        fee_total_fen=1_230_000,
        contract_number="HL-2020-03",
        relevance="本企业主营金属结构制造，焊接为主要工序。",
        pledged_on=date(2020, 3, 10),
        first_review=Opinion("材料齐全，名单核验通过。", "张三", date(2020, 3, 11)),
        second_review=Opinion("同意初审意见。", "李四", date(2020, 3, 12)),
        approval=Opinion("同意开班。", "王五", date(2020, 3, 13)),
        approval_result="approved",
    )


def _vouchers() -> list[PaidInvoice]:
    return [
        PaidInvoice(
            code="051001900311",
            number=f"1234567{serial}",
            issued_on=date(2020, 4, 3),
            seller="恒力网校",
            amount_fen=410_000,
            payment=f"001{serial}",
            paid_on=date(2020, 4, 5),
        )
        for serial in range(_FEW)
    ]


def _full_3() -> Attachment3:
    return Attachment3(
        version=VERSION,
        case_number=_NUMBER,
        applicant_name=_APPLICANT,
        filed_on=date(2020, 4, 10),
        acceptance_number="线培〔2020〕DQ-0017",
        credit_code=_CREDIT_CODE,
        size="medium",
        address="四川省攀枝花市东区人民街1号",
        legal_representative="王建国",
        contact="李芳",
        contact_mobile="13800000001",
        filing_number="线培〔2020〕DQ-0017",
        approved_by="攀枝花市东区人力资源和社会保障局",
        approved_on=date(2020, 3, 13),
        course="焊接工艺基础",
        occupation="焊工五级",
        platform="技工教育网 jg.class.com.cn",
        provider="恒力网校",
        starts_on=date(2020, 3, 20),
        ends_on=date(2020, 4, 2),
        course_hours=Decimal(40),
        approved_heads=40,
        trained_heads=40,
        completed_heads=38,
        passed_heads=37,
        claimed_heads=37,
        paid_fen=1_230_000,
        vouchers=_vouchers(),
        covered_heads=37,
        per_head_fen=33_243,
        standard_fen=33_243,
        claimed_fen=1_230_000,
        account_name=_APPLICANT,
        account="2302330109000000001",
        bank_name="中国工商银行攀枝花分行炳草岗支行",
        approval=Opinion("同意补贴37人。", "王五", date(2020, 4, 20)),
        granted_heads=37,
        granted_standard_fen=33_243,
        granted_fen=1_230_000,
        shares="前9人每人332.44元，其余28人每人332.43元",
    )
