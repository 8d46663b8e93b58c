"""What the supervision counts of cases that are known by heart: one paid and half of it back, one bounced, a draft."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest

from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register
from pxtui.casework.payment import recovery
from pxtui.casework.supervision.case_sums import Sums, case_sums
from pxtui.casework.supervision.flows import Flow, Moved, flows
from pxtui.casework.supervision.overdue import overdue
from pxtui.casework.supervision.overview import statistics
from pxtui.casework.supervision.query import Dimension, Query
from pxtui.casework.supervision.step_days import Way, step_days
from pxtui.progress import Watch
from tests.support.pay_desk import CLAIM_FEN, PayDesk, bounced, paid

Answer = TypeVar("Answer")

ALL = Query()
HALF = CLAIM_FEN // 2


@pytest.fixture
def counter(register: Register, tmp_path: Path) -> PayDesk:
    """Two claims of two people each, and a draft of three, months later."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    first, second = made.cleared(), made.cleared()
    made.answer(made.at_the_bank(tmp_path, first, second), paid(first), bounced(second))
    with register.writing(made.acting) as context:
        recovery.order(context, first, HALF, "一人不在岗")
    with register.writing(replace(made.acting, name="王五")) as context:
        recovery.approve(context, first)
    made.comes_back(first)
    made.day = date(2020, 6, 1)
    made.file(starts_on=date(2020, 6, 8), occupation="电工")
    made.day = date(2020, 6, 16)
    return made


def asked(counter: PayDesk, question: Callable[[Context], Answer]) -> Answer:
    with counter.register.reading(counter.acting) as context:
        return question(context)


def test_people_hours_and_money_of_each_occupation_and_of_all(counter: PayDesk) -> None:
    found = asked(counter, lambda context: case_sums(context, ALL))
    welders = Sums(2, 4, 4, Decimal(160), 2 * CLAIM_FEN, 0, 2 * CLAIM_FEN, 2 * CLAIM_FEN, CLAIM_FEN, CLAIM_FEN, HALF)
    assert [(group.value, group.sums) for group in found.by[Dimension.OCCUPATION]] == [
        ("焊工", welders),
        ("电工", Sums(cases=1, enrolled=3)),
    ]
    assert found.total == replace(welders, cases=3, enrolled=7)
    assert all(type(getattr(found.total, name)) is int for name in ("cases", "paid_fen", "recovered_fen"))


def test_a_query_counts_the_cases_that_it_means_and_no_other(counter: PayDesk) -> None:
    in_june = Query(first=date(2020, 6, 1), last=date(2020, 6, 30))
    assert asked(counter, lambda context: case_sums(context, in_june)).total == Sums(cases=1, enrolled=3)
    drafts = ALL.narrowed(Dimension.STAGE, Stage.DRAFT.value)
    assert asked(counter, lambda context: case_sums(context, drafts)).total.cases == 1
    for dimension, cases in ((Dimension.PLATFORM, 3), (Dimension.LEVEL, 0)):
        with counter.register.reading(counter.acting) as context:
            assert case_sums(context, ALL.narrowed(dimension, "")).total.cases == cases


def test_each_month_has_what_happened_in_it(counter: PayDesk) -> None:
    found = asked(counter, lambda context: flows(context, ALL))
    april = found["dongqu", "2020-04"]
    assert april[Flow.GRANTED] == Moved(2, 4, 2 * CLAIM_FEN)
    assert april[Flow.PAID] == Moved(1, 2, CLAIM_FEN)
    assert april[Flow.BOUNCED] == Moved(1, 0, CLAIM_FEN)
    assert april[Flow.RECOVERED] == Moved(1, 0, HALF)
    assert found["dongqu", "2020-06"] == {Flow.RECEIVED: Moved(1)}


def test_days_are_counted_as_the_office_works(counter: PayDesk) -> None:
    days = {way.way: way for way in asked(counter, lambda context: step_days(context, ALL))}
    opening = days[Way.OPENING]
    assert (opening.cases, opening.most, opening.promised, opening.longer) == (2, 0, 5, 0)
    # From Friday, 3 April, over Qingming to Thursday, 9 April: 7, 8 and 9 April.
    assert (days[Way.ORDERING].typical, days[Way.ORDERING].uncounted) == (3, 0)


def test_what_waits_is_overdue_after_its_day_and_not_on_it(counter: PayDesk) -> None:
    number = counter.file(starts_on=date(2020, 7, 20), occupation="钳工")
    counter.do(number, Action.SUBMIT)
    counter.day = date(2020, 6, 23)
    assert [(row.stage, row.waiting, row.overdue) for row in asked(counter, lambda context: overdue(context, ALL))] == [
        (Stage.DRAFT, 1, 0),
        (Stage.RECEIVED, 1, 0),
    ]
    counter.day = date(2020, 6, 24)
    late = asked(counter, lambda context: overdue(context, ALL))[1]
    assert (late.overdue, late.oldest, late.waits_for) == (1, date(2020, 6, 23), "受理员")


def test_all_of_it_takes_the_same_statements_and_tells_how_far_it_is(counter: PayDesk) -> None:
    watch = Watch()
    found = asked(counter, lambda context: statistics(context, ALL, watch))
    assert (watch.done, watch.total) == (6, 6)
    assert [(row.reason, row.payments, row.fen) for row in found.bounces] == [("账号有误", 1, CLAIM_FEN)]
    assert [fund.balance_fen for fund in found.funds] == [100 * CLAIM_FEN - CLAIM_FEN + HALF]
