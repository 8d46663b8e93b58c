"""A day has 24 hours: what cannot have been studied in the days of a class is told."""

from datetime import date
from decimal import Decimal

import pytest

from pxtui.policy.hours_a_day import impossible_hours
from pxtui.policy.parameters import shipped_rulebook

FIRST, LAST = date(2020, 3, 20), date(2020, 4, 2)
"""14 days: 448 学时 of 45 minutes fill them."""


@pytest.mark.parametrize("completed", [None, Decimal(0), Decimal(40), Decimal(448)])
def test_what_the_days_have_room_for_is_not_remarked(completed: Decimal | None) -> None:
    assert impossible_hours(completed, FIRST, LAST, shipped_rulebook().latest) == ""


def test_what_they_have_no_room_for_is_told_with_the_hours_of_a_day() -> None:
    said = impossible_hours(Decimal("448.1"), FIRST, LAST, shipped_rulebook().latest)
    assert said == "完成448.1学时分在14天，每天24.1小时，一天只有24小时，请核对完成学时。"


def test_of_dates_that_are_reversed_one_day_is_counted() -> None:
    assert "分在1天" in impossible_hours(Decimal(40), LAST, FIRST, shipped_rulebook().latest)
