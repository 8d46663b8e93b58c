"""The amount of a claim, explained line by line as a clerk explains it at the counter."""

from pxtui.casework.check.eligibility import Overview
from pxtui.policy.facts import Application, Route
from pxtui.policy.parameters import Rulebook
from pxtui.policy.subsidy import approved_heads, different_people, yuan
from screens.terminal.theme import BY_VERDICT, HEAD, STRONG
from screens.widgets.prose import Paragraph


def amount_explained(overview: Overview, rulebook: Rulebook) -> tuple[Paragraph, ...]:
    """How the subsidy comes about: cost, heads, fee of one person, eligible people, total."""
    money, application = overview.judgement.subsidy, overview.application
    if money is None:
        reason = "免费培训不享受补贴" if overview.judgement.route is Route.NONE else "按线下补贴程序申报"
        return ((f"本案不在此计算补贴：{reason}。", BY_VERDICT["注意"]),)
    notice = rulebook.for_class_starting(application.training.starts_on)
    listed = different_people(application.roster)
    fewer = application.purchased_heads is not None and application.purchased_heads < listed
    blocked = {finding.item for finding in overview.judgement.findings if finding.blocks and finding.item}
    counted = sum(voucher.number not in blocked for voucher in application.vouchers)
    fee = yuan(money.cost_fen // money.heads) if money.heads else "0.00"
    return (
        ("补贴金额", HEAD),
        f"有效支出 {yuan(money.cost_fen)}元（{len(application.vouchers)}张凭证，{counted}张有效，红字已冲减）",
        f"分摊人数 {money.heads}人（{_purchase(application)}，名册{listed}人，取大者）",
        *([(f"注意 购买覆盖少于名册{listed}人，请核对合同是否包含全部人员。", BY_VERDICT["注意"])] if fewer else []),
        f"每人补贴 {yuan(money.per_person_fen)}元（每人支出{fee}元，最高{yuan(notice.cap_per_person_fen)}元）",
        (f"补贴合计 {yuan(money.total_fen)}元（符合{money.eligible}人，分摊不尽的零头最后一次舍去）", STRONG),
    )


def _purchase(application: Application) -> str:
    if application.purchased_heads is not None:
        return f"购买覆盖{application.purchased_heads}人"
    if application.opening_roster is None:
        return "购买覆盖未写明，开班批准名单不明"
    return f"购买覆盖未写明，按开班批准{approved_heads(application)}人"
