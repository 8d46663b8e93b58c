"""What is taken off a claim, and why (核减): a reason for every row, and amounts that add up to the fen."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pxtui.policy.facts import Application
from pxtui.policy.judgement import Finding, Judgement, place
from pxtui.policy.parameters import Notice
from pxtui.policy.rules.rule import Severity
from pxtui.policy.subsidy import Subsidy, subsidy


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """Why something is taken off."""

    code: str
    """Two digits; the smaller one counts where a row has several."""
    text: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Deduction:
    """All that is taken off for one reason."""

    reason: Reason
    heads: int
    amount_fen: int


OTHER = ("21", "其他")
_REASONS = {
    "person.id-invalid": ("01", "身份证号错误"),
    "person.not-approved": ("02", "不在批准名单"),
    "person.annual-limit": ("06", "当年已满次数"),
    "person.overlap": ("07", "与其他培训时间重叠"),
    "person.repeat": ("08", "同职业同等级已享受"),
    "person.hours-short": ("09", "学时不足"),
    "person.failed": ("10", "考核不合格或缺考"),
    "person.duplicate": ("21", "其他（名单内重复）"),
    "class.free": ("16", "免费课程"),
    "voucher.none": ("18", "凭证重复或无效"),
    "voucher.no-cost": ("18", "凭证重复或无效"),
    "voucher.duplicate": ("18", "凭证重复或无效"),
    "voucher.reused": ("18", "凭证重复或无效"),
    "voucher.wrong-payer": ("18", "凭证重复或无效"),
    "voucher.not-third-party": ("18", "凭证重复或无效"),
    "claim.too-late": ("19", "超期申报"),
    "class.after-lifting": ("20", "疫情解除后开班"),
}
VOUCHERS = Reason("18", "凭证重复或无效", "三")
BY_HAND = {
    "01": "身份证号错误",
    "02": "不在批准名单",
    "03": "姓名与证号不符",
    "04": "年龄不符",
    "05": "非本企业职工",
    "06": "当年已满次数",
    "07": "与其他培训时间重叠",
    "08": "同职业同等级已享受",
    "09": "学时不足",
    "10": "考核不合格或缺考",
    "11": "账号重复或无学习记录",
    "12": "退休或领取养老待遇",
    "13": "财政供养人员",
    "14": "人员状态不符合条件",
    "15": "在校学生归口错误",
    "17": "超出合同人数",
    "20": "疫情解除后的学时",
    "21": "其他",
}
"""For what a reviewer takes a row off, by code; 14 stands for death and prison, which no paper names."""
_BY_HAND_CLAUSE = "四(二)"
_TAKEN_OFF = "person.deducted"


def reason_of(finding: Finding) -> Reason:
    """Why a finding takes something off."""
    if finding.code == _TAKEN_OFF and finding.item:
        return Reason(finding.item, BY_HAND[finding.item], finding.clause)
    return Reason(*_REASONS.get(finding.code, OTHER), finding.clause)


def first_reason(findings: Iterable[Finding]) -> Reason:
    """The one reason under which a row is counted; 其他 where nothing stops it."""
    return min((reason_of(finding) for finding in findings if finding.blocks), default=Reason(*OTHER))


@dataclass(frozen=True, slots=True)
class ByHand:
    """A reviewer takes a row off: the code of `BY_HAND` and what was found, in words."""

    code: str
    found: str


def with_deductions(
    application: Application, judgement: Judgement, by_hand: Mapping[int, ByHand], notice: Notice
) -> Judgement:
    """The judgement of a claim from whose roster a reviewer took rows off, with the money of those that are left.

    Args:
        by_hand: by the rows' 序号.
    """
    if not by_hand:
        return judgement
    found = [
        Finding(_TAKEN_OFF, Severity.BLOCK, seq, deduction.code, _BY_HAND_CLAUSE, _sentence(deduction))
        for seq, deduction in by_hand.items()
    ]
    eligible = tuple(seq for seq in judgement.eligible if seq not in by_hand)
    money = judgement.subsidy
    return replace(
        judgement,
        findings=tuple(sorted((*judgement.findings, *found), key=place)),
        eligible=eligible,
        subsidy=None if money is None else subsidy(application, money.cost_fen, len(eligible), notice),
    )


def _sentence(deduction: ByHand) -> str:
    return f"审查核减（{deduction.code} {BY_HAND[deduction.code]}）：{deduction.found}；有异议的，请提交证明材料。"


def claimed(application: Application, checked: Subsidy, notice: Notice) -> Subsidy:
    """What the claim would come to were all its rows and vouchers in order.

    A red-letter invoice that the check leaves aside is left aside here too: nothing is taken off by adding money.
    """
    all_fen = sum(voucher.amount_fen for voucher in application.vouchers)
    return subsidy(application, max(all_fen, checked.cost_fen), len(application.roster), notice)


def deductions(
    application: Application, asked: Subsidy, of_rows: Sequence[Reason], outcome_fen: int, notice: Notice
) -> tuple[Deduction, ...]:
    """What leads from the claim to its outcome: `asked.total_fen` less all amounts is `outcome_fen`.

    Rows go first, reason by reason, each at the fee that was claimed for it; what is then still missing is due to
    vouchers that do not count. Each step is the difference of two rounded totals, so that no fen is lost.

    Args:
        asked: as `claimed` says.
        of_rows: the reason of every row that gets nothing.
    """
    found = []
    heads, before = asked.eligible, asked.total_fen
    for reason, count in sorted(Counter(of_rows).items()):
        heads -= count
        after = subsidy(application, asked.cost_fen, heads, notice).total_fen
        found.append(Deduction(reason, count, before - after))
        before = after
    if before != outcome_fen:
        found.append(Deduction(VOUCHERS, 0, before - outcome_fen))
    return tuple(sorted(found, key=lambda deduction: deduction.reason))
