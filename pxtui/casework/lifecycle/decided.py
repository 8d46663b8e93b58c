"""When the two applications of a case were decided: a return is written down in the same place and decides nothing."""

from datetime import date

from db.models import Case
from pxtui.casework.lifecycle.moves import CLAIM_DECIDED, OPENING_GRANTED, OPENING_TURNED_DOWN


def opening_decided_on(case: Case) -> date | None:
    """The day on which the class was approved or refused here; None: it was not, or by another office."""
    return case.opening_decided_on if case.stage in OPENING_GRANTED | OPENING_TURNED_DOWN else None


def claim_decided_on(case: Case) -> date | None:
    """The day on which the subsidy was approved or refused; None: it was not."""
    return case.claim_decided_on if case.stage in CLAIM_DECIDED else None
