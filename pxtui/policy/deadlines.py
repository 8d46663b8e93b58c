"""The days that the notice counts (四(二)), by a calendar that is passed in. No function here reads a clock."""

from dataclasses import dataclass
from datetime import date, timedelta

from pxtui.policy.parameters import Notice
from pxtui.policy.working_days import CalendarMissing, WorkingDays

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PublicityDays:
    """The last day of a public notice and the first day on which the money may be paid."""

    ends_on: date
    payable_from: date


def same_day_after_years(day: date, years: int) -> date:
    """The same day `years` on; for 29 February the last day of that February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        if day.year + years > date.max.year:
            return date.max
        return date(day.year + years, 2, 28)


def working_day_from(day: date, calendar: WorkingDays) -> date:
    """`day` itself where it is a working day, else the next one.

    Raises:
        CalendarMissing: like every function below, where the count runs into a year without a calendar.
    """
    while not calendar.is_working_day(day):
        day = _next(day)
    return day


def working_days_after(day: date, count: int, calendar: WorkingDays) -> date:
    """The `count`-th working day after `day`; `day` itself does not count."""
    for _ in range(count):
        day = working_day_from(_next(day), calendar)
    return day


def claim_by(ended_on: date, notice: Notice, calendar: WorkingDays) -> date:
    """The last day on which the claim of a class that ended on `ended_on` may be handed in (四(二))."""
    return working_day_from(same_day_after_years(ended_on, notice.claim_within_years), calendar)


def is_claim_late(decided_on: date, ended_on: date, notice: Notice, calendar: WorkingDays) -> bool:
    """Whether a claim handed in on `decided_on` is past its deadline.

    Needs the calendar only after the same day one year on: until then the claim is in time in any case.
    """
    if decided_on <= same_day_after_years(ended_on, notice.claim_within_years):
        return False
    return decided_on > claim_by(ended_on, notice, calendar)


def publicity_days(published_on: date, notice: Notice, calendar: WorkingDays) -> PublicityDays:
    """The end of a public notice of `published_on`, which does not count, and the working day after it."""
    ends_on = working_days_after(published_on, notice.publicity_working_days, calendar)
    return PublicityDays(ends_on, working_days_after(ends_on, 1, calendar))


def _next(day: date) -> date:
    if day == date.max:
        raise CalendarMissing(f"日期{day}太晚，无法推算工作日，请核对日期。")
    return day + _ONE_DAY
