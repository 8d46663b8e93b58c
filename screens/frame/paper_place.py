"""Where a case's paper is, asked for on whichever screen the case is seen."""

from collections.abc import Callable
from functools import partial

from pxtui.casework.lifecycle import paper_place
from pxtui.casework.office import versions
from pxtui.casework.office.versions import Loaded
from screens.entry.fields import Field
from screens.frame.screen import StepScreen
from screens.frame.storing import store_answers

_PLACE = Field("place", "纸质材料", 40)


def ask_for_place(screen: StepScreen, number: str, then: Callable[[], None]) -> None:
    """Ask where the paper is now, and tell what was noted; `then` shows it wherever the screen does."""

    def noted(place: str) -> None:
        then()
        screen.say(f"已记：{number}的纸质材料在{place}。")

    def store(loaded: Loaded[str], place: str) -> None:
        def put(values: dict[str, str]) -> Callable[..., str]:
            return partial(paper_place.put, number=number, place=values["place"])

        store_answers(screen, loaded, lambda known: {"place": known}, (_PLACE,), {"place": place}, put, noted)

    def ask(loaded: Loaded[str]) -> None:
        question = f"{number}的纸质材料在哪里（柜台、2号架、企业）："
        screen.ask(question, partial(store, loaded), loaded.value, check=paper_place.fault)

    screen.read(versions.load, paper_place.where, number, then=ask, hold=True)
