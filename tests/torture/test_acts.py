"""A few ends of every act at random moments; the whole ordeal is `make torture`."""

import random
import signal

import pytest

from tests.torture.acts import ACTS, Act
from tests.torture.ordeal import end_at_random_moments


@pytest.mark.terminal
@pytest.mark.parametrize("act", [act for act in ACTS if act.is_in_the_gate], ids=lambda act: act.name)
def test_an_act_that_is_ended_stands_or_was_never_done(act: Act) -> None:
    told = end_at_random_moments(act, 2, random.Random(act.name), (signal.SIGKILL, signal.SIGHUP, None))
    assert told.faults == []
    assert told.ends == 2
