"""F10: the key before a step leads to one screen, whatever the stage of the case, and is called as it is there."""

from dataclasses import replace

import pytest

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from screens.desk.menu import _CLAIM_STEPS, _OFFICE, _OPENING_STEPS
from screens.frame.rail import STEPS
from tests.support.counter import AFTER_THE_CLASS, ANSWER, Counter
from tests.support.pages import seen
from tests.support.rosters import made_up_people

ALL = (*_OPENING_STEPS, *_CLAIM_STEPS)


def test_a_key_of_the_menu_means_one_screen_at_every_stage() -> None:
    rooms: dict[str, set[str]] = {}
    for label, room in ALL:
        rooms.setdefault(label[0], set()).add(room)
    assert {key: found for key, found in rooms.items() if len(found) > 1} == {}


def test_a_digit_of_the_menu_is_the_one_of_the_step_rail_and_called_as_there() -> None:
    digits = {label for label, _ in ALL if label[0].isdigit()} - {_OFFICE[0]}
    assert sorted(label.split("（")[0] for label in digits) == [
        f"{place} {step}" for place, step in enumerate(STEPS, start=1)
    ]


@pytest.fixture
def opening(register: Register) -> Counter:
    made = Counter(register)
    made.file(made_up_people(2))
    return made


@pytest.fixture
def claim(opening: Counter) -> Counter:
    opening.do("2020-DQ-0001", Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    claimed = replace(opening, day=AFTER_THE_CLASS)
    claimed.do("2020-DQ-0001", Action.CLAIM)
    return claimed


def called(label: str) -> str:
    """What the page itself is called: the name behind the key, or that in brackets."""
    return label.rstrip("）").split("（")[-1].split(" ")[-1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("at", "label"),
    [
        *(("opening", label) for label, room in _OPENING_STEPS if room != "office"),
        *(("claim", label) for label, room in _CLAIM_STEPS if room != "office"),
    ],
)
def test_a_page_and_its_step_are_called_as_in_the_menu(at: str, label: str, request: pytest.FixtureRequest) -> None:
    counter = request.getfixturevalue(at)
    lines = seen(counter.register, counter, "desk", "f10", f"={label[0]}")
    assert called(label) in lines[3]
    if label[0].isdigit():
        assert f"[{label[0]}{STEPS[int(label[0]) - 1]}]" in lines[2]
