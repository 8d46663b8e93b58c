"""Due days of cases and who has to act: the office's promised working days, and the deadlines of the notice."""

from datetime import date

from db.models import Case
from pxtui.casework.lifecycle.moves import CLAIM, CLAIM_ENTRY, OPENING, OPENING_ENTRY, RETURNED
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office.context import Context
from pxtui.casework.office.roles import Role
from pxtui.casework.office.settings import Settings
from pxtui.policy.deadlines import claim_by, working_days_after
from pxtui.policy.working_days import CalendarMissing

_WAITED_FOR = {
    **dict.fromkeys(OPENING_ENTRY | CLAIM_ENTRY | {OPENING.pre_review, CLAIM.pre_review}, "受理员"),
    **dict.fromkeys(RETURNED | {OPENING.awaiting_paper, CLAIM.awaiting_paper}, "企业"),
    **dict.fromkeys((OPENING.received, CLAIM.received), "受理员"),
    **dict.fromkeys((OPENING.accepted, CLAIM.accepted), "初审人"),
    **dict.fromkeys((OPENING.first_checked, CLAIM.first_checked), Role.REVIEWER.value),
    **dict.fromkeys((OPENING.second_checked, CLAIM.second_checked), Role.HEAD.value),
    Stage.OPENED: "企业",
    Stage.CLAIM_APPROVED: "公示人",
    Stage.PUBLISHED: "公众",
    Stage.OBJECTED: "核查人",
    Stage.CLEARED: "拨付人",
    Stage.TO_PAY: "银行",
    Stage.BOUNCED: "企业",
    Stage.RECOVERING: "企业",
}
"""Who has to act at each stage, in Chinese; stages that are missing are final."""


def due_on(context: Context, case: Case, settings: Settings) -> date | None:
    """The last day for the next step of a case; None where there is none, or a year has no calendar yet.

    Under review: the promised working days (`opening_days`, `claim_days`) after the receipt, the corrected hand-in,
    or the day on which a granted claim was reopened. Returned: the day of the correction notice, without one
    `correction_days` after the return. Running class: the deadline of the claim (notice 四(二)).
    """
    stage = case.stage
    try:
        if stage in OPENING.under_review:
            return working_days_later(context, case.resubmitted_on or case.opening_received_on, settings.opening_days)
        if stage in CLAIM.under_review:
            return working_days_later(context, case.resubmitted_on or case.claim_received_on, settings.claim_days)
        if stage in RETURNED:
            return case.correction_until or working_days_later(context, case.stage_since, settings.correction_days)
        if stage is Stage.OPENED or stage in CLAIM_ENTRY - RETURNED:
            return claim_by(case.ends_on, context.rulebook.for_class_starting(case.starts_on), context.working_days)
    except CalendarMissing:
        return None
    return None


def waited_for(stage: Stage) -> str:
    """Who has to act on a case at this stage, in Chinese: 受理员, 企业, 银行; empty at a final stage."""
    return _WAITED_FOR.get(stage, "")


def working_days_later(context: Context, day: date | None, working_days: int) -> date | None:
    """The day that lies `working_days` after `day`; None where that is None or a year has no calendar yet."""
    try:
        return None if day is None else working_days_after(day, working_days, context.working_days)
    except CalendarMissing:
        return None
