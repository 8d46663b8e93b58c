"""The gates behind the approval of a claim: checked again before it is published, ordered for payment and signed.

What was granted goes through as it was granted or not at all; what would come out otherwise is reviewed anew.
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
from pxtui.errors import Refused
from pxtui.policy.facts import ApplicationKind
from pxtui.policy.judgement import Judgement


def obstacle_to(context: Context, case: Case) -> Obstacle | None:
    """What `require_open` would refuse a granted claim for; None: it may go on."""
    try:
        require_open(context, case)
    except Refused as fault:
        return Obstacle(fault.sentence, Remedy.REVIEW_ANEW)
    return None


def require_open(context: Context, case: Case) -> tuple[CaseFacts, Judgement]:
    """Check a granted claim again; what was checked, and what came out.

    Raises:
        PxtuiError: it would not be granted as it was, or a year without a holiday calendar decides.
    """
    facts = facts_of(context, case)
    judgement = facts.judged(context.rulebook, context.working_days)
    if changes := _changes(context, case, judgement):
        raise Refused(f"{case.number}审批同意后情况有变：{'；'.join(changes)}；请退回复审后再办。")
    return facts, judgement


def go_through(context: Context, case: Case, action: Action, opinion: str, room: Room) -> None:
    """Check a granted claim again, keep what the step was based on, and take it.

    Raises:
        PxtuiError: the stage does not allow it, or as `require_open` says.
    """
    permitted(context, case, action, opinion, room)
    facts, judgement = require_open(context, case)
    check_frozen.freeze(context, case, action, facts, judgement)
    take(context, case, action, opinion, room)


def _changes(context: Context, case: Case, judgement: Judgement) -> list[str]:
    now = Verdict.of(judgement)
    eligible = tuple(sorted(roster_edits.approved_seqs(context, case, ApplicationKind.CLAIM)))
    granted = replace(now, eligible=eligible, total_fen=case.approved_total_fen)
    changes = list(granted.figures_to(replace(now, eligible=tuple(sorted(now.eligible))), context.rulebook))
    against = [finding.message for finding in judgement.of_row(None) if finding.blocks]
    return changes + [sentence.rstrip("。") for sentence in against[:1]]
