"""What is taken off a claim, and why (核减): a reason for every row, and amounts that add up to the fen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pxtui.policy.facts import Application
from pxtui.policy.judgement import Finding
from pxtui.policy.parameters import Notice
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


def reason_of(finding: Finding) -> Reason:
    """Why a finding takes something off."""
    return Reason(*_REASONS.get(finding.code, OTHER), finding.clause)


def first_reason(findings: Iterable[Finding]) -> Reason:
    """The one reason under which a row is counted; 其他 where nothing stops it."""
    return min((reason_of(finding) for finding in findings if finding.blocks), default=Reason(*OTHER))


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
    return tuple(sorted(found, key=lambda one: one.reason))
