"""What is approved is what was checked: facts that change behind a check send the case back to it."""

from db.models import Case
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.check.frozen import Verdict
from pxtui.casework.lifecycle.moves import CLAIM, OPENING
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Context
from pxtui.errors import Damaged, Refused
from pxtui.policy.judgement import Judgement

_SECOND_CHECKED = frozenset({OPENING.second_checked, CLAIM.second_checked})


def require_as_checked(context: Context, case: Case, judgement: Judgement) -> None:
    """Refuse to approve what comes out otherwise than at the second check.

    Raises:
        PxtuiError: something has changed since; the sentence says what, and that the check is to be made again.
    """
    if case.stage not in _SECOND_CHECKED:
        return
    checked = check_frozen.newest(context, case, frozenset({Action.SECOND_CHECK}))
    if checked is None:
        return
    try:
        outcome = check_frozen.thawed(context, checked, case).outcome
    except Damaged:
        # What is past and damaged does not keep anybody from deciding today.
        return
    if changes := outcome.changes_to(Verdict.of(judgement), context.rulebook):
        raise Refused(f"复核以后审查结果有变：{'；'.join(changes)}；请先退回复核（{Action.RECHECK.value}）再审批。")
