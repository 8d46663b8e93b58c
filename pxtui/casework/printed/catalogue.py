"""Catalogue of papers: form, name, content, and the reason why a case cannot have a paper now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.printed import (
    attachments,
    filing,
    ledgers,
    opening,
    payment,
    publicity,
    reception,
    review,
    shift_list,
)
from pxtui.casework.printed.asking import Asking, Content
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.policy.facts import ApplicationKind


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper about a case."""

    form: str
    """Name in commands, and of the files with its wording and with an office's own workbook."""
    name: str
    gather: Callable[[Asking], Content]
    why_not: Callable[[Asking], str] = lambda _: ""
    """Why a case cannot have the paper now, in Chinese; empty where it can."""
    needs_reason: Callable[[Asking], str] = lambda _: ""
    """What the clerk's reason must say, in Chinese; empty where no reason is needed."""
    worded: bool = True
    """Whether an office can change its wording; forms prescribed by the notice are fixed."""
    mark: str = ""
    """Mark in the paper's number; empty: an applicant's form without a number of its own."""
    extension: str = "xlsx"
    """Extension of the file; an office's own workbook replaces workbooks only."""


def _before_claim(asking: Asking) -> str:
    is_claim = application_of(asking.case.stage) is ApplicationKind.CLAIM
    return "" if is_claim else "案件还没有申请补贴，请先办理“申请补贴”"


KINDS: tuple[PaperKind, ...] = (
    PaperKind("attachment-1", "附件1 培训申请表", attachments.attachment_1_of),
    PaperKind("attachment-2", "附件2 参训人员花名册", attachments.attachment_2_of, worded=False),
    PaperKind("attachment-3", "附件3 补贴申请表", attachments.attachment_3_of, _before_claim),
    PaperKind("attachment-4", "附件4 补贴申报花名册", attachments.attachment_4_of, _before_claim, worded=False),
    PaperKind(
        "pre-review",
        "线上预审意见",
        reception.pre_review_opinion,
        reception.no_pre_review,
        mark="预审",
        extension="txt",
    ),
    PaperKind("material-receipt", "收件回执", reception.material_receipt, reception.not_received, mark="收件"),
    PaperKind(
        "correction-notice",
        "一次性补正告知书",
        reception.correction_notice,
        reception.no_defects,
        reception.reason_asked_for,
        mark="补正",
    ),
    PaperKind("acceptance-notice", "受理通知书", reception.acceptance_notice, reception.not_acceptable, mark="受理"),
    PaperKind("non-acceptance", "不予受理通知书", reception.non_acceptance, reception.not_excluded, mark="不受"),
    PaperKind("verification-report", "名单核验报告", review.verification_report, review.nothing_to_verify, mark="核验"),
    PaperKind("opening-approval", "同意开班通知书", opening.opening_approval, opening.not_opened, mark="同意"),
    PaperKind("opening-refusal", "不予同意开班告知书", opening.opening_refusal, opening.not_refused, mark="不同意"),
    PaperKind("change-notice", "开班变更（终止）通知书", opening.change_notice, opening.not_changed, mark="变更"),
    PaperKind("check-record", "电话、平台核查记录表", review.check_record, review.nobody_to_call, mark="核查"),
    PaperKind("offline-transfer", "转线下补贴程序告知单", opening.offline_transfer, opening.not_offline, mark="转线下"),
    PaperKind("approval-table", "补贴审核（核定）表", review.approval_table, review.no_figures, mark="核定"),
    PaperKind("claim-refusal", "不予补贴（核减）告知书", review.claim_refusal, review.nothing_refused, mark="核减"),
    PaperKind("public-notice", "公示（稿）", publicity.public_notice, publicity.not_granted, mark="公示"),
    PaperKind("objection-record", "异议受理登记表", publicity.objection_record, publicity.not_granted, mark="异议"),
    PaperKind("payment-table", "资金拨付汇总表", payment.payment_table, payment.not_payable, mark="拨付"),
    PaperKind("payment-slip", "拨付告知单", payment.payment_slip, payment.not_paid, mark="告知"),
    PaperKind("hand-over-list", "材料交接单", reception.hand_over_list, reception.nothing_to_hand_over, mark="交接"),
    PaperKind("volume-cover", "档案袋封面、卷内目录", filing.volume_cover, filing.nothing_to_file, mark="案卷"),
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
        OfficeKind("shift-list", "交班清单", shift_list.shift_list, ledgers.one_day, "交班"),
    )
}
