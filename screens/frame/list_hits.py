"""Deciding on a hit in a list from elsewhere, asked for on the message line of a case."""

from collections.abc import Callable, Sequence
from functools import partial

from pxtui.casework.outside_lists import deciding
from pxtui.casework.outside_lists.comparing import Hit
from pxtui.identifiers.text import canonical
from screens.frame.screen import StepScreen

_STANDS, _DISMISSED = "1", "2"


def ask_to_decide(screen: StepScreen, number: str, hits: Sequence[Hit], then: Callable[[str], None]) -> None:
    """Ask what the first hit that waits means, else the first one anew. `then` hears what was decided."""
    hit = next((hit for hit in hits if hit.answer is None), hits[0] if hits else None)
    if hit is None:
        screen.warn("光标所在的一行没有名单命中，不用认定。")
        return

    def why(outcome: str) -> None:
        act = partial(deciding.decide, stands=canonical(outcome) == _STANDS)
        screen.ask(
            "怎样查实的：",
            lambda reason: screen.write(partial(act, reason=reason), number, hit.kind, hit.seq, then=then, hold=True),
        )

    screen.ask(f"{hit.of_list}命中，1属实 2不影响：", why, check=_fault)


def _fault(text: str) -> str:
    return "" if canonical(text) in (_STANDS, _DISMISSED) else "请按1（属实）或2（不影响）。"
