"""Which screen a case is worked on at its stage."""

from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, OPENING_ENTRY
from pxtui.casework.lifecycle.stages import Stage

_MONEY = frozenset({Stage.CLEARED, Stage.TO_PAY, Stage.BOUNCED, Stage.RECOVERING})
_PUBLICITY = frozenset({Stage.CLAIM_APPROVED, Stage.PUBLISHED, Stage.OBJECTED})

_DECIDED = frozenset({Stage.OPENED, Stage.TRANSFERRED, Stage.PAID})
"""What is next is a choice: of a paid case the archive, its recovery is never the first thing."""


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
    return "approval" if stage in _DECIDED else "eligibility"
