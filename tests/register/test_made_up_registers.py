"""A made-up register is the same for the same seed, and what was planted in it is found."""

from itertools import islice

import pytest

from pxtui.home import Home
from tests.register.classes import honest_classes
from tests.register.made_up import World
from tests.register.making import PLANTS, Made, make
from tests.register.searching import Outcome, searched

HEADS = 5
CASES = 6


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Outcome]:
    """Three seconds: every irregularity in a register, looked for as the check page does."""
    home = Home(tmp_path_factory.mktemp("made-up") / "register")
    made = make(home, CASES, HEADS, seed=7, plants=1, open_cases=2)
    return made, searched(home, made)


@pytest.mark.slow
def test_every_irregularity_is_planted_and_found(found: tuple[Made, Outcome]) -> None:
    made, outcome = found
    assert {planted.plant for planted in made.planted} == {plant.__name__ for plant in PLANTS}
    assert outcome.missed == []


@pytest.mark.slow
def test_honest_cases_are_counted_apart_from_those_with_a_plant(found: tuple[Made, Outcome]) -> None:
    made, outcome = found
    assert (len(made.honest), outcome.honest) == (CASES, CASES)
    assert not {planted.case for planted in made.planted} & set(made.honest)


def told(seed: int) -> str:
    return repr(list(islice(honest_classes(World(seed), HEADS), 20)))


def test_one_seed_makes_the_same_people_again_and_another_seed_others() -> None:
    assert told(1) == told(1)
    assert told(1) != told(2)
