"""Days as a policy officer counts them with the State Council's calendar at hand."""

from datetime import date

import pytest

from pxtui.policy.deadlines import claim_by, is_claim_late, publicity_days
from pxtui.policy.parameters import shipped_rulebook
from pxtui.policy.working_days import SHIPPED, CalendarMissing

NOTICE = shipped_rulebook().latest


@pytest.mark.parametrize(
    ("ended", "last_day"),
    [
        ("2020-02-29", "2021-03-01"),
        ("2020-03-31", "2021-03-31"),
        ("2020-04-05", "2021-04-06"),
        ("2020-05-01", "2021-05-06"),
        ("2020-10-03", "2021-10-08"),
        ("2024-02-29", "2025-02-28"),
    ],
)
def test_the_claim_may_be_handed_in_until(ended: str, last_day: str) -> None:
    assert str(claim_by(date.fromisoformat(ended), NOTICE, SHIPPED)) == last_day


@pytest.mark.parametrize(
    ("published", "ends", "payable"),
    [
        ("2020-04-24", "2020-04-27", "2020-04-28"),
        ("2020-04-30", "2020-05-07", "2020-05-08"),
        ("2020-06-24", "2020-06-29", "2020-06-30"),
        ("2020-09-25", "2020-09-28", "2020-09-29"),
        ("2020-09-30", "2020-10-10", "2020-10-12"),
        ("2021-02-10", "2021-02-19", "2021-02-20"),
        ("2026-02-13", "2026-02-24", "2026-02-25"),
    ],
)
def test_a_public_notice_runs_two_working_days(published: str, ends: str, payable: str) -> None:
    days = publicity_days(date.fromisoformat(published), NOTICE, SHIPPED)
    assert (str(days.ends_on), str(days.payable_from)) == (ends, payable)


def test_a_year_without_a_calendar_is_named() -> None:
    with pytest.raises(CalendarMissing, match="2027年"):
        publicity_days(date(2026, 12, 31), NOTICE, SHIPPED)
    with pytest.raises(CalendarMissing, match="9999"):
        publicity_days(date.max, NOTICE, SHIPPED)


def test_until_the_same_day_one_year_on_no_calendar_is_needed() -> None:
    assert not is_claim_late(date(2031, 5, 1), date(2030, 5, 1), NOTICE, SHIPPED)
    assert not is_claim_late(date.max, date(9999, 1, 1), NOTICE, SHIPPED)
    with pytest.raises(CalendarMissing, match="2031年"):
        is_claim_late(date(2031, 5, 2), date(2030, 5, 1), NOTICE, SHIPPED)
