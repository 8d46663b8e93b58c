"""The intake form as data: its fields, and the way from what was keyed to an application and back."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import TypeVar

from pxtui.casework.check.shortfalls import other_heads
from pxtui.casework.opening.filing import Filing, KnownApplicant
from pxtui.identifiers.person_name import written
from pxtui.policy import words
from pxtui.policy.enterprise_size import industries
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
from pxtui.policy.jurisdiction import jurisdiction, route
from pxtui.policy.parameters import Notice
from screens.application.applicant_fields import (
    NO,
    NONE,
    YES,
    computed_size,
    from_applicant,
    size_sentence,
    text_of,
    to_details,
    whole,
)
from screens.application.intake_checks import (
    credit_code_fault,
    ends_fault,
    figure_fault,
    hours_fault,
    money_fault,
    name_fault,
    phone_fault,
    year_fault,
)
from screens.application.plan_fields import (
    EXAM,
    HOURS,
    KEY_GROUP,
    METHOD,
    PROCESS,
    PROVIDER_CODE,
    RELEVANCE,
    domain_field,
    from_plan,
    to_plan,
)
from screens.entry.effects import Row
from screens.entry.fields import Alphabet, Field, Values, day_example, not_after

Code = TypeVar("Code", bound=StrEnum)

YES_NO = ((YES, "是"), (NO, "否"))
HANDED_IN = ((YES, "已交"), (NO, "未交"))
_HEADS = "roster_heads"
_INDUSTRIES = tuple((key, industry.name) for key, industry in industries().items())
_INDUSTRY_NAMES = tuple(
    (key, name) for key, industry in industries().items() for name in (*industry.codes, *industry.also)
)
_GROUPS = ((NONE, "不属于"), *((group.value, name) for group, name in words.GROUPS.items()))
# In the order in which the digit that picks a level is its own: 5五级.
_LEVELS = (*sorted((level.value, name) for level, name in words.LEVELS.items()), (NONE, "不分等级"))
_MATERIALS = {
    "has_attachment_1": (Material.ATTACHMENT_1,),
    "has_attachment_2": (Material.ATTACHMENT_2,),
    "has_licence": (Material.BUSINESS_LICENCE,),
    "has_proofs": (Material.LABOUR_CONTRACTS, Material.IDENTITY_PROOFS),
}

_TAIL_SUM = Field(
    "cover_tail_sum", "末四位合计", 9, Alphabet.DIGITS, help="申请表上全部证号末四位之和，末位X按0计；须与花名册一致。"
)

_PROOF_COPIES = Field(
    "proof_copies", "合同或证明份数", 6, Alphabet.DIGITS, help="每人1份；点过份数的填，没有点就留空。"
)


def intake_fields(today: date, notice: Notice, *, tail_sum: bool = False) -> tuple[Field, ...]:
    """The fields of the form in the order of Attachment 1.

    Args:
        today: completes dates keyed without a year.
        notice: whose counties, offices and platforms are chosen from.
        tail_sum: with the control total of the ID numbers, for offices that want it.
    """
    totals = (_TAIL_SUM,) if tail_sum else ()
    return (*_applicant_fields(today, notice), *_training_fields(today, notice), *totals, *_material_fields())


def platform_choices(notice: Notice) -> tuple[tuple[str, str], ...]:
    """The platforms that the notice lists (notice 五), as a field offers them."""
    return tuple((platform.name, platform.name) for platform in notice.platforms)


def new_values(today: date) -> Row:
    """What a new form begins with."""
    return {
        "received_on": today.isoformat(),
        "kind": Kind.ENTERPRISE.value,
        "zone": NO,
        "group": NONE,
        "trainees": Trainees.EMPLOYEES.value,
        "format": Format.PURCHASED.value,
        "fee": Fee.PAID.value,
    }


def all_handed_in() -> Row:
    """Every material of the opening ticked off."""
    return dict.fromkeys(_MATERIALS, YES)


def to_filing(values: Values, notice: Notice, lifted_on: date | None = None) -> Filing:
    """The application that was keyed; every field has been found without a fault."""
    applicant = _applicant(values)
    trainees = Trainees(values["trainees"])
    return Filing(
        office=jurisdiction(applicant, trainees, notice).office,
        received_on=date.fromisoformat(values["received_on"]),
        applicant=applicant,
        training=_training(values),
        materials=frozenset(
            codes[-1] if key == "has_proofs" and trainees is not Trainees.EMPLOYEES else codes[0]
            for key, codes in _MATERIALS.items()
            if values.get(key) == YES
        ),
        details=to_details(values),
        lifted_on=lifted_on,
        course_title=values.get("course_title") or None,
        contract_number=values.get("contract_number") or None,
        planned_fee_fen=_fen(values.get("planned_fee", "")),
        cover_head_count=whole(values.get("cover_head_count", "")),
        cover_tail_sum=whole(values.get("cover_tail_sum", "")),
        stated_size=Size(values["stated_size"]) if values.get("stated_size") else None,
        proof_copies=whole(values.get("proof_copies", "")),
        plan=to_plan(values, notice),
    )


def from_filing(filing: Filing) -> Row:
    """A filed application as the form shows it."""
    training = filing.training
    handed_in = {key: YES if filing.materials.intersection(codes) else NO for key, codes in _MATERIALS.items()}
    return {
        "received_on": filing.received_on.isoformat(),
        **from_applicant(KnownApplicant(filing.applicant, filing.details)),
        **({"stated_size": filing.stated_size.value} if filing.stated_size else {}),
        "trainees": training.trainees.value,
        "course_title": filing.course_title or "",
        "occupation": training.occupation,
        "level": training.level.value if training.level else NONE,
        "format": training.format.value,
        "fee": training.fee.value,
        "main_business": YES if training.main_business else NO,
        "platform": training.platform or "",
        "provider": training.provider or "",
        "starts_on": training.starts_on.isoformat(),
        "ends_on": training.ends_on.isoformat(),
        "course_hours": words.hours(training.course_hours),
        "contract_number": filing.contract_number or "",
        "planned_fee": "" if filing.planned_fee_fen is None else f"{Decimal(filing.planned_fee_fen) / 100:.2f}",
        "cover_head_count": text_of(filing.cover_head_count),
        "cover_tail_sum": text_of(filing.cover_tail_sum),
        "proof_copies": text_of(filing.proof_copies),
        **from_plan(filing.plan),
        **handed_in,
    }


def _applicant_fields(today: date, notice: Notice) -> tuple[Field, ...]:
    example = f"如{day_example(today)}，按Enter到下一栏。"
    counties = tuple(notice.counties.items())
    return (
        Field(
            "received_on", "收件日期", 10, Alphabet.DATE, required=True, base_day=today,
            check=partial(not_after, today), help=example,
        ),
        Field(
            "name", "单位名称", 44, required=True, suggests=True, check=name_fault,
            help="全称；首字母（hlj）或信用代码末4位可查台账。",
        ),
        Field(
            "credit_code", "统一社会信用代码", 18, Alphabet.CODE, length=18, required=True,
            check=credit_code_fault, help="18位，校验码不对会当场提示。",
        ),
        Field("kind", "单位类型", 20, Alphabet.CHOICE, required=True, choices=_labels(words.KINDS)),
        Field("industry", "所属行业", 36, Alphabet.CHOICE, choices=_INDUSTRIES, aliases=_INDUSTRY_NAMES),
        Field("staff_count", "从业人员（人）", 9, Alphabet.DIGITS, help="上年末从业人员。"),
        Field("revenue_wan", "营业收入（万元）", 14, Alphabet.DECIMAL, check=figure_fault, help="上年主营业务收入。"),
        Field(
            "assets_wan", "资产总额（万元）", 14, Alphabet.DECIMAL, check=figure_fault,
            help="建筑业、房地产、租赁和商务服务业须填。",
        ),
        Field(
            "figures_year", "数据年度", 4, Alphabet.DIGITS, length=4, check=partial(year_fault, today),
            help=f"以上三项是哪一年年末的，如{today.year - 1}。",
        ),
        Field("stated_size", "申报规模", 6, Alphabet.CHOICE, choices=_labels(words.SIZES), help="资料不足以划型时用。"),
        Field("size", "企业规模", 56, derived=size_sentence),
        Field("county", "所在县（区）", 8, Alphabet.CHOICE, required=True, choices=counties),
        Field("zone", "钒钛新城所辖", 4, Alphabet.CHOICE, required=True, choices=YES_NO),
        Field("group", "四大企业所属", 8, Alphabet.CHOICE, required=True, choices=_GROUPS),
        Field("office", "受理部门", 56, derived=partial(_office_sentence, notice)),
        Field("business_scope", "主营业务", 50, help="经营范围中与培训有关的部分。"),
        Field("address", "单位地址", 50),
        Field("legal_representative", "法定代表人", 16, spelt=written),
        Field("legal_phone", "法定代表人电话", 20, check=phone_fault, help="11位手机号，或座机区号-号码。"),
        Field("contact_name", "经办人", 16, spelt=written),
        Field("contact_phone", "经办人电话", 20, check=phone_fault, help="11位手机号，或座机区号-号码。"),
    )  # fmt: skip


def _training_fields(today: date, notice: Notice) -> tuple[Field, ...]:
    example = f"如{day_example(today)}，按Enter到下一栏。"
    domains = tuple((known.name, domain) for known in notice.platforms for domain in known.domains)
    return (
        Field("trainees", "培训对象", 12, Alphabet.CHOICE, required=True, choices=_labels(words.TRAINEES)),
        KEY_GROUP,
        Field("course_title", "培训课程", 40),
        Field("occupation", "职业（工种）", 24, required=True, help="输拼音首字母（hg）按编号取，没有的直接写。"),
        Field("level", "技能等级", 8, Alphabet.CHOICE, required=True, choices=_LEVELS),
        Field("format", "开展形式", 18, Alphabet.CHOICE, required=True, choices=_labels(words.FORMATS)),
        METHOD,
        Field("fee", "有偿或免费", 4, Alphabet.CHOICE, required=True, choices=_labels(words.FEES)),
        Field("main_business", "与主营业务相关", 4, Alphabet.CHOICE, required=True, choices=YES_NO),
        Field(
            "platform", "线上平台", 40, choices=platform_choices(notice), aliases=domains,
            help="通知列明的按编号、首字母或网址选，其他的直接写。",
        ),
        domain_field(notice),
        Field("provider", "培训服务单位", 40, help="收培训费的单位；台账里有的，输首字母按编号取。"),
        PROVIDER_CODE,
        Field("starts_on", "开班日期", 10, Alphabet.DATE, required=True, base_day=today, help=example),
        Field(
            "ends_on", "结束日期", 10, Alphabet.DATE, required=True, base_day=today, agrees=ends_fault, help=example,
        ),
        Field(
            "course_hours", "课程学时", 6, Alphabet.DECIMAL, required=True, check=partial(hours_fault, "课程学时"),
            help="1学时45分钟，可带小数，如40.5。",
        ),
        Field("route", "补贴方式", 56, derived=partial(_route_name, notice)),
        *HOURS,
        EXAM,
        PROCESS,
        Field("contract_number", "合同编号", 24),
        Field("planned_fee", "预计费用（元）", 12, Alphabet.DECIMAL, check=money_fault),
        RELEVANCE,
        Field("cover_head_count", "申请表人数", 6, Alphabet.DIGITS, help="须与花名册一致。"),
        Field("heads", "花名册人数", 60, derived=_heads_sentence),
    )  # fmt: skip


def _material_fields() -> tuple[Field, ...]:
    labels = {
        "has_attachment_1": "附件1申请表",
        "has_attachment_2": "附件2花名册",
        "has_licence": "营业执照",
        "has_proofs": "合同或身份证明",
    }
    handed_in = [
        Field(key, label, 4, Alphabet.CHOICE, required=True, choices=HANDED_IN) for key, label in labels.items()
    ]
    return (*handed_in, _PROOF_COPIES)


def _applicant(values: Values) -> Applicant:
    group = values["group"]
    return Applicant(
        name=values["name"],
        credit_code=values["credit_code"],
        kind=Kind(values["kind"]),
        size=computed_size(values).size,
        group=None if group == NONE else Group(group),
        vanadium_titanium_zone=values["zone"] == YES,
        county=values["county"],
    )


def _training(values: Values) -> Training:
    level = values["level"]
    return Training(
        trainees=Trainees(values["trainees"]),
        occupation=values["occupation"],
        level=None if level == NONE else Level(level),
        format=Format(values["format"]),
        fee=Fee(values["fee"]),
        main_business=values["main_business"] == YES,
        platform=values.get("platform") or None,
        provider=values.get("provider") or None,
        starts_on=date.fromisoformat(values["starts_on"]),
        ends_on=date.fromisoformat(values["ends_on"]),
        course_hours=Decimal(values["course_hours"]),
    )


def heads_keyed(heads: int) -> Row:
    """The heads of the roster, which those of the cover are compared with."""
    return {_HEADS: str(heads)}


def _heads_sentence(values: Values) -> str:
    heads = whole(values.get(_HEADS, ""))
    if not heads:
        return "还没有录入"
    return other_heads(whole(values.get("cover_head_count", "")), heads) or f"{heads}人"


def _office_sentence(notice: Notice, values: Values) -> str:
    if not all(values.get(key) for key in ("county", "zone", "group", "trainees")):
        return "未定：先填所在县（区）"
    applicant = _applicant(
        {**values, "name": "", "credit_code": "", "kind": values.get("kind") or Kind.ENTERPRISE.value}
    )
    found = jurisdiction(applicant, Trainees(values["trainees"]), notice)
    return f"{notice.offices[found.office].short_name}（{found.reason}）"


def _route_name(notice: Notice, values: Values) -> str:
    if not all(values.get(key) for key in ("kind", "trainees", "format", "fee")):
        return "未定"
    size = computed_size(values).size
    applicant = Applicant("", "", Kind(values["kind"]), size, None, False, "")
    stand_in = {"occupation": "", "level": NONE, "main_business": YES, "course_hours": "1"}
    days = {"starts_on": "2020-03-01", "ends_on": "2020-03-01"}
    training = _training({**values, **stand_in, **days})
    return words.ROUTES[route(applicant, training, notice)]


def _labels(named: Mapping[Code, str]) -> tuple[tuple[str, str], ...]:
    return tuple((code.value, label) for code, label in named.items())


def _fen(text: str) -> int | None:
    if not text:
        return None
    fen = Decimal(text) * 100
    return int(fen) if fen == fen.to_integral_value() else None
