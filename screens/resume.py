"""Back to where a cut line left off."""

from typing import Any

from screens.case_screen import CaseScreen
from screens.claim import Claim
from screens.intake import Intake
from screens.learning import Learning
from screens.roster import Roster
from screens.vouchers import Vouchers


def resumed(draft: dict[str, Any]) -> CaseScreen:
    """The screen that a draft was kept from, with what was in hand."""
    number = draft["number"]
    name = draft["screen"]
    if name == "intake":
        return Intake(number, draft["values"])
    if name == "claim":
        return Claim(number, draft["values"])
    if name == "vouchers":
        return Vouchers(number, draft)
    return Learning(number, draft) if name == "learning" else Roster(number, draft)
