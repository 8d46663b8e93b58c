"""Days of the decisions on the two applications of a case. A return fills the same columns but is no decision."""

from datetime import date

from db.models import Case
from pxtui.casework.lifecycle.moves import CLAIM_DECIDED, OPENING_GRANTED, OPENING_TURNED_DOWN


def opening_decided_on(case: Case) -> date | None:
    """The day of the approval or refusal of the opening; None: undecided, or decided by another office."""
    return case.opening_decided_on if case.stage in OPENING_GRANTED | OPENING_TURNED_DOWN else None


def claim_decided_on(case: Case) -> date | None:
    """The day of the approval or refusal of the subsidy; None: undecided."""
    return case.claim_decided_on if case.stage in CLAIM_DECIDED else None
