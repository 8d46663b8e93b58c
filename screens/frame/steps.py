"""Which screen a case is worked on at its stage."""

from pxtui.casework.lifecycle.moves import (
    CLAIM,
    CLAIM_ENTRY,
    CLAIM_TURNED_DOWN,
    OPENING,
    OPENING_ENTRY,
    OPENING_TURNED_DOWN,
    RECOVERED,
    UNDER_DECISION,
)
from pxtui.casework.lifecycle.stages import Stage

_UNDER_REVIEW = UNDER_DECISION | {OPENING.pre_review, CLAIM.pre_review}
_TO_DECIDE = frozenset({OPENING.awaiting_paper, CLAIM.awaiting_paper, Stage.OPENED, Stage.TRANSFERRED, Stage.PAID})
"""What is due is a step: the paper is handed in, a class goes on, a paid case is archived, never first recovered."""
_DONE_BUT_FOR_PAPERS = (
    OPENING_TURNED_DOWN | CLAIM_TURNED_DOWN | RECOVERED | {Stage.TERMINATED, Stage.WITHDRAWN, Stage.ARCHIVED}
)
_PUBLICITY = frozenset({Stage.CLAIM_APPROVED, Stage.PUBLISHED, Stage.OBJECTED})
_MONEY = frozenset({Stage.CLEARED, Stage.TO_PAY, Stage.BOUNCED, Stage.RECOVERING})

_ROOMS = {
    **dict.fromkeys(OPENING_ENTRY, "roster"),
    **dict.fromkeys(CLAIM_ENTRY, "learning"),
    **dict.fromkeys(_UNDER_REVIEW, "eligibility"),
    **dict.fromkeys(_TO_DECIDE, "approval"),
    **dict.fromkeys(_PUBLICITY, "publicity"),
    **dict.fromkeys(_MONEY, "payment"),
    **dict.fromkeys(_DONE_BUT_FOR_PAPERS, "papers"),
    # No paper is issued of it; the menu tells who voided it and why.
    Stage.VOIDED: "menu",
}


def room_for(stage: Stage) -> str:
    """The name of the screen on which a case at this stage waits to be worked on."""
    return _ROOMS[stage]
