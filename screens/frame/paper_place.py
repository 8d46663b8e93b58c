"""Where a case's paper is, asked for on whichever screen the case is seen."""

from collections.abc import Callable

from pxtui.casework.lifecycle import paper_place
from screens.frame.screen import StepScreen


def ask_for_place(screen: StepScreen, number: str, known: str, then: Callable[[], None]) -> None:
    """Ask where the paper is now, and tell what was noted; `then` shows it wherever the screen does."""

    def noted(place: str) -> None:
        then()
        screen.say(f"已记：{number}的纸质材料在{place}。")

    screen.ask(
        f"{number}的纸质材料在哪里（柜台、2号架、企业）：",
        lambda place: screen.write(paper_place.put, number, place, then=noted, hold=True),
        known,
        check=paper_place.fault,
    )
