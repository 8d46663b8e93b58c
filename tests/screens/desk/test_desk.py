"""The queues of a busy office stand in one line, whichever is looked at."""

import pytest

from screens.desk.desk import in_sight
from screens.terminal.theme import HERE, LABEL

QUEUES = [f" 待批{count}" for count in range(100, 115)]


@pytest.mark.parametrize("chosen", [0, 5, 14])
def test_the_chosen_queue_is_in_sight_however_many_wait(chosen: int) -> None:
    pieces = [(name, HERE if index == chosen else LABEL) for index, name in enumerate(QUEUES)]
    shown = [name for name, _ in in_sight(pieces, 78)]
    place = shown.index(QUEUES[chosen])
    assert (place + 1) * len(" 待批100".encode("gbk")) <= 78
    assert shown == QUEUES[-len(shown) :]


def test_what_fits_stands_whole() -> None:
    pieces = [(name, LABEL) for name in QUEUES[:9]]
    assert in_sight(pieces, 78) == pieces
