"""Chinese names of the stages and actions of a case, and the rooms in which actions are done.

The end of a class is no stage but a day of the calendar: no job moves a case at midnight.
"""

from enum import StrEnum

from db.models import Action as Action
from db.models import Stage as Stage


class Room(StrEnum):
    """The place of an action: the case itself (`CASE`), a batch, the recovery, the lifting or the case's menu."""

    CASE = ""
    PUBLICITY = "公示批次"
    PAYMENT = "拨付批次"
    RECOVERY = "追回"
    LIFTING = "疫情解除"
    CHANGE = "变更"
    MENU = "菜单"


STAGE_NAMES = {
    Stage.DRAFT: "录入中",
    Stage.PRE_REVIEW: "线上预审中",
    Stage.AWAITING_PAPER: "待交纸质",
    Stage.RECEIVED: "待开班审批",
    Stage.RETURNED: "开班退回补正",
    Stage.ACCEPTED: "已受理待初审",
    Stage.FIRST_CHECKED: "待复核",
    Stage.SECOND_CHECKED: "复核后待审批",
    Stage.OPENED: "培训中",
    Stage.REFUSED: "不予开班",
    Stage.TRANSFERRED: "转线下程序",
    Stage.TERMINATED: "解除后终止",
    Stage.WITHDRAWN: "已撤回",
    Stage.VOIDED: "已作废",
    Stage.CLAIM_DRAFT: "补贴录入中",
    Stage.CLAIM_PRE_REVIEW: "补贴预审中",
    Stage.CLAIM_AWAITING_PAPER: "补贴待纸质",
    Stage.CLAIM_RECEIVED: "待补贴审批",
    Stage.CLAIM_RETURNED: "补贴退回补正",
    Stage.CLAIM_ACCEPTED: "补贴待初审",
    Stage.CLAIM_FIRST_CHECKED: "补贴待复核",
    Stage.CLAIM_SECOND_CHECKED: "补贴待终审",
    Stage.CLAIM_APPROVED: "待公示",
    Stage.CLAIM_REFUSED: "不予补贴",
    Stage.PUBLISHED: "公示中",
    Stage.OBJECTED: "异议核查",
    Stage.CLEARED: "公示期满",
    Stage.TO_PAY: "待拨付",
    Stage.BOUNCED: "退票待更正",
    Stage.PAID: "已拨付",
    Stage.ARCHIVED: "已归档",
    Stage.RECOVERING: "追回中",
    Stage.RECOVERED: "已追回",
}
ACTION_NAMES = {
    Action.PRE_REVIEW: "线上预审",
    Action.AWAIT_PAPER: "预审通过",
    Action.SUBMIT: "提交审查",
    Action.ACCEPT: "受理",
    Action.FIRST_CHECK: "初审通过",
    Action.SECOND_CHECK: "复核通过",
    Action.RECHECK: "退回复核",
    Action.RETURN: "退回补正",
    Action.APPROVE: "同意",
    Action.REFUSE: "不予同意",
    Action.CLAIM: "申请补贴",
    Action.TRANSFER: "转线下程序",
    Action.CHANGE: "变更",
    Action.TERMINATE: "因疫情解除终止",
    Action.REINSTATE: "更正解除日恢复",
    Action.WITHDRAW: "撤回",
    Action.VOID: "作废",
    Action.PASS_ON: "转办",
    Action.REOPEN: "退回复审",
    Action.PUBLISH: "公示",
    Action.OBJECT: "受理异议",
    Action.DISMISS: "异议不成立",
    Action.UPHOLD: "异议成立",
    Action.CLEAR: "公示期满",
    Action.ORDER_PAYMENT: "列入拨付",
    Action.STOP_PAYMENT: "撤出拨付",
    Action.PAY: "拨付成功",
    Action.BOUNCE: "退票",
    Action.CORRECT: "更正账户",
    Action.ARCHIVE: "归档",
    Action.RECOVER: "责令退回",
    Action.DROP_RECOVERY: "撤销追回",
    Action.SETTLE: "退款到账",
    Action.SETTLE_PART: "部分退款到账",
    Action.FIND_PAID: "认定已拨付",
    Action.FIND_BOUNCED: "认定退票",
}
