"""The papers that can be asked for are those that can be written."""

from pxtui.casework.printed.catalogue import KINDS, OFFICE_KINDS
from pxtui.papers.letters.catalogue import LETTERS

_NO_LETTERS = {"attachment-1", "attachment-2", "attachment-3", "attachment-4", "pre-review"}
"""The applicant's forms, and the text for a chat."""


def test_every_kind_of_paper_has_a_layout() -> None:
    assert {kind.form for kind in KINDS} | set(OFFICE_KINDS) == set(LETTERS) | _NO_LETTERS


def test_a_mark_that_stands_in_numbers_already_issued_stays() -> None:
    of_cases = {kind.form: (kind.name, kind.mark) for kind in KINDS}
    assert of_cases | {kind.form: (kind.name, kind.mark) for kind in OFFICE_KINDS.values()} == {
        "attachment-1": ("附件1 培训申请表", ""),
        "attachment-2": ("附件2 参训人员花名册", ""),
        "attachment-3": ("附件3 补贴申请表", ""),
        "attachment-4": ("附件4 补贴申报花名册", ""),
        "pre-review": ("线上预审意见", "预审"),
        "material-receipt": ("收件回执", "收件"),
        "correction-notice": ("一次性补正告知书", "补正"),
        "roster-changes": ("花名册改动确认单", "名册"),
        "acceptance-notice": ("受理通知书", "受理"),
        "non-acceptance": ("不予受理通知书", "不受"),
        "verification-report": ("名单核验报告", "核验"),
        "opening-approval": ("同意开班通知书", "同意"),
        "opening-refusal": ("不予同意开班告知书", "不同意"),
        "change-notice": ("开班变更（终止）通知书", "变更"),
        "check-record": ("电话、平台核查记录表", "核查"),
        "offline-transfer": ("转线下补贴程序告知单", "转线下"),
        "approval-table": ("补贴审核（核定）表", "核定"),
        "claim-refusal": ("不予补贴（核减）告知书", "核减"),
        "public-notice": ("公示（稿）", "公示"),
        "page-proof": ("公示网页存证单", "存证"),
        "objection-record": ("异议受理登记表", "异议"),
        "objection-finding": ("异议核查结论", "核结"),
        "fund-approval": ("资金审批表", "资批"),
        "payment-table": ("资金拨付汇总表", "拨付"),
        "payment-extract": ("拨付汇总表摘录", ""),
        "payment-slip": ("拨付告知单", "告知"),
        "bounce-notice": ("退票更正通知", "退票"),
        "return-order": ("责令退回通知书", "责退"),
        "delivery-receipt": ("送达回证", "送达"),
        "hand-over-list": ("材料交接单", "交接"),
        "volume-cover": ("档案袋封面、卷内目录", "案卷"),
        "daily-ledger": ("日报", "日报"),
        "monthly-ledger": ("月报", "月报"),
        "recovery-ledger": ("追回台账", "追回"),
        "forwarding-list": ("汇总上报", "上报"),
        "shift-list": ("交班清单", "交班"),
    }
