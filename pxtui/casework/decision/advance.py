"""Steps of a case on its own: submission, review, decision, claim, transfer, withdrawal, with their conditions."""

from dataclasses import replace

from sqlmodel import col, select

from db.about import About, beside
from db.models import Case, Enrolment
from pxtui.casework.calendar import lifting
from pxtui.casework.check import claim_figures, rechecks, standing
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.check.eligibility import facts_of, judge_case, require_names
from pxtui.casework.check.frozen import Answer
from pxtui.casework.check.shortfalls import shortfalls
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moves import (
    CLAIM_ENTRY,
    OPENING_ENTRY,
    RETURNED,
    UNDER_DECISION,
    application_of,
    possible,
)
from pxtui.casework.lifecycle.moving import permitted, take
from pxtui.casework.lifecycle.stages import ACTION_NAMES, Action, Stage
from pxtui.casework.office import duties
from pxtui.casework.office.context import Context
from pxtui.casework.offline import results as offline_results
from pxtui.casework.outside_lists import noting as lists_noted
from pxtui.casework.people import two_names
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.roster import control_totals, second_keying
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.signs import gates as signs_gates
from pxtui.casework.verifying.rows import require_case
from pxtui.errors import Refused
from pxtui.policy.facts import ApplicationKind, Route
from pxtui.policy.judgement import Judgement
from pxtui.policy.working_days import CalendarMissing

_JUDGES_NOTHING = frozenset({Action.WITHDRAW, Action.RECHECK})
_DECISIONS = frozenset({Action.APPROVE, Action.REFUSE, Action.RETURN})


_ALONE = frozenset({Action.REOPEN, Action.TRANSFER, Action.WITHDRAW})
"""What changes more than the case, such as its batch."""


def _about(number: str, action: Action, *_: object, **__: object) -> About | None:
    return None if action in _ALONE else About(cases=(number,))


@beside(_about)
def advance(context: Context, number: str, action: Action, opinion: str = "") -> Stage:
    """Take an action on a case; returns its new stage.

    Raises:
        PxtuiError: the stage does not allow the action, a condition is not met, or the opinion is missing.
    """
    case = find(context, number)
    stage = case.stage
    way = permitted(context, case, action, opinion)
    if action is Action.SUBMIT:
        _require_complete(context, case)
        # A command has no page to decide on, and a bundle is judged as it is.
        if context.acting.token:
            two_names.require_decided(context, number)
        if application_of(stage) is ApplicationKind.CLAIM:
            case.claimed_total_fen = claim_figures.claimed_when_submitted(context, case)
        case.resubmitted_on = context.today if stage in RETURNED else None
        case.correction_until = None
    if stage in UNDER_DECISION and action not in _JUDGES_NOTHING:
        _judge(context, case, action, opinion, needs_pass=way.needs_pass)
    if action is Action.CLAIM:
        _begin_claim(context, case)
    if action is Action.WITHDRAW and application_of(stage) is ApplicationKind.CLAIM:
        claim_filing.take_back(context, case)
    if action is Action.REOPEN:
        publicity_batches.take_out(context, case)
        case.resubmitted_on = context.today
    if action is Action.TRANSFER:
        _require_offline(context, case)
    return take(context, case, action, opinion)


def _judge(context: Context, case: Case, action: Action, opinion: str, *, needs_pass: bool) -> None:
    """Judge what is decided, and keep the outcome with its facts; a return stands without a verdict where the
    calendar for one is not known.
    """
    require_case(context, case)
    facts = facts_of(context, case)
    try:
        judgement = facts.judged(context.rulebook, context.working_days)
    except CalendarMissing:
        if action is Action.RETURN:
            return
        raise
    if needs_pass:
        # Refuses a day of a year without a calendar: a clock that runs years ahead decides nothing either.
        context.working_days.is_working_day(context.today)
        _require_pass(judgement)
        eligible = set(judgement.eligible)
        require_names([trainee for trainee in facts.application.roster if trainee.seq in eligible])
    if action is Action.APPROVE:
        signs_gates.require_decided(context, case, facts.application)
    answer = _answer(context, case, judgement, opinion) if action is Action.APPROVE else None
    _keep_outcome(context, case, action, judgement, opinion)
    check_frozen.freeze(context, case, action, facts, judgement, answer)
    lists_noted.of_step(context, case, facts.application.roster)


def possible_actions(context: Context, number: str) -> tuple[Action, ...]:
    """The actions on a case at its stage; on an approved class claim or transfer, whichever fits its route."""
    case = find(context, number)
    found = possible(case.stage, duties_apart=duties.are_apart(context))
    if case.stage is not Stage.OPENED:
        return found
    elsewhere = Action.CLAIM if judge_case(context, case).route is Route.CATALOGUE else Action.TRANSFER
    return tuple(action for action in found if action is not elsewhere)


def why_incomplete(context: Context, number: str) -> str:
    """What an application that is being entered still lacks, in Chinese; empty where nothing or at another stage.

    First what keeps it from being submitted, else what will hold it up or cut it later.
    """
    case = find(context, number)
    if case.stage not in OPENING_ENTRY | CLAIM_ENTRY:
        return ""
    try:
        _require_complete(context, case)
    except Refused as fault:
        return fault.sentence
    return "".join(shortfalls(context, case))


def _require_complete(context: Context, case: Case) -> None:
    people = roster_edits.trainees(context, case, application_of(case.stage))
    if not people:
        raise Refused("花名册没有人员，请先录入或导入花名册再提交。")
    require_names(people)
    if case.stage in OPENING_ENTRY:
        control_totals.require_agreed(context, case, people)
        second_keying.require_done(context, case, people)


def _require_pass(judgement: Judgement) -> None:
    if judgement.passes:
        return
    faults = [finding for finding in judgement.findings if finding.blocks and finding.seq is None]
    if faults:
        raise Refused(f"审查未通过，不能同意（共{len(faults)}项）：{faults[0].message}")
    raise Refused("没有一名符合条件的人员，不能同意；请退回补正或不予同意。")


def _answer(context: Context, case: Case, judgement: Judgement, opinion: str) -> Answer:
    """What the approval answers.

    Raises:
        PxtuiError: it is otherwise than it was checked, or something stands open and nothing is said to it.
    """
    rechecks.require_as_checked(context, case, judgement)
    points = standing.standing_of(context, case, judgement).points
    standing.require_answer(points, opinion)
    return Answer(points, opinion.strip())


def _approve_rows(context: Context, case: Case, judgement: Judgement) -> None:
    application = application_of(case.stage)
    eligible = set(judgement.eligible)
    rows = context.session.exec(
        select(Enrolment).where(col(Enrolment.case_id) == case.id, col(Enrolment.application) == application.value)
    )
    for row in rows:
        row.approved = row.seq in eligible
        context.session.add(row)
    if application is ApplicationKind.CLAIM and judgement.subsidy is not None:
        case.approved_heads = judgement.subsidy.eligible
        case.approved_total_fen = judgement.subsidy.total_fen


def _keep_outcome(context: Context, case: Case, action: Action, judgement: Judgement, opinion: str) -> None:
    """Store the outcome of a step of the review in the case: checked amount, approved rows, decision."""
    if action is Action.FIRST_CHECK and judgement.subsidy is not None:
        case.checked_total_fen = judgement.subsidy.total_fen
    if action is Action.APPROVE:
        _approve_rows(context, case, judgement)
    if action in _DECISIONS:
        _keep_decision(context, case, action, opinion)


def _require_ended(context: Context, case: Case, what: str) -> None:
    ends_on = min(case.ends_on, lifting.day_for(context, case) or case.ends_on)
    if context.today < ends_on:
        raise Refused(f"此班{ends_on}结束，结束后再{what}；提前结束的请先办理变更。")


def _require_offline(context: Context, case: Case) -> None:
    judged = judge_case(context, case)
    if judged.route is not Route.CATALOGUE:
        raise Refused("此班走有偿线上培训补贴，不转线下程序；培训结束后请申请补贴。")
    _require_ended(context, case, "转线下程序")
    offline_results.require_hours(context, case)


def _keep_decision(context: Context, case: Case, action: Action, opinion: str) -> None:
    words = opinion.strip() or ACTION_NAMES[action]
    if application_of(case.stage) is ApplicationKind.CLAIM:
        case.claim_opinion = words
        case.claim_decided_on = context.today
        case.claim_decided_by = context.clerk
        return
    case.opening_opinion = words
    case.opening_decided_on = context.today
    case.opening_decided_by = context.clerk
    if action is Action.APPROVE:
        case.opened_by = case.office_code


def _begin_claim(context: Context, case: Case) -> None:
    """Start the claim's roster from the approved rows, with empty learning results.

    Raises:
        PxtuiError: the class has not ended (notice 四(二)), or is on the offline procedure (notice 三).
    """
    if judge_case(context, case).route is Route.CATALOGUE:
        raise Refused("此班的学时计入总学时，不在此申请补贴；培训结束后登记线上学时，转线下程序。")
    _require_ended(context, case, "申请补贴")
    approved = {
        row.seq
        for row in context.session.exec(
            select(Enrolment).where(col(Enrolment.case_id) == case.id, col(Enrolment.approved).is_(True))
        )
    }
    people = [
        replace(trainee, course_hours=case.course_hours)
        for trainee in roster_edits.trainees(context, case, ApplicationKind.OPENING)
        if trainee.seq in approved
    ]
    roster_edits.enrol(context, case, ApplicationKind.CLAIM, people)
    case.claim_received_on = context.today
