"""What the officers said of an application, step by step, as the journal has it."""

from sqlmodel import col, select

from db.models import Act, Case, JournalEntry
from pxtui.casework.lifecycle import decided
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.lifecycle.stages import ACTION_NAMES, Action, Stage
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA
from pxtui.papers.writing.wording import UNWRITTEN, Opinion
from pxtui.policy.facts import ApplicationKind

_STEPS = {Act.CASE_FIRST_CHECK: Action.FIRST_CHECK, Act.CASE_SECOND_CHECK: Action.SECOND_CHECK}
_BEGIN_ANEW = frozenset({Act.CASE_SUBMIT, Act.CASE_RETURN, Act.CASE_UPHOLD})
"""After these the earlier opinions are about papers that have changed, or no longer hold."""


def of_checks(context: Context, case: Case, application: ApplicationKind) -> dict[Action, Opinion]:
    """What was said at the first and the second check since the papers came in last; nothing for a step not taken."""
    entries = context.session.exec(
        select(JournalEntry)
        .where(col(JournalEntry.case_id) == case.id, col(JournalEntry.action).in_(_BEGIN_ANEW | _STEPS.keys()))
        .order_by(col(JournalEntry.id))
    )
    found: dict[Action, Opinion] = {}
    for entry in entries:
        before, after = journal.values(context, entry)
        if "stage" not in before or application_of(Stage(before["stage"])) is not application:
            continue
        if entry.action in _BEGIN_ANEW:
            found.clear()
            continue
        action = _STEPS[entry.action]
        opinion = after.get("opinion", "").strip() or ACTION_NAMES[action]
        found[action] = Opinion(opinion, entry.staff_name, entry.at.astimezone(CHINA).date())
    return found


def of_opening_decision(case: Case) -> Opinion:
    """With which the class was approved or refused; blank where it was not, or by another office."""
    if decided.opening_decided_on(case) is None:
        return UNWRITTEN
    return Opinion(case.opening_opinion or "", case.opening_decided_by or "", case.opening_decided_on)


def of_claim_decision(case: Case) -> Opinion:
    """With which the subsidy was approved or refused; blank where it was not."""
    if decided.claim_decided_on(case) is None:
        return UNWRITTEN
    return Opinion(case.claim_opinion or "", case.claim_decided_by or "", case.claim_decided_on)
