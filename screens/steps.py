"""Which screen a case is worked on at its stage."""

from pxtui.casework.stages import CLAIM_ENTRY, OPENING_ENTRY, Stage


def room_for(stage: Stage) -> str:
    """The name of the screen on which a case at this stage waits to be worked on."""
    if stage in OPENING_ENTRY:
        return "roster"
    if stage in CLAIM_ENTRY:
        return "learning"
    return "approval" if stage is Stage.OPENED else "eligibility"
