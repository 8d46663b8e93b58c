"""A roster that a colleague's program holds: taken over when it is free, or at once with a reason."""

from functools import partial

from pxtui.casework.roster import lease
from pxtui.casework.roster.lease import Holder
from screens.frame.case import CaseScreen
from screens.frame.prompt import reason_fault


def take_over(screen: CaseScreen) -> None:
    """Take the roster of a screen over; whoever still holds it is named, and a reason asked for."""
    screen.write(lease.take, screen.number, then=partial(_ask_where_held, screen), hold=True)


def _ask_where_held(screen: CaseScreen, holder: Holder | None) -> None:
    if holder is None:
        screen.load()
        return

    def take(reason: str) -> None:
        screen.write(lease.take_over, screen.number, reason, then=lambda _: screen.load(), hold=True)

    screen.ask(f"{holder.name}还占着这份花名册，立即接手的理由（Esc不接手）：", take, check=reason_fault)
