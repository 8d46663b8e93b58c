"""A case that was filed by mistake, voided from whichever screen it is seen on."""

from collections.abc import Callable

from screens.frame.prompt import reason_fault
from screens.frame.screen import StepScreen


def ask_to_void(screen: StepScreen, number: str, then: Callable[[], None]) -> None:
    """Ask for the reason and once more, and void the case; `then` shows it wherever the screen does."""
    # The desk stands without what decides a case.
    from pxtui.casework.decision import voiding

    def voided(_: None) -> None:
        then()
        screen.say(f"已作废：{number}。")

    def void(reason: str) -> None:
        screen.confirm(
            f"作废{number}，不能恢复", lambda: screen.write(voiding.void, number, reason, then=voided, hold=True)
        )

    def ask_why(_: None) -> None:
        screen.ask(f"{number}登记错了，作废理由：", void, check=reason_fault)

    screen.read(voiding.require_voidable, number, then=ask_why, hold=True)
