"""Rules about the applicant, the office, the class and the papers: findings without a row."""

from collections.abc import Callable, Iterator

from pxtui.identifiers import credit_code
from pxtui.identifiers.credit_code import InvalidCreditCode
from pxtui.identifiers.text import canonical, same
from pxtui.policy import words
from pxtui.policy.deadlines import claim_by, is_claim_late
from pxtui.policy.facts import Fee, Kind, Material, Route, Trainees
from pxtui.policy.hours_a_day import spread
from pxtui.policy.matter import Matter
from pxtui.policy.rules.rule import CLAIM, OPENING, Found, RuleSet, block, warn
from pxtui.policy.subsidy import approved_heads, different_people

ApplicationRule = Callable[[Matter], Iterator[Found]]

RULES: RuleSet[ApplicationRule] = RuleSet()
rule = RULES.rule


@rule("applicant.credit-code-invalid", "四(一)")
def credit_code_invalid(matter: Matter) -> Iterator[Found]:
    """`applicant.credit-code-invalid`, block: length, alphabet or check character of the code is wrong.

    Source: 通知四(一); GB 32100-2015.
    """
    try:
        credit_code.parse(matter.application.applicant.credit_code)
    except InvalidCreditCode as fault:
        yield block(f"{fault}；请对照营业执照改正。")


@rule("applicant.size-unknown", "三")
def size_unknown(matter: Matter) -> Iterator[Found]:
    """`applicant.size-unknown`, block: an enterprise has no size class. Source: 通知三; 国统字〔2017〕213号."""
    applicant = matter.application.applicant
    if applicant.kind is Kind.ENTERPRISE and applicant.size is None:
        yield block("企业规模未定，无法确定补贴方式；请按行业、从业人员、营业收入和资产总额划型。")


@rule("office.wrong", "四(一)")
def office_wrong(matter: Matter) -> Iterator[Found]:
    """`office.wrong`, block: handed in at an office other than the right one; item: the right one.

    Source: 通知四(一); contract.
    """
    right = matter.jurisdiction
    if matter.application.office != right.office:
        name = matter.notice.offices[right.office].name
        yield block(f"{right.reason}，应由{name}受理；请转交或告知申请单位。", right.office)


@rule("class.dates-reversed", "二")
def dates_reversed(matter: Matter) -> Iterator[Found]:
    """`class.dates-reversed`, block: the class ends before it starts. Source: 通知二; contract."""
    training = matter.training
    if training.ends_on < training.starts_on:
        yield block(f"结束日{training.ends_on}早于开班日{training.starts_on}；请核对日期。")


@rule("class.before-notice", "末段")
def before_notice(matter: Matter) -> Iterator[Found]:
    """`class.before-notice`, block: the class starts before the first day of the notice, 2020-02-20.

    Source: 通知末段; contract.
    """
    first_day = matter.first_effective_day
    if matter.training.starts_on < first_day:
        yield block(
            f"开班日{matter.training.starts_on}早于通知实施日{first_day}，不在补贴范围；请核对日期，或改在实施日以后开班。"
        )


@rule("class.after-lifting", "三")
def after_lifting(matter: Matter) -> Iterator[Found]:
    """`class.after-lifting`, block: the class starts after the lifting, or its opening is applied for after it.

    Source: 通知三; contract.
    """
    lifted_on = matter.application.lifted_on
    if lifted_on is None:
        return
    if matter.training.starts_on > lifted_on:
        yield block(
            f"开班日{matter.training.starts_on}在疫情解除日{lifted_on}之后，线上补贴性培训已停止；请核对日期，或改办线下培训。"
        )
    elif not matter.is_claim and matter.application.decided_on > lifted_on:
        decided_on = matter.application.decided_on
        yield block(f"{decided_on}申请开班，疫情已于{lifted_on}解除，不再受理开班；可改办线下培训。")


@rule("class.runs-past-lifting", "三")
def runs_past_lifting(matter: Matter) -> Iterator[Found]:
    """`class.runs-past-lifting`, warn: the class starts on or before the day of the lifting and ends after it.

    Source: 通知三; contract.
    """
    lifted_on, training = matter.application.lifted_on, matter.training
    if lifted_on is not None and training.starts_on <= lifted_on < training.ends_on:
        yield warn(f"培训至{training.ends_on}，疫情于{lifted_on}解除；解除日之后的学时不计，请核对学习记录。")


@rule("class.already-started", "四(一)", OPENING)
def already_started(matter: Matter) -> Iterator[Found]:
    """`class.already-started`, warn: the opening is applied for after the first day of the class.

    Source: 通知四(一); contract.
    """
    if matter.application.decided_on > matter.training.starts_on:
        yield warn(
            f"{matter.training.starts_on}已开班，{matter.application.decided_on}才申请；应先申请后开班，请核实并说明。"
        )


@rule("class.hours-implausible", "二")
def hours_implausible(matter: Matter) -> Iterator[Found]:
    """`class.hours-implausible`, warn over 10, block over 24 hours a day if spread over the days of the class.

    Source: 通知二; contract.
    """
    training, notice = matter.training, matter.notice
    spent = spread(training.course_hours, training.starts_on, training.ends_on, notice)
    if spent.is_more_than(notice.impossible_minutes_per_day):
        yield block(f"{spent.sentence}，一天只有24小时，不可能完成；请核对学时和日期。")
    elif spent.is_more_than(notice.implausible_minutes_per_day):
        yield warn(f"{spent.sentence}，超过{notice.implausible_minutes_per_day // 60}小时；请核实培训安排。")


@rule("class.free", "三")
def free(matter: Matter) -> Iterator[Found]:
    """`class.free`, block: free training gets no subsidy. Source: 通知三; contract."""
    if matter.training.fee is Fee.FREE:
        yield block("免费培训资源不享受补贴；学员可自行学习，不必申请。")


@rule("class.provider-is-applicant", "三")
def provider_is_applicant(matter: Matter) -> Iterator[Found]:
    """`class.provider-is-applicant`, block: on the route `sme-paid` the provider is the applicant, no third party.

    Source: 通知三; contract.
    """
    if matter.route is Route.SME_PAID and same(matter.training.provider, matter.application.applicant.name):
        yield block("提供培训服务的单位就是申请单位，不是购买第三方服务；自办培训可改走计入总学时的方式。")


@rule("roster.empty", "四(一)")
def roster_empty(matter: Matter) -> Iterator[Found]:
    """`roster.empty`, block: the roster has no row. Source: 通知四(一); contract."""
    if not matter.application.roster:
        yield block("花名册没有人员；请录入或导入花名册。")


@rule("class.not-main-business", "二")
def not_main_business(matter: Matter) -> Iterator[Found]:
    """`class.not-main-business`, block: on the route `sme-paid` the class is unrelated to the main business.

    Source: 通知二; contract.
    """
    if matter.route is Route.SME_PAID and not matter.training.main_business:
        yield block("有偿线上培训须与企业主营业务相关；请核对经营范围，或改走计入总学时的方式。")


@rule("platform.unlisted", "五")
def platform_unlisted(matter: Matter) -> Iterator[Found]:
    """`platform.unlisted`, warn: a platform is named that the notice does not list. Source: 通知五; contract."""
    platform = matter.training.platform
    listed = matter.notice.platforms
    if canonical(platform) and not any(same(platform, known.name) for known in listed):
        yield warn(f"“{words.quoted(platform)}”不在通知列明的{len(listed)}个平台中；请查验其培训资质。")


@rule("material.missing", "四")
def material_missing(matter: Matter) -> Iterator[Found]:
    """`material.missing`, block, one for each material required at this stage and not handed in; item: its code.

    Source: 通知四(一), 四(二); contract.
    """
    for material in required_materials(matter):
        if material not in matter.application.materials:
            yield block(f"缺{words.MATERIALS[material]}；请一次性告知申请单位补交。", material.value)


def required_materials(matter: Matter) -> tuple[Material, ...]:
    """What must be handed in with this application (notice 四(一), 四(二))."""
    if matter.is_claim:
        return matter.notice.claim_materials
    lists = matter.notice.opening_materials
    of_enterprise = lists["enterprise"] if matter.application.applicant.kind is Kind.ENTERPRISE else ()
    of_trainees = lists["employees" if matter.training.trainees is Trainees.EMPLOYEES else "others"]
    return (*lists["all"], *of_enterprise, *of_trainees)


@rule("claim.opening-unknown", "四(二)", CLAIM)
def opening_unknown(matter: Matter) -> Iterator[Found]:
    """`claim.opening-unknown`, warn: nobody tells who approved the opening, or for whom.

    Source: 通知四(二); contract.
    """
    application = matter.application
    unknown = [
        what
        for what, fact in (("开班审批部门", application.opened_by), ("开班批准的名单", application.opening_roster))
        if fact is None
    ]
    if unknown:
        yield warn(f"没有{'和'.join(unknown)}，无法与开班核对；请向开班审批部门取得同意开班通知书和批准的花名册。")


@rule("claim.heads-unstated", "三", CLAIM)
def heads_unstated(matter: Matter) -> Iterator[Found]:
    """`claim.heads-unstated`, warn: on the route `sme-paid` nobody tells how many people the purchase covers.

    Source: 通知三; contract.
    """
    application = matter.application
    if matter.route is Route.SME_PAID and application.purchased_heads is None:
        listed = different_people(application.roster)
        approved = approved_heads(application)
        opening = "开班批准名单不明" if application.opening_roster is None else f"开班批准{approved}人"
        yield warn(
            f"合同或发票没有写明购买人数，暂按{max(approved, listed)}人分摊费用（{opening}，补贴名单{listed}人）；"
            "请向企业核实并补填购买人数。"
        )


@rule("claim.not-ended", "四(二)", CLAIM)
def not_ended(matter: Matter) -> Iterator[Found]:
    """`claim.not-ended`, block: the subsidy is applied for before the last day of the class.

    Source: 通知四(二); contract.
    """
    ends_on = matter.training.ends_on
    if matter.application.decided_on < ends_on:
        yield block(f"培训到{ends_on}才结束；可自{ends_on}起申请补贴。")


@rule("claim.too-late", "四(二)", CLAIM)
def too_late(matter: Matter) -> Iterator[Found]:
    """`claim.too-late`, block: on the route `sme-paid` the subsidy is applied for after the deadline of `claim_by`.

    Source: 通知四(二); contract.
    """
    if matter.route is not Route.SME_PAID:
        return
    decided_on, ends_on = matter.application.decided_on, matter.training.ends_on
    if is_claim_late(decided_on, ends_on, matter.notice, matter.working_days):
        last_day = claim_by(ends_on, matter.notice, matter.working_days)
        yield block(
            f"培训于{ends_on}结束，应在{last_day}前（含当日）申请，{decided_on}已逾期，不再受理；请核对结束日期和收件日期。"
        )


@rule("claim.offline-procedure", "三", CLAIM)
def offline_procedure(matter: Matter) -> Iterator[Found]:
    """`claim.offline-procedure`, block: on the route `catalogue` the claim goes through the offline procedure.

    Source: 通知三; contract.
    """
    if matter.route is Route.CATALOGUE:
        yield block("线上学时计入总学时，疫情解除后完成剩余课程，按线下补贴程序申报。")


@rule("evidence.missing", "二", CLAIM)
def evidence_missing(matter: Matter) -> Iterator[Found]:
    """`evidence.missing`, block, one for each kind of evidence not handed in; item: the kind.

    Source: 通知二; contract.
    """
    for kind in matter.notice.evidence_kinds:
        if kind not in matter.application.evidence:
            yield block(f"缺{words.EVIDENCE[kind]}的证明；请从平台导出后补交。", kind.value)
