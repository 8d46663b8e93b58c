"""Catalogue of papers: form, name, content and number; whether a case may have one is said in `issue_rules`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from pxtui.casework.printed import (
    attachments,
    check_record,
    delivery,
    filing,
    forwarding,
    ledgers,
    objection_finding,
    opening,
    page_proof,
    payment,
    publicity,
    reception,
    recovering,
    review,
    roster_changes,
    shift_list,
)
from pxtui.casework.printed.asking import Asking, Content
from pxtui.casework.printed.ledgers import OfficeAsking


def _of_a_batch(asking: Asking) -> Content:
    raise ValueError(f"{asking.case.number}: a paper of a batch is gathered with its batch")


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper about a case, or about a batch of cases."""

    form: str
    """Name in commands, and of the files with its wording and with an office's own workbook."""
    name: str
    gather: Callable[[Asking], Content] = _of_a_batch
    """What stands on the paper of a case."""
    needs_reason: Callable[[Asking], str] = lambda _: ""
    """What the clerk's reason must say, in Chinese; empty where none is needed or the one given says it."""
    is_answered: Callable[[Asking], bool] = lambda _: False
    """Whether any reason that is given will do."""
    worded: bool = True
    """Whether an office can change its wording; forms prescribed by the notice are fixed."""
    mark: str = ""
    """Mark in the paper's number; empty: an applicant's form or an extract, without a number of its own."""
    extension: str = "xlsx"
    """Extension of the file; an office's own workbook replaces workbooks only."""


def _is_given(asking: Asking) -> bool:
    return bool(asking.reason.strip())


KINDS: tuple[PaperKind, ...] = (
    PaperKind("attachment-1", "附件1 培训申请表", attachments.attachment_1_of),
    PaperKind("attachment-2", "附件2 参训人员花名册", attachments.attachment_2_of, worded=False),
    PaperKind("attachment-3", "附件3 补贴申请表", attachments.attachment_3_of),
    PaperKind("attachment-4", "附件4 补贴申报花名册", attachments.attachment_4_of, worded=False),
    PaperKind("pre-review", "线上预审意见", reception.pre_review_opinion, mark="预审", extension="txt"),
    PaperKind("material-receipt", "收件回执", reception.material_receipt, mark="收件"),
    PaperKind(
        "correction-notice",
        "一次性补正告知书",
        reception.correction_notice,
        reception.reason_asked_for,
        is_answered=_is_given,
        mark="补正",
    ),
    PaperKind("roster-changes", "花名册改动确认单", roster_changes.roster_changes, mark="名册"),
    PaperKind("acceptance-notice", "受理通知书", reception.acceptance_notice, mark="受理"),
    PaperKind("non-acceptance", "不予受理通知书", reception.non_acceptance, mark="不受"),
    PaperKind("verification-report", "名单核验报告", review.verification_report, mark="核验"),
    PaperKind("opening-approval", "同意开班通知书", opening.opening_approval, mark="同意"),
    PaperKind(
        "opening-refusal", "不予同意开班告知书", opening.opening_refusal, opening.clause_asked_for, mark="不同意"
    ),
    PaperKind("change-notice", "开班变更（终止）通知书", opening.change_notice, mark="变更"),
    PaperKind("check-record", "电话、平台核查记录表", check_record.check_record, mark="核查"),
    PaperKind("offline-transfer", "转线下补贴程序告知单", opening.offline_transfer, mark="转线下"),
    PaperKind("approval-table", "补贴审核（核定）表", review.approval_table, review.clause_asked_for, mark="核定"),
    PaperKind("claim-refusal", "不予补贴（核减）告知书", review.claim_refusal, review.clause_asked_for, mark="核减"),
    PaperKind("public-notice", "公示（稿）", mark="公示"),
    PaperKind("page-proof", "公示网页存证单", page_proof.page_proof, mark="存证"),
    PaperKind("objection-record", "异议受理登记表", publicity.objection_record, mark="异议"),
    PaperKind("objection-finding", "异议核查结论", objection_finding.objection_finding, mark="核结"),
    PaperKind("fund-approval", "资金审批表", mark="资批"),
    PaperKind("payment-table", "资金拨付汇总表", mark="拨付"),
    PaperKind("payment-extract", payment.EXTRACT, payment.payment_extract),
    PaperKind("payment-slip", "拨付告知单", payment.payment_slip, mark="告知"),
    PaperKind("bounce-notice", "退票更正通知", recovering.bounce_notice, mark="退票"),
    PaperKind(
        recovering.RETURN_ORDER,
        "责令退回通知书",
        recovering.return_order,
        recovering.terms_asked_for,
        is_answered=_is_given,
        mark="责退",
    ),
    PaperKind(delivery.RECEIPT, "送达回证", delivery.delivery_receipt, mark="送达"),
    PaperKind(
        "hand-over-list",
        "材料交接单",
        reception.hand_over_list,
        reception.taker_asked_for,
        is_answered=_is_given,
        mark="交接",
    ),
    PaperKind("volume-cover", "档案袋封面、卷内目录", filing.volume_cover, mark="案卷"),
)
BY_FORM = {kind.form: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class OfficeKind:
    """A kind of paper about the whole office; fields as in `PaperKind`."""

    form: str
    name: str
    gather: Callable[[OfficeAsking], Content]
    days: Callable[[date], tuple[date, date]]
    """The first and the last day of the paper's period, from a day in it."""
    mark: str
    worded: bool = True
    extension: str = "xlsx"


OFFICE_KINDS = {
    kind.form: kind
    for kind in (
        OfficeKind("daily-ledger", "日报", partial(ledgers.ledger, "daily-ledger"), ledgers.one_day, "日报"),
        OfficeKind("monthly-ledger", "月报", partial(ledgers.ledger, "monthly-ledger"), ledgers.one_month, "月报"),
        OfficeKind("recovery-ledger", "追回台账", recovering.recovery_ledger, recovering.one_year, "追回"),
        OfficeKind("forwarding-list", "汇总上报", forwarding.forwarding_list, ledgers.one_day, "上报"),
        OfficeKind("shift-list", "交班清单", shift_list.shift_list, ledgers.one_day, "交班"),
    )
}
