"""All screens by name. Only the app imports them: a screen opens another one by its name."""

from collections.abc import Callable, Mapping
from typing import Any

from screens.approval import Approval
from screens.claim import Claim
from screens.counter import TakesKeys
from screens.desk import Desk
from screens.eligibility import Eligibility
from screens.help import Help
from screens.intake import Intake
from screens.learning import Learning
from screens.menu import Menu
from screens.papers import Papers
from screens.preview import Preview
from screens.roster import Roster
from screens.vouchers import Vouchers
from screens.welcome import Welcome

ROOMS: Mapping[str, Callable[..., TakesKeys]] = {
    "welcome": Welcome,
    "desk": Desk,
    "intake": Intake,
    "roster": Roster,
    "preview": Preview,
    "eligibility": Eligibility,
    "approval": Approval,
    "learning": Learning,
    "claim": Claim,
    "vouchers": Vouchers,
    "papers": Papers,
    "menu": Menu,
    "help": Help,
}


def resumed(draft: dict[str, Any]) -> TakesKeys:
    """The screen that a draft was kept from, with what was in hand: back to where a cut line left off."""
    name = draft["screen"]
    # A form keeps its values, a sheet also the row that they stand in.
    in_hand = draft["values"] if name in ("intake", "claim") else draft
    return ROOMS[name](draft["number"], in_hand)
