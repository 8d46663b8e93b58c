"""All screens by name. Only the app imports them: a screen opens another one by its name.

Each is imported when it is first opened, and what it brings along with it: the desk stands without the papers.
"""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from screens.counter import TakesKeys

_PLACES = {
    "welcome": ("welcome", "Welcome"),
    "who": ("who", "Who"),
    "desk": ("desk", "Desk"),
    "intake": ("intake", "Intake"),
    "roster": ("roster", "Roster"),
    "preview": ("preview", "Preview"),
    "learning_preview": ("learning_preview", "LearningPreview"),
    "identity": ("identity", "Identity"),
    "second_keying": ("second_keying", "SecondKeying"),
    "differences": ("second_keying", "Differences"),
    "eligibility": ("eligibility", "Eligibility"),
    "approval": ("approval", "Approval"),
    "changing": ("changing", "Changing"),
    "shift": ("shift", "Shift"),
    "learning": ("learning", "Learning"),
    "claim": ("claim", "Claim"),
    "vouchers": ("vouchers", "Vouchers"),
    "publicity": ("publicity", "Publicity"),
    "payment": ("payment", "Payment"),
    "papers": ("papers", "Papers"),
    "menu": ("menu", "Menu"),
    "help": ("help", "Help"),
}
"""Module and class."""


def load(name: str) -> Callable[..., TakesKeys]:
    """A screen by its name, imported."""
    module, class_name = _PLACES[name]
    found: Callable[..., TakesKeys] = getattr(import_module(f"screens.{module}"), class_name)
    return found


def _made(name: str, *arguments: object) -> TakesKeys:
    return load(name)(*arguments)


ROOMS: Mapping[str, Callable[..., TakesKeys]] = {name: partial(_made, name) for name in _PLACES}


def resumed(draft: dict[str, Any]) -> TakesKeys:
    """The screen that a draft was kept from, with what was in hand: back to where a cut line left off."""
    name = draft["screen"]
    # A form keeps its values, a sheet also the row that they stand in.
    in_hand = draft["values"] if name in ("intake", "claim") else draft
    return ROOMS[name](draft["number"], in_hand)
