"""What the intake form asks of the plan of a class: how it is taught, supervised and examined, and its hours."""

from decimal import Decimal
from functools import partial

from pxtui.casework.opening.plan import METHODS, SUPERVISION, Method, Supervision, TrainingPlan
from pxtui.policy import words
from pxtui.policy.facts import Kind, Trainees
from pxtui.policy.parameters import Notice
from screens.application.intake_checks import credit_code_fault, hours_fault, theory_fault, total_hours_fault
from screens.entry.effects import Row
from screens.entry.fields import Alphabet, Field, Values

_EXAMS = ("平台考试", "笔试", "实操", "笔试加实操")

KEY_GROUP = Field(
    "key_group", "重点群体类别", 24, applies=lambda values: values.get("trainees") == Trainees.KEY_GROUPS.value,
    choices=tuple((name, name) for name in ("贫困劳动力", "失业人员", "农村转移就业劳动者", "退役军人", "残疾人")),
    help="重点就业群体中的哪一类，可直接写。",
)  # fmt: skip
METHOD = Field(
    "methods", "培训方式", 56, Alphabet.SEVERAL, choices=tuple((code.value, name) for code, name in METHODS.items()),
    help="按编号选，可选几项，再按一次取消；附件1没有填的留空。",
)  # fmt: skip
PROVIDER_CODE = Field(
    "provider_credit_code", "服务单位代码", 18, Alphabet.CODE, length=18, check=credit_code_fault,
    help="统一社会信用代码18位；附件1没有填的留空。",
)  # fmt: skip
HOURS = (
    Field(
        "total_hours", "项目总学时", 6, Alphabet.DECIMAL, check=partial(hours_fault, "项目总学时"),
        agrees=total_hours_fault, help="线上加线下，如60或60.5；没有写明的留空。",
    ),
    Field(
        "theory_hours", "其中理论学时", 6, Alphabet.DECIMAL, agrees=theory_fault,
        applies=lambda values: bool(values.get("total_hours")), help="其余算实操学时，没有写明的留空。",
    ),
    Field("practice_hours", "其中实操学时", 6, derived=lambda values: _practice_hours(values)),
)  # fmt: skip
EXAM = Field(
    "exam", "考核方式", 30, choices=tuple((name, name) for name in _EXAMS), help="按编号选常用的，或照附件1直接写。"
)
PROCESS = Field(
    "supervision", "过程管理", 56, Alphabet.SEVERAL,
    choices=tuple((code.value, name) for code, name in SUPERVISION.items()),
    help="按编号选，可选几项，再按一次取消；附件1没有勾的留空。",
)  # fmt: skip
RELEVANCE = Field(
    "relevance", "与主营业务的关联", 56, applies=lambda values: values.get("kind") == Kind.ENTERPRISE.value,
    help="照附件1的关联说明写，是判断“与主营业务相关”的依据。",
)  # fmt: skip


def domain_field(notice: Notice) -> Field:
    """The domain of a platform; those that the notice lists are known (notice 五)."""
    listed = {platform.name for platform in notice.platforms}

    def is_unlisted(values: Values) -> bool:
        return bool(values.get("platform")) and values["platform"] not in listed

    return Field("domain", "平台域名", 40, applies=is_unlisted, help="通知没有列明的平台填，如px.example.cn。")


def to_plan(values: Values, notice: Notice) -> TrainingPlan:
    """The plan that was keyed; what the other answers leave nothing to ask of is not kept."""
    fields = (KEY_GROUP, METHOD, domain_field(notice), PROVIDER_CODE, *HOURS, EXAM, PROCESS, RELEVANCE)
    asked = {field.key: values.get(field.key, "") if field.is_asked(values) else "" for field in fields}
    return TrainingPlan(
        methods=frozenset(map(Method, asked["methods"].split())),
        supervision=frozenset(map(Supervision, asked["supervision"].split())),
        exam=asked["exam"],
        total_hours=_hours(asked["total_hours"]),
        theory_hours=_hours(asked["theory_hours"]),
        key_group=asked["key_group"],
        domain=asked["domain"],
        provider_credit_code=asked["provider_credit_code"],
        relevance=asked["relevance"],
    )


def from_plan(plan: TrainingPlan) -> Row:
    """A plan as the form shows it."""
    return {
        "methods": " ".join(code.value for code in METHODS if code in plan.methods),
        "supervision": " ".join(code.value for code in SUPERVISION if code in plan.supervision),
        "exam": plan.exam,
        "total_hours": "" if plan.total_hours is None else words.hours(plan.total_hours),
        "theory_hours": "" if plan.theory_hours is None else words.hours(plan.theory_hours),
        "key_group": plan.key_group,
        "domain": plan.domain,
        "provider_credit_code": plan.provider_credit_code,
        "relevance": plan.relevance,
    }


def _practice_hours(values: Values) -> str:
    if theory_fault(values) or not (values.get("total_hours") and values.get("theory_hours")):
        return ""
    return words.hours(Decimal(values["total_hours"]) - Decimal(values["theory_hours"]))


def _hours(text: str) -> Decimal | None:
    return Decimal(text) if text else None
