"""Opinions of the officers on an application, by step, from the journal and the decision."""

from dataclasses import replace

from sqlmodel import col, select

from db.models import Act, Case, JournalEntry, Staff
from pxtui.casework.lifecycle import decided
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.lifecycle.stages import ACTION_NAMES, Action, Stage
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.roles import Role
from pxtui.clock import CHINA
from pxtui.papers.writing.wording import UNWRITTEN, Opinion
from pxtui.policy.facts import ApplicationKind

_STEPS = {Act.CASE_FIRST_CHECK: Action.FIRST_CHECK, Act.CASE_SECOND_CHECK: Action.SECOND_CHECK}
_BEGIN_ANEW = frozenset({Act.CASE_SUBMIT, Act.CASE_RETURN, Act.CASE_UPHOLD})
"""Acts after which earlier opinions are void."""


def of_checks(context: Context, case: Case, application: ApplicationKind) -> dict[Action, Opinion]:
    """The opinions of the first and the second check since the last hand-in; a step not taken is missing."""
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
    """The opinion of the decision on the opening; blank where it is undecided or of another office."""
    if decided.opening_decided_on(case) is None:
        return UNWRITTEN
    return Opinion(case.opening_opinion or "", case.opening_decided_by or "", case.opening_decided_on)


def of_head(context: Context, decision: Opinion) -> Opinion:
    """A decision as 负责人 signs it: without a name where whoever decided does not hold that role."""
    head = select(Staff.id).where(col(Staff.name) == decision.officer, col(Staff.role) == Role.HEAD.value)
    return decision if context.session.exec(head).first() else replace(decision, officer="")


def of_claim_decision(case: Case) -> Opinion:
    """The opinion of the decision on the claim; blank where it is undecided."""
    if decided.claim_decided_on(case) is None:
        return UNWRITTEN
    return Opinion(case.claim_opinion or "", case.claim_decided_by or "", case.claim_decided_on)
