"""Which screen a case is worked on at its stage."""

from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, OPENING_ENTRY
from pxtui.casework.lifecycle.stages import Stage

_MONEY = frozenset({Stage.CLEARED, Stage.TO_PAY, Stage.BOUNCED, Stage.PAID, Stage.RECOVERING})
_PUBLICITY = frozenset({Stage.CLAIM_APPROVED, Stage.PUBLISHED, Stage.OBJECTED})


def room_for(stage: Stage) -> str:
    """The name of the screen on which a case at this stage waits to be worked on."""
    if stage in OPENING_ENTRY:
        return "roster"
    if stage in CLAIM_ENTRY:
        return "learning"
    if stage in _PUBLICITY:
        return "publicity"
    if stage in _MONEY:
        return "payment"
    return "approval" if stage in (Stage.OPENED, Stage.TRANSFERRED) else "eligibility"
