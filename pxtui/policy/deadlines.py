"""Working days and the days that the notice counts (四(二)). No function here reads a clock."""

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from pxtui.errors import Refused
from pxtui.policy.parameters import Notice

_ONE_DAY = timedelta(days=1)


class CalendarMissing(Refused):
    """No holiday calendar is published for a year that the count runs into; the sentence names the year."""


@dataclass(frozen=True, slots=True)
class PublicityDays:
    """The last day of a public notice and the first day on which the money may be paid."""

    ends_on: date
    payable_from: date


def is_working_day(day: date) -> bool:
    """Whether offices work in China on `day`, holidays and make-up workdays counted.

    Raises:
        CalendarMissing: the year has no published calendar; a guess would move a deadline.
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise CalendarMissing(
            f"没有{day.year}年的放假调休安排，无法推算到{day}，请在国务院公布后更新程序再试。"
        ) from None


def same_day_after_years(day: date, years: int) -> date:
    """The same day `years` on; for 29 February the last day of that February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        if day.year + years > date.max.year:
            return date.max
        return date(day.year + years, 2, 28)


def working_day_from(day: date) -> date:
    """`day` itself where it is a working day, else the next one."""
    while not is_working_day(day):
        day = _next(day)
    return day


def working_days_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`; `day` itself does not count."""
    for _ in range(count):
        day = working_day_from(_next(day))
    return day


def claim_by(ended_on: date, notice: Notice) -> date:
    """The last day on which the claim of a class that ended on `ended_on` may be handed in (四(二))."""
    return working_day_from(same_day_after_years(ended_on, notice.claim_within_years))


def is_claim_late(decided_on: date, ended_on: date, notice: Notice) -> bool:
    """Whether a claim handed in on `decided_on` is past its deadline.

    Needs the calendar only after the same day one year on: until then the claim is in time in any case.
    """
    if decided_on <= same_day_after_years(ended_on, notice.claim_within_years):
        return False
    return decided_on > claim_by(ended_on, notice)


def publicity_days(published_on: date, notice: Notice) -> PublicityDays:
    """The end of a public notice of `published_on`, which does not count, and the working day after it."""
    ends_on = working_days_after(published_on, notice.publicity_working_days)
    return PublicityDays(ends_on, working_days_after(ends_on, 1))


def _next(day: date) -> date:
    if day == date.max:
        raise CalendarMissing(f"日期{day}太晚，无法推算工作日，请核对日期。")
    return day + _ONE_DAY
