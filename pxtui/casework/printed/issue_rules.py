"""Which papers a case may have and which it needs: one table of stages, conditions and papers that exclude each other.

The screen of the papers, `pxtui export --form X` and `--form all` ask here and nowhere else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import col, select

from db.models import PaperIssued
from pxtui.casework.lifecycle.moves import (
    CLAIM,
    CLAIM_DECIDED,
    CLAIM_ENTRY,
    CLAIM_TURNED_DOWN,
    OPENING,
    OPENING_ENTRY,
    OPENING_GRANTED,
    OPENING_TURNED_DOWN,
    RETURNED,
    SETTLED,
    UNDER_DECISION,
    application_of,
)
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.printed import (
    check_record,
    delivery,
    filing,
    fund_approval,
    objection_finding,
    opening,
    page_proof,
    payment,
    publicity,
    reception,
    recovering,
    review,
    roster_changes,
)
from pxtui.casework.printed.asking import Asking
from pxtui.casework.printed.catalogue import BY_FORM
from pxtui.casework.printed.hand_ins import Per
from pxtui.policy.facts import ApplicationKind

_ALL = frozenset(Stage) - {Stage.VOIDED}
_WITHDRAWN = frozenset({Stage.WITHDRAWN})
_OF_CLAIM = frozenset(stage for stage in Stage if application_of(stage) is ApplicationKind.CLAIM)
_ENTRY = OPENING_ENTRY | CLAIM_ENTRY
_ONLINE_OPENING = frozenset({OPENING.pre_review, OPENING.awaiting_paper})
_ONLINE_CLAIM = frozenset({CLAIM.pre_review, CLAIM.awaiting_paper})
_ONLINE = _ONLINE_OPENING | _ONLINE_CLAIM
_RECEIVED = frozenset({OPENING.received, CLAIM.received})
_DRAFTS = frozenset({OPENING.draft, CLAIM.draft})
_NOT_ACCEPTED = _ENTRY | _RECEIVED
_ACCEPTED = UNDER_DECISION - _RECEIVED
_CLAIM_DONE = frozenset({Stage.CLAIM_APPROVED, Stage.CLAIM_REFUSED})
_ENDED = OPENING_TURNED_DOWN | _WITHDRAWN | CLAIM_TURNED_DOWN
_CLOSED = _ENDED | {Stage.TRANSFERRED, Stage.TERMINATED, Stage.PAID, Stage.ARCHIVED, Stage.RECOVERED}

_NOT_CLAIMED = "案件还没有申请补贴，请先办理“申请补贴”"
_RESULT = "这次申请已有结果"
_STILL_ONLINE = "还在线上预审，收到纸质材料、提交审查后再出具"
_NOT_SUBMITTED = "还没有提交审查"
_NOT_GRANTED = "补贴还没有审批同意"

Sentences = tuple[tuple[frozenset[Stage], str], ...]


@dataclass(frozen=True, slots=True)
class IssueRule:
    """When a case may have a paper, and when it needs it."""

    stages: frozenset[Stage] = _ALL
    """The stages at which it may be issued."""
    outside: Sentences = ()
    """Why not at other stages, in Chinese; `otherwise` at those that are not named."""
    otherwise: str = _RESULT
    needs: tuple[Callable[[Asking], str], ...] = ()
    """Each says in Chinese what is lacking; empty where nothing is."""
    excludes: frozenset[str] = frozenset()
    """Forms of which none was issued since the last hand-in or return."""
    due: frozenset[Stage] = frozenset()
    """The stages at which the case needs it, where it may be issued."""
    due_only: Callable[[Asking], bool] = lambda _: True
    choice: Callable[[Asking], str] = lambda _: ""
    """Why a clerk has to choose and it is not issued with all others, in Chinese; empty where there is no choice."""
    is_drawn: bool = False
    """Drawn by lot: issued anew on request alone, for every issue says something else."""


def _is_of_batch(where: Callable[[Asking], str]) -> IssueRule:
    return IssueRule(_OF_CLAIM, needs=(where,))


RULES: Mapping[str, IssueRule] = {
    "attachment-1": IssueRule(due=OPENING_ENTRY | _ONLINE_OPENING | {Stage.OPENED, Stage.REFUSED}),
    "attachment-2": IssueRule(due=OPENING_ENTRY | _ONLINE_OPENING),
    "attachment-3": IssueRule(_OF_CLAIM, due=CLAIM_ENTRY | _ONLINE_CLAIM | _CLAIM_DONE | {Stage.PAID}),
    "attachment-4": IssueRule(_OF_CLAIM, due=CLAIM_ENTRY | _ONLINE_CLAIM),
    "pre-review": IssueRule(
        _ENTRY | _ONLINE,
        outside=((UNDER_DECISION, "已提交审查，请用“一次性补正告知书”或“受理通知书”"),),
        due=_ONLINE,
    ),
    "material-receipt": IssueRule(
        _ENTRY | UNDER_DECISION,
        outside=((_ONLINE, "还在线上预审，纸质材料收到后再出具"),),
        needs=(reception.not_received,),
        due=_DRAFTS | _RECEIVED,
    ),
    "correction-notice": IssueRule(
        _NOT_ACCEPTED,
        outside=((_ONLINE, "还在线上预审，请用“线上预审意见”"), (_ACCEPTED, "已受理，须改正的请先办理“退回补正”")),
        needs=(reception.no_defects,),
        excludes=frozenset({"acceptance-notice", "non-acceptance"}),
        due=_RECEIVED | RETURNED,
        choice=reception.choice_of_clerk,
    ),
    "roster-changes": IssueRule(
        needs=(roster_changes.nothing_came_back,),
        due=_ENTRY | _RECEIVED,
        due_only=roster_changes.has_come_back,
    ),
    "acceptance-notice": IssueRule(
        UNDER_DECISION,
        outside=((_ENTRY, _NOT_SUBMITTED), (_ONLINE, _STILL_ONLINE)),
        needs=(reception.not_acceptable,),
        excludes=frozenset({"correction-notice", "non-acceptance"}),
        due=UNDER_DECISION,
        choice=reception.choice_of_clerk,
    ),
    "non-acceptance": IssueRule(
        _NOT_ACCEPTED,
        outside=((_ONLINE, _STILL_ONLINE), (_ACCEPTED, "已受理，不符合条件的办理“不予同意”")),
        needs=(reception.not_excluded,),
        excludes=frozenset(
            {"correction-notice", "acceptance-notice", "opening-approval", "opening-refusal"}
            | {"approval-table", "claim-refusal"}
        ),
        due=_RECEIVED,
    ),
    "verification-report": IssueRule(needs=(review.nothing_to_verify,), due=UNDER_DECISION),
    "opening-approval": IssueRule(
        OPENING_GRANTED,
        otherwise="还没有同意开班",
        needs=(opening.not_opened,),
        excludes=frozenset({"opening-refusal", "non-acceptance"}),
        due=frozenset({Stage.OPENED, Stage.TRANSFERRED}),
    ),
    "opening-refusal": IssueRule(
        OPENING_TURNED_DOWN,
        otherwise="没有不予同意开班的决定",
        excludes=frozenset({"opening-approval", "non-acceptance"}),
        due=OPENING_TURNED_DOWN,
    ),
    "change-notice": IssueRule(
        OPENING_GRANTED | _WITHDRAWN,
        otherwise="开班批准后没有变更，申请也没有撤回",
        needs=(opening.not_changed,),
        due=_WITHDRAWN | {Stage.OPENED, Stage.TERMINATED},
    ),
    "check-record": IssueRule(
        _ALL - OPENING_TURNED_DOWN - _WITHDRAWN,
        otherwise="案件已办结，不再核查",
        needs=(check_record.nobody_to_call,),
        due=CLAIM.under_review,
        is_drawn=True,
    ),
    "offline-transfer": IssueRule(
        OPENING_GRANTED,
        otherwise="还没有同意开班",
        needs=(opening.not_offline,),
        due=frozenset({Stage.TRANSFERRED}),
    ),
    "approval-table": IssueRule(
        CLAIM.under_review | CLAIM_DECIDED,
        otherwise="补贴申请还没有提交审查",
        needs=(review.no_figures,),
        excludes=frozenset({"non-acceptance"}),
        due=_CLAIM_DONE,
    ),
    "claim-refusal": IssueRule(
        CLAIM_DECIDED,
        otherwise="补贴申请还没有审批",
        needs=(review.nothing_refused,),
        excludes=frozenset({"non-acceptance"}),
        due=_CLAIM_DONE,
    ),
    "public-notice": _is_of_batch(publicity.only_of_batch),
    "objection-record": IssueRule(
        _OF_CLAIM,
        needs=(publicity.no_objection,),
        due=frozenset({Stage.OBJECTED, Stage.PUBLISHED, Stage.CLAIM_RECEIVED}),
    ),
    "page-proof": IssueRule(_OF_CLAIM, needs=(page_proof.no_page,), due=frozenset({Stage.CLEARED, Stage.PAID})),
    "objection-finding": IssueRule(
        _OF_CLAIM,
        needs=(objection_finding.not_decided,),
        due=frozenset({Stage.PUBLISHED, Stage.CLAIM_RECEIVED}),
        due_only=objection_finding.is_decided,
    ),
    "fund-approval": _is_of_batch(fund_approval.only_of_batch),
    "payment-table": _is_of_batch(payment.only_of_batch),
    "payment-extract": IssueRule(
        SETTLED, otherwise=_NOT_GRANTED, needs=(payment.in_no_batch,), due=frozenset({Stage.PAID})
    ),
    "payment-slip": IssueRule(SETTLED, otherwise=_NOT_GRANTED, needs=(payment.not_paid,), due=frozenset({Stage.PAID})),
    "bounce-notice": IssueRule(
        frozenset({Stage.BOUNCED}),
        otherwise="没有待更正的退票",
        needs=(recovering.no_bounce,),
        due=frozenset({Stage.BOUNCED}),
    ),
    "return-order": IssueRule(
        frozenset({Stage.RECOVERING}),
        otherwise="没有正在办理的追回",
        needs=(recovering.no_order,),
        due=frozenset({Stage.RECOVERING}),
    ),
    "delivery-receipt": IssueRule(
        needs=(delivery.nothing_to_deliver,),
        due=_RECEIVED | OPENING_TURNED_DOWN | _CLAIM_DONE | {Stage.TERMINATED, Stage.RECOVERING},
        due_only=delivery.delivers_adverse,
    ),
    "hand-over-list": IssueRule(
        needs=(reception.nothing_to_hand_over,),
        due=_DRAFTS | _RECEIVED,
        due_only=reception.goes_elsewhere,
    ),
    "volume-cover": IssueRule(needs=(filing.nothing_to_file,), due=_CLOSED),
}


def why_not(asking: Asking, form: str) -> str:
    """Why a case may not have a paper now, in Chinese without a full stop; empty where it may.

    Raises:
        CalendarMissing: it depends on a year without a holiday calendar.
    """
    rule = RULES[form]
    if asking.case.stage is Stage.VOIDED:
        return "案件已作废"
    if asking.is_erased:
        return "人员信息已到期删去，不能再出具"
    if asking.case.stage not in rule.stages:
        return _outside(rule, asking.case.stage)
    for lacking in rule.needs:
        if sentence := lacking(asking):
            return sentence
    return _excluded(asking, rule)


def is_at_due_stage(asking: Asking, form: str) -> bool:
    """Whether a case at this stage needs a paper, where it may have it."""
    rule = RULES[form]
    return asking.case.stage in rule.due and rule.due_only(asking)


def _outside(rule: IssueRule, stage: Stage) -> str:
    if rule.stages <= _OF_CLAIM and stage not in _OF_CLAIM:
        return _NOT_CLAIMED
    return next((sentence for stages, sentence in rule.outside if stage in stages), rule.otherwise)


def _excluded(asking: Asking, rule: IssueRule) -> str:
    """That a paper which contradicts this one was issued since the last hand-in or return, in Chinese; or empty."""
    if not rule.excludes:
        return ""
    context, course = asking.context, asking.course
    issued = (
        select(PaperIssued.form, PaperIssued.number, PaperIssued.issued_at)
        .where(col(PaperIssued.case_id) == asking.case.id, col(PaperIssued.form).in_(rule.excludes))
        .order_by(col(PaperIssued.id).desc())
    )
    now = course.place(Per.TURN, context.at)
    for form, number, issued_at in context.session.exec(issued):
        if course.place(Per.TURN, issued_at) == now:
            return f"本次申请已出具“{BY_FORM[form].name}”{number}，二者不能并存"
    return ""
