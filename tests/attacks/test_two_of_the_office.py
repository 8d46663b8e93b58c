"""Two of the office press any two keys in the same moment, at every stage: as one after the other would.

The machines of a dishonest clerk meet some of these pairs by chance.
"""

from collections.abc import Iterator
from functools import partial

import pytest

from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment import recovery
from tests.support.clerk_machine import Beginning, Beginnings
from tests.support.dishonest import HEAD, Desk, furnished
from tests.support.life import FUND, NUMBERS
from tests.support.two_clerks import due, press_at_once

FIRST = NUMBERS[0]
MOST = 6
ANSWERS = 4
"""The first place of the bank's answers among what is due to a payment."""
STAGES = (
    *(Stage.CLAIM_RECEIVED, Stage.CLAIM_SECOND_CHECKED, Stage.CLAIM_APPROVED, Stage.PUBLISHED, Stage.CLEARED),
    *(Stage.TO_PAY, Stage.PAID, Stage.RECOVERING),
)
IN_SHORT = ((Stage.CLAIM_SECOND_CHECKED, 0, 1), (Stage.PUBLISHED, 0, 1), (Stage.TO_PAY, 0, 2), (Stage.TO_PAY, 1, 3))
"""Approved and withdrawn, over and objected to, signed and taken out, handed over and taken out."""


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    return Beginnings(furnished(tmp_path_factory.mktemp("template")), tmp_path_factory.mktemp("beginnings"))


def opened(beginnings: Beginnings, stage: Stage, *places: int) -> Desk:
    """An office whose first case stands there, on a day when its notice is over.

    Args:
        places: a batch is signed unless that is pressed now, and at the bank where its answers are.
    """
    is_paying = stage is Stage.TO_PAY
    begun = {Stage.TO_PAY: Stage.CLEARED, Stage.RECOVERING: Stage.PAID}.get(stage, stage)
    desk = beginnings.desk(Beginning(((FIRST, begun),), later=12))
    if stage is Stage.RECOVERING:
        desk.attempt(partial(recovery.order, number=FIRST, amount_fen=1, reason="查实"))
        if 0 not in places:
            desk.attempt(partial(recovery.approve, number=FIRST), HEAD)
    if is_paying and min(places) >= ANSWERS:
        desk.order_and_sign([FIRST])
    elif is_paying:
        desk.attempt(partial(payment_orders.prepare, fund_code=FUND, numbers=[FIRST]))
        if 0 not in places:
            desk.head_signs(desk.open_batch_of(FIRST))
    return desk


def press(beginnings: Beginnings, stage: Stage, *places: int) -> bool:
    """Whether anything was done, with what is owed looked at behind it and once more when all is paid."""
    if max(places) >= MOST:
        return False
    desk = opened(beginnings, stage, *places)
    try:
        if max(places) >= len(due(desk, FIRST)):
            return False
        before = desk.done
        press_at_once(desk, FIRST, *places)
        is_done = desk.done > before
        desk.require_what_is_owed()
        desk.bring_to(FIRST, Stage.PAID)
        desk.require_what_is_owed()
        return is_done
    finally:
        desk.closed()


def pairs() -> Iterator[tuple[Stage, int, int]]:
    return ((stage, first, second) for stage in STAGES for second in range(MOST) for first in range(second + 1))


@pytest.mark.slow
@pytest.mark.parametrize(("stage", "first", "second"), IN_SHORT)
def test_two_keys_that_contradict_each_other(beginnings: Beginnings, stage: Stage, first: int, second: int) -> None:
    assert press(beginnings, stage, first, second)


@pytest.mark.long
def test_any_two_keys_at_any_stage(beginnings: Beginnings) -> None:
    done = dict.fromkeys(STAGES, 0)
    for stage, first, second in pairs():
        done[stage] += press(beginnings, stage, first, second)
    assert all(done.values()), done
