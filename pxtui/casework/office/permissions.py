"""Who may do which act where duties are apart: one table for every act of the journal; `duties` is its one check.

The notice does not speak of roles. That nobody does two steps of one payment is the rule of public money
(行政事业单位内部控制规范, 不相容岗位相互分离).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from db.models import Act, Role


class Step(StrEnum):
    """The steps from the counter to the bank that nobody does two of, but for those of `MAY_BE_ONE`."""

    CHECK = "受理和初审"
    SECOND_CHECK = "复核"
    DECIDE = "审批"
    PREPARE = "编制拨付"
    SIGN = "签发"


MAY_BE_ONE = frozenset({frozenset({Step.DECIDE, Step.SIGN})})
"""Both are the word of the person who answers for the office: a county has one 负责人. A batch above the sum of
`second_signature_from_fen` wants two.
"""


@dataclass(frozen=True, slots=True)
class Permission:
    """Who may do an act where duties are apart."""

    name: str
    """Of the act, in Chinese, for refusals."""
    roles: frozenset[Role]
    step: Step | None = None
    is_anybodys: bool = False
    """The program's own entries, which no role could be asked for."""

    @property
    def who(self) -> str:
        """The roles, in Chinese."""
        return "或".join(role.value for role in Role if role in self.roles) or "程序"


_C, _R, _H = Role.CLERK, Role.REVIEWER, Role.HEAD
_T, _A = Role.CASHIER, Role.ADMINISTRATOR
_OFFICERS = (_C, _R, _H, _T)
_BUT_AUDITORS = (*_OFFICERS, _A)


def by(name: str, *roles: Role, step: Step | None = None) -> Permission:
    """What these roles may do."""
    return Permission(name, frozenset(roles), step)


PERMISSIONS: Mapping[Act, Permission] = {
    Act.REGISTER_CREATE: Permission("建立台账", frozenset(), is_anybodys=True),
    Act.REGISTER_UPGRADE: Permission("台账升级", frozenset(), is_anybodys=True),
    Act.ACT_REFUSED: Permission("登记被拒绝的办理", frozenset(), is_anybodys=True),
    Act.REGISTER_RESTORE: Permission("台账的恢复", frozenset(), is_anybodys=True),
    Act.REGISTER_COPY: Permission("台账的复制", frozenset(), is_anybodys=True),
    Act.REGISTER_MERGE: Permission("台账的合并", frozenset(), is_anybodys=True),
    Act.KEY_ROTATE: by("密钥的轮换", _A),
    Act.KEY_BACKUP: by("密钥的备份", _A),
    Act.BACKUP_KEY: by("备份密钥的更换", _A),
    # Proposed by an administrator and put into force by whoever confirms; `staff/changes.py` asks which of them.
    Act.OFFICE_SET: by("本部门设置的改动", _A, _H),
    Act.STAFF_ADD: by("人员的增减和岗位", _A, _H),
    Act.STAFF_ROLE: by("人员的增减和岗位", _A, _H),
    Act.STAFF_PERSON: by("人员证号的登记", _A, _H),
    Act.STAFF_RETIRE: by("人员的增减和岗位", _A),
    Act.STAFF_SUBSTITUTE: by("代理的登记", _A, _H),
    Act.STAFF_END_SUBSTITUTION: by("代理的结束", _A, _H),
    Act.STAFF_PASSWORD: Permission("自己口令的设定", frozenset(), is_anybodys=True),
    # By whoever confirms: a colleague in any role where there is no other; `staff/second_person.py` says who.
    Act.STAFF_INITIAL_PASSWORD: by("初始口令的设定", *_BUT_AUDITORS),
    Act.STAFF_LOGIN: by("登录公钥和账户的登记", *_BUT_AUDITORS),
    Act.STAFF_RECOVER: Permission("凭备份私钥重设口令", frozenset(), is_anybodys=True),
    Act.STAFF_REVOKE_LOGIN: by("登录公钥和账户的撤销", _A),
    Act.SIGN_IN: Permission("登录", frozenset(), is_anybodys=True),
    Act.SIGN_IN_FAIL: Permission("登记没有成的登录", frozenset(), is_anybodys=True),
    Act.STAFF_PROPOSE: by("人员和设置改动的提出", _A, _H),
    Act.STAFF_DROP: by("人员和设置改动的撤销", _A, _H),
    Act.LIFTING_ANNOUNCE: by("疫情解除的登记和签署", _A),
    Act.LIFTING_SIGN: by("疫情解除的登记和签署", _A),
    Act.LIFTING_CORRECT: by("疫情解除的登记和签署", _A),
    Act.LIFTING_SIGN_CORRECTION: by("疫情解除的登记和签署", _A),
    Act.CALENDAR_ENTER: by("放假安排的录入和签署", _A),
    Act.CALENDAR_SIGN: by("放假安排的录入和签署", _A),
    Act.CLOCK_ACCEPT: by("时钟的确认", _A),
    # Two people, one of them a 负责人; `verifying/accepting.py` asks for that.
    Act.FINDINGS_PROPOSE: by("核验差异的提出", _A, _R, _H),
    Act.FINDINGS_ACCEPT: by("核验差异的确认", _A, _R, _H),
    Act.SHIFT_HAND_OVER: by("交班", *_OFFICERS),
    Act.CASE_FILE: by("立案", _C),
    Act.CASE_IMPORT: by("案件的导入", _C),
    # By a head where a change of the class that he approves comes into force.
    Act.CASE_AMEND: by("申请内容的修改", _C, _H),
    Act.CASE_PEOPLE: by("变更的批准", _H),
    Act.CASE_CHANGE_PROPOSE: by("变更的提出", _C, _R, _H),
    Act.CASE_CHANGE_DROP: by("变更的撤销", _C, _R, _H),
    Act.CASE_CORRECTION: by("已批案件的更正", _C, _R, _H),
    Act.CASE_CORRECTION_PROPOSE: by("更正的提出", _C, _R, _H),
    Act.CASE_CORRECTION_DROP: by("更正的撤销", _C, _R, _H),
    Act.CASE_DAY: by("补登的日期", *_OFFICERS),
    Act.CASE_CONFIRM_DAY: by("补登日期的确认", _C, _R, _H),
    Act.CASE_PLACE: by("纸质材料位置的登记", *_OFFICERS),
    Act.CASE_PRE_REVIEW: by("线上预审", _C),
    Act.CASE_AWAIT_PAPER: by("预审通过", _C),
    Act.CASE_SUBMIT: by("提交审查", _C, step=Step.CHECK),
    Act.CASE_ACCEPT: by("受理", _C, step=Step.CHECK),
    Act.CASE_FIRST_CHECK: by("初审通过", _C, step=Step.CHECK),
    Act.CASE_SECOND_CHECK: by("复核通过", _R, step=Step.SECOND_CHECK),
    Act.CASE_RECHECK: by("退回复核", _C, _R, _H),
    Act.CASE_RETURN: by("退回补正", _C, _R, _H),
    Act.CASE_APPROVE: by("同意", _H, step=Step.DECIDE),
    Act.CASE_REFUSE: by("不予同意", _H, step=Step.DECIDE),
    Act.CASE_CLAIM: by("申请补贴", _C),
    Act.CASE_TRANSFER: by("转线下程序", _C),
    Act.CASE_CHANGE: by("变更", _H),
    Act.CASE_TERMINATE: by("因疫情解除终止", _A),
    Act.CASE_REINSTATE: by("更正解除日恢复", _A),
    Act.CASE_WITHDRAW: by("撤回", _C),
    Act.CASE_VOID: by("作废", _C, _H),
    Act.CASE_PASS_ON: by("转办", _C, _H),
    Act.CASE_REOPEN: by("退回复审", _H),
    Act.CASE_PUBLISH: by("公示", _C),
    Act.CASE_OBJECT: by("受理异议", _C, _R, _H),
    Act.CASE_DISMISS: by("异议不成立", _C, _R, _H),
    Act.CASE_UPHOLD: by("异议成立", _C, _R, _H),
    Act.CASE_CLEAR: by("公示期满", _C, _R),
    Act.CASE_ORDER_PAYMENT: by("列入拨付", _T, step=Step.PREPARE),
    Act.CASE_STOP_PAYMENT: by("撤出拨付", _T, _H),
    Act.CASE_PAY: by("拨付成功", _T),
    Act.CASE_BOUNCE: by("退票", _T),
    Act.CASE_CORRECT: by("更正账户", _C),
    Act.CASE_ARCHIVE: by("归档", _C),
    Act.CASE_RECOVER: by("责令退回", _C, _R),
    Act.CASE_DROP_RECOVERY: by("撤销追回", _C, _R, _H),
    Act.CASE_SETTLE: by("退款到账", *_OFFICERS),
    Act.CASE_SETTLE_PART: by("部分退款到账", *_OFFICERS),
    Act.CASE_FIND_PAID: by("认定已拨付", _R, _H, _T),
    Act.CASE_FIND_BOUNCED: by("认定退票", _R, _H, _T),
    Act.ROSTER_REPLACE: by("花名册的录入", _C),
    Act.ROSTER_PUT: by("花名册的录入", _C),
    Act.ROSTER_INSERT: by("花名册的录入", _C),
    Act.ROSTER_REMOVE: by("花名册的录入", _C),
    Act.ROSTER_CORRECT: by("花名册的录入", _C),
    Act.ROSTER_UNDO: by("花名册的录入", _C),
    Act.ROSTER_TAKE_OVER: by("花名册的录入", _C),
    Act.SECOND_KEYING_DRAW: by("二次录入", _C, _R),
    Act.SECOND_KEYING_ROW: by("二次录入", _C, _R),
    Act.SECOND_KEYING_DECIDE: by("二次录入", _C, _R),
    Act.IDENTITY_ON_FILE: by("一号两名的认定", _C, _R),
    Act.IDENTITY_KEYED: by("一号两名的认定", _C, _R),
    Act.HISTORY_IMPORT: by("以往培训的导入", _C, _A),
    # Only the last import, by whoever made it: the register is as it was before.
    Act.HISTORY_TAKE_BACK: by("以往培训导入的撤回", _C, _A),
    Act.HISTORY_STRIKE: by("以往培训的更正", _A, _H),
    Act.HISTORY_CONFIRM: by("案件包所述的确认", _A),
    Act.VOUCHER_STRIKE: by("已用凭证的更正", _A, _H),
    Act.EXCHANGE_TRUST: by("登记其他部门的公钥", _A, _H),
    Act.EXCHANGE_EXPORT: by("部门交换文件的出具", _C, _A),
    Act.EXCHANGE_IMPORT: by("部门交换文件的读入", _C, _A),
    Act.EXCHANGE_STRIKE: by("交换来源的删除", _A, _H),
    Act.LISTS_IMPORT: by("外部名单的导入", _C, _R, _A),
    Act.LISTS_WITHDRAW: by("外部名单的撤回", _C, _R, _A),
    Act.LISTS_DECIDE: by("名单命中的认定", _C, _R, _H),
    Act.SOURCE_PROPOSE: by("来源更改的提出", _A),
    Act.SOURCE_DROP: by("来源更改的撤销", _A, _H),
    Act.CLAIM_PUT: by("补贴申请的录入", _C),
    Act.CLAIM_VOUCHERS: by("补贴申请的录入", _C),
    Act.CLAIM_DEDUCT: by("扣减的登记", _C, _R, _H),
    Act.CLAIM_PUT_BACK: by("扣减的撤销", _C, _R, _H),
    Act.LEARNING_IMPORT: by("学习记录的导入", _C),
    Act.SIGN_DECIDE: by("疑点的处理", _C, _R, _H),
    Act.SPOT_DRAW: by("抽查名单的抽取", _C, _R, _H),
    Act.SPOT_RESULT: by("抽查结果的登记", _C, _R, _H),
    Act.SPOT_CONFIRM: by("抽查结果的确认", _C, _R, _H),
    # After an import or by a timer, for the cases of every office.
    Act.CHECK_ALL: Permission("全部复查", frozenset(), is_anybodys=True),
    Act.PUBLICITY_PUBLISH: by("公示", _C),
    Act.PUBLICITY_PAGE: by("公示", _C),
    Act.PUBLICITY_DAY: by("补登的日期", *_OFFICERS),
    Act.PUBLICITY_CONFIRM_DAY: by("补登日期的确认", _C, _R, _H),
    Act.PUBLICITY_CLEAR: by("公示期满的登记", _C, _R),
    Act.FUND_PUT: by("资金来源的登记", _T, _H),
    Act.PAYMENT_PREPARE: by("拨付批次的编制", _T, step=Step.PREPARE),
    Act.PAYMENT_SIGN: by("拨付批次的签发", _H, step=Step.SIGN),
    Act.PAYMENT_SECOND_SIGN: by("拨付批次的第二人签发", _H, step=Step.SIGN),
    Act.PAYMENT_HAND_OVER: by("拨付批次交银行", _T),
    Act.PAYMENT_CORRECT: by("收款账户的更正", _C),
    Act.PAYMENT_CONFIRM_BOUNCE: by("退票的确认", _R, _H, _T),
    Act.PAYMENT_CONTRADICT: by("银行结果的登记", _T),
    Act.PAYMENT_RESOLVE: by("银行结果的认定", _R, _H, _T),
    Act.RECOVERY_ORDER: by("追回的提出", _C, _R),
    Act.RECOVERY_APPROVE: by("追回的批准", _H),
    Act.RECOVERY_ASK_DROP: by("撤销追回的提出", _C, _R, _H),
    Act.RECOVERY_DROP: by("追回的撤销", _C, _R, _H),
    Act.RECOVERY_STATE_RETURN: by("退款到账的登记", _C, _R, _T),
    Act.RECOVERY_STRIKE_RETURN: by("退款到账的删去", _R, _H),
    Act.RECOVERY_SETTLE: by("退款到账的确认", _R, _H),
    Act.OFFLINE_HOURS: by("线下学时的登记", _C),
    Act.OFFLINE_RESULTS: by("线下结果的登记", _C, _R),
    Act.OFFLINE_CONFIRM: by("线下结果的确认", _C, _R, _H),
    Act.CATALOGUE_IMPORT: by("补贴目录的导入", _C, _A),
    Act.READ_PERSON: by("看完整的号码", *_OFFICERS),
    Act.READ_CONTACT: by("看完整的号码", *_OFFICERS),
    Act.READ_ACCOUNT: by("看完整的账号", *_OFFICERS),
    Act.READ_SEARCH: by("按完整号码查找", *_OFFICERS, Role.AUDITOR),
    Act.READ_EXTRACT: by("个人信息的查询件", _C, _H),
    Act.READ_REGISTER: by("培训名单的导出", *_OFFICERS, Role.AUDITOR),
    Act.AUDIT_PACK: by("审计资料包的出具", _H, Role.AUDITOR),
    Act.PRIVACY_SET: by("个人信息保存期限的改动", _A),
    # At the first start of a day, by whoever comes first, or by a timer.
    Act.RETENTION_PASSWORDS: Permission("平台密码的销毁", frozenset(), is_anybodys=True),
    Act.RETENTION_ERASE: Permission("到期个人信息的删除", frozenset(), is_anybodys=True),
    Act.RETENTION_LISTS: Permission("到期名单的删除", frozenset(), is_anybodys=True),
    Act.PAPER_ISSUE: by("文书的出具", *_OFFICERS),
    Act.PAPER_REPRINT: by("文书的出具", *_OFFICERS),
    Act.PAPER_AGAIN: by("文书的出具", *_OFFICERS),
}
"""Every act stands here. What touches a case is for its own office's staff."""

OF_ALL_OFFICES = frozenset({Act.CASE_TERMINATE, Act.CASE_REINSTATE})
"""Acts that end or restore the classes of every office of a register: the lifting is one day for the whole city."""

_OF_CASES = ("case", "roster", "second-keying", "identity", "claim", "learning", "publicity", "fund", "payment")
_BESIDES = (
    "recovery",
    "offline",
    "shift",
    "catalogue",
    "history",
    "voucher",
    "exchange",
    "source",
    "read",
    "sign",
    "spot",
    "lists",
)
NOT_BY_THE_BUREAU = frozenset(act for act in Act if act.value.partition(".")[0] in {*_OF_CASES, *_BESIDES}) - {
    Act.READ_SEARCH,
    *OF_ALL_OFFICES,
}
"""Acts that handle cases or show full numbers: the bureau looks on, masked."""

NOT_BY_THE_COMMITTEE = frozenset(
    {act for act, permission in PERMISSIONS.items() if permission.step not in (None, Step.CHECK)}
    | {Act.CASE_ACCEPT, Act.CASE_FIRST_CHECK, Act.CASE_REFUSE, Act.CASE_CLAIM, Act.FUND_PUT, Act.PUBLICITY_PUBLISH}
)
"""Acts that decide or pay: the committee of the zone collects and forwards (notice 四(一))."""

STEPS: Mapping[Act, Step] = {act: permission.step for act, permission in PERMISSIONS.items() if permission.step}


def others_than(step: Step | None) -> tuple[Step, ...]:
    """The steps that whoever takes one must not have taken."""
    return tuple(other for other in Step if step and other is not step and {step, other} not in MAY_BE_ONE)
