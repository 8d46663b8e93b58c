"""The queues of a busy office stand in one line, whichever is looked at."""

import pytest

from pxtui.casework.desk.queues import CLASS_TIMES, Queue
from pxtui.casework.lifecycle.moves import QUEUES as QUEUES_OF_A_CASE
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.lifecycle.stages import Stage
from pxtui.policy.facts import ApplicationKind
from screens.desk.queue_bar import in_sight, lines
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


def bar(count: int, chosen: int = 0, width: int = 78) -> list[str]:
    queues = [
        Queue(stages, shown, all(application_of(stage) is ApplicationKind.CLAIM for stage in stages), count)
        for name, stages in QUEUES_OF_A_CASE
        for shown in (CLASS_TIMES.values() if Stage.OPENED in stages else (name,))
    ]
    return ["".join(text for text, _ in line) for line in lines(queues, chosen, width)]


def test_a_quiet_office_reads_its_queues_in_one_line() -> None:
    assert bar(7, width=104) == [
        "全部 开班 录入7 预审7 待批7 退回7 未开班7 培训中7 待申领7 补贴 录入7 预审7 待审7 退回7 公示7 拨付7"
    ]


@pytest.mark.parametrize("chosen", range(14))
def test_every_queue_of_a_busy_office_is_in_sight_at_80_columns(chosen: int) -> None:
    assert bar(1234, chosen) == [
        "全部 开班 录入1234 预审1234 待批1234 退回1234 未开班1234 培训中1234 待申领1234",
        "     补贴 录入1234 预审1234 待审1234 退回1234 公示1234 拨付1234",
    ]
