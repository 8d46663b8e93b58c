"""Newer rules that can judge nothing, or can judge what could not be judged, are told in one sentence."""

from datetime import date

import pytest

from pxtui.casework.decision import replay as decision_replay
from pxtui.casework.decision.replay import ChangedDecision
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.policy.parameters import shipped_texts
from tests.support.counter import AFTER_THE_CLASS, Counter

ENDED = date(2031, 3, 14)
NO_CALENDAR = (
    "没有2031年的放假调休安排，无法推算到2031-03-14；"
    "国务院公布后，请在放假安排一页（F10、0、8）或用 pxtui calendar import 录入。"
)


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def within(years: int) -> str:
    """The parameter file with another term for claims."""
    (text,) = shipped_texts().values()
    return text.replace("claim_within_years = 1", f"claim_within_years = {years}")


def claim(counter: Counter, received_on: date) -> str:
    """A claim of a class in a year without a calendar, which is asked for only where the term is over."""
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number)
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.starts_on, case.ends_on, case.claim_received_on = date(2031, 3, 3), ENDED, received_on
        context.session.add(case)
    return number


def preview(counter: Counter, years: int) -> list[tuple[str, tuple[str, ...]]]:
    with counter.register.reading(counter.acting) as context:
        found = decision_replay.preview(context, "notice_new.toml", within(years))
    assert (found.cases, found.effective_from) == (1, date(2020, 2, 20))
    return [(row.number, row.changes) for row in found.differences]


def replayed(counter: Counter, years: int) -> tuple[ChangedDecision, ...]:
    with counter.register.reading(counter.acting) as context:
        return decision_replay.replay(context, "notice_new.toml", within(years)).differences


def test_rules_that_ask_for_a_year_without_a_calendar_judge_nothing(counter: Counter) -> None:
    number = claim(counter, date(2031, 3, 20))
    assert preview(counter, 1) == []
    assert preview(counter, 0) == [(number, (NO_CALENDAR,))]
    counter.do(number, Action.SUBMIT)
    counter.do(number, Action.RETURN, opinion="请补齐")
    assert replayed(counter, 1) == ()
    assert [(row.what, row.changes) for row in replayed(counter, 0)] == [("2020-04-03 退回补正", (NO_CALENDAR,))]


def test_a_case_that_the_present_rules_cannot_judge_and_the_newer_ones_can_is_told(counter: Counter) -> None:
    number = claim(counter, date(2032, 4, 1))
    assert preview(counter, 2) == [(number, ("现在可以审查",))]
    assert preview(counter, 1) == []
