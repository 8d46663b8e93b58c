"""The desk: what waits is counted in the order of a case's life, and lists say when there is more."""

from datetime import date

import pytest

from pxtui.casework.decision import class_changes
from pxtui.casework.decision.class_changes import ClassChange
from pxtui.casework.desk import queues, search
from pxtui.casework.desk.queues import JournalLine, Queue
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from tests.support.counter import Counter
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def waiting(counter: Counter) -> list[Queue]:
    with counter.register.reading(counter.acting) as context:
        return queues.queues(context)


def test_an_empty_register_has_no_queues(counter: Counter) -> None:
    assert waiting(counter) == []


def test_what_waits_is_counted_and_what_is_done_is_not(counter: Counter) -> None:
    first, second, third = (counter.file(made_up_people(2, start), occupation=f"焊工{start}") for start in (0, 10, 20))
    counter.do(first, Action.SUBMIT)
    counter.do(second, Action.PRE_REVIEW)
    counter.do(third, Action.WITHDRAW)
    counter.claimed(counter.file(made_up_people(2, 30)))
    counter.file(made_up_people(2, 40))
    assert [(queue.name, queue.is_claim, queue.count) for queue in waiting(counter)] == [
        ("录入", False, 1),
        ("预审", False, 1),
        ("待批", False, 1),
        ("待审", True, 1),
    ]
    counter.do(second, Action.AWAIT_PAPER)
    (pre_review,) = (queue for queue in waiting(counter) if queue.name == "预审")
    assert (pre_review.stages, pre_review.count) == (frozenset({Stage.PRE_REVIEW, Stage.AWAITING_PAPER}), 1)


@pytest.mark.parametrize(("most", "listed", "more"), [(1, 1, True), (2, 2, True), (3, 3, False), (4, 3, False)])
def test_the_newest_cases_come_first_and_a_full_list_says_so(
    counter: Counter, most: int, listed: int, more: bool
) -> None:
    numbers = [counter.file(made_up_people(1, start)) for start in range(3)]
    with counter.register.reading(counter.acting) as context:
        for found in (queues.cases(context, most=most), search.search(context, " ", most=most)):
            assert ([case.number for case in found.cases], found.more) == (numbers[::-1][:listed], more)


def test_only_the_stages_that_are_asked_for_are_listed(counter: Counter) -> None:
    draft, submitted = counter.file(made_up_people(1)), counter.file(made_up_people(1, 1))
    counter.do(submitted, Action.SUBMIT)
    with counter.register.reading(counter.acting) as context:
        found = {
            stage: [case.number for case in queues.cases(context, frozenset({stage})).cases]
            for stage in (Stage.DRAFT, Stage.RECEIVED, Stage.OPENED)
        }
    assert found == {Stage.DRAFT: [draft], Stage.RECEIVED: [submitted], Stage.OPENED: []}


def test_the_journal_of_a_case_tells_the_newest_act_first_in_china_s_time(counter: Counter) -> None:
    other, number = counter.file(made_up_people(1)), counter.file(made_up_people(1, 1))
    counter.do(number, Action.SUBMIT)
    counter.do(other, Action.SUBMIT)
    with counter.register.reading(counter.acting) as context:
        told = queues.journal_of(context, number)
    assert told[0] == JournalLine("2020-03-16 10:00", "张三", "提交审查：由“录入中”到“待开班审批”")
    assert [line.summary for line in told[1:]][-1] == "登记开班申请"
    assert len(told) == 3


def test_changes_of_classes_that_wait_are_a_queue_of_their_own(counter: Counter) -> None:
    counter.hire_colleagues()
    first, second = (counter.file(made_up_people(1, start), occupation=f"焊工{start}") for start in (0, 10))
    for number in (first, second):
        counter.do(number, Action.SUBMIT, Action.APPROVE)
    with counter.register.writing(counter.acting) as context:
        office_settings.change(context, duties_apart=True)
        class_changes.change(context, first, ClassChange(ends_on=date(2020, 4, 9)), "企业申请")
    assert [(queue.name, queue.count, queue.is_of_changes) for queue in waiting(counter)] == [
        ("未开班", 2, False),
        ("变更", 1, True),
    ]
    (of_changes,) = (queue for queue in waiting(counter) if queue.is_of_changes)
    with counter.register.reading(counter.acting) as context:
        listed = queues.of_queue(context, of_changes)
    assert ([case.number for case in listed.cases], list(listed.waiting)) == ([first], [first])
    with counter.register.writing(counter.acting) as context:
        class_changes.drop(context, first, "企业改了主意")
        assert queues.of_queue(context, of_changes).cases == ()
    assert [queue.name for queue in waiting(counter)] == ["未开班"]


def test_an_approved_class_is_counted_and_listed_as_far_as_the_calendar_says(counter: Counter) -> None:
    """Three classes: over on the day, in the middle, and not begun."""
    starts = (date(2020, 3, 20), date(2020, 4, 1), date(2020, 4, 20))
    numbers = [
        counter.file(made_up_people(1, place * 10), starts_on, f"焊工{place}") for place, starts_on in enumerate(starts)
    ]
    for number in numbers:
        counter.do(number, Action.SUBMIT, Action.APPROVE)
    for day, expected in {
        date(2020, 3, 19): {"未开班": numbers},
        date(2020, 3, 20): {"未开班": numbers[1:], "培训中": numbers[:1]},
        # The last day of the first class.
        date(2020, 4, 2): {"未开班": numbers[2:], "培训中": numbers[:2]},
        date(2020, 4, 3): {"未开班": numbers[2:], "培训中": numbers[1:2], "待申领": numbers[:1]},
        date(2020, 6, 1): {"待申领": numbers},
    }.items():
        counter.day = day
        found = waiting(counter)
        assert {queue.name: queue.count for queue in found} == {name: len(those) for name, those in expected.items()}
        with counter.register.reading(counter.acting) as context:
            listed = {queue.name: [case.number for case in queues.of_queue(context, queue).cases] for queue in found}
            names = {
                case.stage_name_on(day)
                for queue in found
                for case in queues.of_queue(context, queue).cases
                if queue.name == "待申领"
            }
        assert listed == {name: those[::-1] for name, those in expected.items()}
        assert names <= {"已结束待申领"}
