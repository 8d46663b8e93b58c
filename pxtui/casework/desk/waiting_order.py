"""The order of the desk: what waits for the clerk at it first, what nobody waits for last."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import col, select

from db.models import Case
from pxtui.casework.calendar.due import waited_for
from pxtui.casework.desk import waiting_changes, waiting_payments
from pxtui.casework.desk.queues import MOST_LISTED, CaseList, listed
from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.lifecycle.moves import CLAIM, OPENING, TAKEN_BACK
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import duties, roles
from pxtui.casework.office.context import Context
from pxtui.casework.office.roles import Role

_OUTSIDE = frozenset({"企业", "公众", "银行"})
_AT_THE_BANK = 2
"""Among the groups: with what waits for anybody outside."""
_OF_OTHERS = {
    **dict.fromkeys((OPENING.first_checked, CLAIM.first_checked), Role.REVIEWER),
    **dict.fromkeys((OPENING.second_checked, CLAIM.second_checked), Role.HEAD),
    Stage.CLEARED: Role.CASHIER,
}
"""Stages that wait for one role where duties are apart; the others of the office wait for its clerks."""


def by_waiting(context: Context, *, most: int = MOST_LISTED) -> CaseList:
    """Cases of all stages, `most` of them: what waits for the acting person, first the changes, corrections and
    returns that wait for a second person, then the rest by the due day; what waits for colleagues; for anybody outside;
    paid cases, which wait for the archive; finished ones; those that were taken back. Else the newest first.
    """
    groups, seen = _groups(context), roles.of_seen_offices(context, Case.office_code)
    changing = waiting_changes.cases_with_returns(context)[:most]
    found = list(changing)
    for stages in groups:
        # By group, because each is found by the index of the stages however many cases there are.
        wanted = select(Case).where(col(Case.stage).in_(stages), *seen).order_by(col(Case.id).desc())
        if changing:
            wanted = wanted.where(col(Case.id).not_in([case.id for case in changing]))
        found += context.session.exec(wanted.limit(most + 1 - len(found)))
        if len(found) > most:
            break
    shown = listed(context, found, most)

    def place(case: CaseSummary) -> tuple[int, date]:
        if case.number in shown.waiting:
            return int(not shown.waiting[case.number].is_for_acting), date.min
        return _place(case, shown, groups, context.today)

    return replace(shown, cases=tuple(sorted(shown.cases, key=place)))


def _place(case: CaseSummary, shown: CaseList, groups: Sequence[frozenset[Stage]], today: date) -> tuple[int, date]:
    due = shown.due.get(case.number)
    group = next(place for place, stages in enumerate(groups) if case.stage in stages)
    if case.stage is Stage.TO_PAY:
        # What waits in the office is placed by what it waits for; this lies with the bank.
        group = _AT_THE_BANK
    if case.stage is Stage.PUBLISHED and due is not None and due <= today:
        group = 0
    return group, due if group == 0 and due is not None else date.max


def _groups(context: Context) -> tuple[frozenset[Stage], ...]:
    office = frozenset(stage for stage in Stage if waited_for(stage) not in {"", *_OUTSIDE})
    outside = frozenset(stage for stage in Stage if waited_for(stage) in _OUTSIDE)
    mine = office
    if duties.are_apart(context):
        role = roles.role_of(context, context.clerk)
        mine = frozenset(stage for stage in office if _OF_OTHERS.get(stage, Role.CLERK) is role)
    paid = frozenset({Stage.PAID})
    finished = frozenset(Stage) - office - outside - paid - TAKEN_BACK
    if any(found.is_for_acting for found in waiting_payments.waiting(context).values()):
        # Else those at the bank, which are many more, could push them out of the list.
        mine, outside = mine | {Stage.TO_PAY}, outside - {Stage.TO_PAY}
    return mine, office - mine, outside, paid, finished, TAKEN_BACK
