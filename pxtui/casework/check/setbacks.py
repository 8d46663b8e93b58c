"""What brought an application back since it was approved, who said so and when, and what has changed since."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from db.models import Act, Case, JournalEntry
from pxtui.casework.lifecycle.moves import COUNTS_AS_PAID, UNDER_DECISION, application_of
from pxtui.casework.lifecycle.stages import ACTION_NAMES, Action, Stage
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.clock import CHINA

_BACK = {
    Act.of_move(action): action
    for action in (Action.RETURN, Action.REOPEN, Action.UPHOLD, Action.BOUNCE, Action.STOP_PAYMENT)
}
_OVER = COUNTS_AS_PAID - {Stage.TO_PAY} | {Stage.RECOVERED}
"""The money has arrived: what held it up is settled."""


@dataclass(frozen=True, slots=True)
class Setback:
    """A step back, as the journal has it."""

    action: Action
    on: date
    staff_name: str
    reason: str

    @property
    def sentence(self) -> str:
        """When, who, what and why."""
        said = self.reason.strip().rstrip("。；")
        return f"{self.on} {self.staff_name}{ACTION_NAMES[self.action]}{f'：{said}' if said else ''}。"


def setbacks(context: Context, case: Case) -> tuple[Setback, ...]:
    """The steps back of the application that a case is at since it was approved last, the oldest first."""
    if case.stage in _OVER:
        return ()
    kind = application_of(case.stage)
    entries = context.session.exec(
        select(JournalEntry)
        .where(col(JournalEntry.case_id) == case.id, col(JournalEntry.action).in_({*_BACK, Act.CASE_APPROVE}))
        .order_by(col(JournalEntry.id).desc())
    )
    found: list[Setback] = []
    for entry in entries:
        before, after = journal.values(context, entry)
        stage = Stage(before["stage"])
        if application_of(stage) is not kind:
            continue
        if entry.action == Act.CASE_APPROVE:
            break
        action = _BACK[Act(entry.action)]
        # A pre-review that goes back to the desk is no decision.
        if action is not Action.RETURN or stage in UNDER_DECISION:
            found.append(Setback(action, entry.at.astimezone(CHINA).date(), entry.staff_name, after["opinion"]))
    return tuple(reversed(found))
