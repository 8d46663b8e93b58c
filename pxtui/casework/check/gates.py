"""Gates behind the approval of a claim: eligibility judged again before publication, payment order and signature.

A granted claim is refused, and must be reviewed anew, if its eligible rows or its total have changed or a finding now
stands against the whole claim.
"""

from dataclasses import replace

from db.models import Case
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.check.eligibility import CaseFacts, facts_of
from pxtui.casework.check.frozen import Verdict
from pxtui.casework.lifecycle.batches import Obstacle, Remedy
from pxtui.casework.lifecycle.moving import permitted, take
from pxtui.casework.lifecycle.stages import Action, Room
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.verifying.rows import require_case
from pxtui.errors import Refused
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.judgement import Judgement


def obstacle_to(context: Context, case: Case) -> Obstacle | None:
    """The obstacle to a granted claim, where `require_unchanged` refuses it; None: it is unchanged."""
    try:
        require_unchanged(context, case)
    except Refused as fault:
        return Obstacle(fault.sentence, Remedy.REVIEW_ANEW)
    return None


def require_unchanged(context: Context, case: Case) -> tuple[CaseFacts, Judgement]:
    """Judge a granted claim again and refuse it if the judgement differs; returns facts and judgement.

    Raises:
        PxtuiError: eligible rows or total differ from the grant, a finding stands against the whole claim, or a year
            without a holiday calendar decides.
    """
    facts = facts_of(context, case)
    judgement = facts.judged(context.rulebook, context.working_days)
    if changes := _changes(context, case, judgement):
        raise Refused(f"{case.number}审批同意后情况有变：{'；'.join(changes)}；请退回复审后再办。")
    return facts, judgement


def recheck_and_move(context: Context, case: Case, action: Action, opinion: str, room: Room) -> None:
    """Judge a granted claim again, freeze facts and judgement for the step, and move the case.

    Raises:
        PxtuiError: the stage does not allow the action, a row of the case was altered past the program, or see
            `require_unchanged`.
    """
    permitted(context, case, action, opinion, room)
    require_case(context, case)
    facts, judgement = require_unchanged(context, case)
    check_frozen.freeze(context, case, action, facts, judgement)
    take(context, case, action, opinion, room)


def _changes(context: Context, case: Case, judgement: Judgement) -> list[str]:
    now = Verdict.of(judgement)
    eligible = tuple(sorted(roster_edits.approved_seqs(context, case, ApplicationKind.CLAIM)))
    granted = replace(now, eligible=eligible, total_fen=case.approved_total_fen)
    changes = list(granted.figures_to(replace(now, eligible=tuple(sorted(now.eligible))), context.rulebook))
    against = [finding.message for finding in judgement.of_row(None) if finding.blocks]
    return changes + [sentence.rstrip("。") for sentence in against[:1]]
