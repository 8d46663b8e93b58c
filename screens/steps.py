"""Which screen a case is worked on at its stage."""

from pxtui.casework.cases import CaseSummary
from pxtui.casework.stages import CLAIM_ENTRY, OPENING_ENTRY, Stage
from screens.approval import Approval
from screens.case_screen import CaseScreen
from screens.eligibility import Eligibility
from screens.learning import Learning
from screens.roster import Roster


def step_for(case: CaseSummary) -> CaseScreen:
    """The screen on which a case waits to be worked on."""
    return step_at(case.number, case.stage)


def step_at(number: str, stage: Stage) -> CaseScreen:
    """The screen for a case at a stage."""
    if stage in OPENING_ENTRY:
        return Roster(number)
    if stage in CLAIM_ENTRY:
        return Learning(number)
    if stage is Stage.OPENED:
        return Approval(number)
    return Eligibility(number)
